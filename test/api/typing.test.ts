import { describe, expect, test } from '@jest/globals'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const typingTimings = { expiresAfterMs: 6_000, repeatAfterMs: 20 }
const app = await startApp({}, { typingTimings })
const given = make(app)

interface Typing {
  conversationId: string
  isTyping: boolean
  expiresAt: string | null
  user: { id: string }
}

const FIELDS = 'conversationId isTyping expiresAt user { id }'
const SET = `mutation ($conversationId: ID!, $isTyping: Boolean!) {
  setTyping(input: { conversationId: $conversationId, isTyping: $isTyping }) { typing { ${FIELDS} } }
}`
const FOLLOW = `subscription ($id: ID) { typing(conversationId: $id) { ${FIELDS} } }`

interface Asking {
  request<Data>(query: string, variables: Record<string, unknown>): Promise<Data>
}

/** By HTTP, or by a socket. */
const setTyping = async (by: Asking, conversationId: string, isTyping: boolean) =>
  (await by.request<{ setTyping: { typing: Typing } }>(SET, { conversationId, isTyping })).setTyping.typing

type Typist = TestPerson & Asking

const told = (typist: { id: string }, isTyping: boolean) => (event: { typing: Typing }) =>
  event.typing.user.id === typist.id && event.typing.isTyping === isTyping

/** Followed, and heard of: nobody types. */
const follow = async (
  viewer: TestPerson,
  typist: Typist,
  conversationId: string,
  id: string | null = conversationId,
) => {
  const events = (await viewer.connect()).subscribe<{ typing: Typing }>(FOLLOW, { id })
  let live = false
  const first = events.next().finally(() => (live = true))
  while (!live) await setTyping(typist, conversationId, true)
  await first
  await setTyping(typist, conversationId, false)
  await events.until(told(typist, false))
  return events
}

describe('000.6 typing', () => {
  test("tells of others' typing, never of one's own", async () => {
    const { patient, professional, conversationId } = await given.talk()
    const events = await follow(patient, professional, conversationId)
    await setTyping(patient, conversationId, true)
    const typing = await setTyping(professional, conversationId, true)
    expect(typing).toMatchObject({ conversationId, isTyping: true, user: { id: professional.id } })
    expect(Date.parse(typing.expiresAt ?? '') - Date.now()).toBeLessThanOrEqual(6_000)
    expect((await events.next()).typing).toEqual(typing)
    const stop = await setTyping(professional, conversationId, false)
    expect(stop).toMatchObject({ isTyping: false, expiresAt: null })
    expect((await events.next()).typing).toEqual(stop)
  })

  test('a repeated start prolongs it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const events = await follow(patient, professional, conversationId)
    for (let starts = 0; starts < 3; starts++) {
      const { expiresAt } = await setTyping(professional, conversationId, true)
      await events.expectNext(event => event.typing.isTyping && event.typing.expiresAt === expiresAt)
    }
  })

  test('without a conversation it is that in all of them, those to come included', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const second = await given.professional()
    const events = await follow(patient, professional, conversationId, null)
    await given.care(patient, second)
    const another = await given.conversation(second, patient)
    let live = false
    const first = events.next().finally(() => (live = true))
    while (!live) await setTyping(second, another, true)
    expect((await first).typing).toMatchObject({ conversationId: another, isTyping: true, user: { id: second.id } })
    await setTyping(professional, conversationId, true)
    await events.until(told(professional, true))
  })

  test('ends when the connection of the typist goes, with or without a goodbye', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const events = await follow(patient, professional, conversationId)
    for (const leave of ['close', 'terminate'] as const) {
      const socket = await professional.connect()
      const { expiresAt } = await setTyping(socket, conversationId, true)
      await events.until(told(professional, true))
      await socket[leave]()
      await events.expectNext(told(professional, false))
      expect(Date.now()).toBeLessThan(Date.parse(expiresAt ?? ''))
    }
  })

  test('ends by itself where it is heard, also when nobody says so', async () => {
    const other = await startApp({}, { beside: app, typingTimings: { expiresAfterMs: 200, repeatAfterMs: 20 } })
    const { patient, professional, conversationId } = await given.talk()
    const events = await follow(patient.at(other), professional, conversationId)
    await setTyping(professional, conversationId, true)
    await events.expectNext(told(professional, true))
    await events.expectNext(told(professional, false))
  })

  test('a server that stops ends the typing of those who type there', async () => {
    const other = await startApp({}, { beside: app, typingTimings })
    const { patient, professional, conversationId } = await given.talk()
    const events = await follow(patient, professional.at(other), conversationId)
    await setTyping(professional.at(other), conversationId, true)
    await events.expectNext(told(professional, true))
    await other.stop()
    await events.expectNext(told(professional, false))
  })
})

describe('who may type, and follow it', () => {
  const codeOf = async (by: TestPerson, conversationId: string) =>
    (await by.ask(SET, { conversationId, isTyping: true })).errors?.[0]?.extensions
  const refusalOf = async (viewer: TestPerson, id: string) =>
    (await (await viewer.connect()).subscribe(FOLLOW, { id }).nextResult()).errors?.[0]?.extensions

  test('only those who take part', async () => {
    const { conversationId } = await given.talk()
    const stranger = await given.patient()
    expect(await codeOf(stranger, conversationId)).toMatchObject({ code: 'NOT_FOUND', field: 'input.conversationId' })
    expect(await codeOf(stranger, 'no id')).toMatchObject({ code: 'NOT_FOUND', field: 'input.conversationId' })
    expect(await codeOf(given.admin, conversationId)).toMatchObject({ code: 'FORBIDDEN' })
    for (const id of [conversationId, '']) expect(await refusalOf(stranger, id)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusalOf(given.admin, conversationId)).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('nobody once the care relationship has ended', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const [here, everywhere] = await Promise.all([
      follow(patient, professional, conversationId),
      follow(professional, patient, conversationId, null),
    ])
    await setTyping(patient, conversationId, true)
    await everywhere.until(told(patient, true))
    await given.care(patient, professional, false)
    expect(await here.ended()).toMatchObject({ kind: 'ERRORS', errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    expect(await refusalOf(patient, conversationId)).toMatchObject({ code: 'FORBIDDEN' })
    for (const by of [patient, professional])
      expect(await codeOf(by, conversationId)).toMatchObject({ code: 'CONFLICT', reason: 'CARE_RELATIONSHIP_ENDED' })
    // The start that was told is followed by its stop all the same.
    await everywhere.expectNext(told(patient, false))
  })
})
