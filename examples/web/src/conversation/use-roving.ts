import { useState, type FocusEvent, type KeyboardEvent } from 'react'
import { focusItem, type ListRefs } from './focus-item.js'
import { keyOf, type Item } from './rows.js'

const nextIndex = (key: string, index: number, last: number): number | null => {
  switch (key) {
    case 'ArrowUp':
      return Math.max(0, index - 1)
    case 'ArrowDown':
      return Math.min(last, index + 1)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

const keyIn = (target: EventTarget) => (target as Element).closest<HTMLElement>('[data-key]')?.dataset.key

/** One message is a stop of the Tab key, with its controls; the arrows go from one to the next. */
export const useRoving = (items: readonly Item[], list: ListRefs) => {
  const [focused, setFocused] = useState<string>()
  const last = items.at(-1)
  const activeKey = focused !== undefined && items.some(item => keyOf(item) === focused) ? focused : last && keyOf(last)
  const onKeyDown = (event: KeyboardEvent) => {
    // Menus and buttons have keys of their own.
    if ((event.target as Element).tagName !== 'ARTICLE') return
    const index = items.findIndex(item => keyOf(item) === keyIn(event.target))
    const next = nextIndex(event.key, index, items.length - 1)
    const item = next === null ? undefined : items[next]
    if (next === null || !item) return
    event.preventDefault()
    focusItem(list, next, item)
  }
  const onFocus = ({ target }: FocusEvent) => {
    const key = keyIn(target)
    if (key !== undefined) setFocused(key)
  }
  return { activeKey, onKeyDown, onFocus }
}
