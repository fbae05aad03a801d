import type { ChatClientOptions, KeyValueStorage } from './options.js'
import type { OutgoingMessage } from './outbox.js'

const NAME = 'colloquy-outbox'

/** Where messages wait across a reload of the page, if the application wants that. */
export class OutboxShelf {
  readonly #storage: KeyValueStorage | undefined
  readonly #key: string
  /** Those that were here once: what else lies there is another tab's. */
  readonly #own = new Set<string>()

  constructor({ outboxStorage, outboxKey, url }: ChatClientOptions) {
    if (outboxStorage && !outboxKey) throw new Error('With outboxStorage, outboxKey says whose messages they are.')
    this.#storage = outboxStorage
    this.#key = [NAME, url, outboxKey].filter(Boolean).join(' ')
  }

  load(): readonly OutgoingMessage[] {
    return this.#remember(this.#read())
  }

  keep(messages: readonly OutgoingMessage[]): void {
    this.#remember(messages)
    try {
      const others = this.#read().filter(({ clientMessageId }) => !this.#own.has(clientMessageId))
      const all = [...others, ...messages]
      if (all.length === 0) this.#storage?.removeItem(this.#key)
      else this.#storage?.setItem(this.#key, JSON.stringify(all))
    } catch {
      // A full storage: then they wait in memory alone.
    }
  }

  #read(): OutgoingMessage[] {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(this.#key) ?? '[]')
      return Array.isArray(kept) ? (kept as OutgoingMessage[]).filter(one => one?.clientMessageId) : []
    } catch {
      // What is not to be read cannot be sent.
      return []
    }
  }

  #remember(messages: readonly OutgoingMessage[]): readonly OutgoingMessage[] {
    for (const { clientMessageId } of messages) this.#own.add(clientMessageId)
    return messages
  }
}
