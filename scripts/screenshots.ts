import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import sharp from 'sharp'
import { createApp } from '../src/app.js'
import { readConfig } from '../src/config.js'
import { prepareDemo } from '../src/demo/demo.js'
import { admin, ana, ben, drChen, type DemoPerson } from '../src/demo/people.js'

// Renews docs/screenshots: the web application with the demo, as `npm start` shows it.
const FOLDER = 'docs/screenshots'

const DESKTOP = { viewport: { width: 1280, height: 800 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

interface Shot {
  name: string
  as: DemoPerson | null
  look: typeof DESKTOP | typeof PHONE
  colorScheme?: 'dark'
  /** Until what is to be shown is there. */
  open?: (page: Page) => Promise<unknown>
}

const conversation = (name: string, text: string) => async (page: Page) => {
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name }).first().click()
  await page.getByRole('feed').getByText(text).waitFor()
}

const consultation = async (page: Page) => {
  await conversation(ana.displayName, 'video call on Thursday')(page)
  const region = page.getByRole('region', { name: 'Consultation' })
  await region.getByRole('button', { name: 'Start a consultation' }).click()
  await page.getByRole('dialog').getByRole('radio', { name: 'Text consultation' }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Start now' }).click()
  await region.getByRole('timer').getByText('00:05').waitFor()
  await page.getByRole('textbox', { name: 'Message' }).fill('Thursday at four would be fine')
}

const place = (path: string, heading: string) => async (page: Page) => {
  await page.evaluate(`location.hash = '${path}'`)
  await page.getByRole('heading', { name: heading }).first().waitFor()
}

const SHOTS: Shot[] = [
  { name: 'sign-in', as: null, look: DESKTOP },
  { name: 'audit', as: admin, look: DESKTOP, open: place('/audit', 'Audit log') },
  { name: 'desk', as: admin, look: DESKTOP, open: place('/desk', 'Support desk') },
  { name: 'inbox-phone', as: ben, look: PHONE },
  {
    name: 'conversation',
    as: ana,
    look: DESKTOP,
    open: conversation(drChen.displayName, 'video call on Thursday'),
  },
  {
    name: 'conversation-phone',
    as: ana,
    look: PHONE,
    open: conversation(drChen.displayName, 'video call on Thursday'),
  },
  { name: 'group-dark', as: ben, look: DESKTOP, colorScheme: 'dark', open: conversation('care team', 'on Saturday') },
  {
    name: 'group-phone-dark',
    as: ben,
    look: PHONE,
    colorScheme: 'dark',
    open: conversation('care team', 'on Saturday'),
  },
  { name: 'consultation', as: drChen, look: DESKTOP, open: consultation },
  { name: 'account-phone', as: ana, look: PHONE, open: place('/account', 'Account') },
]

const signIn = async (page: Page, { displayName }: DemoPerson) => {
  await page.getByRole('button', { name: displayName }).click()
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor()
}

const take = async (browser: Browser, url: string, { name, as, look, colorScheme, open }: Shot) => {
  const page = await browser.newPage({ ...look, colorScheme, reducedMotion: 'reduce', locale: 'en-GB' })
  await page.goto(url)
  await page.getByRole('button', { name: admin.displayName }).waitFor()
  if (as) await signIn(page, as)
  await open?.(page)
  await page.waitForLoadState('networkidle')
  const image = await page.screenshot()
  // With few colours it is a fraction of its size.
  await sharp(image)
    .png({ palette: true, effort: 10 })
    .toFile(join(FOLDER, `${name}.png`))
  await page.close()
}

const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-screenshots-'))
const app = await createApp(readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' }))
await app.start()
await prepareDemo(app.services)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  mkdirSync(FOLDER, { recursive: true })
  for (const shot of SHOTS) await take(browser, app.url, shot)
} finally {
  await browser.close()
  await app.stop()
  rmSync(dataDir, { recursive: true })
}
