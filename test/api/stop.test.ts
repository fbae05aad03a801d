import { expect, test } from '@jest/globals'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { connectSocket } from '../support/subscription-client.js'
import { tokenFor } from '../support/tokens.js'

const COUNTS = 'subscription { unreadCountsChanged { total } }'
const PRESENCE = '{ me { presence { online } } }'

const refusedOnce = { operation: 'other', outcome: 'UNAVAILABLE', count: 1 }

/** Holds what reads a presence until it is let go. */
const holdPresence = (app: Awaited<ReturnType<typeof startApp>>) => {
  const { presence } = app.services
  const find = presence.find.bind(presence)
  let letGo = () => {}
  const held = new Promise<void>(resolve => (letGo = resolve))
  let begun = () => {}
  const begins = (count: number) =>
    new Promise<void>(resolve => {
      begun = () => {
        if (--count === 0) resolve()
      }
    })
  presence.find = async userId => {
    begun()
    await held
    return find(userId)
  }
  return { begins, letGo: () => letGo() }
}

test('a stop closes sockets with 1001 and ends streams, once what runs has answered', async () => {
  const app = await startApp()
  const given = make(app)
  const { patient, professional, conversationId } = await given.talk()
  const busy = await patient.connect()
  const idle = await professional.connect()
  const counts = idle.subscribe<{ unreadCountsChanged: { total: number } }>(COUNTS)
  await counts.next()
  await patient.send(conversationId)
  const stream = professional.sse(COUNTS)
  await stream.next()

  const { begins, letGo } = holdPresence(app)
  const allRun = begins(3)
  const overSocket = busy.request(PRESENCE)
  const overHttp = patient.request(PRESENCE)
  const overStream = patient.sse(PRESENCE)
  await allRun
  const stopped = app.stop()

  expect((await idle.closed).code).toBe(1001)
  expect((await counts.next()).unreadCountsChanged.total).toBe(1)
  expect(await counts.ended()).toMatchObject({ kind: 'CLOSED', code: 1001 })
  expect(await stream.ended()).toMatchObject({ kind: 'CLOSED' })
  const ready = await fetch(`${app.url}/health/ready`)
  expect({ status: ready.status, body: await ready.json() }).toMatchObject({ status: 503, body: { draining: true } })
  await expect(connectSocket(app.url, tokenFor(patient.id))).rejects.toThrow()
  const { errors } = await professional.sse(COUNTS).nextResult()
  expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }])
  expect([...app.services.operations.entries()]).toContainEqual(refusedOnce)

  letGo()
  expect(await overSocket).toEqual({ me: { presence: { online: true } } })
  expect(await overHttp).toEqual({ me: { presence: { online: true } } })
  expect(await overStream.next()).toEqual({ me: { presence: { online: true } } })
  expect(await overStream.ended()).toEqual({ kind: 'COMPLETED' })
  expect((await busy.closed).code).toBe(1001)
  await stopped
  await expect(fetch(`${app.url}/health/live`)).rejects.toThrow()
})

test('nothing new begins on a socket that is about to be closed', async () => {
  const app = await startApp()
  const patient = await make(app).patient()
  const client = await patient.connect()
  const { begins, letGo } = holdPresence(app)
  const runs = begins(1)
  const running = client.request(PRESENCE)
  await runs
  const stopped = app.stop()
  expect(await client.subscribe('{ me { id } }').ended()).toMatchObject({
    kind: 'ERRORS',
    errors: [{ extensions: { code: 'UNAVAILABLE' } }],
  })
  expect([...app.services.operations.entries()]).toContainEqual(refusedOnce)
  letGo()
  await running
  await stopped
})
