import { expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { expectAccessible, PHONE, startWeb } from './support.js'

const ANA = 'Ana Silva'
const CHEN = 'Dr. Mei Chen'
const PATIENCE = { timeout: 30_000 }

const { signIn, inChromium } = await startWeb()

const openConversation = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name }).first().click()
const callOn = (page: Page) => page.getByRole('region', { name: 'Call', exact: true })
const barOn = (page: Page) => page.getByRole('region', { name: 'Consultation' })

const startVideo = async (page: Page, name: string) => {
  await openConversation(page, name)
  await barOn(page).getByRole('button', { name: 'Start a consultation' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Video consultation' }).check()
  await dialog.getByRole('button', { name: 'Start now' }).click()
}

interface Video {
  videoWidth: number
  currentTime: number
  srcObject: { getAudioTracks: () => { readyState: string; muted: boolean }[] } | null
}

/** Of the page, as far as it is looked at. */
interface Watched {
  document: { querySelector: (selector: string) => Video | null }
}

/** Frames arrive, and sound that is alive. */
const sees = async (page: Page, name: string) => {
  await callOn(page).getByText(`Connected with ${name}`).waitFor(PATIENCE)
  await page.waitForFunction(
    selector => {
      const video = (globalThis as unknown as Watched).document.querySelector(selector)
      const [sound] = video?.srcObject?.getAudioTracks() ?? []
      return video && video.videoWidth > 0 && video.currentTime > 0 && sound?.readyState === 'live' && !sound.muted
    },
    `video[aria-label="Video of ${name}"]`,
    PATIENCE,
  )
}

const KEEP_TRACKS = `{
  window.opened = []
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async wanted => {
    const media = await open(wanted)
    window.opened.push(...media.getTracks())
    return media
  }
}`
const devicesStates = (page: Page) => page.evaluate<string[]>('window.opened.map(track => track.readyState)')

const endsFromHere = async (page: Page) => {
  await barOn(page).getByRole('button', { name: 'End', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End it now' }).click()
}

inChromium('two see and hear each other, leave, come back, and nothing stays open at the end', async () => {
  const one = await signIn(ANA)
  const other = await signIn(CHEN, PHONE)
  for (const { page } of [one, other]) await page.evaluate(KEEP_TRACKS)

  await startVideo(one.page, CHEN)
  await callOn(one.page).getByText(`Calling ${CHEN} …`).waitFor()
  const incoming = other.page.getByRole('region', { name: `Video call with ${ANA}` })
  await incoming.getByRole('button', { name: 'Accept' }).waitFor()
  await expectAccessible(other.page)
  await incoming.getByRole('button', { name: 'Accept' }).click()
  await Promise.all([sees(one.page, CHEN), sees(other.page, ANA)])
  await expectAccessible(one.page)
  await expectAccessible(other.page)

  const microphone = callOn(one.page).getByRole('button', { name: 'Microphone' })
  await microphone.click()
  expect(await microphone.getAttribute('aria-pressed')).toBe('false')
  expect(await one.page.evaluate('window.opened.map(({ kind, enabled }) => [kind, enabled])')).toEqual(
    expect.arrayContaining([
      ['audio', false],
      ['video', true],
    ]),
  )

  await callOn(other.page).getByRole('button', { name: 'Hang up' }).click()
  await callOn(one.page).getByText(`${CHEN} has left the call`).waitFor(PATIENCE)
  expect(await devicesStates(other.page)).toEqual(['ended', 'ended'])
  await barOn(other.page).getByRole('button', { name: 'Join the call' }).click()
  await Promise.all([sees(one.page, CHEN), sees(other.page, ANA)])

  // Elsewhere in the application the call goes on, small.
  await one.page.evaluate(`location.hash = '#/'`)
  await callOn(one.page).getByRole('link', { name: 'To the conversation' }).waitFor()
  await sees(one.page, CHEN)
  await expectAccessible(one.page)
  await callOn(one.page).getByRole('link', { name: 'To the conversation' }).click()

  await endsFromHere(one.page)
  for (const { page } of [one, other]) {
    await callOn(page).waitFor({ state: 'detached' })
    expect(new Set(await devicesStates(page))).toEqual(new Set(['ended']))
  }
  for (const { complaints } of [one, other]) expect(complaints).toEqual([])
})

inChromium('who is refused the camera is told why, and may watch and listen', async () => {
  const one = await signIn(ANA)
  const other = await signIn(CHEN)
  await one.page.evaluate(
    `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('No', 'NotAllowedError'))`,
  )
  await startVideo(one.page, CHEN)
  await callOn(one.page).getByRole('alert').getByText('may not use your microphone or camera').waitFor()
  await expectAccessible(one.page)
  await callOn(one.page).getByRole('button', { name: 'Only watch and listen' }).click()

  await other.page.getByRole('button', { name: 'Later' }).click()
  await openConversation(other.page, ANA)
  await barOn(other.page).getByRole('button', { name: 'Join the call' }).click()
  await sees(one.page, CHEN)
  await callOn(other.page).getByText(`Connected with ${ANA}`).waitFor(PATIENCE)
  await endsFromHere(other.page)
  await callOn(one.page).waitFor({ state: 'detached' })
})
