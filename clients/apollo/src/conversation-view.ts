import type { ApolloClient, OperationVariables } from '@apollo/client'
import type { ChatClient } from './chat-client.js'
import { chatError, isNoAnswer, type ChatError } from './errors.js'
import { follow } from './follow.js'
import { MessageList, type ChatMessage } from './message-list.js'
import {
  ConversationDocument,
  ConversationEventsDocument,
  HistoryDocument,
  type ConversationEventsSubscription,
  type ConversationPartsFragment,
  type ParticipantPartsFragment,
  type UserPartsFragment,
} from './operations.js'
import type { OutgoingMessage } from './outbox.js'
import { Store, type Readable } from './store.js'
import { followTyping } from './typing-list.js'
import { untilAnswered } from './until-answered.js'

export type ChatConversation = ConversationPartsFragment
export type ChatParticipant = ParticipantPartsFragment

export interface ConversationState {
  /** LOADING until the first page is there; ENDED: nothing more comes, `error` says why. */
  status: 'LOADING' | 'LIVE' | 'ENDED'
  error: ChatError | null
  conversation: ChatConversation | null
  /** Those who take part now. */
  participants: readonly ChatParticipant[]
  /** The viewer's own part; null for an admin who takes none. */
  viewer: ChatParticipant | null
  /** Oldest first; what is older than the first is there for `loadOlder`. */
  messages: readonly ChatMessage[]
  hasOlder: boolean
  /** Written here and not stored yet: they come after `messages`. */
  pending: readonly OutgoingMessage[]
  typing: readonly UserPartsFragment[]
}

/** Before anything is known. */
export const LOADING_CONVERSATION: ConversationState = {
  status: 'LOADING',
  error: null,
  conversation: null,
  participants: [],
  viewer: null,
  messages: [],
  hasOlder: false,
  pending: [],
  typing: [],
}

/** What is held of a conversation between two ResyncRequired. */
class Held {
  readonly messages = new MessageList()
  readonly participants = new Map<string, ChatParticipant>()
  conversation: ChatConversation | null = null
  /** Before this the next page ends; null where there is none. */
  before: string | null = null
  isRead = false
}

/** One conversation: its newest messages, and whatever becomes of them. */
export class ConversationView {
  readonly #state = new Store(LOADING_CONVERSATION)
  readonly #client: ChatClient
  readonly #conversationId: string
  readonly #pageSize: number
  readonly #endings: (() => void)[] = []
  #held = new Held()
  #older: Promise<void> | undefined
  readonly #ended = new AbortController()

