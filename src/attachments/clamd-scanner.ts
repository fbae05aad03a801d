import { createReadStream } from 'node:fs'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { FileScanner } from './file-scanner.js'

export interface ClamdAddress {
  host: string
  port: number
}

const CHUNK_BYTES = 256 * 1024
/** Without a word or a byte taken. */
const SILENCE_MS = 60_000
const PING_MS = 1_500
const INFECTED = / FOUND\0?$/
const CLEAN = /: OK\0?$/

/** Each chunk behind its length; one of length 0 is the end. */
async function* instream(path: string) {
  yield Buffer.from('zINSTREAM\0')
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    yield Buffer.concat([length, chunk])
  }
  yield Buffer.alloc(4)
}

/** clamd over TCP, by https://docs.clamav.net/manual/Usage/Scanning.html#clamd: a connection for each question. */
export class ClamdScanner implements FileScanner {
  constructor(
    private readonly address: ClamdAddress,
    private readonly silenceMs = SILENCE_MS,
  ) {}

  async scan(path: string): Promise<'CLEAN' | 'INFECTED'> {
    const answer = await this.ask(Readable.from(instream(path)), this.silenceMs)
    if (INFECTED.test(answer)) return 'INFECTED'
    // Such as "INSTREAM size limit exceeded. ERROR".
    if (!CLEAN.test(answer)) throw new Error(`clamd answers: ${answer.slice(0, 200)}`)
    return 'CLEAN'
  }

  async answers(): Promise<boolean> {
    return /^PONG/.test(await this.ask(Readable.from([Buffer.from('zPING\0')]), Math.min(PING_MS, this.silenceMs)))
  }

  private async ask(question: Readable, silenceMs: number): Promise<string> {
    const socket = connect({ ...this.address, allowHalfOpen: true })
    socket.setTimeout(silenceMs, () => socket.destroy(new Error('clamd does not answer.')))
    // An answer may come before the question is over, and then no more of it is taken.
    question.on('error', error => socket.destroy(error)).pipe(socket)
    try {
      return await text(socket)
    } finally {
      question.destroy()
      socket.destroy()
    }
  }
}
