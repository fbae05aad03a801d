import { describe, expect, test } from '@jest/globals'
import { build, type BuildOptions } from 'esbuild'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { openPage, startChromium } from '../clients/browser.js'
import { cleanUp } from '../support/cleanup.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const KIT = fileURLToPath(new URL('../../clients/apollo/', import.meta.url))
const PEERS = ['@apollo/client', 'graphql', 'graphql-ws', 'rxjs', 'react']
const MOST_BYTES = 15_000

const common: BuildOptions = {
  bundle: true,
  write: false,
  minify: true,
  format: 'esm',
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"', 'globalThis.__DEV__': 'false' },
}

const read = (file: string) => readFileSync(`${KIT}${file}`, 'utf8')

describe('the client kit: the package', () => {
  test('it asks for nothing but its peers, and is small', async () => {
    const { outputFiles = [], metafile } = await build({
      ...common,
      metafile: true,
      stdin: {
        contents: `export * from './src/main.js'; export * from './src/react.js'`,
        resolveDir: KIT,
      },
      external: PEERS.flatMap(peer => [peer, `${peer}/*`]),
    })
    const [output] = outputFiles
    expect(gzipSync(output?.contents ?? '').byteLength).toBeLessThan(MOST_BYTES)
    const inside = Object.keys(metafile?.inputs ?? {}).filter(path => path.includes('node_modules'))
    expect(inside).toEqual([])
    const { peerDependencies, dependencies } = JSON.parse(read('package.json')) as Record<string, object>
    expect(Object.keys(peerDependencies ?? {}).sort()).toEqual([...PEERS].sort())
    expect(dependencies).toBeUndefined()
  })

  test('its README shows the example that is tried here', () => {
    expect(read('README.md')).toContain(`\`\`\`tsx\n${read('example.tsx').trimEnd()}\n\`\`\``)
  })
})

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

const bundleExample = async (token: string) => {
  const { outputFiles } = await build({
    ...common,
    format: 'iife',
    jsx: 'automatic',
    alias: { '@colloquy/apollo/react': `${KIT}src/react.ts`, '@colloquy/apollo': `${KIT}src/main.ts` },
    stdin: {
      resolveDir: KIT,
      contents: `import { startChat } from './example.js'
        startChat(${JSON.stringify(`${app.url}/graphql`)}, async () => ${JSON.stringify(token)})`,
    },
  })
  return outputFiles?.[0]?.text ?? ''
}

const LONGEST_MS = 120_000

describe('the client kit: its example', () => {
  const name = 'two people in two browsers chat'
  if (!chromium) return test.skip(`${name} (chromium is missing)`, () => {})
  test(
    name,
    async () => {
      const { patient, professional } = await given.talk()
      const [one, other] = await Promise.all(
        [patient, professional].map(async ({ token }) => {
          const { page, complaints } = await openPage(chromium, origin)
          await page.addScriptTag({ content: await bundleExample(token) })
          await page.getByRole('navigation').getByRole('button').click()
          return { page, complaints, message: page.getByLabel('Message') }
        }),
      )
      if (!one || !other) throw new Error('There are two pages.')
      await one.message.fill('Hello')
      await other.page.getByText(`${patient.displayName} is typing …`).waitFor()
      await one.message.press('Enter')
      await other.page.getByText(`${patient.displayName}: Hello`).waitFor()
      await other.message.fill('Good morning')
      await other.message.press('Enter')
      await one.page.getByText(`${professional.displayName}: Good morning`).waitFor()
      expect(await one.page.getByRole('listitem').allTextContents()).toEqual([
        `${patient.displayName}: Hello`,
        `${professional.displayName}: Good morning`,
      ])
      expect([...one.complaints, ...other.complaints]).toEqual([])
    },
    LONGEST_MS,
  )
})
