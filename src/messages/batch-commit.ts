import { unavailable } from '../errors.js'

export interface BatchOptions<Item, Answer> {
  /** Commits the batch in one call and answers in its order. With `wait` false it skips what is locked. */
  run(items: Item[], wait: boolean): Promise<Answer[]>
  /** Tells others of what was committed, before those who wait for it are answered. */
  publish?(items: Item[], answers: Answer[]): void
  isBusy(answer: Answer): boolean
  /** What a failed run means for the batch: AGAIN whole, AGAIN_SKIPPING what is locked, or SPLIT to find the bad item. */
  judge(error: unknown): 'AGAIN' | 'AGAIN_SKIPPING' | 'SPLIT' | 'FAIL'
  /** How long an item may wait for the database. */
  patienceMs: number
}

export interface Entry<Item, Answer> {
  item: Item
  lane: string
  bytes: number
  since: number
  resolve(answer: Answer): void
  reject(error: unknown): void
}

export type Batch<Item, Answer> = Entry<Item, Answer>[]

/** What is left to do for a batch that is committed. */
export type Settle = (work: () => void) => void

export const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** Settles every entry but those whose lane is busy, which it returns. */
export const commitBatch = async <Item, Answer>(
  options: BatchOptions<Item, Answer>,
  batch: Batch<Item, Answer>,
  wait: boolean,
  settle: Settle,
): Promise<Batch<Item, Answer>> => {
  let live = batch
  let waiting = wait
  for (let attempt = 1; ; attempt += 1) {
    live = live.filter(entry => !expire(entry, options.patienceMs))
    if (live.length === 0) return []
    const items = live.map(entry => entry.item)
    try {
      return answer(options, live, await options.run(items, waiting), settle)
    } catch (error) {
      const verdict = options.judge(error)
      if (verdict === 'SPLIT' && live.length > 1) return await commitHalves(options, live, waiting, settle)
      if (verdict === 'FAIL' || verdict === 'SPLIT') {
        for (const entry of live) entry.reject(error)
        return []
      }
      if (verdict === 'AGAIN_SKIPPING') waiting = false
      else await pause(Math.min(20 * 2 ** attempt, 500) * (0.5 + Math.random()))
    }
  }
}

const commitHalves = async <Item, Answer>(
  options: BatchOptions<Item, Answer>,
  batch: Batch<Item, Answer>,
  wait: boolean,
  settle: Settle,
): Promise<Batch<Item, Answer>> => {
  const middle = batch.length >> 1
  const busy = await commitBatch(options, batch.slice(0, middle), wait, settle)
  // What comes behind a busy one of its lane is busy with it.
  const held = new Set(busy.map(entry => entry.lane))
  const second = batch.slice(middle)
  const behind = second.filter(entry => held.has(entry.lane))
  const free = second.filter(entry => !held.has(entry.lane))
  return [...busy, ...behind, ...(await commitBatch(options, free, wait, settle))]
}

const answer = <Item, Answer>(
  options: BatchOptions<Item, Answer>,
  batch: Batch<Item, Answer>,
  answers: Answer[],
  settle: Settle,
): Batch<Item, Answer> => {
  const isBusy = (index: number) => answers[index] !== undefined && options.isBusy(answers[index])
  settle(() => {
    const items = batch.map(entry => entry.item)
    options.publish?.(items, answers)
    batch.forEach((entry, index) => {
      const answer = answers[index]
      if (answer === undefined) entry.reject(new Error('A batch was answered in part.'))
      else if (!isBusy(index)) entry.resolve(answer)
    })
  })
  return batch.filter((_, index) => isBusy(index))
}

const expire = <Item, Answer>(entry: Entry<Item, Answer>, patienceMs: number) => {
  if (performance.now() - entry.since < patienceMs) return false
  entry.reject(unavailable())
  return true
}
