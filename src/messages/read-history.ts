import type { Access } from '../conversations/conversation-access.js'
import { badInput } from '../errors.js'
import { type Page, paged, type Paged } from '../paging/page.js'
import type { Services } from '../services.js'
import type { SeqRange } from './message.store.js'
import type { Message } from './message.js'

type Needs = Pick<Services, 'cursors' | 'messages'>

export interface MessagePage extends Paged<Message> {
  eventCursor: string | null
}

/** What the viewer may see of the conversation, as it stood when the access was read. */
const visibleRange = ({ conversation, part }: Access): SeqRange => ({
  from: Math.max(conversation.firstSeq, part.visibleFromSeq),
  through: conversation.seq,
})

const withinSession = async (needs: Needs, sessionId: string, visible: SeqRange): Promise<SeqRange> => {
  const range = await needs.messages.rangeOfSession(sessionId)
  if (!range) return { from: 1, through: 0 }
  return { from: Math.max(visible.from, range.from), through: Math.min(visible.through, range.through) }
}

const cursorSeq = (needs: Needs, access: Access, page: Page): number | null => {
  if (page.cursor === null) return null
  const field = page.backward ? 'before' : 'after'
  const { conversationId, seq } = needs.cursors.readMessage(page.cursor, field)
  if (conversationId !== access.conversation.id) throw badInput(field, 'The cursor is of another conversation.')
  if (seq > access.conversation.seq) throw badInput(field, 'The cursor is ahead of the conversation.')
  return seq
}

/**
 * A page of messages, oldest to newest. Messages have no gaps in a conversation, nor in a session: a session's messages are
 * those from its start to its end. So what lies beyond the page follows from the range.
 */
export const readHistory = async (
  needs: Needs,
  access: Access,
  page: Page,
  sessionId?: string,
): Promise<MessagePage> => {
  const { conversation } = access
  const visible = visibleRange(access)
  const range = sessionId === undefined ? visible : await withinSession(needs, sessionId, visible)
  const seq = cursorSeq(needs, access, page)
  const wanted = { ...range }
  if (seq !== null && page.backward) wanted.through = Math.min(range.through, seq - 1)
  if (seq !== null && !page.backward) wanted.from = Math.max(range.from, seq + 1)
  const messages = await needs.messages.page(conversation.id, wanted, page.limit, page.backward ? 'LAST' : 'FIRST')
  const first = messages[0]?.seq ?? (page.backward ? range.from : wanted.from)
  const last = messages.at(-1)?.seq ?? (page.backward ? wanted.through : range.through)
  const has = {
    hasPreviousPage: range.from <= range.through && first > range.from,
    hasNextPage: last < range.through,
  }
  const cursorAt = needs.cursors.messagesOf(conversation.id)
  // The access was read before the page: nothing falls between.
  return {
    ...paged(messages, ({ seq }: Message) => cursorAt(seq), has),
    eventCursor: needs.cursors.event(conversation.id, conversation.rev),
  }
}
