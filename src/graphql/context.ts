import type { Connection } from '../connections/connection.js'
import { unauthenticated } from '../errors.js'
import { type AuditTrail, GrantedReads, READ_UNDER_GRANT } from '../audit-trail.js'
import type { Asker, Viewer } from '../people/person.js'
import type { Services } from '../services.js'

/** What every resolver gets. Over a WebSocket it lives as long as the operation, so it holds nothing that grows stale. */
export interface Context {
  /** Null without a token, and once the token has run out. */
  readonly viewer: Viewer | null
  readonly connection: Connection
  readonly services: Services
  readonly requestId: string
  /** Under which the viewer reaches this server: addresses that they are given begin with it. */
  readonly baseUrl: string
  /** Of the root field that is resolved. */
  readonly trail?: AuditTrail | undefined
  /** Of the whole operation. */
  readonly grantedReads: GrantedReads
}

/** Under @auth there always is one. */
export const requireViewer = ({ viewer, requestId, trail, grantedReads }: Context): Asker => {
  if (!viewer) throw unauthenticated()
  return { userId: viewer.userId, roles: viewer.roles, requestId, trail, grantedReads }
}

export const createContext = (services: Services, connection: Connection, requestId: string): Context => ({
  services,
  connection,
  requestId,
  baseUrl: connection.baseUrl,
  grantedReads: new GrantedReads(about => {
    const actorId = connection.viewer?.userId ?? null
    services.audit.record({ ...about, action: READ_UNDER_GRANT, outcome: 'ALLOWED', actorId, requestId })
  }),
  get viewer() {
    return connection.viewer
  },
})

/** Of one of the operation's root fields. */
export const withTrail = (context: Context, trail: AuditTrail): Context => {
  const { services, connection, requestId, baseUrl, grantedReads } = context
  return {
    services,
    connection,
    requestId,
    baseUrl,
    grantedReads,
    trail,
    get viewer() {
      return connection.viewer
    },
  }
}
