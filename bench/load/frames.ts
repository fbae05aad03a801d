const MASK = [0x5a, 0x13, 0xc7, 0x2e] as const
const TEXT = 1
const CLOSE = 8
const PING = 9
export const PONG = 10

/** A frame as clients send it, of Latin-1 text below 64 KiB. */
export const encodeFrame = (text: string, opcode = TEXT): Buffer => {
  const { length } = text
  const start = length < 126 ? 6 : 8
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = 0x80 | opcode
  frame[1] = 0x80 | (length < 126 ? length : 126)
  if (length >= 126) frame.writeUInt16BE(length, 2)
  for (let i = 0; i < 4; i++) frame[start - 4 + i] = MASK[i as 0]
  frame.write(text, start, 'latin1')
  for (let i = 0; i < length; i++) frame[start + i]! ^= MASK[(i & 3) as 0]
  return frame
}

interface Handlers {
  text(text: string): void
  ping(text: string): void
  close(code: number): void
}

const EMPTY = Buffer.alloc(0)

/** Takes bytes as they come, and hands out the frames that are whole. */
export class FrameReader {
  #rest: Buffer = EMPTY

  constructor(private readonly handlers: Handlers) {}

  take(chunk: Buffer): void {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    while (data.length - at >= 2) {
      const short = data[at + 1]! & 127
      const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10)
      if (data.length < start) break
      const length = short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : data.readUInt32BE(at + 6)
      if (data.length < start + length) break
      this.#hand(data, data[at]!, start, start + length)
      at = start + length
    }
    // A copy, because the buffer of the socket is used again.
    this.#rest = at === data.length ? EMPTY : Buffer.from(data.subarray(at))
  }

  #hand(data: Buffer, head: number, start: number, end: number) {
    if ((head & 0x80) === 0) throw new Error('A message came in several frames.')
    const opcode = head & 15
    if (opcode === TEXT) this.handlers.text(data.toString('latin1', start, end))
    else if (opcode === PING) this.handlers.ping(data.toString('latin1', start, end))
    else if (opcode === CLOSE) this.handlers.close(end - start >= 2 ? data.readUInt16BE(start) : 1005)
  }
}
