import { setTimeout as sleep } from 'node:timers/promises'
import { compareWithStored } from './compare.js'
import { HttpConnection } from './http-connection.js'
import type { Job, Outcome } from './job.js'
import { Latencies } from './latencies.js'
import { bodyOf, idIn, numberIn, send, seqIn, subscribeFrame } from './operations.js'
import { Reads } from './raw-socket.js'
import { type Subscriber, subscribeAll } from './subscribers.js'
import { Window } from './window.js'

/** How long what is under way may take to arrive. */
const LONGEST_DRAIN_MS = 20_000
/** No protocol tells that a subscription stands. */
const SETTLE_MS = 500

type Transport = (number: number, sender: Subscriber, payload: string) => void

export class Sends {
  readonly #window = new Window()
  readonly #acks = new Latencies()
  readonly #deliveries = new Latencies()
  readonly #sentAt: number[] = []
  readonly #senders: Subscriber[] = []
  readonly #acked: number[] = []
  readonly #failed: number[] = []
  #subscribers: Subscriber[] = []
  #talks: Subscriber[][] = []
  #transport: Transport = () => {}
  #delivered = 0
  #sending = true
  #underWay = 0

  constructor(
    private readonly job: Job,
    private readonly inFlight: number,
    private readonly kind: 'ws' | 'http',
  ) {}

  async run(): Promise<Outcome> {
    const { job } = this
    const reads = new Reads()
    const heard = {
      delivered: (subscriber: Subscriber, frame: string) => this.#deliver(subscriber, frame),
      answered: (frame: string) => this.#ack(idIn(frame), frame),
    }
    this.#subscribers = await subscribeAll(job.address, reads, job.conversations, heard)
    this.#talks = job.conversations.map(conversation =>
      this.#subscribers.filter(subscriber => subscriber.conversation === conversation),
    )
    this.#transport = this.kind === 'ws' ? overWebSocket : await this.#overHttp(reads)
    await sleep(SETTLE_MS)
    for (let slot = 0; slot < this.inFlight; slot++) this.#send()
    await this.#window.pass(job)
    this.#sending = false
    await this.#drain()
    return this.#outcome()
  }

  /** The conversations take turns, and in each its people. */
  #send() {
    const number = this.#sentAt.length
    const people = this.#talks[number % this.#talks.length]!
    const sender = people[Math.floor(number / this.#talks.length) % people.length]!
    const input = { conversationId: sender.conversation.id, body: bodyOf(number), clientMessageId: `key-${number}` }
    this.#senders.push(sender)
    this.#sentAt.push(performance.now())
    this.#underWay++
    this.#transport(number, sender, send({ input }))
  }

  async #overHttp(reads: Reads): Promise<Transport> {
    const free: HttpConnection[] = []
    for (let slot = 0; slot < this.inFlight; slot++) free.push(await HttpConnection.open(this.job.address, reads))
    return (number, sender, payload) => {
      const connection = free.pop()!
      connection.post(sender.person.token, payload, body => {
        free.push(connection)
        this.#ack(number, body)
      })
    }
  }

  #ack(number: number, answer: string) {
    const now = performance.now()
    this.#underWay--
    if (this.#sending) this.#send()
    if (answer.includes('"errors":')) return this.#failed.push(number)
    this.#acked[number] = seqIn(answer)
    if (this.#window.holds(now)) this.#acks.add(now - this.#sentAt[number]!)
  }

  #deliver(subscriber: Subscriber, frame: string) {
    const now = performance.now()
    const number = numberIn(frame)
    subscriber.numbers.push(number)
    subscriber.seqs.push(seqIn(frame))
    if (!this.#window.holds(now)) return
    this.#delivered++
    if (this.#senders[number] !== subscriber) this.#deliveries.add(now - this.#sentAt[number]!)
  }

  /** Until everything sent is answered, and has reached everybody. */
  async #drain() {
    const isLevel = () =>
      this.#underWay === 0 &&
      this.#talks.every((people, talk) => people.every(({ numbers }) => numbers.length >= this.#sentTo(talk)))
    const deadline = performance.now() + LONGEST_DRAIN_MS
    while (!isLevel() && performance.now() < deadline) await sleep(50)
    // What comes twice would come now.
    await sleep(200)
  }

  #sentTo(talk: number) {
    const failed = this.#failed.filter(number => number % this.#talks.length === talk).length
    return Math.ceil((this.#sentAt.length - talk) / this.#talks.length) - failed
  }

  async #outcome(): Promise<Outcome> {
    const { seconds, loadCpuSeconds } = this.#window
    const isFanOut = this.#subscribers.length > 2 * this.#talks.length
    const operations = isFanOut ? this.#delivered : this.#acks.count
    return {
      seconds,
      operations,
      result: operations / seconds,
      latencies: { ack: this.#acks.percentiles(), delivery: this.#deliveries.percentiles() },
      loadCpuSeconds,
      violations: await compareWithStored(this.job, this.#subscribers, {
        sent: this.#sentAt.length,
        acked: this.#acked,
        failed: this.#failed,
      }),
    }
  }
}

const overWebSocket: Transport = (number, sender, payload) => sender.socket.send(subscribeFrame(number, payload))
