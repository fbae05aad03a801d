import { connect, type Socket } from 'node:net'

// One for all: what arrives is taken in before the next socket is read.
const READ_BYTES = 64 * 1024

export class Reads {
  readonly buffer = Buffer.allocUnsafe(READ_BYTES)
}

/** A TCP connection that is read without streams, events or a buffer of its own. */
export const openSocket = (address: string, reads: Reads, onData: (chunk: Buffer) => void): Promise<Socket> => {
  const [host, port] = address.split(':')
  return new Promise((resolve, reject) => {
    const onread = {
      buffer: reads.buffer,
      callback: (size: number) => {
        onData(reads.buffer.subarray(0, size))
        return true
      },
    }
    const socket = connect({ host, port: Number(port), noDelay: true, onread })
    socket.once('error', reject).once('connect', () => {
      socket.removeListener('error', reject)
      resolve(socket)
    })
  })
}
