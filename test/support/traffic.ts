import { setTimeout as sleep } from 'node:timers/promises'
import { expectDeliveredOnce, expectStoredOnce } from './kept.js'
import { make } from './make.js'
import { Follow, ResumingClient, type Sent } from './resuming-client.js'

interface Server {
  readonly url: string
}

interface Talk {
  conversationId: string
  /** Each follows in every way, and sends. */
  clients: [ResumingClient, ResumingClient]
}

const PAUSE_MS = 40
const MOST_ROUNDS = 50

const HISTORY = 'query ($id: ID!) { history(conversationId: $id) { eventCursor } }'

/** Patients at one server and professionals at another who talk while something fails, on a database of their own. */
export class Traffic {
  private readonly talks: Talk[] = []
  private readonly first: Sent[] = []
  private pairs = 0

  constructor(
    private readonly databaseUrl: string,
    private readonly servers: [Server, Server],
  ) {}

  get clients() {
    return this.talks.flatMap(talk => talk.clients)
  }

  /** Two more people who talk, once both hear each other. Gives the patient, the professional and their conversation. */
  async add() {
    const talk = await make(this.servers[this.pairs++ % 2 ? 1 : 0]).talk()
    const { patient, professional, conversationId } = talk
    const key = `first ${conversationId}`
    const { id, seq, cursor } = await patient.send(conversationId, 'First', { clientMessageId: key })
    this.first.push({ id, seq, key, conversationId })
    const { history } = await patient.request<{ history: { eventCursor: string } }>(HISTORY, { id: conversationId })
    const from = { conversationId, seq: 2 }
    const connect = async (client: ResumingClient, server: Server) => {
      await client.connect(server)
      await client.follow(new Follow('MESSAGES', from, cursor))
      await client.follow(new Follow('EVENTS', from, history.eventCursor))
      await client.follow(new Follow('INBOX'))
      return client
    }
    const clients: Talk['clients'] = [new ResumingClient(patient), new ResumingClient(professional)]
    await Promise.all(clients.map((client, index) => connect(client, this.servers[index ? 1 : 0])))
    this.talks.push({ conversationId, clients })
    await warmUp(conversationId, clients)
    return talk
  }

  /** Everyone sends until that happens, and finishes what is under way. Gives how many were sent and the slowest. */
  async sendUntil(stop: Promise<unknown>) {
    let stopped = false
    void stop.finally(() => (stopped = true)).catch(() => {})
    for (const client of this.clients) client.slowestMs = 0
    const before = this.countSent()
    const work = this.talks.flatMap(({ conversationId, clients }) =>
      clients.map(async client => {
        for (let number = 1; !stopped; number++) {
          await client.send(conversationId, `Number ${number}`)
          await sleep(PAUSE_MS)
        }
      }),
    )
    await Promise.all([stop, ...work])
    return { sent: this.countSent() - before, slowestMs: Math.max(...this.clients.map(client => client.slowestMs)) }
  }

  async expectDelivered(patienceMs: number): Promise<void> {
    const waits = this.talks.flatMap(({ clients }) => {
      const last = Math.max(...clients.flatMap(client => client.sent.map(message => message.seq)))
      return clients.flatMap(client => client.follows.map(follow => follow.through(last, patienceMs)))
    })
    await Promise.all(waits)
  }

  async expectKept(): Promise<void> {
    const sent = this.clients.flatMap(client => client.sent)
    const stored = await expectStoredOnce(this.databaseUrl, [...this.first, ...sent])
    expectDeliveredOnce(
      stored,
      this.clients.flatMap(client => client.follows),
    )
  }

  private countSent() {
    return this.clients.reduce((sum, client) => sum + client.sent.length, 0)
  }
}

/** An inbox gives no sign when it begins: it has when it brings something. */
const warmUp = async (conversationId: string, clients: ResumingClient[]) => {
  const follows = clients.flatMap(client => client.follows)
  for (let round = 1; follows.some(follow => follow.messages.length === 0); round++) {
    if (round > MOST_ROUNDS) throw new Error('A follower never began.')
    for (const client of clients) await client.send(conversationId, `Round ${round}`)
    await Promise.all(follows.map(follow => follow.takeArrived()))
    await sleep(PAUSE_MS)
  }
}
