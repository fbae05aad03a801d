import type { MessagePartsFragment } from './operations.js'

export type ChatMessage = MessagePartsFragment

/** Messages by id, in the order of the conversation, each once. */
export class MessageList {
  readonly #byId = new Map<string, ChatMessage>()
  /** Of the viewer's own. */
  readonly #clientMessageIds = new Set<string>()
  /** What is older was not read: changes of it are kept, but not shown. */
  #oldestSeq = Infinity
  #sorted: readonly ChatMessage[] | null = null

  /** Oldest first. */
  get all(): readonly ChatMessage[] {
    this.#sorted ??= [...this.#byId.values()]
      .filter(({ seq }) => seq >= this.#oldestSeq)
      .sort((one, two) => one.seq - two.seq)
      .map(message => this.#withTarget(message))
    return this.#sorted
  }

  /** A page, and whether there is nothing before it. What an event brought is newer than a page that was asked for before. */
  addPage(messages: readonly ChatMessage[], isFirst: boolean): void {
    for (const message of messages) this.add(message)
    const oldest = isFirst ? 0 : (messages[0]?.seq ?? 0)
    this.#oldestSeq = Math.min(this.#oldestSeq, oldest)
    this.#sorted = null
  }

  /** New, edited, or deleted: then it has no text. */
  put(message: ChatMessage): void {
    this.#byId.set(message.id, message)
    if (message.clientMessageId !== null) this.#clientMessageIds.add(message.clientMessageId)
    this.#sorted = null
  }

  /** What was stored just now, unless an event was faster. */
  add(message: ChatMessage): void {
    if (!this.#byId.has(message.id)) this.put(message)
  }

  /** Whether what the viewer wrote with that key is stored, as far as was told. */
  hasStored(clientMessageId: string): boolean {
    return this.#clientMessageIds.has(clientMessageId)
  }

  /** Retention has removed what is below. */
  dropBelow(firstSeq: number): void {
    for (const { id, seq } of this.#byId.values()) if (seq < firstSeq) this.#byId.delete(id)
    this.#sorted = null
  }

  /** With what it answers as that is by now: it may have been edited or deleted since, and the answer is not told again. */
  #withTarget(message: ChatMessage): ChatMessage {
    const target = message.replyTo && this.#byId.get(message.replyTo.id)
    return target ? { ...message, replyTo: target } : message
  }
}
