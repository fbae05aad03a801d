import { describe, expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { admin, ana, drChen } from '../../src/demo/people.js'
import { expectAccessible, startWeb } from './support.js'

const { api, signIn, inChromium } = await startWeb()

const openAccount = async (page: Page) => {
  await page.getByRole('button', { name: 'Signed in as' }).click()
  await page.getByRole('menuitem', { name: 'Account' }).click()
  await page.getByRole('heading', { name: 'Account' }).waitFor()
}
const topUp = (amountMinor: number) =>
  api(admin.displayName).request('mutation ($input: TopUpInput!) { topUpWallet(input: $input) { wallet { id } } }', {
    input: { userId: ana.id, amount: { amountMinor, currency: 'EUR' }, reference: `top-up ${amountMinor}` },
  })

describe('the account', () => {
  inChromium('of a patient shows the wallet, live, and who could read', async () => {
    const { page, complaints } = await signIn(ana.displayName)
    await openAccount(page)
    await page.getByText('Balance: €100.00').waitFor()
    await topUp(5_000)
    await page.getByText('Balance: €150.00').waitFor()
    await topUp(1_250)
    await page.getByText('Balance: €162.50').waitFor()
    await page.getByRole('row').filter({ hasText: '€12.50' }).waitFor()
    await expectAccessible(page)
    expect(complaints).toEqual([])
  })

  inChromium('of a professional says whether there are new sessions, and what others see', async () => {
    const { page } = await signIn(drChen.displayName)
    await openAccount(page)
    await page.getByRole('switch', { name: 'Take new consultations' }).click()
    await page.getByRole('switch', { name: 'Take new consultations', checked: false }).waitFor()
    await page.getByRole('radio', { name: 'Busy' }).check()
    const other = await signIn(ana.displayName)
    await other.page.getByRole('link', { name: 'Busy Dr. Mei Chen' }).waitFor()
    await other.page.getByRole('button', { name: 'New conversation' }).click()
    await other.page.getByText('Busy · Takes no new consultations').waitFor()
    await expectAccessible(page)
  })
})
