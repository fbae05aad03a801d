import { describe, expect, test } from '@jest/globals'
import {
  backdate,
  end,
  findSession,
  leave,
  readWallet,
  setRate,
  start,
  findLedgerFaults,
} from '../support/consultation.js'
import { BY_HAND, runJob } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { begun } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const app = await startApp({}, { jobTimings: BY_HAND })
const beside = await startApp({}, { beside: app, jobTimings: BY_HAND })
const given = make(app)
const { pair, talk } = given

/** By both processes at once. */
const expire = async () => {
  const done = await Promise.all([app, beside].map(one => runJob(one, 'expire-sessions')))
  return done.reduce((sum, { sessions = 0 }) => sum + sessions, 0)
}
const typing = (viewer: TestPerson, conversationId: string) =>
  viewer.request('mutation ($input: SetTypingInput!) { setTyping(input: $input) { typing { isTyping } } }', {
    input: { conversationId, isTyping: true },
  })

/** Once every process knows. */
const areOnline = async (viewer: TestPerson, ids: string[]) => {
  for (let online = false; !online;) {
    const query = 'query ($ids: [ID!]!) { presences(userIds: $ids) { online } }'
    const { presences } = await viewer.request<{ presences: { online: boolean }[] }>(query, { ids })
    online = presences.every(presence => presence.online)
  }
}

