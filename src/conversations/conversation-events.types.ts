import { createUnionType, Field, ID, InterfaceType, ObjectType } from 'type-graphql'
import { MessageChangeEnum } from '../graphql/enums.js'
import { DateTime } from '../graphql/scalars.js'
import type { Message } from '../messages/message.js'
import { MessageType } from '../messages/message.types.js'
import type { ConversationEvent, InboxEvent } from './conversation-events.js'
import type { Conversation, Participant } from './conversation.js'
import { ConversationType, ParticipantType } from './conversation.types.js'

@InterfaceType('ConversationEvent', {
  resolveType: (event: ConversationEvent) => event.type,
  description: 'Something that happened in a conversation.',
})
export abstract class ConversationEventType {
  @Field(() => String, { description: 'Hand it to `after` to go on behind this event.' })
  cursor!: string
}

@ObjectType('MessageChanged', {
  implements: ConversationEventType,
  description: 'A message came, or was edited, deleted or otherwise changed.',
})
export class MessageChangedType extends ConversationEventType {
  @Field(() => MessageChangeEnum, { description: 'Whether it is new to whoever went on from the cursor before.' })
  change!: 'ADDED' | 'UPDATED'

  @Field(() => MessageType, { description: 'The message as it is since.' })
  message!: Message
}

@ObjectType('ParticipantChanged', {
  implements: ConversationEventType,
  description: 'Somebody joined or left, or their positions moved.',
})
export class ParticipantChangedType extends ConversationEventType {
  @Field(() => ParticipantType, { description: 'Their part as it is since.' })
  participant!: Participant
}

@ObjectType('ConversationChanged', {
  implements: ConversationEventType,
  description:
    'Its status, title, permissions, session or anything else of its own; among `conversationEvents` not for each message.',
})
export class ConversationChangedType extends ConversationEventType {
  @Field(() => ConversationType, { description: 'The conversation as it is since.' })
  conversation!: Conversation
}

@ObjectType('CaughtUp', {
  implements: ConversationEventType,
  description: 'All that was missed has been delivered; what follows is live.',
})
export class CaughtUpType extends ConversationEventType {}

@ObjectType('ResyncRequired', {
  implements: ConversationEventType,
  description:
    'Drop what you hold of this conversation and query it again: what the viewer may see has changed, or more than 10,000 changes were missed. CaughtUp and live events follow.',
})
export class ResyncRequiredType extends ConversationEventType {}

@ObjectType('InboxLive', { description: 'First: whatever is queried from now on misses nothing.' })
export class InboxLiveType {
  @Field(() => DateTime, { description: 'When the following began.' })
  at!: Date
}

@ObjectType('ConversationRemoved', {
  description: 'The viewer does not take part any more, or somebody else has deleted the conversation.',
})
export class ConversationRemovedType {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string
}

export const InboxEventUnion = createUnionType({
  name: 'InboxEvent',
  types: () => [InboxLiveType, ConversationChangedType, ConversationRemovedType] as const,
  resolveType: (event: unknown) => (event as InboxEvent).type,
  description: 'Something that happened to the viewer’s list of conversations.',
})
