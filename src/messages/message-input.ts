import type { Config } from '../config.js'
import { badInput } from '../errors.js'
import { optionalExternalId } from '../limits/ids.js'
import { cleanOptionalText, cleanText } from '../limits/text.js'
import type { Asker, Role } from '../people/person.js'
import type { MessageKind, SendableKind } from './message.js'
import { readAttachmentIds } from './read-attachment-ids.js'
import { type CardInputs, readCard } from './read-card.js'
import type { NewMessage } from './send-batch.js'

export interface SendMessageInput extends CardInputs {
  conversationId?: string | null
  recipientId?: string | null
  body?: string | null
  kind?: MessageKind | null
  clientMessageId?: string | null
  asRole?: Role | null
  appointmentId?: string | null
  serviceId?: string | null
  replyToId?: string | null
  attachmentIds?: string[] | null
  emergency?: boolean | null
}

const LONGEST_KEY = 128

const requireOneTarget = ({ conversationId, recipientId }: SendMessageInput) => {
  if ((conversationId ?? null) === null && (recipientId ?? null) === null)
    throw badInput('input.conversationId', 'Either conversationId or recipientId is needed.')
  if ((conversationId ?? null) !== null && (recipientId ?? null) !== null)
    throw badInput('input.recipientId', 'conversationId and recipientId exclude each other.')
}

const readKind = (kind: MessageKind): SendableKind => {
  if (kind === 'SYSTEM') throw badInput('input.kind', 'The system alone sends these.')
  return kind
}

/** A text has its words; what has a card or a file may do without. */
const readBody = (kind: SendableKind, body: string | null | undefined, max: number) =>
  kind === 'TEXT' ? cleanText('input.body', body ?? '', { max }) : cleanOptionalText('input.body', body, { max })

/** What is to be sent, wherever it goes. */
export const readMessage = (
  { maxMessageLength }: Pick<Config, 'maxMessageLength'>,
  asker: Asker,
  input: SendMessageInput,
): Omit<NewMessage, 'conversationId'> => {
  requireOneTarget(input)
  const kind = readKind(input.kind ?? 'TEXT')
  const key = input.clientMessageId ?? null
  return {
    senderId: asker.userId,
    asRole: input.asRole ?? null,
    kind,
    body: readBody(kind, input.body, maxMessageLength),
    clientMessageId: key === null ? null : cleanText('input.clientMessageId', key, { max: LONGEST_KEY }),
    appointmentId: optionalExternalId('input.appointmentId', input.appointmentId),
    serviceId: optionalExternalId('input.serviceId', input.serviceId),
    replyToId: input.replyToId ?? null,
    card: readCard(kind, input),
    attachmentIds: readAttachmentIds(kind, input.attachmentIds ?? []),
    emergency: input.emergency ?? false,
    requestId: asker.requestId,
  }
}
