import type { ConnectionState } from './socket.js'
import type { Readable } from './store.js'

/** Each time that the connection opens and all that is followed has begun again: what is read then misses nothing. */
export const whenOpen = (connection: Readable<ConnectionState>, listener: () => void): (() => void) =>
  connection.subscribe(() => {
    if (connection.get() === 'OPEN') listener()
  })
