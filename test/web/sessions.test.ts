import { expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { expectAccessible, PHONE, startWeb } from './support.js'

const ANA = 'Ana Silva'
const CHEN = 'Dr. Mei Chen'

const { api, signIn, inChromium } = await startWeb()
const doctor = api(CHEN)
const patient = api(ANA)

const setProfile = (acceptingSessions: boolean) =>
  doctor.request(
    `mutation ($input: ProfessionalProfileInput!) { setProfessionalProfile(input: $input) { user { id } } }`,
    {
      input: {
        acceptingSessions,
        sessionTypes: ['CHAT', 'VIDEO'],
        rates: [
          { type: 'CHAT', perMinute: { amountMinor: 6_000, currency: 'EUR' } },
          { type: 'VIDEO', perMinute: { amountMinor: 250, currency: 'EUR' } },
        ],
      },
    },
  )

const lastSession = async () => {
  const { sessions } = await patient.request<{
    sessions: {
      edges: { node: { status: string; durationSeconds: number; endReason: string; cost: { amountMinor: number } } }[]
    }
  }>('{ sessions(first: 1) { edges { node { status durationSeconds endReason cost { amountMinor } } } } }')
  const node = sessions.edges[0]?.node
  if (!node) throw new Error('There is no session.')
  return node
}

const bar = (page: Page) => page.getByRole('region', { name: 'Consultation' })
const openConversation = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('link', { name: new RegExp(name) })
    .click()
/** Whole euros are seconds at this rate: the time and the cost that stand there in the same moment. */
const shown = async (page: Page) => {
  const text = (await bar(page).getByRole('group', { name: 'Running' }).textContent()) ?? ''
  const [, minutes, seconds, euros, cents] = /(\d\d):(\d\d)Cost: €(\d+)\.(\d\d)/.exec(text) ?? []
  return { seconds: Number(minutes) * 60 + Number(seconds), cents: Number(euros) * 100 + Number(cents) }
}
const showsAtLeast = (page: Page, seconds: number) =>
  bar(page)
    .getByRole('timer')
    .filter({ hasText: new RegExp(`00:[${seconds}-9]\\d|00:0[${seconds}-9]`) })
    .waitFor()

inChromium('a consultation runs on both sides, costs what the server bills, and ends on both', async () => {
  await setProfile(true)
  const one = await signIn(ANA)
  const other = await signIn(CHEN, PHONE)
  await openConversation(one.page, CHEN)
  await openConversation(other.page, ANA)

  await bar(one.page).getByRole('button', { name: 'Start a consultation' }).click()
  const dialog = one.page.getByRole('dialog', { name: `Consultation with ${CHEN}` })
  expect(await dialog.getByRole('radio').count()).toBe(2)
  await dialog.getByText('€60.00 per minute').waitFor()
  await dialog.getByText('€2.50 per minute').waitFor()
  await expectAccessible(one.page)
  await dialog.getByRole('radio', { name: 'Text consultation' }).check()
  await dialog.getByRole('button', { name: 'Start now' }).click()

  await Promise.all([one, other].map(({ page }) => showsAtLeast(page, 2)))
  for (const { page } of [one, other]) {
    const { seconds, cents } = await shown(page)
    expect(cents).toBe(seconds * 100)
  }
  await expectAccessible(one.page)

  await bar(other.page).getByRole('button', { name: 'End' }).click()
  const ending = other.page.getByRole('dialog', { name: 'End the consultation?' })
  await ending.getByRole('textbox', { name: 'Reason' }).fill('All is well')
  await ending.getByRole('button', { name: 'End it now' }).click()

  for (const { page } of [one, other]) {
    const summary = page.getByRole('group', { name: 'The consultation has ended.' })
    await summary.getByText('Reason: All is well').waitFor()
    const { durationSeconds, cost } = await lastSession()
    expect(cost.amountMinor).toBe(durationSeconds * 100)
    await summary.getByText(`Cost: €${(cost.amountMinor / 100).toFixed(2)}`).waitFor()
    await expectAccessible(page)
  }
  const summary = other.page.getByRole('group', { name: 'The consultation has ended.' })
  await summary.and(other.page.locator(':focus')).waitFor()
  await summary.getByRole('button', { name: 'Close the summary' }).click()
  await summary.waitFor({ state: 'detached' })

  await bar(other.page).getByRole('button', { name: 'Consultations so far' }).click()
  await other.page
    .getByRole('dialog')
    .getByRole('rowheader', { name: /Text consultation/ })
    .waitFor()
  await expectAccessible(other.page)
  for (const { complaints } of [one, other]) expect(complaints).toEqual([])
})

inChromium('what ended while the network was gone is summed up once it is back', async () => {
  await setProfile(true)
  const conversationId = await patient
    .request<{ conversations: { edges: { node: { id: string } }[] } }>('{ conversations { edges { node { id } } } }')
    .then(({ conversations }) => conversations.edges[0]?.node.id)
  const { createSession } = await doctor.request<{ createSession: { session: { id: string } } }>(
    'mutation ($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }',
    { input: { conversationId, type: 'CHAT' } },
  )
  const { page } = await signIn(ANA)
  await openConversation(page, CHEN)
  await showsAtLeast(page, 1)
  await page.context().setOffline(true)
  await page.getByText('There is no connection. What you write is sent').waitFor()
  await doctor.request('mutation ($id: ID!) { endSession(input: { sessionId: $id }) { session { id } } }', {
    id: createSession.session.id,
  })
  await page.context().setOffline(false)
  await page.getByRole('group', { name: 'The consultation has ended.' }).getByText('Cost: €').waitFor()
})

inChromium('nothing is started with who takes none: it is told at once, and where that came too late', async () => {
  await setProfile(true)
  const { page } = await signIn(ANA)
  await openConversation(page, CHEN)
  const start = bar(page).getByRole('button', { name: 'Start a consultation' })
  await start.waitFor()
  await setProfile(false)
  await bar(page).getByText(`${CHEN} takes no consultations at present.`).waitFor()
  await setProfile(true)
  await start.click()
  // The kind that is chosen is offered no more; nothing tells the page of that.
  await doctor.request(
    'mutation ($input: ProfessionalProfileInput!) { setProfessionalProfile(input: $input) { user { id } } }',
    { input: { sessionTypes: ['VIDEO'] } },
  )
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Text consultation' }).check()
  await dialog.getByRole('button', { name: 'Start now' }).click()
  await dialog.getByRole('alert').getByText('They take no such consultations at present.').waitFor()
  await expectAccessible(page)
})
