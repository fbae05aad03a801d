import { describe, expect, test } from '@jest/globals'
import { make, type MadeMessage, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

interface Page {
  edges: { cursor: string; node: MadeMessage }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
  eventCursor: string
}

const HISTORY = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  history(conversationId: $id, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { seq cursor body } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    eventCursor
  }
}`

const read = async (person: TestPerson, id: string, page: Record<string, unknown> = {}) =>
  (await person.request<{ history: Page }>(HISTORY, { id, ...page })).history

const seqs = (page: Page) => page.edges.map(edge => edge.node.seq)

describe('history', () => {
  test('000.5 pages lead from one end to the other, both ways, and say truly what lies beyond', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await given.messages(conversationId, [patient, professional], 7)
    const first = await read(patient, conversationId, { first: 3 })
    expect(seqs(first)).toEqual([1, 2, 3])
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    const second = await read(patient, conversationId, { first: 4, after: first.pageInfo.endCursor })
    expect(seqs(second)).toEqual([4, 5, 6, 7])
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    const last = await read(patient, conversationId, { last: 3 })
    expect(seqs(last)).toEqual([5, 6, 7])
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    const before = await read(patient, conversationId, { last: 4, before: last.pageInfo.startCursor })
    expect(seqs(before)).toEqual([1, 2, 3, 4])
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    const beyond = await read(patient, conversationId, { first: 4, after: last.pageInfo.endCursor })
    expect(beyond).toMatchObject({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor: null },
    })
    const under = await read(patient, conversationId, { last: 4, before: first.pageInfo.startCursor })
    expect(under).toMatchObject({ edges: [], pageInfo: { hasNextPage: true, hasPreviousPage: false } })
    for (const edge of second.edges) expect(edge.cursor).toBe(edge.node.cursor)
  })

  test('without first or last it gives the last 50, and an empty conversation gives an empty page', async () => {
    const { patient, professional, conversationId } = await given.talk()
    expect(await read(patient, conversationId)).toMatchObject({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      eventCursor: expect.any(String),
    })
    await Promise.all(Array.from({ length: 55 }, () => professional.send(conversationId)))
    const page = await read(patient, conversationId)
    expect(seqs(page)).toEqual(Array.from({ length: 50 }, (_, index) => index + 6))
    expect(page.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  })

  test('what is not a page of this list is BAD_USER_INPUT', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const other = await given.conversation(
      patient,
      await given.pair().then(async pair => {
        await given.care(patient, pair.professional)
        return pair.professional
      }),
    )
    const [message] = await given.messages(other, [patient], 1)
    const [own] = await given.messages(conversationId, [professional], 1)
    const refusals: [Record<string, unknown>, string][] = [
      [{ first: 0 }, 'first'],
      [{ first: 101 }, 'first'],
      [{ last: -1 }, 'last'],
      [{ last: 101 }, 'last'],
      [{ first: 1, last: 1 }, 'last'],
      [{ first: 1, before: own?.cursor }, 'before'],
      [{ last: 1, after: own?.cursor }, 'after'],
      [{ after: 'nonsense' }, 'after'],
      [{ after: message?.cursor }, 'after'],
      [{ before: (await read(patient, conversationId)).eventCursor }, 'before'],
    ]
    for (const [page, field] of refusals) {
      const { errors, data } = await patient.ask(HISTORY, { id: conversationId, ...page })
      expect([page, errors?.[0]?.extensions]).toMatchObject([page, { code: 'BAD_USER_INPUT', field }])
      expect(data).toEqual({ history: null })
    }
  })

  test('000.5 a session has its own messages', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await patient.send(conversationId, 'before')
    const sessionId = await given.session(patient, professional)
    await patient.send(conversationId, 'within')
    await professional.request('mutation ($id: ID!) { endSession(input: { sessionId: $id }) { session { id } } }', {
      id: sessionId,
    })
    await patient.send(conversationId, 'after')
    const { session } = await patient.request<{ session: { messages: Page } }>(
      `query ($id: ID!) {
        session(id: $id) { messages { edges { cursor node { seq cursor body kind } } pageInfo { hasNextPage hasPreviousPage } } }
      }`,
      { id: sessionId },
    )
    expect(session.messages.edges.map(edge => edge.node)).toMatchObject([
      { seq: 2, kind: 'SYSTEM' },
      { seq: 3, body: 'within' },
      { seq: 4, kind: 'SYSTEM' },
    ])
    expect(session.messages.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false })
  })
})

describe('marks', () => {
  const MARK = (field: string) => `mutation ($input: MarkInput!) {
    ${field}(input: $input) { conversation { unreadCount } participant { deliveredThrough readThrough unreadCount user { id } } }
  }`
  const mark = async (person: TestPerson, field: 'markRead' | 'markDelivered', input: Record<string, unknown>) =>
    (
      await person.request<Record<string, { participant: Record<string, unknown>; conversation: unknown }>>(
        MARK(field),
        {
          input,
        },
      )
    )[field]

  test('003.3 positions move forward only, and counts follow from them', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const sent = await given.messages(conversationId, [professional], 5)
    expect(await mark(patient, 'markDelivered', { conversationId, throughMessageId: sent[2]?.id })).toMatchObject({
      participant: { deliveredThrough: 3, readThrough: 0, unreadCount: 5, user: { id: patient.id } },
    })
    expect(await mark(patient, 'markRead', { conversationId, throughMessageId: sent[3]?.id })).toMatchObject({
      participant: { deliveredThrough: 4, readThrough: 4, unreadCount: 1 },
      conversation: { unreadCount: 1 },
    })
    expect(await mark(patient, 'markRead', { conversationId, throughMessageId: sent[0]?.id })).toMatchObject({
      participant: { deliveredThrough: 4, readThrough: 4 },
    })
    expect(await mark(patient, 'markRead', { conversationId })).toMatchObject({
      participant: { deliveredThrough: 5, readThrough: 5, unreadCount: 0 },
    })
  })

  test('a message of another conversation, or none, is NOT_FOUND, as is a conversation of others', async () => {
    const { patient, conversationId } = await given.talk()
    const others = await given.talk()
    const { id } = await others.patient.send(others.conversationId)
    const refusals: [TestPerson, Record<string, unknown>, Record<string, unknown>][] = [
      [patient, { conversationId, throughMessageId: id }, { code: 'NOT_FOUND', field: 'input.throughMessageId' }],
      [patient, { conversationId, throughMessageId: 'x' }, { code: 'NOT_FOUND', field: 'input.throughMessageId' }],
      [patient, { conversationId: others.conversationId }, { code: 'NOT_FOUND', field: 'input.conversationId' }],
      [
        patient,
        { conversationId: others.conversationId, throughMessageId: 'x' },
        { code: 'NOT_FOUND', field: 'input.conversationId' },
      ],
      [patient, { conversationId: 'x' }, { code: 'NOT_FOUND' }],
      [given.admin, { conversationId }, { code: 'FORBIDDEN' }],
    ]
    for (const [person, input, error] of refusals) {
      const { errors } = await person.ask(MARK('markRead'), { input })
      expect(errors?.[0]?.extensions).toMatchObject(error)
    }
  })

  test('concurrent marks and sends leave every position where the furthest put it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const sent = await given.messages(conversationId, [professional], 10)
    await Promise.all([
      ...sent.map(({ id }) => mark(patient, 'markRead', { conversationId, throughMessageId: id })),
      ...sent.map(() => professional.send(conversationId)),
    ])
    expect(await mark(patient, 'markDelivered', { conversationId, throughMessageId: sent[0]?.id })).toMatchObject({
      participant: { readThrough: 10, unreadCount: 10 },
    })
  })
})
