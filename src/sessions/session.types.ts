import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { RoleEnum, SessionStatusEnum, SessionTypeEnum } from '../graphql/enums.js'
import { PageInfoType } from '../graphql/page.types.js'
import { DateTime } from '../graphql/scalars.js'
import { MoneyType } from '../billing/money.types.js'
import type { PageInfo } from '../paging/page.js'
import type { Money } from '../billing/money.js'
import type { Role } from '../people/person.js'
import type { CreateSessionInput } from './create-session.js'
import type { SessionFilter } from './list-sessions.js'
import type * as domain from './session.js'

@ObjectType('Session', {
  description: 'A consultation: a stretch of time that people spend together in a conversation. One at a time in each.',
})
export class SessionType {
  @Field(() => ID, { description: 'The id of the session.' })
  id!: string

  @Field(() => SessionTypeEnum, { description: 'How it is held.' })
  type!: domain.SessionType

  @Field(() => SessionStatusEnum, { description: 'Where it stands.' })
  status!: domain.SessionStatus

  @Field(() => ID, { nullable: true, description: 'The host system’s id of the appointment; null when there is none.' })
  appointmentId!: string | null

  @Field(() => ID, { nullable: true, description: 'The host system’s id of the service; null when there is none.' })
  serviceId!: string | null

  @Field(() => DateTime, { description: 'When it started, by the database’s clock.' })
  startedAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it ended or expired; null while ACTIVE.' })
  endedAt!: Date | null

  @Field(() => String, {
    nullable: true,
    description:
      'What was said at its end; null without a reason. CARE_RELATIONSHIP_ENDED where it ended with the care relationship; CONVERSATION_BLOCKED or CONVERSATION_DELETED where it ended with the conversation; PROFESSIONAL_LEFT where who gave it left the group or was removed; USER_DEACTIVATED where they, or the other side, may not be here any more.',
  })
  endReason!: string | null

  @Field(() => Int, { description: 'Measured by the server, in whole seconds; up to now while ACTIVE.' })
  durationSeconds!: number

  @Field(() => MoneyType, {
    nullable: true,
    description:
      "Of a minute. Fixed when the session starts; null where nothing is charged. In a group's session, what each patient pays.",
  })
  rate!: Money | null

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'What of its `cost` was given back so far; in a group, to all together. Null where nothing is charged. `sessionUpdated` tells when it changes.',
  })
  refunded!: Money | null
}

@ObjectType('SessionStay', { description: 'From when to when somebody was in a session.' })
export class SessionStayType implements domain.Stay {
  @Field(() => DateTime, { description: 'When they joined.' })
  joinedAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When they left, or the session ended; null before.' })
  leftAt!: Date | null
}

@ObjectType('SessionParticipant', { description: 'One person’s part in a session.' })
export class SessionParticipantType {
  @Field(() => RoleEnum, { description: 'The profile under which the person takes part.' })
  role!: Role

  @Field(() => DateTime, { description: 'When they joined, the first time.' })
  joinedAt!: Date

  @Field(() => DateTime, {
    nullable: true,
    description: 'When they left, the last time, or the session ended; null while they are in it.',
  })
  leftAt!: Date | null

  @Field(() => [SessionStayType], { description: 'Each time that they were in it, in order.' })
  stays!: domain.Stay[]
}

@ObjectType('SessionEdge', { description: 'A session and its place in the list.' })
export class SessionEdgeType {
  @Field(() => String, { description: 'Marks the place.' })
  cursor!: string

  @Field(() => SessionType, { description: 'The session.' })
  node!: domain.Session
}

@ObjectType('SessionConnection', { description: 'A page of sessions.' })
export class SessionConnectionType {
  @Field(() => [SessionEdgeType], { description: 'By `startedAt`, newest first.' })
  edges!: SessionEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo
}

@InputType('SessionFilter', { description: 'Which sessions. All conditions must hold.' })
export class SessionFilterType implements SessionFilter {
  @Field(() => [SessionStatusEnum], { nullable: true, description: 'Those in one of these; all without it.' })
  statuses?: domain.SessionStatus[] | null

  @Field(() => [SessionTypeEnum], { nullable: true, description: 'Those of one of these types; all without it.' })
  types?: domain.SessionType[] | null

  @Field(() => ID, { nullable: true, description: 'Those of this conversation.' })
  conversationId?: string | null
}

@InputType('CreateSessionInput', {
  description: '`withUserId` or `conversationId`; both or neither is BAD_USER_INPUT.',
})
export class CreateSessionInputType implements CreateSessionInput {
  @Field(() => ID, {
    nullable: true,
    description:
      'A patient names a professional, a professional a patient. Their DIRECT conversation is created if need be, with the errors of `startConversation`.',
  })
  withUserId?: string | null

  @Field(() => ID, {
    nullable: true,
    description:
      'A group, by one of its professionals. A DIRECT conversation will do as well; a SUPPORT conversation has no sessions: FORBIDDEN.',
  })
  conversationId?: string | null

  @Field(() => SessionTypeEnum, { description: 'How it is held.' })
  type!: domain.SessionType

  @Field(() => RoleEnum, {
    nullable: true,
    description:
      'The viewer’s own role, as for `startConversation`; another than the conversation knows them by is FORBIDDEN.',
  })
  asRole?: Role | null

  @Field(() => ID, { nullable: true, description: 'The host system’s id of the appointment: up to 128 characters.' })
  appointmentId?: string | null

  @Field(() => ID, { nullable: true, description: 'The host system’s id of the service: up to 128 characters.' })
  serviceId?: string | null
}

@InputType('EndSessionInput', { description: 'Which session, and why.' })
export class EndSessionInputType {
  @Field(() => ID, { description: 'The session.' })
  sessionId!: string

  @Field(() => String, { nullable: true, description: 'For both to read: up to 500 characters.' })
  reason?: string | null
}

@InputType('SessionPresenceInput', { description: 'Which session.' })
export class SessionPresenceInputType {
  @Field(() => ID, { description: 'The session.' })
  sessionId!: string
}

@ObjectType('SessionPayload', { description: 'The session as it stands now.' })
export class SessionPayloadType {
  @Field(() => SessionType, { description: 'The session.' })
  session!: domain.Session
}
