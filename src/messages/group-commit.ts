import { rateLimited, unavailable } from '../errors.js'

export interface GroupCommitOptions<Item, Answer> {
  /** Commits the batch in one call and answers in its order. With `wait` false it skips what is locked. */
  run(items: Item[], wait: boolean): Promise<Answer[]>
  /** Items of one lane are committed in the order of their arrival. */
  lane(item: Item): string
  bytes(item: Item): number
  isBusy(answer: Answer): boolean
  /** What a failed run means for the batch: AGAIN whole, AGAIN_SKIPPING what is locked, or SPLIT to find the bad item. */
  judge(error: unknown): 'AGAIN' | 'AGAIN_SKIPPING' | 'SPLIT' | 'FAIL'
  limits?: Partial<GroupCommitLimits>
}

export interface GroupCommitLimits {
  batchItems: number
  batchBytes: number
  queueItems: number
  queueBytes: number
  /** How long an item may wait for the database. */
  patienceMs: number
}

const DEFAULT_LIMITS: GroupCommitLimits = {
  batchItems: 256,
  batchBytes: 1 << 20,
  queueItems: 10_000,
  queueBytes: 32 << 20,
  patienceMs: 10_000,
}

interface Entry<Item, Answer> {
  item: Item
  lane: string
  bytes: number
  since: number
  resolve(answer: Answer): void
  reject(error: unknown): void
}

const BUSY_PAUSE_MS = 25
const FULL_RETRY_MS = 1_000

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/**
 * What arrives while a batch is under way goes together in the next one; with nothing under way it goes at once. A lane
 * that somebody else holds locked steps aside, so that it stops no other, and its later items queue up behind it.
 */
export class GroupCommit<Item, Answer> {
  private readonly limits: GroupCommitLimits
  private readonly waiting: Entry<Item, Answer>[] = []
  private readonly aside = new Map<string, Entry<Item, Answer>[]>()
  private committing = false
  private retrying = false
  private queuedItems = 0
  private queuedBytes = 0

  constructor(private readonly options: GroupCommitOptions<Item, Answer>) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits }
  }

  submit(item: Item): Promise<Answer> {
    const bytes = this.options.bytes(item)
    if (this.queuedItems >= this.limits.queueItems || this.queuedBytes + bytes > this.limits.queueBytes)
      return Promise.reject(rateLimited(FULL_RETRY_MS, 'The server is at its limit.'))
    this.queuedItems += 1
    this.queuedBytes += bytes
    const answered = new Promise<Answer>((resolve, reject) => {
      const entry = { item, lane: this.options.lane(item), bytes, since: performance.now(), resolve, reject }
      const behind = this.aside.get(entry.lane)
      if (behind) behind.push(entry)
      else this.waiting.push(entry)
    })
    if (!this.committing && this.waiting.length > 0) void this.commitWaiting()
    return answered
  }

  private async commitWaiting() {
    this.committing = true
    // What is submitted in the same tick goes together.
    await Promise.resolve()
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.batchLength(this.waiting))
      const busy = await this.commit(batch, true)
      if (busy.length > 0) this.stepAside(busy)
    }
    this.committing = false
  }

  private stepAside(busy: Entry<Item, Answer>[]) {
    const lanes = new Set(busy.map(entry => entry.lane))
    const later = this.waiting.filter(entry => lanes.has(entry.lane))
    const others = this.waiting.filter(entry => !lanes.has(entry.lane))
    this.waiting.splice(0, this.waiting.length, ...others)
    for (const entry of [...busy, ...later]) {
      const lane = this.aside.get(entry.lane)
      if (lane) lane.push(entry)
      else this.aside.set(entry.lane, [entry])
    }
    if (!this.retrying) void this.retryAside()
  }

  private async retryAside() {
    this.retrying = true
    while (this.aside.size > 0) {
      const all = [...this.aside.values()].flat()
      const batch = all.slice(0, this.batchLength(all))
      const busy = new Set(await this.commit(batch, false))
      this.keepAside(new Set(batch), busy)
      if (busy.size > 0) await pause(BUSY_PAUSE_MS)
    }
    this.retrying = false
  }

  /** Lanes that are still busy go to the end, so that a batch's length of them does not keep the others from their turn. */
  private keepAside(tried: Set<Entry<Item, Answer>>, busy: Set<Entry<Item, Answer>>) {
    for (const [lane, entries] of [...this.aside]) {
      const left = entries.filter(entry => !tried.has(entry) || busy.has(entry))
      if (left.length === entries.length && !left.some(entry => busy.has(entry))) continue
      this.aside.delete(lane)
      if (left.length > 0) this.aside.set(lane, left)
    }
  }

  private batchLength(entries: Entry<Item, Answer>[]) {
    let bytes = 0
    let length = 0
    for (const entry of entries) {
      bytes += entry.bytes
      if (length > 0 && (length >= this.limits.batchItems || bytes > this.limits.batchBytes)) break
      length += 1
    }
    return length
  }

  /** Answers every entry but those whose lane is busy, which it returns. */
  private async commit(batch: Entry<Item, Answer>[], wait: boolean): Promise<Entry<Item, Answer>[]> {
    let skipping = !wait
    for (let attempt = 1; ; attempt += 1) {
      const live = batch.filter(entry => !this.expire(entry))
      if (live.length === 0) return []
      try {
        return this.answer(
          live,
          await this.options.run(
            live.map(entry => entry.item),
            !skipping,
          ),
        )
      } catch (error) {
        const verdict = this.options.judge(error)
        if (verdict === 'SPLIT' && live.length > 1) return await this.commitHalves(live, !skipping)
        if (verdict === 'FAIL' || verdict === 'SPLIT') {
          for (const entry of live) this.settle(entry, () => entry.reject(error))
          return []
        }
        if (verdict === 'AGAIN_SKIPPING') skipping = true
        else await pause(Math.min(20 * 2 ** attempt, 500) * (0.5 + Math.random()))
        batch = live
      }
    }
  }

  private async commitHalves(batch: Entry<Item, Answer>[], wait: boolean) {
    const middle = batch.length >> 1
    const first = await this.commit(batch.slice(0, middle), wait)
    const held = new Set(first.map(entry => entry.lane))
    const second = batch.slice(middle)
    const free = second.filter(entry => !held.has(entry.lane))
    const behind = second.filter(entry => held.has(entry.lane))
    return [...first, ...behind, ...(free.length > 0 ? await this.commit(free, wait) : [])]
  }

  private answer(batch: Entry<Item, Answer>[], answers: Answer[]) {
    const busy: Entry<Item, Answer>[] = []
    batch.forEach((entry, index) => {
      const answer = answers[index]
      if (answer === undefined) this.settle(entry, () => entry.reject(new Error('A batch was answered in part.')))
      else if (this.options.isBusy(answer)) busy.push(entry)
      else this.settle(entry, () => entry.resolve(answer))
    })
    return busy
  }

  private expire(entry: Entry<Item, Answer>) {
    if (performance.now() - entry.since < this.limits.patienceMs) return false
    this.settle(entry, () => entry.reject(unavailable()))
    return true
  }

  private settle(entry: Entry<Item, Answer>, answer: () => void) {
    this.queuedItems -= 1
    this.queuedBytes -= entry.bytes
    answer()
  }
}
