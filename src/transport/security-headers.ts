import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'

export type Headers = Record<string, string>

type Directives = Record<string, string[]>

const STRICT: Directives = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] }

/** What helmet says, once: it is the same for every answer. */
export const securityHeaders = (production: boolean, directives = STRICT): Headers => {
  const headers: Headers = {}
  const answer = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => {},
  }
  const apply = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    frameguard: { action: 'deny' },
    strictTransportSecurity: production,
  })
  apply({} as IncomingMessage, answer as unknown as ServerResponse, error => {
    if (error) throw new Error('helmet failed.', { cause: error })
  })
  return headers
}