  constructor(client: ChatClient, conversationId: string, pageSize = 50) {
    this.#client = client
    this.#conversationId = conversationId
    this.#pageSize = pageSize
    const { outbox } = client
    this.#endings.push(
      outbox.messages.subscribe(() => this.#show({ pending: this.#pending() })),
      outbox.whenSent(message => this.#sent(message)),
      followTyping(client, conversationId, typing => this.#show({ typing })),
    )
    this.#show({ pending: this.#pending() })
    void this.#begin()
  }

  get state(): Readable<ConversationState> {
    return this.#state
  }

  /** The page before the oldest; asked again meanwhile it is the same. */
  loadOlder(): Promise<void> {
    if (this.#held.before === null) return Promise.resolve()
    this.#older ??= this.#readPage(this.#held)
      .then(() => this.#showHeld())
      .finally(() => (this.#older = undefined))
    return this.#older
  }

  close(): void {
    this.#ended.abort()
    for (const end of this.#endings) end()
  }

  async #begin(): Promise<void> {
    try {
      const after = await this.#read(this.#held)
      if (this.#ended.signal.aborted) return
      const variables = { conversationId: this.#conversationId, after }
      this.#endings.push(
        follow(
          this.#client,
          ConversationEventsDocument,
          variables,
          data => this.#take(data),
          error => this.#fail(error),
        ),
      )
    } catch (error) {
      this.#fail(error)
    }
  }

  #take({ conversationEvents: event }: ConversationEventsSubscription): void {
    switch (event.__typename) {
      case 'MessageChanged':
        this.#held.messages.put(event.message)
        break
      case 'ParticipantChanged':
        this.#held.participants.set(event.participant.id, event.participant)
        break
      case 'ConversationChanged':
        this.#takeConversation(this.#held, event.conversation)
        break
      case 'ResyncRequired':
        this.#held = new Held()
        this.#read(this.#held).catch((error: unknown) => this.#fail(error))
        return
      case 'CaughtUp':
        return
    }
    this.#showHeld()
  }

  #takeConversation(held: Held, conversation: ChatConversation): void {
    held.conversation = conversation
    held.messages.dropBelow(conversation.firstSeq)
    // What the viewer may do changes with the conversation, too.
    if (conversation.viewer) held.participants.set(conversation.viewer.id, conversation.viewer)
  }

  /** The newest page and who takes part, as it was no later than the events that follow the cursor. */
  async #read(held: Held): Promise<string | null> {
    const cursor = await this.#readPage(held, true)
    const variables = { id: this.#conversationId }
    const answer = await this.#ask({ query: ConversationDocument, variables, fetchPolicy: 'network-only' })
    const conversation = answer?.data?.conversation
    if (conversation) {
      // What an event told meanwhile is newer.
      for (const participant of conversation.participants)
        if (!held.participants.has(participant.id)) held.participants.set(participant.id, participant)
      if (!held.conversation) this.#takeConversation(held, conversation)
    }
    held.isRead = true
    this.#show({ status: 'LIVE' })
    this.#showHeld()
    return cursor
  }

  async #readPage(held: Held, firstPage = false): Promise<string | null> {
    // Only the first page's eventCursor: a later one's would skip what came since.
    const variables = { conversationId: this.#conversationId, last: this.#pageSize, before: held.before, firstPage }
    // Neither from the cache nor into it: a page is of its moment, and must not bring a deleted text back.
    const answer = await this.#ask({ query: HistoryDocument, variables, fetchPolicy: 'no-cache' })
    const { edges = [], pageInfo, eventCursor = null } = answer?.data?.history ?? {}
    held.before = pageInfo?.hasPreviousPage ? pageInfo.startCursor : null
    held.messages.addPage(
      edges.map(({ node }) => node),
      held.before === null,
    )
    return eventCursor
  }

  /** A network that is gone comes back: only a refusal ends it. */
  #ask<Data, Variables extends OperationVariables>(options: ApolloClient.QueryOptions<Data, Variables>) {
    const { connection } = this.#client
    const patience = { connection, signal: this.#ended.signal, passes: isNoAnswer }
    return untilAnswered(patience, () => this.#client.query(options))
  }

  /** It is shown as stored before it stops being shown as pending. */
  #sent(message: ChatMessage): void {
    if (message.conversationId !== this.#conversationId) return
    this.#held.messages.add(message)
    this.#showHeld()
  }

  #pending(): readonly OutgoingMessage[] {
    const { messages } = this.#held
    // The event of a message may come before the answer to who sent it.
    return this.#client.outbox.messages
      .get()
      .filter(one => one.conversationId === this.#conversationId && !messages.hasStored(one.clientMessageId))
  }

  #showHeld(): void {
    const { isRead, conversation, participants, messages, before } = this.#held
    if (!isRead) return
    const present = [...participants.values()].filter(({ leftAt }) => leftAt === null)
    this.#show({
      conversation,
      participants: present,
      viewer: participants.get(conversation?.viewer?.id ?? '') ?? null,
      messages: messages.all,
      hasOlder: before !== null,
      pending: this.#pending(),
    })
  }

  #fail(error: unknown): void {
    this.#show({ status: 'ENDED', error: chatError(error) })
  }

  #show(changes: Partial<ConversationState>): void {
    if (!this.#ended.signal.aborted) this.#state.set({ ...this.#state.get(), ...changes })
  }
}
