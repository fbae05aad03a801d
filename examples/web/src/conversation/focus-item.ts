import type { RefObject } from 'react'
import type { VirtuosoHandle } from 'react-virtuoso'
import { keyOf, type Item } from './rows.js'

export interface ListRefs {
  virtuoso: RefObject<VirtuosoHandle | null>
  scroller: RefObject<HTMLElement | null>
}

/** Where it stands on the page, if it is there. */
export const articleOf = (item: Item, root: ParentNode | null = document): HTMLElement | null | undefined =>
  root?.querySelector<HTMLElement>(`[data-key="${CSS.escape(keyOf(item))}"] article`)

/** Brings it into view, and the focus to it. */
export const focusItem = ({ virtuoso, scroller }: ListRefs, index: number, item: Item, align?: 'center'): void => {
  const focus = () => articleOf(item, scroller.current)?.focus({ preventScroll: true })
  virtuoso.current?.scrollIntoView({ index, align, done: focus })
}
