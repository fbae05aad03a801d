import { WebSocket } from 'ws'
import { cleanUp } from '../support/cleanup.js'
import type { TestPerson } from '../support/make.js'
import { createColloquyClient } from './colloquy-client.js'
import type { Options } from './live-link.js'

// As the guide says for Node.js before 22.
Object.assign(globalThis, { WebSocket })

/** The guide's client, closed after the test. */
export const clientsAt =
  ({ url }: { url: string }) =>
  (person: TestPerson, options: Partial<Options> = {}) => {
    const { client, close } = createColloquyClient({ url: `${url}/graphql`, getToken: () => person.token, ...options })
    cleanUp(async () => {
      client.stop()
      await close()
    })
    return client
  }

export type Client = ReturnType<ReturnType<typeof clientsAt>>
