import { describe, expect, test } from '@jest/globals'
import { build } from 'esbuild'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { cleanUp } from '../support/cleanup.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { openPage, startChromium } from './browser.js'

/** A front end of another origin: its pages run what the test puts into them. */
const frontEnd = createServer((_, response) =>
  response.setHeader('content-type', 'text/html').end('<title>Chat</title>'),
)
frontEnd.listen(0, '127.0.0.1')
await once(frontEnd, 'listening')
cleanUp(() => {
  frontEnd.closeAllConnections()
  frontEnd.close()
})
const origin = `http://127.0.0.1:${(frontEnd.address() as AddressInfo).port}`
const app = await startApp({ corsOrigins: [origin] })
const given = make(app)
const chromium = await startChromium()
/** A browser beside everything else takes its time. */
const LONGEST_MS = 90_000

/** A page of its own, which knows its token and its conversation. */
const bundlePage = async (token: string, conversationId: string) => {
  const { outputFiles } = await build({
    stdin: {
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'tsx',
      contents: `
        import { ApolloProvider } from '@apollo/client/react'
        import { createRoot } from 'react-dom/client'
        import { createColloquyClient } from './colloquy-client.js'
        import { explainError } from './explain-error.js'
        import { useConversation } from './use-conversation.js'

        const Conversation = () => {
          const { messages, error, reopen } = useConversation(${JSON.stringify(conversationId)})
          return (
            <ol>
              {messages.map(({ id, body }) => <li key={id}>{body ?? 'deleted'}</li>)}
              {error ? <li onClick={reopen}>{explainError(error)}</li> : null}
            </ol>
          )
        }
        const { client } = createColloquyClient({
          url: ${JSON.stringify(`${app.url}/graphql`)},
          getToken: () => ${JSON.stringify(token)},
        })
        createRoot(document.body).render(<ApolloProvider client={client}><Conversation /></ApolloProvider>)`,
    },
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', 'globalThis.__DEV__': 'false' },
  })
  return outputFiles[0]?.text ?? ''
}

const inChromium = (name: string, body: (browser: NonNullable<typeof chromium>) => Promise<void>) =>
  chromium === undefined
    ? test.skip(`${name} (chromium is missing)`, () => {})
    : test(name, () => body(chromium), LONGEST_MS)

describe('004.7 the examples of docs/clients.md: React', () => {
  inChromium('004.7 a conversation on a page', async browser => {
    const { patient, professional, conversationId } = await given.talk()
    const { page, complaints } = await openPage(browser, origin)
    await page.addScriptTag({ content: await bundlePage(patient.token, conversationId) })
    const shows = (...lines: string[]) =>
      page.waitForFunction(
        `[...document.querySelectorAll('li')].map(line => line.textContent).join('|') === ${JSON.stringify(lines.join('|'))}`,
      )
    const { id } = await professional.send(conversationId, 'Hello')
    await shows('Hello')
    await professional.send(conversationId, 'And more')
    await shows('Hello', 'And more')
    await professional.request(
      'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }',
      { input: { messageId: id } },
    )
    await shows('deleted', 'And more')
    await given.care(patient, professional, false)
    await shows('deleted', 'And more', 'This is not open to you, or no longer.')
    await given.care(patient, professional)
    await page.locator('li').last().click()
    await shows('deleted', 'And more')
    await professional.send(conversationId, 'Again')
    await shows('deleted', 'And more', 'Again')
    expect(complaints).toEqual([])
  })
})
