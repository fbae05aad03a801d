import { findAccess } from '../conversations/conversation-access.js'
import { directConversationWith } from '../conversations/direct-access.js'
import { badInput, conflict, forbidden, notFound, unauthenticated } from '../errors.js'
import { isUuid, optionalExternalId } from '../limits/ids.js'
import { cleanText } from '../limits/text.js'
import { isAdmin, type Role, type Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Message, MessageKind } from './message.js'
import type { NewMessage, SendRefusal } from './send-batch.js'

type Needs = Pick<Services, 'config' | 'conversations' | 'limits' | 'messages' | 'people' | 'traffic' | 'writer'>

export interface SendMessageInput {
  conversationId?: string | null
  recipientId?: string | null
  body?: string | null
  kind?: MessageKind | null
  clientMessageId?: string | null
  asRole?: Role | null
  appointmentId?: string | null
  serviceId?: string | null
}

const LONGEST_KEY = 128

const check = (needs: Needs, viewer: Viewer, input: SendMessageInput): Omit<NewMessage, 'conversationId'> => {
  if ((input.conversationId ?? null) === null && (input.recipientId ?? null) === null)
    throw badInput('input.conversationId', 'Either conversationId or recipientId is needed.')
  if ((input.conversationId ?? null) !== null && (input.recipientId ?? null) !== null)
    throw badInput('input.recipientId', 'conversationId and recipientId exclude each other.')
  if ((input.kind ?? 'TEXT') !== 'TEXT') throw badInput('input.kind', 'Only TEXT can be sent at present.')
  const key = input.clientMessageId ?? null
  return {
    senderId: viewer.userId,
    asRole: input.asRole ?? null,
    body: cleanText('input.body', input.body ?? '', { max: needs.config.maxMessageLength }),
    clientMessageId: key === null ? null : cleanText('input.clientMessageId', key, { max: LONGEST_KEY }),
    appointmentId: optionalExternalId('input.appointmentId', input.appointmentId),
    serviceId: optionalExternalId('input.serviceId', input.serviceId),
  }
}

const refuse = async (needs: Needs, viewer: Viewer, conversationId: string, why: SendRefusal): Promise<Error> => {
  switch (why) {
    case 'NOT_FOUND':
      if (isAdmin(viewer)) await findAccess(needs, viewer, conversationId)
      return notFound('conversation', 'input.conversationId')
    case 'INACTIVE':
      return unauthenticated('This person is not active.')
    case 'WRONG_ROLE':
      return forbidden('The conversation knows you under another role.')
    case 'KEY_REUSED':
      return conflict('IDEMPOTENCY_KEY_REUSED', 'This clientMessageId was used for another message.')
    case 'CARE_ENDED':
      return conflict('CARE_RELATIONSHIP_ENDED', 'The care relationship has ended.')
    case 'NOT_ACTIVE':
      return conflict('CONVERSATION_NOT_ACTIVE', 'The conversation takes no messages.')
  }
}

/** Answers once the message is stored. Who may send is judged under the conversation's lock, with the writing. */
export const sendMessage = async (needs: Needs, viewer: Viewer, input: SendMessageInput): Promise<Message> => {
  const begun = performance.now()
  const message = check(needs, viewer, input)
  await needs.limits.consume('messages', viewer.userId)
  const conversationId =
    input.conversationId ??
    (await directConversationWith(needs, viewer, input.recipientId ?? '', input.asRole ?? null, 'input.recipientId'))
      .conversation.id
  if (!isUuid(conversationId)) throw notFound('conversation', 'input.conversationId')
  const outcome = await needs.messages.send({ ...message, conversationId })
  if (outcome.kind === 'REFUSED') throw await refuse(needs, viewer, conversationId, outcome.why)
  needs.traffic.acknowledge(begun)
  return outcome.message
}
