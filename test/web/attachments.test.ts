import { describe, expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { INSPECTION_TIMINGS } from '../../src/attachments/inspection-worker.js'
import { ana, drChen } from '../../src/demo/people.js'
import { PNG } from '../support/attachments.js'
import { eventually } from '../support/notifications.js'
import { expectAccessible, PHONE, startWeb } from './support.js'

const { app, signIn, inChromium } = await startWeb({}, { inspectionTimings: INSPECTION_TIMINGS })

const open = async (page: Page, name: string) => {
  await page.getByRole('link', { name }).click()
  await page.getByRole('heading', { name, level: 2 }).waitFor()
}
const openBoth = async () => {
  const [one, other] = await Promise.all([signIn(ana.displayName), signIn(drChen.displayName, PHONE)])
  await Promise.all([open(one.page, drChen.displayName), open(other.page, ana.displayName)])
  return { one: one.page, other: other.page, complaints: () => [...one.complaints, ...other.complaints] }
}

const article = (page: Page, text: string) =>
  page.getByRole('feed', { name: 'Messages' }).getByRole('article').filter({ hasText: text })
const field = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const tray = (page: Page) => page.getByRole('list', { name: 'Attached files' })

const choose = async (page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) => {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files' }).click()
  await (await chooser).setFiles(files)
}
const ready = (page: Page) => tray(page).getByText('Ready to be sent').first().waitFor()

/** Of the page, as far as it is used. */
interface Carriers {
  DataTransfer: new () => { items: { add: (file: unknown) => void } }
  File: new (parts: Uint8Array[], name: string, options: { type: string }) => unknown
}
interface Pasting {
  ClipboardEvent: new (type: string, options: object) => unknown
  document: { querySelector: (selector: string) => { dispatchEvent: (event: unknown) => void } }
}

const picture = { name: 'knee.png', mimeType: 'image/png', buffer: PNG }
const LINE = 'One line of a diary that somebody kept for a long time.\n'
const diary = { name: 'diary.txt', mimeType: 'text/plain', buffer: Buffer.from(LINE.repeat(40_000)) }

describe('attachments', () => {
  inChromium('a picture is sent with a text, shown, and opened', async () => {
    const { one, other, complaints } = await openBoth()
    await choose(one, picture)
    await ready(one)
    await field(one).fill('My knee')
    await expectAccessible(one)
    await field(one).press('Enter')
    await tray(one).waitFor({ state: 'detached' })
    await article(other, 'My knee').getByRole('button', { name: 'Show knee.png' }).click()
    const shown = other.getByRole('dialog').getByRole('img', { name: 'knee.png' })
    await shown.waitFor()
    await other.waitForFunction(`document.querySelector('[role=dialog] img')?.naturalWidth === 1`)
    await expectAccessible(other)
    await other.keyboard.press('Escape')
    await shown.waitFor({ state: 'detached' })
    expect(complaints()).toEqual([])
  })

  inChromium('an upload that is cut off in the middle goes on where it was', async () => {
    const { one, other } = await openBoth()
    const cut: number[] = []
    await one.route('**/uploads/**', async route => {
      if (route.request().method() !== 'PATCH' || cut.length > 0) return route.continue()
      cut.push(1)
      const half = diary.buffer.subarray(0, diary.buffer.length / 2)
      await route.fetch({
        postData: half,
        headers: { ...route.request().headers(), 'content-length': `${half.length}` },
      })
      await route.abort('connectionreset')
    })
    const offsets: string[] = []
    one.on('request', request => {
      if (request.method() === 'PATCH') offsets.push(request.headers()['upload-offset'] ?? '')
    })
    await choose(one, diary)
    await ready(one)
    expect(offsets).toEqual(['0', String(diary.buffer.length / 2)])
    await one.getByRole('button', { name: 'Send' }).click()
    const download = other.waitForEvent('download')
    await other.getByRole('button', { name: /^Download diary.txt/ }).click()
    expect((await download).suggestedFilename()).toBe('diary.txt')
  })

  inChromium('what is removed, or left behind, is discarded on the server too', async () => {
    const { page } = await signIn(ana.displayName)
    const unsent = () => app.database.call('select status from attachments where file_name = $1', ['elbow.png'])
    const discards = async (leave: () => Promise<unknown>) => {
      await open(page, drChen.displayName)
      await choose(page, { ...picture, name: 'elbow.png' })
      await ready(page)
      expect(await unsent()).toEqual([{ status: 'READY' }])
      await leave()
      await eventually(unsent, ({ length }) => length === 0)
    }
    await discards(() => page.getByRole('button', { name: 'Remove elbow.png' }).click())
    await discards(() => page.evaluate(`location.hash = '#/'`))
  })

  inChromium('files that are dropped and pasted are attached as those that are chosen', async () => {
    const { one, other } = await openBoth()
    const carried = (name: string) =>
      one.evaluateHandle(
        ([bytes, name]) => {
          const { DataTransfer, File } = globalThis as unknown as Carriers
          const carrier = new DataTransfer()
          carrier.items.add(new File([Uint8Array.from(bytes)], name, { type: 'image/png' }))
          return carrier
        },
        [[...PNG], name] as const,
      )
    const feed = one.getByRole('feed', { name: 'Messages' })
    const dataTransfer = await carried('dropped.png')
    await feed.dispatchEvent('dragover', { dataTransfer })
    await feed.dispatchEvent('drop', { dataTransfer })
    await tray(one).getByText('dropped.png').waitFor()
    await field(one).focus()
    const clipboardData = await carried('pasted.png')
    await clipboardData.evaluate((data, selector) => {
      const { ClipboardEvent, document } = globalThis as unknown as Pasting
      const pasted = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
      document.querySelector(selector).dispatchEvent(pasted)
    }, 'textarea[aria-label=Message]')
    await tray(one).getByText('pasted.png').waitFor()
    await tray(one).getByText('Ready to be sent').nth(1).waitFor()
    await one.getByRole('button', { name: 'Send' }).click()
    for (const name of ['Show dropped.png', 'Show pasted.png']) await other.getByRole('button', { name }).waitFor()
  })

  inChromium('a refused file says why, and takes nothing else with it', async () => {
    const { one, other, complaints } = await openBoth()
    await field(one).fill('See for yourself')
    await choose(one, { ...picture, name: 'scan.pdf', mimeType: 'application/pdf' })
    await tray(one).getByText('This file is of another kind than its name says.').waitFor()
    expect(await one.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
    await one.getByRole('button', { name: 'Remove scan.pdf' }).click()
    await field(one).press('Enter')
    await article(other, 'See for yourself').waitFor()
    expect(complaints()).toEqual([])
  })

  inChromium('a voice note is recorded, heard, sent, and heard by the other', async () => {
    const { one, other, complaints } = await openBoth()
    await one.getByRole('button', { name: 'Record a voice note' }).click()
    await one.getByText('Recording, 1 s').waitFor()
    await one.getByRole('button', { name: 'Stop recording' }).click()
    await tray(one).getByLabel('Your voice note').waitFor()
    await ready(one)
    await one.getByRole('button', { name: 'Send' }).click()
    const note = other.getByRole('feed', { name: 'Messages' }).getByLabel('Voice note.webm')
    await note.waitFor()
    const hear = `(async () => {
      const note = document.querySelector('[role=feed] audio')
      await note.play()
      return note.currentTime >= 0 && !note.error
    })()`
    expect(await other.evaluate(hear)).toBe(true)
    await expectAccessible(other)
    expect(complaints()).toEqual([])
  })
})
