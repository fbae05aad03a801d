import type { Redis } from 'ioredis'
import { batched } from '../batched.js'
import { WriteBatch } from '../write-batch.js'

/** Adds to each counter; one that begins ends by itself. Answers how far each has come and how long it lasts. */
const COUNT = `
  local answers = {}
  for index, key in ipairs(KEYS) do
    local used = redis.call('INCRBY', key, ARGV[index + 1])
    local left = redis.call('PTTL', key)
    if left < 0 then
      left = tonumber(ARGV[1])
      redis.call('PEXPIRE', key, left)
    end
    answers[index] = { used, left }
  end
  return answers`

export interface Counted {
  /** This one included. */
  used: number
  msLeft: number
}

interface Call {
  key: string
  number: number
}

/** Counts in Redis, for all processes; those of the same turn in one command. */
export class SharedCounter {
  private readonly counted: (call: Call) => Promise<Counted>
  private readonly writes = new WriteBatch()
  private calls = 0

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly windowMs: number,
    private readonly patienceMs: number,
  ) {
    this.counted = batched(
      calls => this.countAll(calls),
      call => String(call.number),
    )
  }

  /** Rejects where Redis does not answer in time. */
  count(key: string): Promise<Counted> {
    return this.counted({ key, number: ++this.calls })
  }

  private async countAll(calls: Call[]): Promise<Counted[]> {
    const points = new Map<string, number>()
    for (const { key } of calls) points.set(key, (points.get(key) ?? 0) + 1)
    const names = [...points.keys()]
    const answers = await this.run(names, [...points.values()])
    const states = new Map(names.map((name, index) => [name, answers[index] ?? [0, 0]]))
    // Where one key comes more often, the last of them has come as far as the counter.
    return calls.map(({ key }) => {
      const [used = 0, msLeft = 0] = states.get(key) ?? []
      const behind = (points.get(key) ?? 1) - 1
      points.set(key, behind)
      return { used: used - behind, msLeft }
    })
  }

  private async run(names: string[], points: number[]): Promise<number[][]> {
    if (this.redis.status !== 'ready') throw new Error('Redis is not there.')
    this.writes.join(this.redis.stream)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Redis is late.')), this.patienceMs)
    })
    const keys = names.map(name => `${this.prefix}:${name}`)
    const answer = this.redis.eval(COUNT, keys.length, ...keys, this.windowMs, ...points)
    try {
      return (await Promise.race([answer, late])) as number[][]
    } finally {
      clearTimeout(timer)
    }
  }
}
