import { describe, expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { admin, ana, drChen } from '../../src/demo/people.js'
import { expectAccessible, PHONE, startWeb } from './support.js'

const { api, signIn, inChromium } = await startWeb()

const conversationId = await api(ana.displayName)
  .request<{ conversations: { edges: { node: { id: string } }[] } }>('{ conversations { edges { node { id } } } }')
  .then(({ conversations }) => conversations.edges[0]?.node.id ?? '')
const notify = (title: string, userId = ana.id) =>
  api(admin.displayName).request('mutation ($input: NotifyInput!) { notify(input: $input) { notifications { id } } }', {
    input: { userIds: [userId], title },
  })
const bell = (page: Page, name = 'Notifications') => page.getByRole('button', { name })
const toast = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text })

describe('notifications', () => {
  inChromium('come live, lead to what they tell of, and are read', async () => {
    await api(drChen.displayName).send(conversationId, 'Are you better?')
    const { page, complaints } = await signIn(ana.displayName)
    await bell(page, 'Notifications, 1 unread').waitFor()
    await notify('The practice is closed on Monday.')
    await toast(page, 'closed on Monday').waitFor()
    await bell(page, 'Notifications, 2 unread').click()
    const drawer = page.getByRole('dialog', { name: 'Notifications' })
    await drawer.getByRole('button', { name: 'closed on Monday' }).waitFor()
    await expectAccessible(page)
    await notify('And on Tuesday.')
    await drawer.getByRole('button', { name: 'And on Tuesday. ' }).waitFor()
    await drawer.getByRole('button', { name: 'Mark all as read' }).click()
    await drawer.getByText('Unread').first().waitFor({ state: 'detached' })
    await drawer.getByRole('link', { name: 'New messages from Dr. Mei Chen' }).first().click()
    await page.waitForURL(url => url.hash.startsWith(`#/conversations/${conversationId}`))
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
    expect(complaints).toEqual([])
  })

  inChromium('of the conversation that is open are not shown over it', async () => {
    const { page } = await signIn(ana.displayName)
    await page.getByRole('link', { name: 'Dr. Mei Chen' }).click()
    await page.waitForURL(url => url.hash.includes(conversationId))
    await api(drChen.displayName).send(conversationId, 'You see this')
    await page.getByRole('feed').getByText('You see this').waitFor()
    // What comes later is shown, and so the other would have been.
    await notify('Something else')
    await toast(page, 'Something else').waitFor()
    expect(await toast(page, 'New messages').count()).toBe(0)
  })

  inChromium('that are urgent stay until they are put away or acknowledged', async () => {
    const { page } = await signIn(drChen.displayName, PHONE)
    const urgent = page.getByRole('alert').filter({ hasText: 'Urgent: Ana Silva flagged an emergency' })
    const { id } = await api(ana.displayName).send(conversationId, 'I cannot breathe', { emergency: true })
    await urgent.waitFor()
    await expectAccessible(page)
    // However much comes after it.
    for (let count = 0; count < 21; count++) await notify(`Notice ${count}`, drChen.id)
    await page.reload()
    await urgent.waitFor()
    await api(drChen.displayName).request(
      'mutation ($id: ID!) { acknowledgeEmergency(input: { messageId: $id }) { message { id } } }',
      { id },
    )
    await urgent.waitFor({ state: 'detached' })
    await api(ana.displayName).send(conversationId, 'Again', { emergency: true })
    await urgent.getByRole('button', { name: 'Put away' }).click()
    await urgent.waitFor({ state: 'detached' })
  })

  inChromium('that are older stay in view when one comes', async () => {
    for (let count = 1; count <= 25; count++) await notify(`Notice ${count}.`)
    const { page } = await signIn(ana.displayName)
    await bell(page, 'Notifications,').click()
    const drawer = page.getByRole('dialog', { name: 'Notifications' })
    await drawer.getByRole('button', { name: 'Older notifications' }).click()
    await drawer.getByRole('button', { name: 'Notice 1.' }).waitFor()
    await notify('The newest')
    await drawer.getByRole('button', { name: 'The newest' }).waitFor()
    await drawer.getByRole('button', { name: 'Notice 1.' }).waitFor()
  })
})
