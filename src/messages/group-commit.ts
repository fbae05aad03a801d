import { rateLimited } from '../errors.js'
import { type Batch, type BatchOptions, commitBatch, type Entry, pause } from './batch-commit.js'

export interface GroupCommitOptions<Item, Answer> extends Omit<BatchOptions<Item, Answer>, 'patienceMs'> {
  /** Items of one lane are committed in the order of their arrival. */
  lane(item: Item): string
  bytes(item: Item): number
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

/** Of more than that, half go at once: with all in one batch, the database and this process would wait for each other. */
const SMALL_BATCH = 24
const BUSY_PAUSE_MS = 25
const FULL_RETRY_MS = 1_000

/**
 * What arrives while a batch is under way goes together in the next one; with nothing under way it goes at once. A lane
 * that somebody else holds locked steps aside, so that it stops no other, and its later items queue up behind it.
 */
export class GroupCommit<Item, Answer> {
  private readonly limits: GroupCommitLimits
  private readonly batchOptions: BatchOptions<Item, Answer>
  private readonly waiting: Entry<Item, Answer>[] = []
  private readonly aside = new Map<string, Entry<Item, Answer>[]>()
  /** Of the batch that was committed last. */
  private readonly settlements: (() => void)[] = []
  private committing = false
  private retrying = false
  private queuedItems = 0
  private queuedBytes = 0

  constructor(private readonly options: GroupCommitOptions<Item, Answer>) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits }
    this.batchOptions = { ...options, patienceMs: this.limits.patienceMs }
  }

  /** What waits or is being committed. */
  get queued() {
    return this.queuedItems
  }

  submit(item: Item): Promise<Answer> {
    const bytes = this.options.bytes(item)
    if (this.queuedItems >= this.limits.queueItems || this.queuedBytes + bytes > this.limits.queueBytes)
      return Promise.reject(rateLimited(FULL_RETRY_MS, 'The server is at its limit.'))
    this.queuedItems += 1
    this.queuedBytes += bytes
    const answered = new Promise<Answer>((resolve, reject) => {
      this.enqueue({ item, lane: this.options.lane(item), bytes, since: performance.now(), resolve, reject })
    })
    if (!this.committing && this.waiting.length > 0) void this.commitWaiting()
    return answered.finally(() => {
      this.queuedItems -= 1
      this.queuedBytes -= bytes
    })
  }

  private enqueue(entry: Entry<Item, Answer>) {
    const behind = this.aside.get(entry.lane)
    if (behind) behind.push(entry)
    else this.waiting.push(entry)
  }

  private async commitWaiting() {
    this.committing = true
    // What is submitted in the same tick goes together.
    await Promise.resolve()
    while (this.waiting.length > 0) {
      const share = Math.max(SMALL_BATCH, this.waiting.length >> 1)
      const batch = this.waiting.splice(0, Math.min(share, this.batchLength(this.waiting)))
      const committed = commitBatch(this.batchOptions, batch, true, work => this.settlements.push(work))
      // The database works on this batch while the one before is answered.
      setImmediate(() => this.settle())
      const busy = await committed
      if (busy.length > 0) this.stepAside(busy)
    }
    this.settle()
    this.committing = false
  }

  private settle() {
    for (const work of this.settlements.splice(0)) work()
  }

  private stepAside(busy: Batch<Item, Answer>) {
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
      const busy = new Set(await commitBatch(this.batchOptions, batch, false, work => work()))
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

  private batchLength(entries: Batch<Item, Answer>) {
    let bytes = 0
    let length = 0
    for (const entry of entries) {
      bytes += entry.bytes
      if (length > 0 && (length >= this.limits.batchItems || bytes > this.limits.batchBytes)) break
      length += 1
    }
    return length
  }
}
