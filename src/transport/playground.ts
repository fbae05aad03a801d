import type { FastifyInstance } from 'fastify'
import { ConfigError } from '../config.js'
import { readBuilt, servePage } from './built-pages.js'
import { securityHeaders } from './security-headers.js'

const PATH = '/playground'
const PAGE = 'index.html'

/** The page and what it loads, its fonts included, come from here and from nowhere else. */
const DIRECTIVES = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  // GraphiQL's dialogs write a style into the page.
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ['data:'],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'none'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

/** GraphiQL, built into dist/playground. Links are relative, so that a proxy may put it under any path. */
export const registerPlayground = (app: FastifyInstance, production: boolean): void => {
  const headers = securityHeaders(production, DIRECTIVES)
  const files = readBuilt('playground')
  if (!files) throw new ConfigError('The playground is not built: run "npm run build", or set PLAYGROUND=off.')
  for (const [name, content] of files) servePage(app, headers, `${PATH}/${name === PAGE ? '' : name}`, name, content)
  const page = String(files.get(PAGE)).replaceAll('"./', '"./playground/')
  servePage(app, headers, PATH, PAGE, Buffer.from(page))
}
