import { expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { backdate } from '../support/consultation.js'
import { expectAccessible, startWeb } from './support.js'

const BEN = 'Ben Okafor'
const CHEN = 'Dr. Mei Chen'
const DIAZ = 'Dr. Luis Diaz'
const TEAM = 'Ben’s knee: care team'
const PATIENCE = { timeout: 30_000 }

const { app, api, signIn, inChromium } = await startWeb()

const bar = (page: Page) => page.getByRole('region', { name: 'Consultation' })
const call = (page: Page) => page.getByRole('region', { name: 'Call', exact: true })
const summary = (page: Page) => page.getByRole('group', { name: 'The consultation has ended.' })

const openTeam = async (page: Page) => {
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: TEAM }).click()
  await page.getByRole('heading', { name: TEAM }).waitFor()
}

const start = async (page: Page, kind: string) => {
  await bar(page).getByRole('button', { name: 'Start a consultation' }).click()
  await page.getByRole('dialog').getByRole('radio', { name: kind }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Start now' }).click()
}

const end = async (page: Page) => {
  await bar(page).getByRole('button', { name: 'End', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End it now' }).click()
}

const lastSession = async () => {
  const { sessions } = await api(BEN).request<{
    sessions: { edges: { node: { id: string; status: string; cost: { amountMinor: number } } }[] }
  }>('{ sessions(first: 1) { edges { node { id status cost { amountMinor } } } } }')
  const node = sessions.edges[0]?.node
  if (!node) throw new Error('There is no session.')
  return node
}

const connected = (page: Page, name: string) => call(page).getByText(`Connected with ${name}`).waitFor(PATIENCE)

interface Sound {
  paused: boolean
  srcObject: { getAudioTracks: () => { readyState: string; muted: boolean }[] } | null
}

/** Of the page, as far as it is looked at. */
interface Listening {
  document: { querySelectorAll: (selector: string) => Iterable<Sound> }
}

/** The voices of so many arrive here. */
const hears = (page: Page, count: number) =>
  page.waitForFunction(
    wanted => {
      const sounds = [...(globalThis as unknown as Listening).document.querySelectorAll('audio')]
      const isAlive = ({ paused, srcObject }: Sound) =>
        !paused && srcObject?.getAudioTracks().some(({ readyState, muted }) => readyState === 'live' && !muted)
      return sounds.filter(isAlive).length === wanted
    },
    count,
    PATIENCE,
  )

inChromium('in a group a patient pays from when they join to when they leave', async () => {
  const [ben, chen] = [(await signIn(BEN)).page, (await signIn(CHEN)).page]
  for (const page of [ben, chen]) await openTeam(page)
  await start(chen, 'Text consultation')
  await bar(ben).getByRole('button', { name: 'Join for €1.00 per minute' }).click()
  await bar(ben).getByRole('button', { name: 'Leave' }).waitFor()
  expect(await bar(ben).getByRole('button', { name: 'End' }).count()).toBe(0)
  await expectAccessible(ben)
  await backdate(app.database, (await lastSession()).id, 60)
  await bar(ben).getByRole('button', { name: 'Leave' }).click()
  await bar(ben).getByRole('button', { name: 'Join for €1.00 per minute' }).waitFor()
  await end(chen)
  for (const page of [ben, chen]) await summary(page).getByText('Cost: ').waitFor()
  const session = await lastSession()
  expect(session.status).toBe('ENDED')
  expect(session.cost.amountMinor).toBeGreaterThanOrEqual(100)
  const cost = `Cost: €${(session.cost.amountMinor / 100).toFixed(2)}`
  for (const page of [ben, chen]) expect(await summary(page).getByText('Cost: ').textContent()).toBe(cost)
})

inChromium('three speak in a group; one whose page dies is waited for, and comes back', async () => {
  const people = await Promise.all([signIn(BEN), signIn(CHEN), signIn(DIAZ)])
  const [ben, chen, diaz] = people.map(({ page }) => page) as [Page, Page, Page]
  await openTeam(chen)
  await start(chen, 'Voice consultation')
  const incoming = (page: Page) => page.getByRole('region', { name: /^Voice call with/ })
  await incoming(ben).getByText('it costs €1.50 per minute').waitFor()
  await incoming(diaz).getByText('The consultation is running.').waitFor()
  for (const page of [ben, diaz]) await incoming(page).getByRole('button', { name: 'Accept' }).click()
  await Promise.all([
    ...[CHEN, DIAZ].map(name => connected(ben, name)),
    ...[BEN, DIAZ].map(name => connected(chen, name)),
    ...[BEN, CHEN].map(name => connected(diaz, name)),
  ])
  await Promise.all([ben, chen, diaz].map(page => hears(page, 2)))
  await expectAccessible(diaz)

  await Promise.all([diaz.waitForEvent('crash'), diaz.goto('chrome://crash').catch(() => {})])
  await call(ben).getByText(`The connection with ${DIAZ} is lost. Reconnecting …`).waitFor(PATIENCE)
  const { page: again } = await signIn(DIAZ)
  await openTeam(again)
  await bar(again).getByRole('button', { name: 'Join the call' }).click()
  await Promise.all([
    ...[BEN, CHEN].map(name => connected(again, name)),
    ...[ben, chen].map(page => connected(page, DIAZ)),
  ])
  await Promise.all([ben, chen, again].map(page => hears(page, 2)))

  await end(chen)
  for (const page of [ben, chen, again]) await call(page).waitFor({ state: 'detached' })
})
