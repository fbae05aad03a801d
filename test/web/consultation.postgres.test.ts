import { expect, test } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { ana, drChen } from '../../src/demo/people.js'
import { startChromium } from '../clients/browser.js'
import { PNG } from '../support/attachments.js'
import { cleanUp } from '../support/cleanup.js'
import { createPostgresDatabase } from '../support/database.js'
import { onPostgres } from '../support/engine.js'
import { serverEnvironment, startProcess } from '../support/start-process.js'
import { startTcpProxy } from '../support/tcp-proxy.js'
import { apiOf, signInAs } from './support.js'

const CUT_MS = 10_000
const LONGEST_MS = 240_000
/** Of a page that shows the whole conversation at once. */
const TALL = { width: 1280, height: 6_000 }

const chromium = await startChromium()

/** The built server as after the first `npm start`, on a database where nobody was before. */
const startServer = async () => {
  const { url, drop } = await createPostgresDatabase({ empty: true })
  cleanUp(drop)
  const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-'))
  cleanUp(() => rmSync(dataDir, { recursive: true }))
  const environment = serverEnvironment(url, { DATA_DIR: dataDir, LOG_LEVEL: 'error' })
  const server = await startProcess(environment)
  while (!server.output().includes('The web application:')) await server.printsMore()
  const restart = () => startProcess({ ...environment, PORT: new URL(server.url).port })
  return { server, restart }
}

const feed = (page: Page) => page.getByRole('feed', { name: 'Messages' })
const message = (page: Page, text: string) => feed(page).getByRole('article').filter({ hasText: text })
const consultation = (page: Page) => page.getByRole('region', { name: 'Consultation' })
const dialog = (page: Page) => page.getByRole('dialog')
const isLost = (page: Page) => page.getByText('There is no connection. What you write is sent').waitFor()
const isBack = (page: Page) =>
  page.getByText('There is no connection. What you write is sent').waitFor({ state: 'detached' })

const write = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
  await message(page, text).waitFor()
}

const writeBoth = async (pages: Page[], when: string, count: number) => {
  for (let index = 1; index <= count; index++)
    for (const [place, page] of pages.entries()) await write(page, `${when}, ${place === 0 ? 'Ana' : 'Chen'} ${index}`)
}

const sendPicture = async (page: Page, text: string) => {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files' }).click()
  await (await chooser).setFiles({ name: 'rash.png', mimeType: 'image/png', buffer: PNG })
  await page.getByText('Ready to be sent').waitFor()
  await write(page, text)
}

const startSession = async (page: Page) => {
  await consultation(page).getByRole('button', { name: 'Start a consultation' }).click()
  await dialog(page).getByRole('radio', { name: 'Text consultation' }).check()
  await dialog(page).getByRole('button', { name: 'Start now' }).click()
}

/** What it costs, as the page says once it is over. */
const endSession = async (page: Page) => {
  await consultation(page).getByRole('button', { name: 'End' }).click()
  await dialog(page).getByRole('button', { name: 'End it now' }).click()
}

const costOn = async (page: Page) => {
  const text = await page.getByRole('group', { name: 'The consultation has ended.' }).getByText('Cost: ').textContent()
  return /€[\d.]+/.exec(text ?? '')?.[0]
}

const react = async (page: Page, text: string) => {
  await message(page, text).hover()
  await message(page, text).getByRole('button', { name: 'Add a reaction' }).click()
  await page.getByRole('menuitem', { name: 'React with 🙏' }).click()
}

const flagEmergency = async (page: Page, text: string) => {
  await page.getByRole('button', { name: 'Emergency' }).click()
  await dialog(page).getByRole('button', { name: 'It is an emergency' }).click()
  await dialog(page).waitFor({ state: 'detached' })
  await write(page, text)
}

interface Stored {
  conversations: { edges: { node: { messages: { edges: { node: { body: string | null; kind: string } }[] } } }[] }
  sessions: { edges: { node: { status: string; cost: { amountMinor: number } } }[] }
}
const STORED = `{
  conversations(first: 1) { edges { node { messages(first: 100) { edges { node { body kind } } } } } }
  sessions(first: 1) { edges { node { status cost { amountMinor } } } }
}`

