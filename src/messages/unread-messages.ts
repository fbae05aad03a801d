import { findAccess } from '../conversations/conversation-access.js'
import { findReadAccess, type Reader } from '../conversations/read-access.js'
import { notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { pageArgs, pagedForward, type PageInput } from '../paging/page.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Message } from './message.js'
import type { MessagePage } from './read-history.js'

type Needs = Pick<Services, 'conversations' | 'cursors' | 'grants' | 'messages'>

/** NOT_FOUND for what the viewer may not see. */
export const findMessage = async (needs: Needs, viewer: Reader, id: string): Promise<Message> => {
  const missing = () => notFound('message', 'id')
  const message = isUuid(id) ? await needs.messages.find(id) : null
  if (!message) throw missing()
  const { part } = await findReadAccess(needs, viewer, message.conversationId, missing)
  if (message.seq < part.visibleFromSeq) throw missing()
  return message
}

/** Oldest first, of one conversation or of all. */
export const readUnread = async (
  needs: Needs,
  viewer: Viewer,
  conversationId: string | null,
  input: PageInput,
): Promise<MessagePage> => {
  const { limit, cursor } = pageArgs(input)
  const after = cursor === null ? null : needs.cursors.readMessage(cursor)
  if (conversationId !== null) await findAccess(needs, viewer, conversationId)
  const found = await needs.conversations.unreadMessages({ viewer, conversationId, after, limit })
  const cursorOf = (message: Message) => needs.cursors.message(message.conversationId, message.seq)
  return { ...pagedForward({ found, limit, after, cursorOf }), eventCursor: null }
}
