import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { demoPeople } from '../../src/demo/people.js'
import { prepareDemo } from '../../src/demo/demo.js'
import { openPage, startChromium } from '../clients/browser.js'
import { TestPerson } from '../support/make.js'
import { startApp, type ConfigChanges, type StartOptions, type TestApp } from '../support/start-app.js'

/** A browser beside everything else takes its time. */
const LONGEST_MS = 120_000

export const DESKTOP = { viewport: { width: 1280, height: 800 } }
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** A camera and a microphone that nobody has to allow. */
const FAKE_MEDIA = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
]

/** A server with the demo people, and with nobody else, as it is after the first `npm start`. */
export const startDemo = async (changes: ConfigChanges = {}, options: StartOptions = {}): Promise<TestApp> => {
  const app = await startApp(changes, options)
  await app.database.call('delete from users', [])
  await prepareDemo(app.services)
  return app
}

const demoPerson = (name: string) => {
  const person = demoPeople.find(({ displayName }) => displayName === name)
  if (!person) throw new Error(`${name} is none of the demo people.`)
  return person
}

/** One of the demo people without a browser, who asks the API. */
export const apiOf = (server: { readonly url: string }, name: string): TestPerson => {
  const { id, displayName, roles } = demoPerson(name)
  return new TestPerson(server, id, displayName, roles)
}

/** A page with a storage of its own, where that demo person has signed in. */
export const signInAs = async (browser: Browser, url: string, name: string, look: BrowserContextOptions = DESKTOP) => {
  const opened = await openPage(browser, url, look)
  await opened.page.getByRole('button', { name: demoPerson(name).displayName }).click()
  await opened.page.getByRole('navigation', { name: 'Conversations' }).waitFor()
  return opened
}

/** What a file of tests has: a server, a browser, and people who sign in. Its tests skip visibly where there is no Chromium. */
export const startWeb = async (changes: ConfigChanges = {}, options: StartOptions = {}) => {
  const app = await startDemo(changes, options)
  const chromium = await startChromium(FAKE_MEDIA)
  return {
    app,
    api: (name: string) => apiOf(app, name),
    signIn: (name: string, look?: BrowserContextOptions) => {
      if (!chromium) throw new Error('Chromium is missing.')
      return signInAs(chromium, app.url, name, look)
    },
    inChromium: (name: string, body: () => Promise<void>) =>
      chromium === undefined ? test.skip(`${name} (chromium is missing)`, () => {}) : test(name, body, LONGEST_MS),
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  help: string
  nodes: { target: string[]; failureSummary: string }[]
}

/** What is half faded in has half its contrast. */
const SETTLED = `Promise.all(document.getAnimations()
  .filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime))
  .map(({ finished }) => finished.catch(() => {})))`

const violationsIn = async (page: Page): Promise<string[]> => {
  await page.evaluate(SETTLED)
  const { violations } = await page.evaluate<{ violations: Violation[] }>(`${axe}; axe.run()`)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n${target.join(' ')}\n${failureSummary}`),
  )
}

/** Nothing that axe knows of is wrong with what is shown, in light and in dark. */
export const expectAccessible = async (page: Page): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
    expect({ colorScheme, violations: await violationsIn(page) }).toEqual({ colorScheme, violations: [] })
  }
  await page.emulateMedia({ colorScheme: null })
}
