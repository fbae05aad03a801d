import { describe, expect, test } from '@jest/globals'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

// Lost signals are healed quickly here, so that nothing but the signals would make these tests wait.
const presenceTimings = { touchEveryMs: 200, deadAfterMs: 20_000, checkEveryMs: 200 }
const app = await startApp({}, { presenceTimings })
const given = make(app)

interface Presence {
  id: string
  online: boolean
  status: string
  lastSeenAt: string | null
}

const FIELDS = 'id online status lastSeenAt'
const QUERY = `query ($ids: [ID!]!) { presences(userIds: $ids) { ${FIELDS} user { id } } }`
const SUBSCRIPTION = `subscription ($ids: [ID!]) { presence(userIds: $ids) { ${FIELDS} } }`
const SET = `mutation ($status: SettablePresence!) {
  setPresence(input: { status: $status }) { presence { ${FIELDS} } }
}`

const presencesOf = async (viewer: TestPerson, ids: string[]) =>
  (await viewer.request<{ presences: Presence[] }>(QUERY, { ids })).presences

/** Over SSE, so that watching makes the viewer, too, be online without a socket. */
const watch = (viewer: TestPerson, ids?: string[]) =>
  viewer.sse<{ presence: Presence }>(SUBSCRIPTION, ids === undefined ? {} : { ids })

const setStatus = async (person: TestPerson, status: string) =>
  (await person.request<{ setPresence: { presence: Presence } }>(SET, { status })).setPresence.presence

const is = (id: string, online: boolean) => (event: { presence: Presence }) =>
  event.presence.id === id && event.presence.online === online

describe('001.6 presences', () => {
  test('says who is online, in the order asked for, each once, without those whom the viewer may not see', async () => {
    const { patient, professional } = await given.pair()
    const stranger = await given.professional()
    await stranger.connect()
    const events = watch(patient, [professional.id])
    await events.next()
    await professional.connect()
    await events.until(is(professional.id, true))
    const ids = [professional.id, stranger.id, 'nobody', patient.id, professional.id]
    expect(await presencesOf(patient, ids)).toEqual([
      { id: professional.id, online: true, status: 'AVAILABLE', lastSeenAt: null, user: { id: professional.id } },
      { id: patient.id, online: true, status: 'AVAILABLE', lastSeenAt: null, user: { id: patient.id } },
    ])
    expect((await presencesOf(given.admin, [stranger.id])).map(({ id }) => id)).toEqual([stranger.id])
  })

  test('takes up to 100', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `user-${index}`)
    const { errors } = await given.admin.ask(QUERY, { ids })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'userIds' })
    expect(await presencesOf(given.admin, ids.slice(1))).toEqual([])
    const refused = (await given.admin.connect()).subscribe(SUBSCRIPTION, { ids })
    expect((await refused.nextResult()).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'userIds',
    })
  })

  test('of the sender of an old message, whom the viewer may not see any more, nothing is told', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await professional.send(conversationId)
    await professional.connect()
    await watch(patient, [professional.id]).until(is(professional.id, true))
    const query = `query ($id: ID!) {
      history(conversationId: $id) { edges { node { sender { id presence { online status lastSeenAt } } } } }
    }`
    const sender = async (presence: Partial<Presence>) =>
      expect(await patient.request(query, { id: conversationId })).toEqual({
        history: { edges: [{ node: { sender: { id: professional.id, presence } } }] },
      })
    await sender({ online: true, status: 'AVAILABLE', lastSeenAt: null })
    await given.care(patient, professional, false)
    await app.database.call('update participants set left_at = now() where user_id = $1', [professional.id])
    await sender({ online: false, status: 'OFFLINE', lastSeenAt: null })
  })
})