const storedAt = async (server: { readonly url: string }) => {
  const { conversations, sessions } = await apiOf(server, ana.displayName).request<Stored>(STORED)
  const messages = conversations.edges.flatMap(({ node }) => node.messages.edges.map(edge => edge.node))
  return {
    bodies: messages.flatMap(({ body, kind }) => (body === null || kind === 'SYSTEM' ? [] : [body])),
    count: messages.length,
    session: sessions.edges[0]?.node,
  }
}

/** The texts in the order in which they are shown, once for each time that they are. */
const shownOn = async (page: Page, bodies: string[], count: number) => {
  await page.setViewportSize(TALL)
  await page.getByText('Waiting to be sent').first().waitFor({ state: 'detached' })
  await feed(page)
    .getByRole('article')
    .nth(count - 1)
    .waitFor()
  const articles = await feed(page).getByRole('article').allTextContents()
  expect(articles).toHaveLength(count)
  // What a message answers stands above its own text.
  return articles.flatMap(text =>
    bodies
      .filter(body => text.includes(body))
      .toSorted((one, two) => text.indexOf(two) - text.indexOf(one))
      .slice(0, 1),
  )
}

onPostgres('a consultation', () => {
  ;(chromium ? test : test.skip)(
    'two people go through all of it; neither a cut of 10 s nor a killed server takes or doubles a message',
    async () => {
      if (!chromium) throw new Error('Chromium is missing.')
      const { server, restart } = await startServer()
      const networks = await Promise.all([startTcpProxy(server.url), startTcpProxy(server.url)])
      const [one, other] = await Promise.all([
        signInAs(chromium, networks[0].through(server.url), ana.displayName),
        signInAs(chromium, networks[1].through(server.url), drChen.displayName),
      ])
      const [patient, doctor] = [one.page, other.page]
      const pages = [patient, doctor]
      await patient.getByRole('link', { name: drChen.displayName }).click()
      await doctor.getByRole('link', { name: ana.displayName }).first().click()

      await write(patient, 'It itches again today.')
      await message(doctor, 'It itches again today.').waitFor()
      await write(doctor, 'Let us look at it now.')
      await message(patient, 'Let us look at it now.').waitFor()

      await startSession(doctor)
      await Promise.all(pages.map(page => consultation(page).getByRole('timer').waitFor()))
      await sendPicture(patient, 'This is how it looks.')
      await message(doctor, 'This is how it looks.').getByRole('button', { name: 'Show rash.png' }).waitFor()
      await react(doctor, 'This is how it looks.')
      await feed(patient).getByRole('button', { name: '🙏, 1' }).waitFor()
      await flagEmergency(patient, 'My tongue is swelling.')
      await message(doctor, 'My tongue is swelling.').getByRole('button', { name: 'I take this on' }).click()
      await message(patient, 'My tongue is swelling.').getByText(`${drChen.displayName} took this on`).waitFor()

      const over = sleep(CUT_MS)
      await Promise.all(networks.map(network => network.cut()))
      await Promise.all(pages.map(isLost))
      await writeBoth(pages, 'While the network was cut', 3)
      for (const page of pages) expect(await page.getByText('Waiting to be sent').count()).toBe(3)
      await over
      await Promise.all(networks.map(network => network.restore()))
      await Promise.all(pages.map(isBack))
      await Promise.all([
        message(patient, 'While the network was cut, Chen 3').waitFor(),
        message(doctor, 'While the network was cut, Ana 3').waitFor(),
      ])

      await server.kill('SIGKILL')
      await Promise.all(pages.map(isLost))
      await writeBoth(pages, 'While the server was dead', 2)
      const second = await restart()
      await Promise.all(pages.map(isBack))
      await Promise.all([
        message(patient, 'While the server was dead, Chen 2').waitFor(),
        message(doctor, 'While the server was dead, Ana 2').waitFor(),
      ])

      await write(doctor, 'Good. The ambulance is with you.')
      await message(patient, 'Good. The ambulance is with you.').waitFor()
      await endSession(doctor)
      const costs = await Promise.all(pages.map(costOn))
      const { bodies, count, session } = await storedAt(second)
      expect(session?.status).toBe('ENDED')
      const minor = session?.cost.amountMinor ?? 0
      expect(minor).toBeGreaterThan(0)
      expect(costs).toEqual(Array(2).fill(`€${(minor / 100).toFixed(2)}`))

      expect(bodies).toHaveLength(new Set(bodies).size)
      for (const page of pages) expect(await shownOn(page, bodies, count)).toEqual(bodies)
    },
    LONGEST_MS,
  )
})
