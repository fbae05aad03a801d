import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { SignalKindEnum } from '../graphql/enums.js'
import { DateTime } from '../graphql/scalars.js'
import { COST_OF_A_TEXT } from '../messages/message.types.js'
import type * as domain from './call.js'
import type { SendSignalInput } from './send-signal.js'

@ObjectType('IceServer', { description: 'A STUN or TURN server, as RTCPeerConnection takes it.' })
export class IceServerType {
  @Field(() => [String], { description: 'Its addresses: `stun:`, `stuns:`, `turn:` or `turns:`.' })
  urls!: string[]

  @Field(() => String, {
    nullable: true,
    description: 'For a TURN server: the viewer’s, until `expiresAt`. Else null.',
  })
  username!: string | null

  @Field(() => String, { nullable: true, description: 'For a TURN server: what goes with the `username`. Else null.' })
  credential!: string | null
}

@ObjectType('Call', { description: 'What a client needs to join the media of a VOICE or VIDEO session.' })
export class CallType {
  @Field(() => ID, { description: 'The id of the session.' })
  id!: string

  @Field(() => [IceServerType], {
    description: 'Those that are configured, STUN before TURN; none where people call within one network.',
  })
  iceServers!: domain.IceServer[]

  @Field(() => DateTime, {
    description: 'When the credentials run out, an hour after they were made: query again before.',
  })
  expiresAt!: Date
}

@ObjectType('CallSignal', { description: 'What the browser of another participant tells that of the viewer.' })
export class CallSignalType {
  @Field(() => ID, { description: 'The session.' })
  sessionId!: string

  @Field(() => SignalKindEnum, { description: 'What it is.' })
  kind!: domain.SignalKind

  @Field(() => String, {
    nullable: true,
    complexity: COST_OF_A_TEXT,
    description: 'SDP or ICE candidate, as the sender gave it. Null only for a HANGUP.',
  })
  payload!: string | null
}

@InputType('SignalInput', { description: 'What to tell the others in a call.' })
export class SignalInputType implements SendSignalInput {
  @Field(() => ID, {
    description: 'A VOICE or VIDEO session that is ACTIVE and that the viewer is in: in a group they join it first.',
  })
  sessionId!: string

  @Field(() => SignalKindEnum, { description: 'What it is.' })
  kind!: domain.SignalKind

  @Field(() => String, {
    nullable: true,
    description:
      'SDP or ICE candidate, as the browser made it: up to 64 KiB in UTF-8, handed on as it is. A HANGUP needs none.',
  })
  payload?: string | null

  @Field(() => ID, {
    nullable: true,
    description: 'One other participant; without it, all others. Who is none is NOT_FOUND.',
  })
  toUserId?: string | null
}

@ObjectType('SendSignalPayload', { description: 'Whom a signal could reach.' })
export class SendSignalPayloadType {
  @Field(() => Int, {
    description:
      'How many participants were connected to receive it: other people, of those to whom it goes, who followed `callSignal` of the session at that moment, on whatever server; each once. A server that died counts for 30 seconds. It does not say that the signal arrived.',
  })
  recipients!: number
}
