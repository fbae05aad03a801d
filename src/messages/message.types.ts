import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { MessageKindEnum, RoleEnum, SendableKindEnum, SystemEventEnum } from '../graphql/enums.js'
import { PageInfoType } from '../graphql/page.types.js'
import { DateTime } from '../graphql/scalars.js'
import type { PageInfo } from '../paging/page.js'
import type { Role } from '../people/person.js'
import { AppointmentCardInputType, PrescriptionCardInputType } from './card.types.js'
import type { Message, MessageKind, SystemEvent } from './message.js'

/** In objects: up to 5,000 characters of up to four bytes. */
export const COST_OF_A_TEXT = 5
const KEY = 'The sender’s own key for this message'

@ObjectType('Message', { description: 'One message of a conversation.' })
export class MessageType {
  @Field(() => ID, { description: 'The id of the message.' })
  id!: string

  @Field(() => ID, { description: 'The id of its conversation.' })
  conversationId!: string

  @Field(() => Int, {
    description:
      '1 for the first message of a conversation, then 2, 3, … without a gap; the order of the conversation. Retention may remove the oldest; a number is never used again.',
  })
  seq!: number

  @Field(() => RoleEnum, {
    nullable: true,
    description: 'The role under which the sender takes part. Null for SYSTEM messages.',
  })
  senderRole!: Role | null

  @Field(() => MessageKindEnum, { description: 'What the message holds.' })
  kind!: MessageKind

  @Field(() => String, {
    nullable: true,
    complexity: COST_OF_A_TEXT,
    description: 'Null once deleted, and for messages that have none, such as an image without a caption.',
  })
  body!: string | null

  @Field(() => SystemEventEnum, {
    nullable: true,
    description:
      'What a SYSTEM message tells of, for clients in another language than its English `body`. Null for all others, and for the host system’s own words (`notify`).',
  })
  systemEvent!: SystemEvent | null

  @Field(() => ID, {
    nullable: true,
    description: 'The host system’s id of the appointment that the message belongs to; null when it belongs to none.',
  })
  appointmentId!: string | null

  @Field(() => ID, {
    nullable: true,
    description: 'The host system’s id of the service that the message belongs to; null when it belongs to none.',
  })
  serviceId!: string | null

  @Field(() => DateTime, { description: 'When it was stored, by the database’s clock.' })
  createdAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When its text was last changed; null if it never was.' })
  editedAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When it was deleted; null while it is not.' })
  deletedAt!: Date | null
}

@ObjectType('MessageEdge', { description: 'A message and its place in the list.' })
export class MessageEdgeType {
  @Field(() => String, { description: 'The message’s cursor.' })
  cursor!: string

  @Field(() => MessageType, { description: 'The message.' })
  node!: Message
}

@ObjectType('MessageConnection', { description: 'A page of messages.' })
export class MessageConnectionType {
  @Field(() => [MessageEdgeType], {
    description: 'Oldest to newest; `userHistory` newest first, and `openEmergencies` by when they were flagged.',
  })
  edges!: MessageEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo

  @Field(() => String, {
    nullable: true,
    description:
      'Where the conversation’s events stood, no later than this page: hand it to `conversationEvents(after:)` and nothing falls between. Select it with the first page only: a later page’s would skip what came since. Null in the lists that may span conversations.',
  })
  eventCursor!: string | null
}

@InputType('SendMessageInput', { description: 'A new message: `conversationId` or `recipientId`, not both.' })
export class SendMessageInputType {
  @Field(() => ID, { nullable: true, description: 'The conversation to send into.' })
  conversationId?: string | null

  @Field(() => ID, {
    nullable: true,
    description: 'The DIRECT conversation with that user, created if need be; with the errors of `startConversation`.',
  })
  recipientId?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'The text: 1 to 5,000 characters (Unicode code points) unless the server is configured otherwise; white space around it is removed. A message with a card or with attachments may do without. Stored as it is, never HTML-escaped: escape it where it is shown.',
  })
  body?: string | null

  @Field(() => SendableKindEnum, {
    nullable: true,
    description:
      'What is sent. IMAGE holds images alone, FILE whatever may be uploaded, VOICE one sound: see `attachmentIds`.',
  })
  kind?: MessageKind | null = SendableKindEnum.TEXT

  @Field(() => String, {
    nullable: true,
    description: `${KEY}: 1 to 128 characters, unique among the sender’s messages in the conversation. Repeating a send with it never stores a second message.`,
  })
  clientMessageId?: string | null

  @Field(() => RoleEnum, {
    nullable: true,
    description: 'Only for a person with several profiles, and only the one that this conversation knows them by.',
  })
  asRole?: Role | null

  @Field(() => ID, { nullable: true, description: 'The host system’s id of an appointment: 1 to 128 characters.' })
  appointmentId?: string | null

  @Field(() => ID, { nullable: true, description: 'The host system’s id of a service: 1 to 128 characters.' })
  serviceId?: string | null

  @Field(() => Boolean, { nullable: true, description: 'As `flagEmergency`, from the beginning.' })
  emergency?: boolean | null = false

  @Field(() => ID, {
    nullable: true,
    description:
      'The message that this answers, of the same conversation. One that the sender may not see is NOT_FOUND; a deleted one CONFLICT (MESSAGE_DELETED).',
  })
  replyToId?: string | null

  @Field(() => [ID], {
    nullable: true,
    description:
      'For IMAGE and FILE messages 1 to 10, for VOICE one, in the order in which they are shown; with another kind, or twice the same, BAD_USER_INPUT. READY ones that the sender uploaded to this conversation and has not sent yet: of others NOT_FOUND, sent or rejected ones BAD_USER_INPUT, CONFLICT (ATTACHMENT_NOT_READY) until they are READY.',
  })
  attachmentIds?: string[] | null

  @Field(() => AppointmentCardInputType, {
    nullable: true,
    description: 'For APPOINTMENT messages, which need it; with another kind it is BAD_USER_INPUT.',
  })
  appointment?: AppointmentCardInputType | null

  @Field(() => PrescriptionCardInputType, {
    nullable: true,
    description:
      'Professionals only, and not in a SUPPORT conversation: else FORBIDDEN. For PRESCRIPTION messages, which need it; with another kind it is BAD_USER_INPUT.',
  })
  prescription?: PrescriptionCardInputType | null
}

@ObjectType('MessagePayload', { description: 'The message as it is stored now.' })
export class MessagePayloadType {
  @Field(() => MessageType, { description: 'The message.' })
  message!: Message
}
