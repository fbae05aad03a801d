import type { ApolloClient } from '@apollo/client'
import { follow } from './follow.js'
import { UnreadCountsDocument } from './operations.js'
import { Store, type Readable } from './store.js'

export interface UnreadState {
  /** In all conversations together. */
  messages: number
  notifications: number
}

/** Null until they are known. */
export class UnreadView {
  readonly #state = new Store<UnreadState | null>(null)
  readonly close: () => void

  constructor(client: ApolloClient) {
    this.close = follow(
      client,
      UnreadCountsDocument,
      {},
      ({ unreadCountsChanged: { total, notifications } }) => this.#state.set({ messages: total, notifications }),
      () => this.#state.set(null),
    )
  }

  get state(): Readable<UnreadState | null> {
    return this.#state
  }
}
