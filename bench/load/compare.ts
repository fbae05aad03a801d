import { withClient } from '../fill.js'
import type { Job } from './job.js'
import type { Subscriber } from './subscribers.js'

/** The number of each message's send, by conversation, in the order of seq. */
const readStored = async ({ databaseUrl, conversations, before }: Job) => {
  const stored = new Map<string, number[]>(conversations.map(({ id }) => [id, []]))
  const sql = `select conversation_id as id, seq, left(body, 9)::int as number from messages
    where conversation_id = any($1) and seq > $2 order by conversation_id, seq`
  let gaps = 0
  await withClient(databaseUrl, async client => {
    const ids = conversations.map(({ id }) => id)
    const { rows } = await client.query<{ id: string; seq: number; number: number }>(sql, [ids, before])
    for (const { id, seq, number } of rows) {
      const numbers = stored.get(id)
      if (numbers?.push(number) !== seq - before) gaps++
    }
  })
  return { stored, gaps }
}

type Add = (what: string, count: number) => void

const compareOne = ({ numbers, seqs }: Subscriber, stored: number[], before: number, add: Add) => {
  if (numbers.length === stored.length && numbers.every((number, index) => number === stored[index])) return
  const distinct = new Set(numbers)
  add('missing', stored.filter(number => !distinct.has(number)).length)
  add('doubled', numbers.length - distinct.size)
  add('out of order', seqs.filter((seq, index) => index > 0 && seq < seqs[index - 1]!).length)
  add('not as stored', numbers.filter((number, index) => stored[seqs[index]! - before - 1] !== number).length)
}

interface Sent {
  /** They are numbered up to here. */
  sent: number
  /** At which seq each is, by its number. */
  acked: number[]
  /** Answered with an error. */
  failed: number[]
}

/** What everybody got must be what is stored, in its order; and what was acknowledged must be stored, at that place. */
export const compareWithStored = async (
  job: Job,
  subscribers: Subscriber[],
  { sent, acked, failed }: Sent,
): Promise<Record<string, number>> => {
  const violations: Record<string, number> = {}
  const add = (what: string, count: number) => {
    if (count > 0) violations[what] = (violations[what] ?? 0) + count
  }
  const { stored, gaps } = await readStored(job)
  add('failed', failed.length)
  add('gaps in the stored order', gaps)
  for (const subscriber of subscribers)
    compareOne(subscriber, stored.get(subscriber.conversation.id) ?? [], job.before, add)
  const places = new Map(
    [...stored.values()].flatMap(numbers => numbers.map((number, index) => [number, job.before + index + 1])),
  )
  const answered = new Set(failed)
  for (let number = 0; number < sent; number++) {
    if (acked[number] === undefined) add('not acknowledged', answered.has(number) ? 0 : 1)
    else if (places.get(number) !== acked[number]) add('acknowledged and not stored so', 1)
  }
  return violations
}
