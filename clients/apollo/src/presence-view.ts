import type { ApolloClient } from '@apollo/client'
import { follow } from './follow.js'
import { PresenceDocument, type PresenceSubscription } from './operations.js'
import { Store, type Readable } from './store.js'

export type ChatPresence = PresenceSubscription['presence']

/** As many as one subscription takes. */
const AT_ONCE = 100

/** By user id; those alone whom the viewer may see. */
export class PresenceView {
  readonly #state = new Store<ReadonlyMap<string, ChatPresence>>(new Map())
  readonly close: () => void

  constructor(client: ApolloClient, userIds: readonly string[]) {
    const endings: (() => void)[] = []
    for (let from = 0; from < userIds.length; from += AT_ONCE)
      endings.push(this.#follow(client, userIds.slice(from, from + AT_ONCE)))
    this.close = () => {
      for (const end of endings) end()
    }
  }

  #follow(client: ApolloClient, userIds: string[]): () => void {
    return follow(
      client,
      PresenceDocument,
      { userIds },
      ({ presence }) => this.#state.set(new Map(this.#state.get()).set(presence.id, presence)),
      // What cannot be known is not shown.
      () => this.#state.set(new Map([...this.#state.get()].filter(([id]) => !userIds.includes(id)))),
    )
  }

  get state(): Readable<ReadonlyMap<string, ChatPresence>> {
    return this.#state
  }
}
