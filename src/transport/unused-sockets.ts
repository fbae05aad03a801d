import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Browsers open sockets ahead of need. Node takes one that has sent nothing yet for busy, and a server that closes would
 * wait for it: what this returns destroys them.
 */
export const trackUnusedSockets = (server: Server): (() => void) => {
  const unused = new Set<Socket>()
  const used = ({ socket }: IncomingMessage) => void unused.delete(socket)
  server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  server.on('request', used).on('upgrade', used)
  return () => {
    for (const socket of unused) socket.destroy()
  }
}
