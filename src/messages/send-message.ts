import { findAccess } from '../conversations/conversation-access.js'
import { joinDesk } from '../conversations/desk-access.js'
import { directConversationWith } from '../conversations/direct-access.js'
import { badInput, conflict, type DomainError, forbidden, notFound, unauthenticated } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { markRecorded } from '../audit-trail.js'
import { type Asker, isAdmin } from '../people/person.js'
import type { Services } from '../services.js'
import { readMessage, type SendMessageInput } from './message-input.js'
import type { SendOutcome } from './message.store.js'
import type { Message } from './message.js'
import type { NewMessage, SendRefusal } from './send-batch.js'

type Needs = Pick<
  Services,
  'config' | 'conversations' | 'emergencyWatch' | 'limits' | 'messages' | 'people' | 'traffic' | 'writer'
>

const noConversation = () => notFound('conversation', 'input.conversationId')
const noTarget = () => notFound('message', 'input.replyToId')
const ATTACHMENTS = 'input.attachmentIds'
const noAttachment = () => notFound('attachment', ATTACHMENTS)

const refuse = async (needs: Needs, asker: Asker, conversationId: string, why: SendRefusal): Promise<Error> => {
  switch (why) {
    case 'NOT_FOUND':
      if (isAdmin(asker)) await findAccess(needs, asker, conversationId)
      return noConversation()
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
    case 'MAY_NOT_SEND':
      return forbidden('You may not send in this conversation.')
    case 'NOT_PROFESSIONAL':
      return forbidden('Only professionals send prescriptions, and not to the support desk.')
    case 'NO_TARGET':
      return noTarget()
    case 'TARGET_DELETED':
      return conflict('MESSAGE_DELETED', 'The message that this answers was deleted.', { field: 'input.replyToId' })
    case 'NO_ATTACHMENT':
      return noAttachment()
    case 'ATTACHMENT_SENT':
      return badInput(ATTACHMENTS, 'One of them was sent already.')
    case 'ATTACHMENT_REJECTED':
      return badInput(ATTACHMENTS, 'One of them was rejected.')
    case 'ATTACHMENT_NOT_READY':
      return conflict('ATTACHMENT_NOT_READY', 'One of them is not READY yet.', { field: ATTACHMENTS })
    case 'NOT_AN_IMAGE':
      return badInput(ATTACHMENTS, 'An IMAGE message holds images alone.')
    case 'NOT_A_SOUND':
      return badInput(ATTACHMENTS, 'A VOICE message holds a sound.')
  }
}

const findConversationId = async (needs: Needs, asker: Asker, input: SendMessageInput): Promise<string> => {
  const { conversationId, recipientId, asRole } = input
  if (conversationId === null || conversationId === undefined)
    return (
      await directConversationWith(
        needs,
        { ...asker, trail: undefined },
        recipientId ?? '',
        asRole ?? null,
        'input.recipientId',
      )
    ).conversation.id
  if (!isUuid(conversationId)) throw noConversation()
  return conversationId
}

/** What nothing can have as its id. */
const unknownId = ({
  replyToId,
  attachmentIds,
}: Pick<NewMessage, 'replyToId' | 'attachmentIds'>): DomainError | null => {
  if (replyToId !== null && !isUuid(replyToId)) return noTarget()
  return attachmentIds.every(isUuid) ? null : noAttachment()
}

/** At the support desk nobody prescribes: its user acts as the person supported there, whatever they are. */
const refusePrescription = async (needs: Needs, asker: Asker, conversationId: string) => {
  const { conversation } = await findAccess(needs, asker, conversationId, noConversation)
  if (conversation.kind === 'SUPPORT') throw await refuse(needs, asker, conversationId, 'NOT_PROFESSIONAL')
}

const isUnknown = (outcome: SendOutcome) => outcome.kind === 'REFUSED' && outcome.why === 'NOT_FOUND'

/** Answers once the message is stored. Who may send is judged under the conversation's lock, with the writing. */
export const sendMessage = async (needs: Needs, asker: Asker, input: SendMessageInput): Promise<Message> => {
  const begun = performance.now()
  const message = readMessage(needs.config, asker, input)
  await needs.limits.consume('messages', asker.userId)
  const conversationId = await findConversationId(needs, asker, input)
  if (message.kind === 'PRESCRIPTION') await refusePrescription(needs, asker, conversationId)
  // Of a malformed message in a conversation of others, too, nothing is said but that there is no such conversation.
  const unknown = unknownId(message)
  if (unknown) {
    await findAccess(needs, asker, conversationId, noConversation)
    throw unknown
  }
  const send = () => needs.messages.send({ ...message, conversationId })
  let outcome = await send()
  if (isUnknown(outcome) && (await joinDesk(needs, asker, conversationId, 'send'))) outcome = await send()
  if (outcome.kind === 'REFUSED') throw await refuse(needs, asker, conversationId, outcome.why)
  markRecorded(asker)
  if (message.emergency) needs.emergencyWatch.flagged()
  needs.traffic.acknowledge(begun)
  return outcome.message
}
