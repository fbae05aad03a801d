import { Field, InputType, ObjectType } from 'type-graphql'
import { PresenceStatusEnum, SettablePresenceEnum } from '../graphql/enums.js'
import { DateTime } from '../graphql/scalars.js'
import type { Presence, PresenceStatus, SettablePresence } from './presence.js'

@ObjectType('Presence', { description: 'Whether a person is there.' })
export class PresenceType {
  @Field(() => Boolean, {
    description: "True while at least one of the user's connections is alive, on any server process.",
  })
  online!: boolean

  @Field(() => PresenceStatusEnum, { description: 'OFFLINE whenever `online` is false, whatever was set before.' })
  status!: PresenceStatus

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the last connection that is gone went; null if there never was one.',
  })
  lastSeenAt!: Date | null

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether new sessions may be opened with them now, as `professional.acceptingSessions`; null for who is no professional. The subscription tells of it, too.',
  })
  acceptingSessions!: boolean | null
}

@InputType('SetPresenceInput', { description: 'What others shall see of the viewer.' })
export class SetPresenceInputType {
  @Field(() => SettablePresenceEnum, { description: 'Shown while the viewer is online; kept across connections.' })
  status!: SettablePresence
}

@ObjectType('SetPresencePayload', { description: "The viewer's presence as others see it now." })
export class SetPresencePayloadType {
  @Field(() => PresenceType, { description: 'OFFLINE while no WebSocket or event stream of the viewer is open.' })
  presence!: Presence
}
