import { useEffect, useRef, type RefObject } from 'react'
import type { VirtuosoHandle } from 'react-virtuoso'
import { isPending, keyOf, type Item } from './rows.js'

const lastSeq = (items: readonly Item[]) => {
  const stored = items.findLast(item => !isPending(item))
  return stored && !isPending(stored) ? stored.seq : 0
}

/** How many came from others since the newest was last in view. */
export const useUnseen = (items: readonly Item[], viewerId: string, isAtNewest: boolean): number => {
  const seen = useRef(lastSeq(items))
  if (isAtNewest) seen.current = Math.max(seen.current, lastSeq(items))
  let unseen = 0
  for (let index = items.length - 1; index >= 0; index--) {
    const item = items[index]
    if (!item || (!isPending(item) && item.seq <= seen.current)) break
    if (!isPending(item) && item.sender?.id !== viewerId) unseen++
  }
  return unseen
}

/** Whoever writes something sees it, wherever they were. */
export const useFollowOwn = (items: readonly Item[], virtuoso: RefObject<VirtuosoHandle | null>): void => {
  const last = items.at(-1)
  const key = last && isPending(last) ? keyOf(last) : null
  useEffect(() => {
    if (key !== null) virtuoso.current?.scrollToIndex({ index: 'LAST', align: 'end' })
  }, [key, virtuoso])
}

/** Who sees the newest goes on seeing it when something else on the page takes room from the list. */
export const useStayAtNewest = (isAtNewest: boolean, scroller: RefObject<HTMLElement | null>): void => {
  const stays = useRef(isAtNewest)
  useEffect(() => {
    stays.current = isAtNewest
  }, [isAtNewest])
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      if (stays.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
}
