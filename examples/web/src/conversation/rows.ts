import type { ChatMessage, OutgoingMessage } from '@colloquy/apollo'
import { isSameDay } from '../date-text.js'

/** What stands in the list: a message that is stored, or one on its way. */
export type Item = ChatMessage | OutgoingMessage

export interface Row {
  item: Item
  /** When it is the first of its day. */
  day: string | null
  /** The first that somebody writes in one go: their name is shown. */
  startsGroup: boolean
  startsUnread: boolean
}

const GROUP_MS = 5 * 60 * 1000

export const isPending = (item: Item): item is OutgoingMessage => 'writtenAt' in item

/** The same before and after it is stored. */
export const keyOf = (item: Item): string =>
  isPending(item) ? item.clientMessageId : (item.clientMessageId ?? item.id)

const instantOf = (item: Item) => (isPending(item) ? item.writtenAt : item.createdAt)

const writerOf = (item: Item, viewerId: string) => {
  if (isPending(item)) return viewerId
  return item.kind === 'SYSTEM' ? null : item.sender?.id
}

export interface RowContext {
  viewerId: string
  /** Where the messages begin that were unread when the conversation was opened; null without any. */
  firstUnreadSeq: number | null
}

export const rowOf = (item: Item, before: Item | undefined, { viewerId, firstUnreadSeq }: RowContext): Row => {
  const at = instantOf(item)
  const startsDay = !before || !isSameDay(instantOf(before), at)
  const startsUnread = !isPending(item) && item.seq === firstUnreadSeq
  const goesOn =
    before !== undefined &&
    writerOf(before, viewerId) === writerOf(item, viewerId) &&
    Date.parse(at) - Date.parse(instantOf(before)) < GROUP_MS
  return { item, day: startsDay ? at : null, startsUnread, startsGroup: startsDay || startsUnread || !goesOn }
}
