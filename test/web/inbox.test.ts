import { describe, expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { ana, ben, drChen } from '../../src/demo/people.js'
import { expectAccessible, PHONE, startWeb } from './support.js'

const { api, signIn, inChromium } = await startWeb()

const CREATE_GROUP = `mutation ($input: CreateGroupInput!) { createGroup(input: $input) { conversation { id } } }`

const conversationIdOf = async (name: string) => {
  const { conversations } = await api(name).request<{ conversations: { edges: { node: { id: string } }[] } }>(
    '{ conversations(filter: { kinds: [DIRECT] }) { edges { node { id } } } }',
  )
  return conversations.edges[0]?.node.id ?? ''
}
const list = (page: Page) => page.getByRole('navigation', { name: 'Conversations' })
const row = (page: Page, name: string) => list(page).getByRole('link', { name })
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search', exact: true })
const titled = (page: Page, title: string) => page.waitForFunction(`document.title === ${JSON.stringify(title)}`)
const focusedText = (page: Page) =>
  page.evaluate<string>('document.activeElement.matches("a, button") ? document.activeElement.textContent : ""')

describe('the conversations', () => {
  inChromium('show what comes at once, how much is unread, and who is there', async () => {
    const conversationId = await conversationIdOf(ana.displayName)
    const { page, complaints } = await signIn(ana.displayName)
    await row(page, 'Offline Dr. Mei Chen').waitFor()
    const chen = await signIn(drChen.displayName)
    await row(page, 'Available Dr. Mei Chen').waitFor()
    await api(drChen.displayName).request('mutation { setPresence(input: { status: BUSY }) { presence { id } } }')
    await row(page, 'Busy Dr. Mei Chen').waitFor()
    await chen.page.close()
    await row(page, 'Offline Dr. Mei Chen').waitFor()

    const read = () =>
      api(ana.displayName).request(
        'mutation ($id: ID!) { markRead(input: { conversationId: $id }) { participant { id } } }',
        { id: conversationId },
      )
    await read()
    await api(drChen.displayName).send(conversationId, 'How is it today?')
    await row(page, 'How is it today?').getByRole('img', { name: '1 unread' }).waitFor()
    await titled(page, '(1) Colloquy')
    await read()
    await row(page, 'How is it today?').getByRole('img', { name: 'unread' }).waitFor({ state: 'detached' })
    await titled(page, 'Colloquy')
    await list(page).getByRole('radiogroup').getByText('Unread').click()
    await list(page).getByText('Everything is read.').waitFor()
    expect(complaints).toEqual([])
  })

  inChromium('are found by name, and messages by their words', async () => {
    const { page } = await signIn(ana.displayName)
    await search(page).fill('itch')
    await page.getByRole('heading', { name: 'Messages found' }).waitFor()
    expect(await list(page).locator('mark').allTextContents()).toEqual(['itch'])
    await expectAccessible(page)
    await row(page, 'Is it where it was last time').click()
    await page.waitForURL(/#\/conversations\/[^/]+\/[^/]+$/)
    await search(page).fill('mei')
    await page.getByRole('heading', { name: 'Conversations found' }).waitFor()
    await search(page).fill('nothing of the kind')
    await list(page).getByText('Nothing was found.').waitFor()
    await search(page).fill('')
    await row(page, 'Dr. Mei Chen').waitFor()
  })

  inChromium('are no longer found once they are deleted, or out of reach', async () => {
    const input = { title: 'Pool', participantIds: [ben.id] }
    const { createGroup } = await api(drChen.displayName).request<{ createGroup: { conversation: { id: string } } }>(
      CREATE_GROUP,
      { input },
    )
    const { id } = createGroup.conversation
    const first = await api(drChen.displayName).send(id, 'Backstroke is fine')
    await api(drChen.displayName).send(id, 'Backstroke for ten minutes')
    const { page } = await signIn(ben.displayName)
    await search(page).fill('backstroke')
    await row(page, 'Backstroke is fine').waitFor()
    await row(page, 'Backstroke for ten').waitFor()
    await api(drChen.displayName).request(
      'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }',
      { input: { messageId: first.id } },
    )
    await row(page, 'Backstroke is fine').waitFor({ state: 'detached' })
    await row(page, 'Backstroke for ten').waitFor()
    await api(drChen.displayName).request(
      'mutation ($input: ParticipantsInput!) { removeParticipants(input: $input) { conversation { id } } }',
      { input: { conversationId: id, userIds: [ben.id] } },
    )
    await row(page, 'Backstroke for ten').waitFor({ state: 'detached' })
    await list(page).getByText('Nothing was found.').waitFor()
  })

  inChromium('begin with a contact, with the support desk, or as a group', async () => {
    const { page } = await signIn(ben.displayName)
    const dialog = page.getByRole('dialog', { name: 'New conversation' })
    const start = () => page.getByRole('button', { name: 'New conversation' }).click()
    await start()
    await dialog.getByRole('button', { name: 'Dr. Mei Chen' }).waitFor()
    await expectAccessible(page)
    await dialog.getByRole('searchbox').fill('diaz')
    await dialog.getByRole('button', { name: 'Dr. Mei Chen' }).waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: 'Dr. Luis Diaz' }).click()
    await row(page, 'Dr. Luis Diaz').and(page.locator('[aria-current]')).waitFor()
    await start()
    await dialog.getByRole('button', { name: 'Write to the support desk' }).click()
    await row(page, 'Support desk').and(page.locator('[aria-current]')).waitFor()

    const chen = await signIn(drChen.displayName)
    await chen.page.getByRole('button', { name: 'New conversation' }).click()
    await chen.page.getByRole('tab', { name: 'Group' }).click()
    await chen.page.getByLabel('Title').fill('Skin group')
    await chen.page.getByLabel(ana.displayName).check()
    await chen.page.getByLabel(ben.displayName).check()
    await expectAccessible(chen.page)
    await chen.page.getByRole('button', { name: 'Create group' }).click()
    await row(chen.page, 'Skin group').and(chen.page.locator('[aria-current]')).waitFor()
    await row(page, 'Skin group').waitFor()
  })

  inChromium('are muted, put away and left by their menu', async () => {
    const input = { title: 'Study group', participantIds: [ben.id] }
    await api(drChen.displayName).request(CREATE_GROUP, { input })
    const { page } = await signIn(ben.displayName)
    await row(page, 'Study group').click()
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'About this conversation' }).click()
      await page.getByRole('menuitem', { name }).click()
    }
    await choose('Participants')
    const participants = page.getByRole('dialog', { name: 'Participants' })
    await participants.getByRole('listitem').filter({ hasText: drChen.displayName }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await choose('Mute for 8 hours')
    await choose('Turn notifications on')
    await choose('Archive')
    await row(page, 'Study group').waitFor({ state: 'detached' })
    await list(page).getByRole('radiogroup').getByText('Archived').click()
    await row(page, 'Study group').waitFor()
    await choose('Leave group')
    await page.getByRole('dialog').getByRole('button', { name: 'Leave group' }).click()
    await row(page, 'Study group').waitFor({ state: 'detached' })
    await page.getByText('Choose a conversation.').waitFor()
  })

  inChromium('go on after the connection was away, and say that it is', async () => {
    const conversationId = await conversationIdOf(ana.displayName)
    const { page } = await signIn(ana.displayName)
    await row(page, 'Dr. Mei Chen').waitFor()
    const banner = page.getByText('There is no connection. What you write is sent')
    await page.context().setOffline(true)
    await banner.waitFor()
    await expectAccessible(page)
    await api(drChen.displayName).send(conversationId, 'Meanwhile')
    await page.context().setOffline(false)
    await banner.waitFor({ state: 'detached' })
    await row(page, 'Meanwhile').waitFor()
  })

  inChromium('open by keyboard alone, from the sign-in on', async () => {
    const { page } = await signIn(ana.displayName)
    await page.getByRole('button', { name: 'Signed in as' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in as' }).waitFor()
    const tabTo = async (text: string) => {
      while (!(await focusedText(page)).includes(text)) await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
    }
    await tabTo(ana.displayName)
    await row(page, 'Dr. Mei Chen').waitFor()
    await tabTo('Skip the header')
    await tabTo(drChen.displayName)
    await page.waitForFunction('document.querySelector("main").contains(document.activeElement)')
  })

  inChromium('are as many in the page as are seen, and on a phone one pane at a time', async () => {
    for (let count = 1; count <= 80; count++)
      await api(drChen.displayName).request(CREATE_GROUP, { input: { title: `Group ${count}.`, participantIds: [] } })
    const { page } = await signIn(drChen.displayName, PHONE)
    await row(page, 'Group 80.').waitFor()
    expect(await list(page).getByRole('listitem').count()).toBeLessThan(40)
    await expectAccessible(page)
    await row(page, 'Group 80.').click()
    await page.getByRole('link', { name: 'Back' }).click()
    await row(page, 'Group 80.').hover()
    const first = row(page, 'Group 1.')
    while ((await first.count()) === 0) await page.mouse.wheel(0, 1_000)
    await first.waitFor()
  })
})
