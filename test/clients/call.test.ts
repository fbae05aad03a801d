import { expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { cleanUp } from '../support/cleanup.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { openPage, startChromium } from './browser.js'
import type { CallPage } from './call/call-on-page.js'

/** A browser beside everything else takes its time. */
const LONGEST_MS = 90_000
const PATIENCE_MS = 30_000

/** The guide's example, as a page of another origin. */
const servePage = async () => {
  const { status, stdout, stderr } = spawnSync(
    createRequire(import.meta.url).resolve('esbuild/bin/esbuild'),
    [
      fileURLToPath(new URL('call/call-page.ts', import.meta.url)),
      '--bundle',
      '--define:process.env.NODE_ENV="production"',
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 26 },
  )
  if (status !== 0) throw new Error(stderr)
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? stdout : '<!doctype html><link rel="icon" href="data:," /><script src="/page.js"></script>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUp(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const origin = await servePage()
const app = await startApp({ corsOrigins: [origin] })
/** Another process of the same installation: each browser is at one of them. */
const second = await startApp({ corsOrigins: [origin] }, { beside: app })
const given = make(app)
const chromium = await startChromium([
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
])

interface OfPage {
  callPage: CallPage
}

/** Runs within the page. */
const join = (page: Page, { url }: TestApp, viewer: TestPerson, sessionId: string) =>
  page.evaluate(who => (globalThis as unknown as OfPage).callPage.join(who), {
    url: `${url}/graphql`,
    token: viewer.token,
    sessionId,
    viewerId: viewer.id,
  })

const happens = (page: Page, what: string) =>
  page.waitForFunction(text => (globalThis as unknown as OfPage).callPage.happened.includes(text), what, {
    timeout: PATIENCE_MS,
  })

const hears = (page: Page) =>
  page.waitForFunction(
    async () => {
      const { packets, energy } = await (globalThis as unknown as OfPage).callPage.heard()
      return packets > 10 && energy > 0
    },
    null,
    { timeout: PATIENCE_MS, polling: 200 },
  )

const inChromium = (name: string, body: (browser: NonNullable<typeof chromium>) => Promise<void>) =>
  chromium === undefined
    ? test.skip(`${name} (chromium is missing)`, () => {})
    : test(name, () => body(chromium), LONGEST_MS)

inChromium('000.18 two browsers talk: by voice, and in words, from one to the other', async browser => {
  const { patient, professional } = await given.pair()
  const sessionId = await given.session(professional, patient, 'VOICE')
  const one = await openPage(browser, origin)
  const other = await openPage(browser, origin)
  // Who comes first offers to nobody.
  await join(one.page, app, professional, sessionId)
  await join(other.page, second, patient, sessionId)
  await Promise.all([happens(one.page, `I am ${patient.id}`), happens(other.page, `I am ${professional.id}`)])
  await Promise.all([hears(one.page), hears(other.page)])

  await one.page.evaluate(() => (globalThis as unknown as OfPage).callPage.leave())
  await happens(other.page, 'They left.')
  const again = await openPage(browser, origin)
  await join(again.page, second, professional, sessionId)
  await happens(again.page, `I am ${patient.id}`)
  await hears(again.page)

  await patient.request('mutation ($id: ID!) { endSession(input: { sessionId: $id }) { session { id } } }', {
    id: sessionId,
  })
  await Promise.all([again, other].map(({ page }) => happens(page, 'The session is over.')))
  for (const { complaints } of [one, other, again]) expect(complaints).toEqual([])
})