describe('000.12 a session without activity', () => {
  test('expires at its last activity, is charged to then, and both are told', async () => {
    const people = await talk()
    await setRate(people.professional, 1)
    const { id } = await start(people.patient, { conversationId: people.conversationId })
    await backdate(app.database, id, 7_200, 90)
    expect(await expire()).toBe(1)
    expect(await expire()).toBe(0)
    const session = await findSession(people.patient, id)
    expect(session).toMatchObject({ status: 'EXPIRED', durationSeconds: 90, cost: { amountMinor: 2, currency: 'EUR' } })
    expect(Date.parse(session.endedAt ?? '') - Date.parse(session.startedAt)).toBe(90_000)
    const { history, notifications } = await people.professional.request<{
      history: { edges: { node: { body: string } }[] }
      notifications: { edges: { node: { kind: string; session: { id: string } } }[] }
    }>(
      `query ($id: ID!) { history(conversationId: $id) { edges { node { body } } }
        notifications { edges { node { kind session { id } } } } }`,
      { id: people.conversationId },
    )
    expect(history.edges.at(-1)?.node.body).toBe('The chat session has expired.')
    expect(notifications.edges[0]?.node).toEqual({ kind: 'SESSION_ENDED', session: { id } })
    expect((await readWallet(people.patient)).transactions.edges).toHaveLength(1)
    expect(await findLedgerFaults(app.database)).toEqual([])
  })

  test('has expired, whoever ends it before that was noticed', async () => {
    const people = await talk()
    await setRate(people.professional, 60)
    const { id } = await start(people.patient, { conversationId: people.conversationId })
    await backdate(app.database, id, 7_200, 90)
    expect(await end(people.professional, id)).toMatchObject({
      ...{ status: 'EXPIRED', durationSeconds: 90, cost: { amountMinor: 90 } },
    })
    expect(await expire()).toBe(0)
    expect((await readWallet(people.patient)).transactions.edges).toHaveLength(1)
  })

  test('is charged half up: rate × seconds ÷ 60', async () => {
    for (const [rate, seconds, cost] of [
      [1, 29, 0],
      [1, 30, 1],
      [1, 89, 1],
      [1, 90, 2],
      [250, 61, 254],
      [999_999_999, 3_601, 60_016_666_607],
    ] as const) {
      const people = await pair()
      await setRate(people.professional, rate)
      const { id } = await start(people.patient, { withUserId: people.professional.id })
      await backdate(app.database, id, 10_000, seconds)
      expect(await expire()).toBe(1)
      const session = await findSession(people.patient, id)
      expect(session).toMatchObject({ durationSeconds: seconds, cost: { amountMinor: cost } })
      expect(session.charge?.amount.amountMinor ?? 0).toBe(cost === 0 ? 0 : -cost)
    }
    expect(await findLedgerFaults(app.database)).toEqual([])
  })

  test('goes on while somebody writes, marks or types', async () => {
    const activities: ((people: Awaited<ReturnType<typeof talk>>) => Promise<unknown>)[] = [
      ({ patient, conversationId }) => patient.send(conversationId),
      ({ professional, conversationId }) =>
        professional.request('mutation ($input: MarkInput!) { markRead(input: $input) { participant { id } } }', {
          input: { conversationId },
        }),
      ({ patient, conversationId }) => typing(patient, conversationId),
    ]
    for (const act of activities) {
      const people = await talk()
      const { id } = await start(people.patient, { conversationId: people.conversationId })
      await backdate(app.database, id, 7_200)
      await act(people)
      expect(await expire()).toBe(0)
      expect(await findSession(people.patient, id)).toMatchObject({ status: 'ACTIVE' })
      await end(people.patient, id)
    }
  })

  test('of VOICE or VIDEO goes on while two who joined are online, and no longer', async () => {
    const people = await pair()
    const withUserId = people.professional.id
    const voice = await start(people.patient, { withUserId, type: 'VOICE' })
    const sockets = await Promise.all([people.patient, people.professional].map(one => one.connect()))
    await Promise.all(sockets.map(socket => socket.request('{ connection { transport } }')))
    await areOnline(people.patient, [people.patient.id, people.professional.id])
    await backdate(app.database, voice.id, 7_200)
    expect(await expire()).toBe(0)
    await leave(people.professional, voice.id)
    await backdate(app.database, voice.id, 7_200, 60)
    expect(await expire()).toBe(1)
    // Nobody was in it after its end.
    const { endedAt, participants } = await findSession(people.patient, voice.id)
    for (const { leftAt } of participants)
      expect(Date.parse(leftAt ?? '')).toBeLessThanOrEqual(Date.parse(endedAt ?? ''))

    const chat = await start(people.patient, { withUserId })
    await backdate(app.database, chat.id, 7_200)
    expect(await expire()).toBe(1)
    for (const socket of sockets) await socket.close()
  })

  test('has one outcome where it is ended at the same moment', async () => {
    const people = await pair()
    await setRate(people.professional, 100)
    const { id } = await start(people.patient, { withUserId: people.professional.id })
    await backdate(app.database, id, 7_200, 600)
    await Promise.all([end(people.patient, id), expire(), end(people.professional.at(beside), id)])
    const session = await findSession(people.patient, id)
    expect(['ENDED', 'EXPIRED']).toContain(session.status)
    expect(session.durationSeconds).toBeGreaterThanOrEqual(session.status === 'EXPIRED' ? 600 : 7_200)
    expect((await readWallet(people.professional)).transactions.edges).toHaveLength(1)
    expect(await findLedgerFaults(app.database)).toEqual([])
  })

  test('is found by whichever process looks, and stays ACTIVE where SESSION_IDLE_MINUTES is 0', async () => {
    const people = await pair()
    const { id } = await start(people.patient, { withUserId: people.professional.id })
    await backdate(app.database, id, 7_200, 600)
    const patiently = await startApp({ sessionIdleMs: 0 }, { beside: app, jobTimings: BY_HAND })
    const job = patiently.services.jobs.jobs.find(({ name }) => name === 'expire-sessions')
    expect(job?.off).toContain('SESSION_IDLE_MINUTES')
    const socket = await people.patient.connect()
    const updates = socket.subscribe<{ sessionUpdated: { status: string } }>(
      'subscription ($id: ID) { sessionUpdated(sessionId: $id) { status } }',
      { id },
    )
    await begun(socket, 1)
    await startApp({}, { beside: app, jobTimings: { lookEveryMs: 20, leaseMs: 2_000, retryMs: 100 } })
    expect(await updates.next()).toEqual({ sessionUpdated: { status: 'EXPIRED' } })
  })
})
