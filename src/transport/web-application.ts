import type { FastifyInstance } from 'fastify'
import { ConfigError } from '../config.js'
import { demoTokens } from '../demo/demo-tokens.js'
import type { Services } from '../services.js'
import { readBuilt, servePage } from './built-pages.js'
import { isForwarded, isOwnHost } from './origin.js'
import { answerPlainly } from './plain-answer.js'
import { securityHeaders } from './security-headers.js'

const PAGE = 'index.html'

/** Everything comes from here; files that people choose or record are shown before they are sent. */
const DIRECTIVES = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  // The components write styles into the page.
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'", 'data:'],
  // Avatars are where the host system has them.
  imgSrc: ["'self'", 'https:', 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:'],
  connectSrc: ["'self'"],
  formAction: ["'none'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

/** For what a consultation needs, and for no page within the page. */
const PERMISSIONS = 'camera=(self), microphone=(self), geolocation=()'

const FOREIGN = { status: 403, text: 'Come by localhost or an IP address, or set DEMO=on and PUBLIC_URL.' }
const FORWARDED = { status: 403, text: 'Come without a proxy, or set DEMO=on and TRUST_PROXY=on.' }

/** The example under examples/web, built into dist/web, and who may be chosen to sign in there. */
export const registerWebApplication = (app: FastifyInstance, services: Services): void => {
  const files = readBuilt('web')
  if (!files) throw new ConfigError('The web application is not built: start with "npm start", or set DEMO=off.')
  const sent = { ...securityHeaders(false, DIRECTIVES), 'permissions-policy': PERMISSIONS }
  for (const [name, content] of files) servePage(app, sent, `/${name === PAGE ? '' : name}`, name, content)
  // Whatever CORS_ORIGINS says, and wherever a name points: no page of another origin gets a token.
  app.get('/demo/people', { config: { cors: false } }, async ({ headers }, reply) => {
    if (!isOwnHost(headers, services.config)) return answerPlainly(reply, FOREIGN)
    if (!services.config.trustProxy && isForwarded(headers)) return answerPlainly(reply, FORWARDED)
    return { people: await demoTokens(services) }
  })
}
