import { WebSocket } from 'ws'
import {
  createChatClient,
  type ChatClient,
  type ChatClientOptions,
  type Readable,
} from '../../clients/apollo/src/main.js'
import { cleanUp } from './cleanup.js'
import type { TestPerson } from './make.js'

// As its README says for Node.js before 22.
Object.assign(globalThis, { WebSocket })

/** The kit's client, closed after the test. */
export const kitAt =
  ({ url }: { url: string }) =>
  (person: TestPerson, options: Partial<ChatClientOptions> = {}): ChatClient => {
    const client = createChatClient({ url: new URL('/graphql', url).href, getToken: () => person.token, ...options })
    cleanUp(() => client.close())
    return client
  }

/** The state once it fits. */
export const becomes = <State>(state: Readable<State>, fits: (state: State) => boolean): Promise<State> =>
  new Promise(resolve => {
    const look = () => {
      if (!fits(state.get())) return
      unsubscribe()
      resolve(state.get())
    }
    const unsubscribe = state.subscribe(look)
    look()
  })
