import type { Engine } from '../graphql/engine.js'
import type { Services } from '../services.js'

/** What every transport works with. */
export interface TransportNeeds {
  engine: Engine
  services: Services
}

/** What may lie in a connection whose client does not read. */
export const MAX_BUFFERED_BYTES = 4 * 1024 * 1024