describe('001.7 presence', () => {
  test('a status set by hand is told, is kept across connections, and is OFFLINE without one', async () => {
    const { patient, professional } = await given.pair()
    const events = watch(patient, [professional.id])
    expect((await events.next()).presence).toEqual({
      id: professional.id,
      online: false,
      status: 'OFFLINE',
      lastSeenAt: null,
    })
    const socket = await professional.connect()
    expect((await events.next()).presence).toMatchObject({ online: true, status: 'AVAILABLE' })
    expect(await setStatus(professional, 'BUSY')).toMatchObject({ id: professional.id, online: true, status: 'BUSY' })
    expect((await events.next()).presence).toMatchObject({ online: true, status: 'BUSY' })
    await socket.close()
    const gone = (await events.next()).presence
    expect(gone).toMatchObject({ online: false, status: 'OFFLINE' })
    expect(Date.parse(gone.lastSeenAt ?? '')).not.toBeNaN()
    await setStatus(professional, 'AWAY')
    await professional.connect()
    // The same state twice is not told: nothing of the status set while offline.
    expect((await events.next()).presence).toMatchObject({ online: true, status: 'AWAY' })
  })

  test('is online as long as one connection lives, whatever carries it', async () => {
    const { patient, professional } = await given.pair()
    const events = watch(patient, [professional.id])
    await events.next()
    const socket = await professional.connect()
    await events.expectNext(is(professional.id, true))
    const other = professional.sse(SUBSCRIPTION, { ids: [professional.id] })
    await other.next()
    await socket.close()
    await setStatus(professional, 'BUSY')
    expect((await events.next()).presence).toMatchObject({ online: true, status: 'BUSY' })
    other.stop()
    await events.expectNext(is(professional.id, false))
    const { me } = await professional.request<{ me: { presence: Presence } }>('{ me { presence { online } } }')
    expect(me.presence.online).toBe(false)
  })

  test('without ids follows everyone the viewer is related to, now and in future, and only as long as they are', async () => {
    const { patient, professional } = await given.pair()
    const [second, stranger] = [await given.professional(), await given.professional()]
    const events = watch(patient)
    await events.expectNext(is(professional.id, false))
    await given.care(patient, second)
    await events.expectNext(is(second.id, false))
    await given.care(patient, professional, false)
    // Neither of the one who is not related any more, nor of a stranger.
    await professional.connect()
    await stranger.connect()
    await second.connect()
    await events.expectNext(is(second.id, true))
    await given.care(patient, professional)
    await events.expectNext(is(professional.id, true))
    expect(events.waiting).toBe(0)
  })

  test('with ids tells of people as soon as, and only as long as, the viewer may see them', async () => {
    const { patient, professional } = await given.pair()
    const other = await given.professional()
    const events = watch(patient, [professional.id, other.id, 'nobody', professional.id])
    await events.expectNext(is(professional.id, false))
    const socket = await other.connect()
    await given.care(patient, other)
    await events.expectNext(is(other.id, true))
    await given.care(patient, other, false)
    await socket.close()
    await professional.connect()
    await events.expectNext(is(professional.id, true))
    await given.care(patient, other)
    await events.expectNext(is(other.id, false))
  })
})

describe('on two servers', () => {
  test('a user is online while a connection lives on either, and a status set at one is told at the other', async () => {
    const other = await startApp({}, { beside: app, presenceTimings })
    const { patient, professional } = await given.pair()
    const events = watch(patient.at(other), [professional.id])
    await events.expectNext(is(professional.id, false))
    const here = await professional.connect()
    await events.expectNext(is(professional.id, true))
    const there = await professional.at(other).connect()
    await there.request('{ me { id } }')
    await here.close()
    await setStatus(professional, 'AWAY')
    expect((await events.next()).presence).toMatchObject({ online: true, status: 'AWAY' })
    await there.close()
    await events.expectNext(is(professional.id, false))
  })

  test('a server that stops takes back its users', async () => {
    const other = await startApp({}, { beside: app, presenceTimings })
    const { patient, professional } = await given.pair()
    await professional.at(other).connect()
    const events = watch(patient, [professional.id])
    await events.until(is(professional.id, true))
    await other.stop()
    await events.expectNext(is(professional.id, false))
  })

  test('a server that was taken for dead comes back with its users', async () => {
    const { patient, professional } = await given.pair()
    await professional.connect()
    const events = watch(patient, [professional.id])
    await events.until(is(professional.id, true))
    await app.database.call('delete from server_processes', [])
    while (!(await presencesOf(patient, [professional.id]))[0]?.online);
  })

  test('a signal that the bus loses is made up for', async () => {
    const { patient, professional } = await given.pair()
    const events = watch(patient, [professional.id])
    await events.next()
    await professional.connect()
    await events.expectNext(is(professional.id, true))
    await app.database.call(`update users set chosen_presence = 'BUSY' where id = $1`, [professional.id])
    expect((await events.next()).presence.status).toBe('BUSY')
  })
})
