import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { cleanUp } from './cleanup.js'

export interface TcpProxy {
  readonly host: string
  readonly port: number
  /** The given URL, by way of this proxy. */
  through(url: string): string
  /** Breaks all connections and refuses new ones. */
  cut(): Promise<void>
  /** Lets nothing pass, breaks nothing: as when a cable is pulled. */
  freeze(): void
  /** Freezes the connections that there are for good; new ones work. As when a router between forgets them. */
  forget(): void
  /** Undoes cut and freeze. */
  restore(): Promise<void>
  close(): Promise<void>
}

/** Between a server under test and `target`, a URL. Closed after the test. */
export const startTcpProxy = async (target: string): Promise<TcpProxy> => {
  const { hostname, port: targetPort } = new URL(target)
  const pairs = new Set<[Socket, Socket]>()
  const forgotten = new WeakSet<Socket>()
  let frozen = false

  const server = createServer({ pauseOnConnect: true }, incoming => {
    const outgoing = connect(Number(targetPort), hostname)
    const pair: [Socket, Socket] = [incoming, outgoing]
    pairs.add(pair)
    for (const [socket, other] of [pair, [outgoing, incoming] as const]) {
      socket.setNoDelay(true)
      socket.on('data', data => {
        if (!other.write(data)) socket.pause()
      })
      other.on('drain', () => {
        if (!frozen && !forgotten.has(socket)) socket.resume()
      })
      socket.on('error', () => {})
      socket.on('close', () => {
        other.destroy()
        pairs.delete(pair)
      })
      if (frozen) socket.pause()
      else socket.resume()
    }
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const { port } = server.address() as AddressInfo

  const breakAll = () => {
    for (const [incoming, outgoing] of pairs) {
      incoming.resetAndDestroy()
      outgoing.destroy()
    }
  }
  const cut = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    breakAll()
    await closed
  }
  const proxy: TcpProxy = {
    host: '127.0.0.1',
    port,
    through: url => {
      const address = new URL(url)
      address.hostname = '127.0.0.1'
      address.port = String(port)
      return address.href
    },
    cut,
    freeze: () => {
      frozen = true
      for (const socket of [...pairs].flat()) socket.pause()
    },
    forget: () => {
      for (const socket of [...pairs].flat()) {
        forgotten.add(socket)
        socket.pause()
      }
    },
    restore: async () => {
      frozen = false
      for (const socket of [...pairs].flat()) if (!forgotten.has(socket)) socket.resume()
      if (!server.listening) await listen(port)
    },
    close: cut,
  }
  cleanUp(cut)
  return proxy
}
