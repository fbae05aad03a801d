import { describe, expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { admin, ana, drChen } from '../../src/demo/people.js'
import { expectAccessible, PHONE, startWeb } from './support.js'

const { api, signIn, inChromium } = await startWeb()

const open = async (page: Page, name: string) => {
  await page.getByRole('link', { name }).click()
  await page.getByRole('heading', { name, level: 2 }).waitFor()
}

const feed = (page: Page) => page.getByRole('feed', { name: 'Messages' })
const message = (page: Page, text: string) =>
  feed(page)
    .getByRole('article')
    .filter({ has: page.locator('p', { hasText: text }) })
const field = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const write = async (page: Page, text: string) => {
  await field(page).fill(text)
  await field(page).press('Enter')
}
const act = async (page: Page, text: string, action: string) => {
  await message(page, text).hover()
  await message(page, text)
    .getByRole('button', { name: /^Actions/ })
    .click()
  await page.getByRole('menuitem', { name: action }).click()
}
const dialog = (page: Page) => page.getByRole('dialog')

const conversationOf = async (name: string) => {
  const { conversations } = await api(name).request<{ conversations: { edges: { node: { id: string } }[] } }>(
    '{ conversations { edges { node { id } } } }',
  )
  return conversations.edges[0]?.node.id ?? ''
}

const openBoth = async () => {
  const [one, other] = await Promise.all([signIn(ana.displayName), signIn(drChen.displayName)])
  await Promise.all([open(one.page, drChen.displayName), open(other.page, ana.displayName)])
  return { one: one.page, other: other.page, complaints: () => [...one.complaints, ...other.complaints] }
}

/** Scrolls up, and tells where a message stood in each frame before and after the older ones came. */
const TOPS_WHILE_LOADING = `(async () => {
  const painted = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
  const find = text => [...document.querySelectorAll('article')].find(({ textContent }) => textContent.includes(text))
  const list = document.querySelector('[role=feed]')
  const tops = []
  for (let after = 0; after < 20; await painted()) {
    const top = find('Advice no. 75.')?.getBoundingClientRect().top
    if (top === undefined) list.scrollTop = 0
    else tops.push(top)
    if (find('Advice no. 70.')) after++
  }
  return tops
})()`

describe('a conversation', () => {
  inChromium('two people type, read, reply, edit, react, delete and restore', async () => {
    const { one, other, complaints } = await openBoth()
    await field(one).pressSequentially('How long')
    await other.getByText('Ana Silva is typing …').waitFor()
    await write(one, 'How long will it take?')
    await message(one, 'How long will it take?').getByRole('img', { name: 'Read' }).waitFor()
    await other.getByText('Ana Silva is typing …').waitFor({ state: 'detached' })

    await act(other, 'How long will it take?', 'Reply')
    await write(other, 'A week or two.')
    await message(one, 'A week or two.').getByRole('button', { name: 'Answer to You' }).click()
    await one.waitForFunction(`document.activeElement.textContent.includes('How long')`)

    await act(one, 'How long will it take?', 'Edit')
    const edited = one.getByRole('textbox', { name: 'Edit the message' })
    await edited.fill('How long will it last?')
    await edited.press('Enter')
    await message(other, 'How long will it last?').getByText('edited').waitFor()
    await message(one, 'A week or two.').getByText('How long will it last?').waitFor()

    await message(other, 'How long will it last?').hover()
    await message(other, 'How long will it last?').getByRole('button', { name: 'Add a reaction' }).click()
    await other.getByRole('menuitem', { name: 'React with 🙏' }).click()
    await feed(one).getByRole('button', { name: '🙏, 1', pressed: false }).waitFor()
    await feed(other).getByRole('button', { name: '🙏, 1', pressed: true }).click()
    await feed(one).getByRole('button', { name: '🙏, 1' }).waitFor({ state: 'detached' })

    await write(one, 'My number is 555 0100')
    await message(other, '555 0100').waitFor()
    await act(other, '555 0100', 'Reply')
    await other.getByRole('button', { name: 'Do not reply to it' }).waitFor()
    await act(one, '555 0100', 'Delete')
    await dialog(one).getByRole('button', { name: 'Delete' }).click()
    await message(other, 'This message was deleted.').waitFor()
    expect(await other.getByRole('main').getByText('555 0100').count()).toBe(0)
    await dialog(one).waitFor({ state: 'detached' })
    await one.keyboard.press('Tab')
    await one.keyboard.press('Enter')
    await one.getByRole('menuitem', { name: 'Restore' }).click()
    await message(other, '555 0100').waitFor()
    expect(complaints()).toEqual([])
  })

  inChromium('an emergency is asked about, stands out, and is taken on', async () => {
    const { one, other, complaints } = await openBoth()
    await write(one, 'I feel dizzy')
    await one.getByRole('button', { name: 'Emergency' }).click()
    await dialog(one).getByRole('button', { name: 'It is an emergency' }).click()
    await dialog(one).waitFor({ state: 'detached' })
    await act(one, 'I feel dizzy', 'Edit')
    await one.getByRole('textbox', { name: 'Edit the message' }).press('Escape')
    await one.getByText('The next message is sent as an emergency.').waitFor()
    await write(one, 'I cannot breathe well')
    await message(one, 'I cannot breathe well').getByText('Nobody has taken this on yet.').waitFor()
    await expectAccessible(other)
    await message(other, 'I cannot breathe well').getByRole('button', { name: 'I take this on' }).click()
    await message(one, 'I cannot breathe well').getByText('Dr. Mei Chen took this on').waitFor()
    expect(await message(one, 'I cannot breathe well').getByRole('button', { name: 'I take this on' }).count()).toBe(0)
    expect(complaints()).toEqual([])
  })

  inChromium('what is older comes without a jump, and what is new is counted meanwhile', async () => {
    const conversationId = await conversationOf(ana.displayName)
    for (let index = 1; index <= 120; index++)
      await api(drChen.displayName).send(conversationId, `Advice no. ${index}.${'\nAnd more'.repeat(index % 4)}`)
    const { page, complaints } = await signIn(ana.displayName, PHONE)
    await open(page, drChen.displayName)
    await message(page, 'Advice no. 120.').waitFor()
    const tops = await page.evaluate<number[]>(TOPS_WHILE_LOADING)
    expect(tops.length).toBeGreaterThan(10)
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(2)

    await api(drChen.displayName).send(conversationId, 'One thing more')
    await page.getByRole('button', { name: 'To the newest messages (1 new)' }).click()
    await message(page, 'One thing more').waitFor()
    await page.getByRole('button', { name: /To the newest/ }).waitFor({ state: 'detached' })
    await expectAccessible(page)
    expect(complaints).toEqual([])
  })

  inChromium('cards say what is planned, and what to take', async () => {
    const conversationId = await conversationOf(ana.displayName)
    const { page, complaints } = await signIn(ana.displayName)
    await open(page, drChen.displayName)
    const appointment = {
      appointmentId: 'a-1',
      title: 'Second look',
      startsAt: '2031-03-04T09:00:00Z',
      endsAt: '2031-03-04T09:30:00Z',
      location: 'Room 7',
    }
    const prescription = {
      prescriptionId: 'p-1',
      medication: 'Ibuprofen 400 mg',
      dosage: 'One, twice a day',
      instructions: 'With a meal',
    }
    await api(drChen.displayName).send(conversationId, undefined, { kind: 'APPOINTMENT', appointment, body: null })
    await api(drChen.displayName).send(conversationId, undefined, { kind: 'PRESCRIPTION', prescription, body: null })
    const card = (text: string) => feed(page).getByRole('article').filter({ hasText: text })
    await card('Second look').getByText('Where: Room 7').waitFor()
    expect(await card('Second look').textContent()).toMatch(/2031.*–/)
    await card('Ibuprofen 400 mg').getByText('Dosage: One, twice a day').waitFor()
    await card('Ibuprofen 400 mg').getByText('Instructions: With a meal').waitFor()
    await expectAccessible(page)
    expect(complaints).toEqual([])
  })

  inChromium('where nothing can be written it says why, and lets write again when that is over', async () => {
    const id = await conversationOf(ana.displayName)
    const { page } = await signIn(ana.displayName)
    await open(page, drChen.displayName)
    await field(page).waitFor()
    const become = (status: string) =>
      api(drChen.displayName).request(
        'mutation ($input: SetConversationStatusInput!) { setConversationStatus(input: $input) { conversation { id } } }',
        { input: { conversationId: id, status } },
      )
    await become('BLOCKED')
    await page.getByText('This conversation is blocked: nobody can write here.').waitFor()
    await field(page).waitFor({ state: 'detached' })
    await become('ACTIVE')
    await field(page).waitFor()

    const care = (active: boolean) =>
      api(admin.displayName).request(
        'mutation ($input: CareRelationshipInput!) { setCareRelationship(input: $input) { careRelationship { id } } }',
        { input: { patientId: ana.id, professionalId: drChen.id, active } },
      )
    await care(false)
    await page.getByText('You are not in touch any more: you can read here, and not write.').waitFor()
    await field(page).waitFor({ state: 'detached' })
    expect(await feed(page).getByRole('article').count()).toBeGreaterThan(0)
    await expectAccessible(page)
    await care(true)
    await page.getByRole('button', { name: 'Open it again' }).click()
    await write(page, 'Here I am again')
    await message(page, 'Here I am again').waitFor()
  })

  inChromium('Enter that accepts a word, as in Japanese, sends nothing', async () => {
    const { page } = await signIn(ana.displayName)
    await open(page, drChen.displayName)
    await field(page).fill('こんにちは')
    await field(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true })
    expect(await field(page).inputValue()).toBe('こんにちは')
    await field(page).press('Enter')
    await message(page, 'こんにちは').waitFor()
    expect(await message(page, 'こんにちは').count()).toBe(1)
  })
})
