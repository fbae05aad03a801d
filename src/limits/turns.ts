import { rateLimited } from '../errors.js'

export interface TurnLimits {
  /** How many go on at a time, over all. */
  atOnce: number
  /** How many of one person's wait for the one that goes on. */
  waitingOfOne: number
}

const RETRY_MS = 1_000

/** Costly work takes turns: of each person one at a time, so that whoever asks for much waits for themselves. */
export class Turns {
  private readonly ofOne = new Map<string, { waiting: number; last: Promise<unknown> }>()
  private readonly queue: (() => void)[] = []
  private running = 0

  constructor(private readonly limits: TurnLimits) {}

  async run<T>(person: string, work: () => Promise<T>): Promise<T> {
    const own = this.ofOne.get(person) ?? { waiting: 0, last: Promise.resolve() }
    if (own.waiting > this.limits.waitingOfOne) throw rateLimited(RETRY_MS, 'You ask for too many of these at a time.')
    this.ofOne.set(person, own)
    own.waiting += 1
    const turn = own.last.then(() => this.inTurn(work))
    own.last = turn.catch(() => {})
    try {
      return await turn
    } finally {
      own.waiting -= 1
      if (own.waiting === 0) this.ofOne.delete(person)
    }
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.atOnce) await new Promise<void>(resolve => this.queue.push(resolve))
    else this.running += 1
    try {
      return await work()
    } finally {
      const next = this.queue.shift()
      if (next) next()
      else this.running -= 1
    }
  }
}
