import type { ChatClient } from './chat-client.js'
import type { ChatConversation } from './conversation-view.js'
import { chatError, isNoAnswer, type ChatError } from './errors.js'
import { follow } from './follow.js'
import { ConversationsDocument, InboxEventsDocument, type ConversationFilter } from './operations.js'
import { Store, type Readable } from './store.js'
import { untilAnswered } from './until-answered.js'

export interface InboxState {
  /** ENDED: nothing more comes, `error` says why. */
  status: 'LOADING' | 'LIVE' | 'ENDED'
  error: ChatError | null
  /** The latest first. */
  conversations: readonly ChatConversation[]
  hasMore: boolean
}

/** Before anything is known. */
export const LOADING_INBOX: InboxState = { status: 'LOADING', error: null, conversations: [], hasMore: false }

export interface InboxOptions {
  /** Which: without it the ACTIVE ones. */
  filter?: ConversationFilter
  pageSize?: number
}

/** As many as the server gives at once. */
const MOST_AT_ONCE = 100

class Held {
  /** Null for those that were removed. */
  readonly conversations = new Map<string, ChatConversation | null>()
  after: string | null = null
  hasMore = false
  isRead = false
}

/** The viewer's conversations, as they are now. */
export class InboxView {
  readonly #state = new Store(LOADING_INBOX)
  readonly #client: ChatClient
  readonly #filter: ConversationFilter
  readonly #pageSize: number
  readonly #unfollow: () => void
  readonly #ended = new AbortController()
  #held = new Held()
  #more: Promise<void> | undefined

  constructor(client: ChatClient, { filter = {}, pageSize = 50 }: InboxOptions = {}) {
    this.#client = client
    this.#filter = filter
    this.#pageSize = pageSize
    const fail = (error: unknown) => this.#fail(error)
    this.#unfollow = follow(
      client,
      InboxEventsDocument,
      {},
      ({ inboxEvents: event }) => {
        // At the beginning, and after each reconnect: what is read from now on misses nothing.
        if (event.__typename === 'InboxLive') this.#begin()
        else if (event.__typename === 'ConversationChanged') this.#changed(event.conversation)
        else if (event.__typename === 'ConversationRemoved') this.#put(event.conversationId, null)
      },
      fail,
    )
  }

  get state(): Readable<InboxState> {
    return this.#state
  }

  loadMore(): Promise<void> {
    if (!this.#held.hasMore) return Promise.resolve()
    this.#more ??= this.#readPage(this.#held).finally(() => (this.#more = undefined))
    return this.#more
  }

  close(): void {
    this.#ended.abort()
    this.#unfollow()
  }

  #begin(): void {
    this.#held = new Held()
    // After a loss no fewer than are shown.
    const shown = this.#state.get().conversations.length
    const first = Math.max(this.#pageSize, Math.min(MOST_AT_ONCE, shown))
    this.#readPage(this.#held, first).catch((error: unknown) => this.#fail(error))
  }

  async #readPage(held: Held, first = this.#pageSize): Promise<void> {
    const { connection } = this.#client
    const variables = { filter: this.#filter, first, after: held.after }
    // A network that is gone comes back: only a refusal ends it.
    const answer = await untilAnswered({ connection, signal: this.#ended.signal, passes: isNoAnswer }, () =>
      this.#client.query({ query: ConversationsDocument, variables, fetchPolicy: 'no-cache' }),
    )
    const { edges = [], pageInfo } = answer?.data?.conversations ?? {}
    // What an event told meanwhile is newer.
    for (const { node } of edges) if (!held.conversations.has(node.id)) held.conversations.set(node.id, node)
    held.after = pageInfo?.endCursor ?? null
    held.hasMore = pageInfo?.hasNextPage ?? false
    held.isRead = true
    if (held === this.#held) this.#show()
  }

  /** What the filter says of status and kind can be told here; for the rest the server is asked at the next reading. */
  #changed(conversation: ChatConversation): void {
    const { statuses, kinds, unreadOnly } = this.#filter
    const fits =
      (statuses ?? ['ACTIVE']).includes(conversation.status) &&
      (kinds?.includes(conversation.kind) ?? true) &&
      (!unreadOnly || conversation.unreadCount > 0)
    const isKnown = this.#held.conversations.has(conversation.id)
    const { participantId, search } = this.#filter
    if (!fits) this.#put(conversation.id, null)
    else if (isKnown || (!participantId && !search)) this.#put(conversation.id, conversation)
  }

  #put(id: string, conversation: ChatConversation | null): void {
    this.#held.conversations.set(id, conversation)
    this.#show()
  }

  #show(): void {
    const { conversations, hasMore, isRead } = this.#held
    if (!isRead) return
    const all = [...conversations.values()].filter(conversation => conversation !== null)
    all.sort((one, two) => two.lastActivityAt.localeCompare(one.lastActivityAt))
    this.#state.set({ status: 'LIVE', error: null, conversations: all, hasMore })
  }

  #fail(error: unknown): void {
    this.#state.set({ ...this.#state.get(), status: 'ENDED', error: chatError(error) })
  }
}
