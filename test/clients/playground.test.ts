import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { setTimeout as sleep } from 'node:timers/promises'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { openPage, startChromium } from './browser.js'

const app = await startApp()
const given = make(app)
const chromium = await startChromium()
/** A browser beside everything else takes its time. */
const LONGEST_MS = 90_000
const PATIENCE_MS = 30_000
const address = `${app.url}/playground`

type Opened = Awaited<ReturnType<typeof openPage>>

/** A page at the playground. Skips visibly where there is no Chromium. */
const inChromium = (name: string, body: (opened: Opened) => Promise<void>, path = '') =>
  chromium === undefined
    ? test.skip(`${name} (chromium is missing)`, () => {})
    : test(name, async () => body(await openPage(chromium, address + path)), LONGEST_MS)

const useToken = (page: Page, token: string) => page.getByLabel('Token').fill(token)
const openTab = (page: Page, name: string) => page.getByRole('tab', { name }).click()
const run = (page: Page) => page.getByRole('button', { name: /^Execute query/ }).click()
const stop = (page: Page) => page.getByRole('button', { name: /^Stop query/ })
const shows = (page: Page, text: string) => page.locator('.result-window').getByText(text).first().waitFor()

const setVariables = async (page: Page, variables: object) => {
  await page.getByRole('region', { name: 'Variables' }).locator('.CodeMirror').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(JSON.stringify(variables))
}

const subscribed = async (userId: string) => {
  const deadline = Date.now() + PATIENCE_MS
  while (!app.services.connections.ofUser(userId).some(({ activeSubscriptions }) => activeSubscriptions === 1)) {
    if (Date.now() > deadline) throw new Error(`${userId} has no subscription.`)
    await sleep(20)
  }
}

describe('the playground', () => {
  inChromium(
    'shows a query, and live a message sent elsewhere, and asks nobody but this server',
    async ({ page, requests, complaints }) => {
      const { patient, professional, conversationId } = await given.talk()
      await useToken(page, `Bearer ${patient.token}`)
      await run(page)
      await shows(page, `"${patient.displayName}"`)
      await shows(page, `"${conversationId}"`)

      await openTab(page, 'MessageAdded')
      await setVariables(page, { conversationId })
      await run(page)
      await subscribed(patient.id)
      await professional.send(conversationId, 'From elsewhere')
      await shows(page, '"From elsewhere"')
      await professional.send(conversationId, 'And one more')
      await shows(page, '"And one more"')
      await shows(page, '"From elsewhere"')

      await openTab(page, 'SendMessage')
      await setVariables(page, { input: { conversationId, body: 'From the page', clientMessageId: 'page-1' } })
      await run(page)
      await shows(page, '"seq": 3')

      const { origin, host } = new URL(app.url)
      expect(requests).toContain(`ws://${host}/graphql`)
      expect(requests.filter(url => new URL(url).origin !== origin)).toEqual([`ws://${host}/graphql`])
      expect(complaints).toEqual([])
    },
  )

  inChromium(
    'opens its documentation, history and settings without a complaint',
    async ({ page, complaints }) => {
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
      await page.getByRole('link', { name: 'Subscription' }).click()
      await page.getByRole('link', { name: 'messageAdded' }).waitFor()
      await page.getByRole('button', { name: 'Show History' }).click()
      await page.getByRole('button', { name: 'Open settings dialog' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Dark' }).click()
      expect(complaints).toEqual([])
    },
    '/',
  )

  inChromium('takes another token for everything, and keeps it no longer than the tab', async ({ page, requests }) => {
    const { patient, professional, conversationId } = await given.talk()
    await useToken(page, patient.token)
    await openTab(page, 'MessageAdded')
    await setVariables(page, { conversationId })
    await run(page)
    await subscribed(patient.id)

    const fetchesSchema = page.waitForRequest(
      request =>
        request.headers().authorization === `Bearer ${professional.token}` &&
        (request.postData() ?? '').includes('IntrospectionQuery'),
    )
    await useToken(page, professional.token)
    await page.keyboard.press('Enter')
    await fetchesSchema
    await stop(page).waitFor({ state: 'detached' })
    await run(page)
    await subscribed(professional.id)
    expect(requests.filter(url => url.startsWith('ws:'))).toHaveLength(2)

    await page.reload()
    expect(await page.getByLabel('Token').inputValue()).toBe(professional.token)
    expect(await page.evaluate('[localStorage.length, document.cookie]')).toEqual([0, ''])
    expect(requests.filter(url => url.includes(professional.token))).toEqual([])
  })

  inChromium('tells what the server says of a token that does not hold', async ({ page }) => {
    await useToken(page, 'nonsense')
    await run(page)
    await shows(page, '"UNAUTHENTICATED"')
    await openTab(page, 'MessageAdded')
    await setVariables(page, { conversationId: 'any' })
    await run(page)
    await shows(page, 'Socket closed with event 4403')
  })
})
