import { Arg, Ctx, Directive, Extensions, Mutation, Query, Resolver } from 'type-graphql'
import { requireViewer, type Context } from '../graphql/context.js'
import { ConnectionInfoType, RenewTokenInput, RenewTokenPayload } from './connection.types.js'
import { renewToken } from './renew-token.js'

@Resolver()
export class ConnectionResolver {
  @Extensions({ audited: false })
  @Directive('@auth')
  @Query(() => ConnectionInfoType, { description: 'The connection that carries this request.' })
  connection(@Ctx() { connection }: Context): ConnectionInfoType {
    return connection
  }

  @Extensions({ audited: false })
  @Directive('@auth')
  @Mutation(() => RenewTokenPayload, {
    nullable: true,
    description:
      "Carries the WebSocket on past the old token's expiry: send it over that WebSocket, for over HTTP it renews nothing. The subject must be the same, else FORBIDDEN; a token that does not hold is UNAUTHENTICATED, and the old one goes on. Where the new one gives fewer roles, what is followed on this WebSocket ends with UNAVAILABLE: follow it again.",
  })
  async renewToken(
    @Arg('input', () => RenewTokenInput, { description: 'The new token.' }) input: RenewTokenInput,
    @Ctx() context: Context,
  ): Promise<RenewTokenPayload> {
    const { services, connection } = context
    return { connection: await renewToken(services, requireViewer(context), connection, input.token) }
  }
}
