import type { ApolloClient } from '@apollo/client'
import { chatError, isPassing, type ChatError } from './errors.js'
import { OutboxShelf } from './outbox-shelf.js'
import { SendMessageDocument, type MessagePartsFragment, type SendMessageInput } from './operations.js'
import type { ChatClientOptions } from './options.js'
import type { ConnectionState } from './socket.js'
import { Store, type Readable } from './store.js'
import { untilAnswered } from './until-answered.js'

/** What is written; where it goes is known. */
export type NewMessage = Omit<SendMessageInput, 'conversationId' | 'clientMessageId' | 'recipientId'>

/** A message that is not stored yet. WAITING: it is sent by itself, once there is a connection. FAILED: it is refused as it is. */
export interface OutgoingMessage {
  clientMessageId: string
  conversationId: string
  input: NewMessage
  /** When it was written, by this device's clock. */
  writtenAt: string
  status: 'WAITING' | 'FAILED'
  error?: ChatError
}

const NO_ANSWER: ChatError = { code: 'INTERNAL_SERVER_ERROR', message: 'There is neither a message nor an error.' }

interface Needs {
  client: ApolloClient
  options: ChatClientOptions
  connection: Readable<ConnectionState>
}

/** Sends each message once, in each conversation one after the other, for as long as that takes. */
export class Outbox {
  readonly #messages: Store<readonly OutgoingMessage[]>
  readonly #needs: Needs
  readonly #shelf: OutboxShelf
  readonly #sending = new Set<string>()
  readonly #sent = new Set<(message: MessagePartsFragment) => void>()
  readonly #ended = new AbortController()

  constructor(needs: Needs) {
    this.#needs = needs
    this.#shelf = new OutboxShelf(needs.options)
    this.#messages = new Store(this.#shelf.load())
    for (const { conversationId } of this.#messages.get()) void this.#work(conversationId)
  }

  /** All that are not stored yet, in the order in which they were written. */
  get messages(): Readable<readonly OutgoingMessage[]> {
    return this.#messages
  }

  /** It is shown at once, sent as soon as may be, and then the listeners are told what was stored. */
  send(conversationId: string, input: NewMessage): OutgoingMessage {
    const message: OutgoingMessage = {
      clientMessageId: crypto.randomUUID(),
      conversationId,
      input,
      writtenAt: new Date().toISOString(),
      status: 'WAITING',
    }
    this.#keep([...this.#messages.get(), message])
    void this.#work(conversationId)
    return message
  }

  /** A FAILED one once more, as it is. */
  retry(clientMessageId: string): void {
    const message = this.#find(clientMessageId)
    if (message?.status !== 'FAILED') return
    this.#replace({ ...message, status: 'WAITING', error: undefined })
    void this.#work(message.conversationId)
  }

  /** Takes a FAILED one away; one that is WAITING may be on its way. */
  discard(clientMessageId: string): void {
    if (this.#find(clientMessageId)?.status === 'FAILED') this.#drop(clientMessageId)
  }

  whenSent(listener: (message: MessagePartsFragment) => void): () => void {
    this.#sent.add(listener)
    return () => void this.#sent.delete(listener)
  }

  close(): void {
    this.#ended.abort()
  }

  async #work(conversationId: string): Promise<void> {
    if (this.#sending.has(conversationId)) return
    this.#sending.add(conversationId)
    try {
      for (
        let next = this.#next(conversationId);
        next && !this.#ended.signal.aborted;
        next = this.#next(conversationId)
      )
        await this.#deliver(next)
    } finally {
      this.#sending.delete(conversationId)
    }
  }

  #next(conversationId: string): OutgoingMessage | undefined {
    return this.#messages.get().find(one => one.conversationId === conversationId && one.status === 'WAITING')
  }

  /** The key makes it one message however often it is sent. */
  async #deliver(message: OutgoingMessage): Promise<void> {
    const { clientMessageId, conversationId, input } = message
    const { client, connection } = this.#needs
    const patience = { connection, signal: this.#ended.signal, passes: isPassing }
    try {
      const answer = await untilAnswered(patience, () =>
        client.mutate({
          mutation: SendMessageDocument,
          variables: { input: { ...input, conversationId, clientMessageId } },
          context: { once: true },
        }),
      )
      if (!answer) return
      const stored = answer.data?.sendMessage?.message
      if (stored) this.#stored(clientMessageId, stored)
      else this.#replace({ ...message, status: 'FAILED', error: NO_ANSWER })
    } catch (thrown) {
      this.#replace({ ...message, status: 'FAILED', error: chatError(thrown) })
    }
  }

  #stored(clientMessageId: string, message: MessagePartsFragment): void {
    for (const listener of [...this.#sent]) listener(message)
    this.#drop(clientMessageId)
  }

  #find(clientMessageId: string): OutgoingMessage | undefined {
    return this.#messages.get().find(one => one.clientMessageId === clientMessageId)
  }

  #replace(message: OutgoingMessage): void {
    this.#keep(this.#messages.get().map(one => (one.clientMessageId === message.clientMessageId ? message : one)))
  }

  #drop(clientMessageId: string): void {
    this.#keep(this.#messages.get().filter(one => one.clientMessageId !== clientMessageId))
  }

  #keep(messages: readonly OutgoingMessage[]): void {
    // Another client may have taken them over.
    if (!this.#ended.signal.aborted) this.#shelf.keep(messages)
    this.#messages.set(messages)
  }
}
