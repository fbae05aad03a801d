import type { Conversation, Person } from '../world.js'
import type { Job, Outcome, Work } from './job.js'
import { GraphqlSocket } from './graphql-socket.js'
import { Latencies } from './latencies.js'
import { idIn, isComplete, page, SEQ, seqIn, subscribeFrame, walk, wholeAt } from './operations.js'
import { Reads } from './raw-socket.js'
import { Window } from './window.js'

type PagesWork = Extract<Work, { kind: 'pages' }>

const PAGE_SIZE = 50

interface Asked {
  at: number
  answered: (frame: string) => void
}

/** Many sockets, each asking for pages; an operation is known by its number. */
class Asking {
  readonly asked = new Map<number, Asked>()
  #number = 0

  constructor(private readonly sockets: GraphqlSocket[]) {
    for (const socket of sockets) socket.onFrame = frame => this.#take(frame)
  }

  ask(slot: number, payload: string, answered: (frame: string, ms: number) => void): void {
    const number = this.#number++
    const at = performance.now()
    this.asked.set(number, { at, answered: frame => answered(frame, performance.now() - at) })
    this.sockets[slot % this.sockets.length]!.send(subscribeFrame(number, payload))
  }

  #take(frame: string) {
    if (isComplete(frame)) return
    const number = idIn(frame)
    const asked = this.asked.get(number)
    this.asked.delete(number)
    asked?.answered(frame)
  }
}

/** Each page must be whole, and its numbers must rise by one. */
const isRight = (frame: string) => {
  const first = seqIn(frame)
  let seq = first
  for (let at = frame.indexOf(SEQ); at !== -1; at = frame.indexOf(SEQ, at + SEQ.length))
    if (wholeAt(frame, at + SEQ.length) !== seq++) return false
  return seq - first === PAGE_SIZE
}

const START_CURSOR = /"startCursor":"([^"]+)"/

/** From the newest to the oldest, every hundredth. */
const collectCursors = async (asking: Asking, conversationId: string): Promise<string[]> => {
  const cursors: string[] = []
  let before: string | null = null
  for (;;) {
    const frame: string = await new Promise(resolve => asking.ask(0, walk({ conversationId, before }), resolve))
    const cursor = START_CURSOR.exec(frame)?.[1]
    if (cursor === undefined) throw new Error(`No cursor in ${frame.slice(0, 500)}`)
    if (frame.includes('"hasPreviousPage":false')) return cursors
    cursors.push((before = cursor))
  }
}

/** A generator of its own, so that every run asks for the same pages. */
const draws = () => {
  let state = 12_345
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * below)
  }
}

/** A socket for each professional, in turn, and which conversations they have. */
const readersOf = (conversations: Conversation[], sockets: number) => {
  const readers = new Map<string, { person: Person; ids: string[] }>()
  for (const { id, people } of conversations) {
    const person = people[0]!
    const reader = readers.get(person.id)
    if (reader) reader.ids.push(id)
    else readers.set(person.id, { person, ids: [id] })
  }
  const all = [...readers.values()]
  return Array.from({ length: sockets }, (_, slot) => all[slot % all.length]!)
}

export const measurePages = async (job: Job, { deep, inFlight, sockets }: PagesWork): Promise<Outcome> => {
  const reads = new Reads()
  const draw = draws()
  const readers = readersOf(job.conversations, sockets)
  const opened = await Promise.all(readers.map(({ person }) => GraphqlSocket.open(job.address, person, reads)))
  const asking = new Asking(opened)
  const cursors = deep ? await collectCursors(asking, readers[0]!.ids[0]!) : []
  const window = new Window()
  const latencies = new Latencies()
  let wrong = 0
  let running = true
  const next = (slot: number) => {
    const { ids } = readers[slot % readers.length]!
    const conversationId = ids[draw(ids.length)]
    const before = deep ? cursors[draw(cursors.length)] : null
    asking.ask(slot, page({ conversationId, before }), (frame, ms) => {
      if (window.holds(performance.now())) {
        latencies.add(ms)
        if (!isRight(frame)) wrong++
      }
      if (running) next(slot)
    })
  }
  for (let slot = 0; slot < inFlight; slot++) next(slot)
  await window.pass(job)
  running = false
  const { seconds, loadCpuSeconds } = window
  return {
    seconds,
    operations: latencies.count,
    result: latencies.count / seconds,
    latencies: { page: latencies.percentiles() },
    loadCpuSeconds,
    violations: wrong > 0 ? { 'wrong pages': wrong } : {},
  }
}
