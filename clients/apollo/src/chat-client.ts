import { ApolloClient } from '@apollo/client'
import { createChatCache } from './cache.js'
import { createLinks } from './links.js'
import type { ChatClientOptions } from './options.js'
import { Outbox } from './outbox.js'
import { ChatSocket, type ConnectionState } from './socket.js'
import type { Readable } from './store.js'

/** An ApolloClient that is live. */
export class ChatClient extends ApolloClient {
  /** To be shown: LOST is tried again by itself, REFUSED needs a new sign-in. */
  readonly connection: Readable<ConnectionState>
  readonly outbox: Outbox
  readonly #socket: ChatSocket

  constructor(options: ChatClientOptions) {
    const socket = new ChatSocket(options)
    super({ cache: createChatCache(), link: createLinks(options, socket) })
    this.#socket = socket
    this.connection = socket.state
    this.outbox = new Outbox({ client: this, options, connection: socket.state })
  }

  /** Ends everything: when a person signs out, or another signs in. */
  async close(): Promise<void> {
    this.outbox.close()
    this.stop()
    await this.#socket.close()
  }
}

export const createChatClient = (options: ChatClientOptions): ChatClient => new ChatClient(options)
