import { describe, expect } from '@jest/globals'
import { demoPeople } from '../../src/demo/people.js'
import { expectAccessible, PHONE, startWeb } from './support.js'

const { app, signIn, inChromium } = await startWeb()

describe('signing in', () => {
  inChromium('somebody of the demo is chosen, stays through a reload, and leaves', async () => {
    const { page, requests, complaints } = await signIn('Ana Silva')
    await page.getByRole('link', { name: 'Dr. Mei Chen' }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Dr. Mei Chen' }).waitFor()
    await page.getByRole('button', { name: 'Signed in as Ana Silva' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    for (const { displayName } of demoPeople) await page.getByRole('button', { name: displayName }).waitFor()
    await expectAccessible(page)
    expect(complaints).toEqual([])
    const { origin, host } = new URL(app.url)
    expect(requests.filter(url => ![origin, `ws://${host}`].includes(new URL(url).origin))).toEqual([])
  })

  inChromium('whoever has something to lose is asked first, and leaves nothing behind', async () => {
    const { page } = await signIn('Ana Silva')
    await page.getByRole('link', { name: 'Dr. Mei Chen' }).click()
    const field = page.getByRole('textbox', { name: 'Message' })
    await field.waitFor()
    await page.context().setOffline(true)
    await field.fill('Nobody reads this')
    await field.press('Enter')
    await page.getByRole('article', { name: 'Waiting to be sent' }).waitFor()
    await field.fill('Nor this')
    await page.getByRole('button', { name: 'Signed in as Ana Silva' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    const dialog = page.getByRole('dialog', { name: 'Sign out?' })
    await dialog.getByText('One message was not sent yet.').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await field.inputValue()).toBe('Nor this')
    await page.getByRole('button', { name: 'Signed in as Ana Silva' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await dialog.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Ana Silva' }).waitFor()
    expect(await page.evaluate('Object.keys(sessionStorage)')).toEqual([])
  })

  inChromium('each window is somebody else, and a phone shows the same', async () => {
    const [one, other] = await Promise.all([signIn('Ana Silva'), signIn('Dr. Mei Chen', PHONE)])
    for (const [{ page }, name, counterpart] of [
      [one, 'Ana Silva', 'Dr. Mei Chen'],
      [other, 'Dr. Mei Chen', 'Ana Silva'],
    ] as const) {
      await page.getByRole('button', { name: `Signed in as ${name}` }).waitFor()
      await page.getByRole('link', { name: counterpart }).waitFor()
    }
  })
})
