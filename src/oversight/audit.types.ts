import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { AuditOutcomeEnum } from '../graphql/enums.js'
import { PageInfoType } from '../graphql/page.types.js'
import { DateTime, SafeInt } from '../graphql/scalars.js'
import type { PageInfo } from '../paging/page.js'
import type { AuditOutcome } from '../audit-trail.js'
import type { AuditEvent, Verification } from './audit-event.js'
import type { AuditFilter } from './read-audit.js'

@ObjectType('AuditEvent', { description: 'Who did what, or was refused it. It holds no text of anybody.' })
export class AuditEventType {
  @Field(() => ID, { description: 'One for each event.' })
  id!: string

  @Field(() => SafeInt, {
    description: 'Its place in the chain: 1, 2, 3 … without a gap. The oldest are removed after the configured time.',
  })
  sequence!: number

  @Field(() => DateTime, { description: 'When it was, by the database’s clock.' })
  at!: Date

  @Field(() => String, {
    description:
      'The name of the root field; a subscription leaves one at its start and, with `.end` behind its name, one at its end. `readUnderGrant`: under an access grant an object led to a conversation that the root field did not name. `attachmentDownloaded`: a file was fetched by its address, or refused; once for each address. `retention` is the removal of old messages, `auditRetention` that of old events. `sessionExpired` and `sessionEnded` are the end of a session that nobody asked for with `endSession`: by itself, or by what somebody did to its conversation or to who was in it. All root fields are recorded but `status`, `connection`, `renewToken` and `setTyping`.',
  })
  action!: string

  @Field(() => AuditOutcomeEnum, { description: 'Whether it was done, or refused.' })
  outcome!: AuditOutcome

  @Field(() => ID, { nullable: true, description: 'The conversation that it was about; null where it was about none.' })
  conversationId!: string | null

  @Field(() => ID, { nullable: true, description: 'The message that it was about; null where it was about none.' })
  messageId!: string | null

  @Field(() => ID, { nullable: true, description: 'The session that it was about; null where it was about none.' })
  sessionId!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'The request’s id: over HTTP that of `X-Request-Id`, which whoever asks may choose, over a WebSocket the connection’s and a number.',
  })
  requestId!: string | null

  @Field(() => String, { description: 'SHA-256 over this event and the hash before it, in hexadecimal.' })
  hash!: string
}

@ObjectType('AuditEventEdge', { description: 'An event and its place in the list.' })
export class AuditEventEdgeType {
  @Field(() => String, { description: 'The place in the chain.' })
  cursor!: string

  @Field(() => AuditEventType, { description: 'The event.' })
  node!: AuditEvent
}

@ObjectType('AuditEventConnection', { description: 'A page of events.' })
export class AuditEventConnectionType {
  @Field(() => [AuditEventEdgeType], { description: 'Newest first.' })
  edges!: AuditEventEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo
}

@InputType('AuditFilter', { description: 'What is given has to hold together.' })
export class AuditFilterType implements AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Who did it.' })
  actorId?: string | null

  @Field(() => ID, {
    nullable: true,
    description: 'Whose data it was, as `AuditEvent.subjectUser` has it.',
  })
  subjectUserId?: string | null

  @Field(() => ID, { nullable: true, description: 'The conversation that it was about.' })
  conversationId?: string | null

  @Field(() => [String], {
    nullable: true,
    description:
      'One of these actions, as `AuditEvent.action` has them: up to 100 names. What is none is BAD_USER_INPUT.',
  })
  actions?: string[] | null

  @Field(() => ID, {
    nullable: true,
    description: 'The access grant under which it was read, or that was given or ended.',
  })
  accessGrantId?: string | null

  @Field(() => DateTime, { nullable: true, description: 'Not before that.' })
  from?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'Before that.' })
  to?: Date | null
}

@ObjectType('AuditVerification', { description: 'Whether the chain holds, from its beginning to its head.' })
export class AuditVerificationType implements Verification {
  @Field(() => Boolean, { description: 'False: an event was changed, removed or put in by hand.' })
  intact!: boolean

  @Field(() => SafeInt, { description: 'How many events hold, up to the first that does not.' })
  checked!: number

  @Field(() => SafeInt, { nullable: true, description: 'The first place that does not hold; null where all do.' })
  firstBrokenSequence!: number | null

  @Field(() => Int, {
    description: 'Events that wait for more than 10 seconds to become part of the chain: 0 while the servers work.',
  })
  overdue!: number
}
