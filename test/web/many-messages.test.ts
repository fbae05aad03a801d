import { expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import { sendMessage } from '../../src/messages/send-message.js'
import { ana, drChen } from '../../src/demo/people.js'
import { startWeb } from './support.js'

const MESSAGES = 10_000
/** How many are sent at a time: they are stored in a few transactions. */
const TOGETHER = 250
const STEPS = 60
const STEP_PX = 300
/** What is rounded to whole pixels moves by so much. */
const TOLERANCE_PX = 4

const { app, api, signIn, inChromium } = await startWeb()

const fill = async () => {
  const { conversations } = await api(ana.displayName).request<{
    conversations: { edges: { node: { id: string } }[] }
  }>('{ conversations { edges { node { id } } } }')
  const conversationId = conversations.edges[0]?.node.id ?? ''
  const viewer = { userId: drChen.id, roles: drChen.roles, requestId: 'fill' }
  const send = (index: number) =>
    sendMessage(app.services, viewer, {
      conversationId,
      // Of different heights, as messages are.
      body: `Number ${index}.${' And one more line of what is to be said about it.'.repeat(index % 7)}`,
    })
  for (let sent = 0; sent < MESSAGES; sent += TOGETHER)
    await Promise.all(Array.from({ length: TOGETHER }, (_, index) => send(sent + index + 1)))
  await app.database.call(
    `update messages set created_at = now() - ($2::int - seq) * interval '3 minutes' where sender_id = $1 and seq > 100`,
    [drChen.id, MESSAGES + 100],
  )
}

const messages = (page: Page) => page.getByRole('feed', { name: 'Messages' }).getByRole('article')

interface Watch {
  /** Where each message that is in view stands. */
  places(): Record<string, number>
  /** By how much something moved against the direction of the scrolling, at most, from one frame to the next. */
  back: number
  most: number
  frames: number[]
  tasks: number[]
}

/** Runs within the page, as text: what it looks at is not known here. */
const WATCH = `(() => {
  const feed = document.querySelector('[role=feed]')
  const places = () => {
    const { top, bottom } = feed.getBoundingClientRect()
    return Object.fromEntries([...feed.querySelectorAll('article')].flatMap(article => {
      const { top: y, bottom: end } = article.getBoundingClientRect()
      return end > top && y < bottom ? [[/Number \\d+/.exec(article.textContent)?.[0] ?? '', y]] : []
    }))
  }
  const watch = (window.watch = { places, back: 0, most: 0, frames: [], tasks: [] })
  new PerformanceObserver(list => watch.tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask' })
  let before = places()
  let at = performance.now()
  // Right after a frame is painted it sees what people see.
  const painted = new MessageChannel()
  painted.port1.onmessage = () => {
    const seen = places()
    for (const [name, y] of Object.entries(seen))
      if (name in before) watch.back = Math.max(watch.back, before[name] - y)
    watch.most = Math.max(watch.most, feed.querySelectorAll('article').length)
    before = seen
  }
  const look = now => {
    watch.frames.push(now - at)
    at = now
    painted.port2.postMessage(null)
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()`

const placesOn = (page: Page) => page.evaluate<Record<string, number>>('watch.places()')
/** Until nothing scrolls any more. */
const settled = (page: Page) =>
  page.evaluate(`new Promise(resolve => {
    let before, still = 0
    const look = () => {
      const now = JSON.stringify(watch.places())
      still = now === before ? still + 1 : 0
      before = now
      if (still === 6) resolve()
      else requestAnimationFrame(look)
    }
    look()
  })`)

/** How much further than the wheel something that stays in view has moved. */
const scrollUp = async (page: Page): Promise<number> => {
  const before = await placesOn(page)
  await page.mouse.wheel(0, -STEP_PX)
  await settled(page)
  const after = await placesOn(page)
  const moved = Object.entries(after).flatMap(([name, y]) => (name in before ? [y - (before[name] ?? 0)] : []))
  expect(moved.length).toBeGreaterThan(0)
  return Math.max(...moved) - STEP_PX
}

const percentile = (values: number[], share: number) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * share)]?.toFixed(0)

inChromium('10,000 messages: a window of them is on the page, and what is read stays where it is', async () => {
  await fill()
  const { page, complaints } = await signIn(ana.displayName)
  await page.getByRole('link', { name: drChen.displayName }).click()
  await messages(page)
    .filter({ hasText: `Number ${MESSAGES}.` })
    .waitFor()
  await messages(page).last().hover()
  await page.evaluate(WATCH)

  let jump = 0
  for (let step = 0; step < STEPS; step++) jump = Math.max(jump, await scrollUp(page))
  const [oldest = ''] = Object.keys(await placesOn(page))
  const { back, most, frames, tasks } = await page.evaluate<Omit<Watch, 'places'>>('watch')
  console.log(
    [
      `10,000 messages, ${STEPS} steps of ${STEP_PX} px up to "${oldest}": at most ${most} messages on the page;`,
      `moved ${jump.toFixed(1)} px too far and ${back.toFixed(1)} px back at most;`,
      `frames: median ${percentile(frames, 0.5)} ms, 99% within ${percentile(frames, 0.99)} ms;`,
      `${tasks.length} long tasks, the longest ${Math.max(0, ...tasks).toFixed(0)} ms.`,
    ].join('\n'),
  )
  expect(most).toBeLessThan(100)
  expect(jump).toBeLessThanOrEqual(TOLERANCE_PX)
  expect(back).toBeLessThanOrEqual(TOLERANCE_PX)
  expect(complaints).toEqual([])
})
