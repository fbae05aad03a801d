import type { Reader } from '../conversations/read-access.js'
import { badInput } from '../errors.js'
import { pageArgs, pagedForward, type PageInput } from '../paging/page.js'
import type { Services } from '../services.js'
import { sightOf, sightOfMessage } from './message-access.js'
import type { Message, Revision } from './message.js'
import type { MessagePage } from './read-history.js'

type Needs = Pick<Services, 'conversations' | 'cursors' | 'grants' | 'loaders'>

const NOTHING: MessagePage = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  eventCursor: null,
}

/** Null for what the viewer may not see, and for what retention has removed. */
export const readTarget = async (needs: Needs, viewer: Reader, message: Message): Promise<Message | null> => {
  const { conversationId, replyToId } = message
  if (replyToId === null) return null
  const asked = [needs.loaders.message(replyToId), sightOf(needs, viewer, conversationId)] as const
  const [target, sight] = await Promise.all(asked)
  return target && sight && target.seq >= sight.from ? target : null
}

/** The answers to a message, oldest first; none for who may not see the message. */
export const readReplies = async (
  needs: Needs,
  viewer: Reader,
  message: Message,
  input: PageInput,
): Promise<MessagePage> => {
  const { limit, cursor } = pageArgs(input)
  const after = cursor === null ? null : needs.cursors.readMessage(cursor)
  if (after && after.conversationId !== message.conversationId)
    throw badInput('after', 'The cursor is of another conversation.')
  const sight = await sightOfMessage(needs, viewer, message)
  if (!sight) return NOTHING
  const from = Math.max(sight.from, (after?.seq ?? 0) + 1)
  const found = await needs.loaders.replies({ messageId: message.id, from, limit })
  const cursorAt = needs.cursors.messagesOf(message.conversationId)
  const { id, rev } = sight.access.conversation
  // The access was read before the page: nothing falls between.
  return {
    ...pagedForward({ found, limit, after, cursorOf: ({ seq }) => cursorAt(seq) }),
    eventCursor: needs.cursors.event(id, rev),
  }
}

/** Null once deleted, and for who may not see the message. */
export const readRevisions = async (needs: Needs, viewer: Reader, message: Message): Promise<Revision[] | null> => {
  if (message.deletedAt !== null || !(await sightOfMessage(needs, viewer, message))) return null
  return needs.loaders.revisions(message.id)
}
