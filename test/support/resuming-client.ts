import { randomUUID } from 'node:crypto'
import type { MadeMessage, TestPerson } from './make.js'
import type { SocketClient } from './subscription-client.js'
import type { Subscription } from './subscription.js'

export type Sent = Pick<MadeMessage, 'id' | 'seq'> & { conversationId: string; key: string }

type FollowedMessage = Pick<MadeMessage, 'id' | 'seq' | 'cursor'> & { conversationId: string }

interface FollowedEvent {
  messageAdded?: FollowedMessage
  conversationEvents?: { __typename: string; cursor: string; change?: string; message?: FollowedMessage }
}

const PATIENCE_MS = 30_000
const MOST_ATTEMPTS = 50

const MESSAGE = 'id seq cursor conversationId'
const DOCUMENTS = {
  MESSAGES: `subscription ($id: ID, $after: String) { messageAdded(conversationId: $id, after: $after) { ${MESSAGE} } }`,
  EVENTS: `subscription ($id: ID!, $after: String) {
    conversationEvents(conversationId: $id, after: $after) {
      __typename cursor ... on MessageChanged { change message { ${MESSAGE} } }
    }
  }`,
  INBOX: `subscription { messageAdded { ${MESSAGE} } }`,
}
const SEND = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id seq } } }`

/** Of one conversation, its messages or all its events; or the messages of all of them, which cannot be resumed. */
export class Follow {
  /** Every time a message came as new. */
  readonly messages: FollowedMessage[] = []
  /** What nobody expects while messages are only sent. */
  readonly surprises: string[] = []
  #subscription: Subscription<FollowedEvent> | undefined

  constructor(
    private readonly kind: keyof typeof DOCUMENTS,
    /** The inbox gives no sign when it begins, and so has no first message that it must give. */
    readonly from: { conversationId: string; seq: number } | null = null,
    private after?: string,
  ) {}

  /** From where it stands. */
  async attach(socket: SocketClient): Promise<void> {
    await this.takeArrived()
    this.#subscription = socket.subscribe(DOCUMENTS[this.kind], {
      id: this.from?.conversationId,
      after: this.from ? this.after : undefined,
    })
  }

  /** Takes what comes up to that message. */
  async through(seq: number, patienceMs = PATIENCE_MS): Promise<void> {
    const deadline = Date.now() + patienceMs
    while ((this.messages.at(-1)?.seq ?? 0) < seq) await this.#take(deadline - Date.now())
    await this.takeArrived()
  }

  async takeArrived(): Promise<void> {
    while (this.#subscription && this.#subscription.waiting > 0) await this.#take()
  }

  async #take(patienceMs = PATIENCE_MS): Promise<void> {
    const { messageAdded, conversationEvents: event } = (await this.#subscription?.next(patienceMs)) ?? {}
    this.after = event?.cursor ?? messageAdded?.cursor
    const message = messageAdded ?? (event?.change === 'ADDED' ? event.message : undefined)
    if (message) this.messages.push(message)
    else if (event?.__typename !== 'CaughtUp') this.surprises.push(`${event?.__typename} ${event?.change}`)
  }
}

/** Does what a good client does: sends with keys of its own, and after a loss goes on where it stood. */
export class ResumingClient {
  readonly follows: Follow[] = []
  readonly sent: Sent[] = []
  slowestMs = 0
  /** Codes of the errors that sends were answered with before they were repeated. */
  readonly refusals: string[] = []
  /** Sends that lost their connection and were repeated on the next. */
  unanswered = 0
  #connected!: Promise<SocketClient>
  #connect!: (socket: SocketClient) => void

  constructor(private readonly person: TestPerson) {
    this.#disconnected()
  }

  async connect(server: { readonly url: string }): Promise<void> {
    const socket = await this.person.at(server).connect()
    void socket.closed.then(() => this.#disconnected())
    await Promise.all(this.follows.map(follow => follow.attach(socket)))
    this.#connect(socket)
  }

  async follow(follow: Follow): Promise<Follow> {
    this.follows.push(follow)
    await follow.attach(await this.#connected)
    return follow
  }

  /** Done once it is acknowledged. */
  async send(conversationId: string, body: string): Promise<Sent> {
    const key = randomUUID()
    const began = performance.now()
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const message = await this.#trySend(await this.#connected, { conversationId, body, clientMessageId: key })
      if (!message) continue
      const sent = { ...message, conversationId, key }
      this.sent.push(sent)
      this.slowestMs = Math.max(this.slowestMs, performance.now() - began)
      return sent
    }
    throw new Error(`Not acknowledged after ${MOST_ATTEMPTS} attempts: ${this.refusals.join(' ')}`)
  }

  async #trySend(socket: SocketClient, input: Record<string, string>): Promise<Pick<Sent, 'id' | 'seq'> | null> {
    const answer = socket.subscribe<{ sendMessage: { message: Pick<Sent, 'id' | 'seq'> } }>(SEND, { input })
    try {
      const { data, errors } = await answer.nextResult(PATIENCE_MS)
      if (errors) this.refusals.push(...errors.map(error => error.extensions.code))
      return data?.sendMessage?.message ?? null
    } catch (error) {
      if ((await answer.ended(0)).kind !== 'CLOSED') throw error
      await socket.closed
      this.unanswered += 1
      return null
    }
  }

  #disconnected(): void {
    this.#connected = new Promise(resolve => (this.#connect = resolve))
  }
}
