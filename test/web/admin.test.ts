import { expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { expectAccessible, PHONE, startWeb } from './support.js'

const ADMIN = 'Demo Admin'
const ANA = 'Ana Silva'
const BEN = 'Ben Okafor'
const CHEN = 'Dr. Mei Chen'
const REASON = 'A complaint about an answer'

const { app, api, signIn, inChromium } = await startWeb({}, { lookEveryMs: 200 })
const admin = api(ADMIN)

const open = (page: Page, path: string) => page.evaluate(`location.hash = '#/${path}'`)
const mainOf = (page: Page) => page.getByRole('main')

const supportOf = async (name: string) => {
  const { startSupportConversation } = await api(name).request<{
    startSupportConversation: { conversation: { id: string } }
  }>('mutation { startSupportConversation { conversation { id } } }')
  return startSupportConversation.conversation.id
}

const askAccess = async (page: Page, name: string) => {
  await mainOf(page).getByRole('combobox', { name: 'Person' }).fill(name)
  await page.getByRole('option', { name }).click()
  await mainOf(page).getByRole('textbox', { name: 'Reason' }).fill(REASON)
  await mainOf(page).getByRole('textbox', { name: 'Minutes' }).fill('5')
  await mainOf(page).getByRole('button', { name: 'Open access' }).click()
}

inChromium('the desk shows what people have written, what is unread first, and opens it', async () => {
  const [first, second] = [await supportOf(ANA), await supportOf(BEN)]
  await api(ANA).send(first, 'Ana cannot find her bill.')
  await api(BEN).send(second, 'Ben has moved.')
  const { page, complaints } = await signIn(ADMIN)
  await open(page, 'desk')
  const entries = mainOf(page).getByRole('list', { name: 'Conversations of the desk' }).getByRole('link')
  await entries.filter({ hasText: 'Ben has moved.' }).getByRole('img', { name: 'unread' }).waitFor()
  await expectAccessible(page)

  // Read, it goes behind what is unread, though it is the later.
  await admin.request('mutation ($id: ID!) { markRead(input: { conversationId: $id }) { conversation { id } } }', {
    id: second,
  })
  await entries.first().filter({ hasText: 'Ana cannot find her bill.' }).waitFor()
  await api(ANA).send(first, 'It is from May.')
  await entries.first().filter({ hasText: 'It is from May.' }).waitFor()
  await entries.first().click()
  await mainOf(page).getByText('Ana cannot find her bill.').first().waitFor()
  expect(complaints).toEqual([])
})

inChromium('an admin takes on at the desk what nobody took on in time', async () => {
  const { page, complaints } = await signIn(ADMIN)
  const { conversations } = await api(ANA).request<{ conversations: { edges: { node: { id: string } }[] } }>(
    '{ conversations(filter: { kinds: [DIRECT] }) { edges { node { id } } } }',
  )
  const { id } = await api(ANA).send(conversations.edges[0]?.node.id ?? '', 'I cannot breathe', { emergency: true })
  await open(page, 'desk')
  const entry = mainOf(page).getByRole('list', { name: 'Open emergencies' }).getByRole('listitem')
  await entry.filter({ hasText: `Flagged by ${ANA}` }).waitFor()
  const takeOn = entry.getByRole('button', { name: 'I take this on' })
  expect(await takeOn.count()).toBe(0)
  await open(page, '')
  await app.database.call("update emergencies set flagged_at = now() - interval '1 hour' where message_id = $1", [id])
  const urgent = page.getByRole('alert').filter({ hasText: 'Urgent: Nobody has acknowledged an emergency' })
  await urgent.getByRole('link', { name: 'Show' }).click()
  await takeOn.waitFor()
  await expectAccessible(page)
  await takeOn.click()
  await mainOf(page).getByText('There are no open emergencies.').waitFor()
  await urgent.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

inChromium('an admin reads under an access for as long as it holds, and the audit log tells of it', async () => {
  const { page } = await signIn(ADMIN)
  await open(page, 'access')
  await askAccess(page, ANA)
  const timer = mainOf(page).getByRole('timer')
  await timer.filter({ hasText: /^0[45]:\d\d left$/ }).waitFor()
  const conversation = mainOf(page)
    .getByRole('list', { name: `Conversations of ${ANA}` })
    .getByRole('link', { name: new RegExp(CHEN) })
  await conversation.first().waitFor()
  await expectAccessible(page)

  await conversation.first().click()
  await mainOf(page).getByText('The rash is back').first().waitFor()
  const { accessGrants } = await admin.request<{ accessGrants: { edges: { node: { id: string; reason: string } }[] } }>(
    '{ accessGrants(active: true) { edges { node { id reason } } } }',
  )
  expect(accessGrants.edges.map(({ node }) => node.reason)).toEqual([REASON])
  // By another admin, say.
  await admin.request('mutation ($id: ID!) { endAccess(input: { id: $id }) { accessGrant { id } } }', {
    id: accessGrants.edges[0]?.node.id,
  })
  await mainOf(page).getByText('This is not open to you, or no longer.').first().waitFor()
  await mainOf(page).getByText('The rash is back').first().waitFor({ state: 'detached' })
  await open(page, 'access')
  await mainOf(page).getByText('You have no access to anybody’s conversations.').waitFor()

  await open(page, 'audit')
  const actions = mainOf(page).getByRole('combobox', { name: 'Actions' })
  await actions.fill('requestAccess')
  await actions.press('Enter')
  await mainOf(page).getByRole('combobox', { name: 'Whose data' }).fill(ANA)
  await page.getByRole('option', { name: ANA }).click()
  await mainOf(page).getByRole('button', { name: 'Show', exact: true }).click()
  const rows = mainOf(page).getByRole('table', { name: 'Audit log' }).getByRole('row')
  await rows.filter({ hasText: 'requestAccess' }).filter({ hasText: ADMIN }).waitFor()
  expect(await rows.filter({ hasNotText: 'requestAccess' }).count()).toBe(1)
  await expectAccessible(page)
  await rows
    .last()
    .getByRole('button', { name: /^Details of event/ })
    .click()
  await page.getByRole('dialog').getByText(REASON).waitFor()
  await expectAccessible(page)
})

inChromium('on a phone an access is ended by hand, and what was refused is in the audit log', async () => {
  const { page, complaints } = await signIn(ADMIN, PHONE)
  await open(page, 'access')
  await askAccess(page, BEN)
  await mainOf(page)
    .getByRole('button', { name: `End access to ${BEN}` })
    .click()
  await mainOf(page).getByText(`Your access to the conversations of ${BEN} is over.`).waitFor()
  await expectAccessible(page)
  const refused = await admin.ask('query ($id: ID!) { userHistory(userId: $id) { edges { cursor } } }', {
    id: 'demo-ben',
  })
  expect(refused.errors).toHaveLength(1)
  // An event is there once it is part of the chain.
  await admin.request('{ auditLog(first: 1) { edges { cursor } } }')

  await open(page, 'audit')
  const row = mainOf(page).getByRole('row').filter({ hasText: 'userHistory' }).filter({ hasText: 'refused' })
  const show = mainOf(page).getByRole('button', { name: 'Show', exact: true })
  while ((await row.count()) === 0) {
    await show.click()
    await mainOf(page).getByRole('status').getByLabel('Loading').waitFor({ state: 'detached' })
  }
  await expectAccessible(page)
  expect(complaints).toEqual([])
})
