import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core'
import { cleanUp } from '../support/cleanup.js'
import { findCommand } from './guide.js'

const executablePath = findCommand([
  [process.env.CHROMIUM ?? '/usr/bin/chromium', '--version'],
  ['chromium', '--version'],
])

/** Nothing that Chromium does of its own accord, and no way to any other machine. */
const QUIET = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-gpu',
  '--disable-sync',
  '--disable-features=OptimizationHints,MediaRouter,Translate',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

/** Quiet, until the tests of the file are over; undefined where there is none. */
export const startChromium = async (args: string[] = []) => {
  if (executablePath === undefined) return undefined
  const browser = await chromium.launch({ executablePath, args: [...QUIET, ...args] })
  cleanUp(() => browser.close())
  return browser
}

/** A page with a storage of its own, and what it did: where its requests went, and what was complained of. */
export const openPage = async (browser: Browser, url: string, options: BrowserContextOptions = {}) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options })
  cleanUp(() => page.close())
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', request => requests.push(request.url()))
  page.on('websocket', socket => requests.push(socket.url()))
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
  await page.goto(url)
  return { page, requests, complaints }
}
