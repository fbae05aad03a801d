import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import type { TransportKind } from '../connections/connection.js'
import { ServiceHealthEnum, TransportEnum } from '../graphql/enums.js'
import { DateTime } from '../graphql/scalars.js'

@ObjectType('ConnectionInfo', { description: 'The connection that carries a request.' })
export class ConnectionInfoType {
  @Field(() => ID, { nullable: true, description: 'Null over plain HTTP.' })
  id!: string | null

  @Field(() => TransportEnum, { description: 'What carries the request.' })
  transport!: TransportKind

  @Field(() => DateTime, { nullable: true, description: 'When it was opened; null over plain HTTP.' })
  connectedAt!: Date | null

  @Field(() => Int, { description: 'Subscriptions that run over it, the one that asks included.' })
  activeSubscriptions!: number

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the token runs out, and with it a WebSocket unless it is renewed.',
  })
  expiresAt!: Date | null
}

@ObjectType('ServiceStatus', { description: 'How this server process does.' })
export class ServiceStatusType {
  @Field(() => ServiceHealthEnum, { description: 'Whether everything that it needs answers.' })
  status!: keyof typeof ServiceHealthEnum

  @Field(() => String, { description: 'The version of the server.' })
  version!: string

  @Field(() => Int, { description: 'WebSockets and event streams that are open on this process.' })
  activeConnections!: number

  @Field(() => Int, { description: 'Whole seconds since the process began to serve.' })
  uptimeSeconds!: number
}

@InputType('RenewTokenInput', { description: 'A new token for the connection that carries the request.' })
export class RenewTokenInput {
  @Field(() => String, {
    description: 'The new token, with or without "Bearer ". Its subject must be the same: FORBIDDEN.',
  })
  token!: string
}

@ObjectType('RenewTokenPayload', { description: 'What renewToken answers with.' })
export class RenewTokenPayload {
  @Field(() => ConnectionInfoType, { description: 'The connection, with its new expiry.' })
  connection!: ConnectionInfoType
}
