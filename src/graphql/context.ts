import type { Connection } from '../connections/connection.js'
import { unauthenticated } from '../errors.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'

/** What every resolver gets. Over a WebSocket it lives as long as the operation, so it holds nothing that grows stale. */
export interface Context {
  /** Null without a token, and once the token has run out. */
  readonly viewer: Viewer | null
  readonly connection: Connection
  readonly services: Services
  readonly requestId: string
}

/** Under @auth there always is one. */
export const requireViewer = (context: Context): Viewer => {
  if (!context.viewer) throw unauthenticated()
  return context.viewer
}

export const createContext = (services: Services, connection: Connection, requestId: string): Context => ({
  services,
  connection,
  requestId,
  get viewer() {
    return connection.viewer
  },
})
