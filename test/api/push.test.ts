import { expect, test } from '@jest/globals'
import { PushStore } from '../../src/notifications/push.store.js'
import { make } from '../support/make.js'
import { eventually, SILENT, toldTo } from '../support/notifications.js'
import { readMetrics } from '../support/read-metrics.js'
import { startApp, type StartOptions } from '../support/start-app.js'
import { type Reaction, signatureOf, startReceiver } from '../support/webhook-receiver.js'

const SECRET = 'a secret of the webhook, at least 32 bytes'
const HOUR_MS = 3_600_000
const PATIENT = {
  lookEveryMs: 20,
  timeoutMs: 10_000,
  leaseMs: 30_000,
  backOffMs: 20,
  longestBackOffMs: 100,
  giveUpAfterMs: HOUR_MS,
}
const NOTIFY = 'mutation ($input: NotifyInput!) { notify(input: $input) { notifications { id } } }'

const start = async (reactions: Reaction[], options: StartOptions = {}) => {
  const receiver = await startReceiver(...reactions)
  const notificationWebhook = { url: receiver.url, secret: SECRET }
  const app = await startApp({ notificationWebhook }, { pushTimings: PATIENT, notifierTimings: SILENT, ...options })
  const given = make(app)
  const person = await given.patient()
  const notify = async (title = 'Hello', urgent = true) => {
    const { notify } = await given.admin.request<{ notify: { notifications: { id: string }[] } }>(NOTIFY, {
      input: { userIds: [person.id], title, urgent },
    })
    return notify.notifications[0]?.id ?? ''
  }
  const queue = () =>
    app.database.call<{ attempts: number; error: string | null; givenUp: boolean }>(
      'select attempts, last_error as error, given_up_at is not null as "givenUp" from push_deliveries',
      [],
    )
  const whenQueued = (fits: (rows: Awaited<ReturnType<typeof queue>>) => boolean) => eventually(queue, fits)
  return { receiver, app, given, person, notify, queue, whenQueued, notificationWebhook }
}

test('001.17 a notification is pushed by a webhook that its receiver can verify', async () => {
  const { receiver, given, person, notify, whenQueued } = await start([])
  const id = await notify('We are closed')
  const [request] = await receiver.whenReceived(1)
  if (!request) throw new Error('Unreachable')
  expect(request.id).toBe(id)
  expect(request.signature).toBe(signatureOf(request, SECRET))
  expect(Math.abs(Number(request.timestamp) - Date.now() / 1000)).toBeLessThan(60)
  const [told] = await toldTo(person)
  expect(JSON.parse(request.body)).toEqual({
    type: 'notification',
    timestamp: told?.createdAt,
    data: {
      ...{ id, kind: 'SYSTEM', urgent: true, title: 'We are closed', userId: person.id, actorId: given.admin.id },
      ...{ conversationId: null, messageId: null, sessionId: null },
    },
  })
  expect(await whenQueued(rows => rows.length === 0)).toEqual([])
})

test('001.17 every kind is pushed, and no text of a message', async () => {
  const { receiver, given } = await start([], { notifierTimings: { ...SILENT, afterMs: 10 } })
  const { patient, professional, conversationId } = await given.talk()
  const { id } = await patient.send(conversationId, 'Secret words', { emergency: true })
  await patient.send(conversationId, 'Secret, too')
  await receiver.whenReceived(2)
  await given.session(patient, professional)
  const requests = await receiver.whenReceived(4)
  const kinds = requests.map(({ data }) => data.kind).sort()
  expect(kinds).toEqual(['EMERGENCY', 'MESSAGE', 'SESSION_STARTED', 'SESSION_STARTED'])
  expect(requests.find(({ data }) => data.kind === 'EMERGENCY')?.data).toMatchObject({
    ...{ urgent: true, userId: professional.id, actorId: patient.id, conversationId, messageId: id },
  })
  expect(requests.map(({ body }) => body).join()).not.toContain('Secret')
})

test('001.17 is tried again while the receiver fails, redirects, or cuts the connection', async () => {
  const { receiver, notify, whenQueued } = await start([500, 'CUT', 302, 429])
  const id = await notify()
  const requests = await receiver.whenReceived(5)
  expect(requests.map(request => request.id)).toEqual([id, id, id, id, id])
  for (const request of requests) expect(request.signature).toBe(signatureOf(request, SECRET))
  expect(await whenQueued(rows => rows.length === 0)).toEqual([])
})

