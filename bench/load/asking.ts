import type { Conversation, Person } from '../world.js'
import { GraphqlSocket } from './graphql-socket.js'
import type { Job, Outcome } from './job.js'
import { Latencies } from './latencies.js'
import { idIn, isComplete, subscribeFrame } from './operations.js'
import { Reads } from './raw-socket.js'
import { Window } from './window.js'

interface Asked {
  at: number
  answered: (frame: string) => void
}

/** Many sockets, each asking for pages; an operation is known by its number. */
export class Asking {
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

/** A generator of its own, so that every run asks for the same pages. */
export const draws = () => {
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

export type Draw = ReturnType<typeof draws>
export type Reader = ReturnType<typeof readersOf>[number]

interface Questions {
  /** What latencies are called. */
  name: string
  inFlight: number
  sockets: number
  /** Answers with what makes up the next question. */
  prepare: (asking: Asking, readers: Reader[], draw: Draw) => Promise<(reader: Reader) => string>
  isRight: (frame: string) => boolean
}

/** So many questions under way at any time. */
export const measureQuestions = async (job: Job, questions: Questions): Promise<Outcome> => {
  const { name, inFlight, sockets, prepare, isRight } = questions
  const reads = new Reads()
  const readers = readersOf(job.conversations, sockets)
  const opened = await Promise.all(readers.map(({ person }) => GraphqlSocket.open(job.address, person, reads)))
  const asking = new Asking(opened)
  const questionOf = await prepare(asking, readers, draws())
  const window = new Window()
  const latencies = new Latencies()
  let wrong = 0
  let running = true
  const next = (slot: number) =>
    asking.ask(slot, questionOf(readers[slot % readers.length]!), (frame, ms) => {
      if (window.holds(performance.now())) {
        latencies.add(ms)
        if (!isRight(frame)) wrong++
      }
      if (running) next(slot)
    })
  for (let slot = 0; slot < inFlight; slot++) next(slot)
  await window.pass(job)
  running = false
  const { seconds, loadCpuSeconds } = window
  return {
    seconds,
    operations: latencies.count,
    result: latencies.count / seconds,
    latencies: { [name]: latencies.percentiles() },
    loadCpuSeconds,
    violations: wrong > 0 ? { wrong } : {},
  }
}
