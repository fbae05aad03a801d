import type { Connection } from '../connections/connection.js'
import { unauthenticated } from '../errors.js'
import type { AuditTrail } from '../audit-trail.js'
import type { Asker, Viewer } from '../people/person.js'
import type { Services } from '../services.js'

/** What every resolver gets. Over a WebSocket it lives as long as the operation, so it holds nothing that grows stale. */
export interface Context {
  /** Null without a token, and once the token has run out. */
  readonly viewer: Viewer | null
  readonly connection: Connection
  readonly services: Services
  readonly requestId: string
  /** Of the root field that is resolved. */
  readonly trail?: AuditTrail | undefined
}

/** Under @auth there always is one. */
export const requireViewer = ({ viewer, requestId, trail }: Context): Asker => {
  if (!viewer) throw unauthenticated()
  return { userId: viewer.userId, roles: viewer.roles, requestId, trail }
}

export const createContext = (
  services: Services,
  connection: Connection,
  requestId: string,
  trail?: AuditTrail,
): Context => ({
  services,
  connection,
  requestId,
  trail,
  get viewer() {
    return connection.viewer
  },
})