test('001.17 is tried again where no answer comes, and others do not wait for it', async () => {
  const { receiver, notify, whenQueued } = await start(['HANG'], { pushTimings: { ...PATIENT, timeoutMs: 1_500 } })
  const one = await notify('one')
  await receiver.whenReceived(1)
  const two = await notify('two')
  const requests = await receiver.whenReceived(3)
  expect(requests.map(({ id }) => id)).toEqual([one, two, one])
  expect(await whenQueued(rows => rows.length === 0)).toEqual([])
})

test('001.17 what is urgent is taken before what waited longer', async () => {
  const { app, receiver, notify } = await start(Array.from({ length: 20 }, () => 'HANG'))
  // As many as a process pushes at a time.
  await Promise.all(Array.from({ length: 20 }, () => notify()))
  await receiver.whenReceived(20)
  const [calm, urgent] = [await notify('Whenever you like', false), await notify('At once')]
  const store = new PushStore(app.database)
  const take = async () =>
    (await store.claim({ count: 1, calm: 1 }, HOUR_MS)).map(({ notification }) => notification.id)
  expect([await take(), await take(), await take()]).toEqual([[urgent], [calm], []])
})

test('001.17 what is urgent does not wait for what hangs', async () => {
  const { receiver, notify } = await start(Array.from({ length: 20 }, () => 'HANG'))
  await Promise.all(Array.from({ length: 20 }, () => notify('Whenever you like', false)))
  await receiver.whenReceived(15)
  const urgent = await notify('At once')
  const requests = await receiver.whenReceived(16)
  expect(requests.at(-1)?.id).toBe(urgent)
})

test('001.17 waits longer after each failure', async () => {
  const slow = { ...PATIENT, backOffMs: HOUR_MS, longestBackOffMs: HOUR_MS * 4 }
  const { app, notify, queue, whenQueued, receiver } = await start([500, 500, 500, 500], { pushTimings: slow })
  await notify()
  const WAITS = 'select extract(epoch from next_at - now())::float8 as s from push_deliveries'
  for (const [attempt, hours] of [1, 2, 4, 4].entries()) {
    await whenQueued(([row]) => row?.attempts === attempt + 1 && row.error === 'HTTP 500')
    const [wait] = await eventually(
      () => app.database.call<{ s: number }>(WAITS, []),
      ([row]) => (row?.s ?? 0) > 60,
    )
    expect(wait?.s).toBeGreaterThan(hours * 1_800 - 60)
    expect(wait?.s).toBeLessThanOrEqual(hours * 3_600)
    await app.database.call(`update push_deliveries set last_error = null, next_at = now()`, [])
  }
  await receiver.whenReceived(5)
  await eventually(queue, rows => rows.length === 0)
})

test('001.17 is given up after its time, and kept where an operator sees it', async () => {
  const { receiver, app, notify, whenQueued } = await start([], { pushTimings: { ...PATIENT, giveUpAfterMs: 1_000 } })
  receiver.always(503)
  await notify()
  await receiver.whenReceived(2)
  expect(await whenQueued(([row]) => row?.givenUp === true)).toMatchObject([{ error: 'HTTP 503', givenUp: true }])
  const state = (name: string) => `colloquy_push_deliveries{state="${name}"}`
  const metrics = await eventually(
    () => readMetrics(app),
    read => read.of(state('given_up')) === 1,
  )
  expect(metrics.of(state('waiting'))).toBe(0)
  // As docs/operations.md says that it is tried once more.
  receiver.always(204)
  await app.database.call(
    'update push_deliveries set given_up_at = null, created_at = now(), next_at = now() where given_up_at is not null',
    [],
  )
  await whenQueued(rows => rows.length === 0)
})

test('001.17 what a process took and did not deliver is taken over by another', async () => {
  const { app, receiver, notify, whenQueued, notificationWebhook } = await start(['HANG'], {
    pushTimings: { ...PATIENT, leaseMs: 200 },
  })
  const id = await notify()
  await receiver.whenReceived(1)
  // It hangs on: nobody but another process can deliver it.
  expect((await whenQueued(([row]) => row?.attempts === 1))[0]).toMatchObject({ givenUp: false })
  await startApp({ notificationWebhook }, { beside: app, pushTimings: PATIENT, notifierTimings: SILENT })
  const requests = await receiver.whenReceived(2)
  expect(requests.map(request => request.id)).toEqual([id, id])
  await whenQueued(rows => rows.length === 0)
})

test('001.17 without an address nothing is queued', async () => {
  const app = await startApp({}, { notifierTimings: { ...SILENT, afterMs: 10 } })
  const given = make(app)
  const person = await given.patient()
  await given.admin.request(NOTIFY, { input: { userIds: [person.id], title: 'Hello' } })
  expect(await toldTo(person)).toHaveLength(1)
  expect(await app.database.call('select 1 from push_deliveries', [])).toEqual([])
})
