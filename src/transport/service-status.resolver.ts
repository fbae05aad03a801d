import { Ctx, Directive, Query, Resolver } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { ServiceStatusType } from './connection.types.js'

@Resolver()
export class ServiceStatusResolver {
  @Directive('@public')
  @Query(() => ServiceStatusType, { description: 'How the server does.' })
  async status(@Ctx() { services }: Context): Promise<ServiceStatusType> {
    const { health, connections, config } = services
    const { ok } = await health.check()
    return {
      status: ok ? 'OK' : 'DEGRADED',
      version: config.version,
      activeConnections: connections.count,
      uptimeSeconds: health.uptimeSeconds,
    }
  }
}
