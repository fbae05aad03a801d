import { describe, expect, test } from '@jest/globals'
import type { GraphqlAnswer } from '../support/graphql-client.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

interface Conversation {
  id: string
  kind: string
  status: string
  unreadCount: number
  counterpart: { id: string } | null
  lastMessage: { body: string | null; seq: number } | null
  firstUnread: { seq: number } | null
  viewer: { role: string; unreadCount: number } | null
  participants: { role: string; readThrough: number; unreadCount: number; user: { id: string } }[]
}
interface List {
  conversations: {
    edges: { cursor: string; node: Conversation }[]
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
  }
}

const FIELDS = `id kind status unreadCount counterpart { id } lastMessage { body seq } firstUnread { seq }
  viewer { role unreadCount } participants { role readThrough unreadCount user { id } }`
const LIST = `query ($filter: ConversationFilter, $first: Int, $after: String) {
  conversations(filter: $filter, first: $first, after: $after) {
    edges { cursor node { ${FIELDS} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }`
const START = `mutation ($input: StartConversationInput!) {
  startConversation(input: $input) { created conversation { ${FIELDS} } } }`

interface Started {
  startConversation: { created: boolean; conversation: Conversation } | null
}

const server = await startApp()
const limited = await startApp({ rateLimits: { startsPerMinute: 2 } })
const { admin, care, patient, person, professional, pair, talk } = make(server)

const start = (viewer: TestPerson, other: { id: string }, asRole?: string) =>
  viewer.ask<Started>(START, { input: { userId: other.id, asRole } })
const started = async (viewer: TestPerson, other: { id: string }, asRole?: string) => {
  const { data, errors } = await start(viewer, other, asRole)
  if (!data?.startConversation) throw new Error(JSON.stringify(errors))
  return data.startConversation
}
const codeOf = ({ errors }: GraphqlAnswer<unknown>) => errors?.[0]?.extensions
const read = async (viewer: TestPerson, id: string) =>
  (
    await viewer.request<{ conversation: Conversation }>(`query ($id: ID!) { conversation(id: $id) { ${FIELDS} } }`, {
      id,
    })
  ).conversation
const list = async (viewer: TestPerson, variables: Record<string, unknown> = {}) =>
  (await viewer.request<List>(LIST, variables)).conversations
const idsOf = (page: List['conversations']) => page.edges.map(({ node }) => node.id)

describe('starting', () => {
  test('one that the other has deleted is refused until they bring it back', async () => {
    const people = await talk()
    const set = (status: string) =>
      people.professional.request(
        'mutation ($input: SetConversationStatusInput!) { setConversationStatus(input: $input) { __typename } }',
        { input: { conversationId: people.conversationId, status } },
      )
    const asks = {
      userId: START,
      recipientId: 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }',
      withUserId: 'mutation ($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }',
    }
    const INPUTS = { userId: {}, recipientId: { body: 'Hello' }, withUserId: { type: 'CHAT' } }
    const ask = (name: keyof typeof asks, from: TestPerson, to: TestPerson) =>
      from.ask(asks[name], { input: { [name]: to.id, ...INPUTS[name] } })
    const NAMES = ['userId', 'recipientId', 'withUserId'] as const
    await set('DELETED')
    for (const name of NAMES)
      expect(codeOf(await ask(name, people.patient, people.professional))).toEqual({
        ...{ code: 'CONFLICT', reason: 'CONVERSATION_NOT_ACTIVE', field: `input.${name}` },
      })
    expect(await started(people.professional, people.patient)).toMatchObject({
      created: false,
      conversation: { id: people.conversationId, status: 'DELETED' },
    })
    await set('ACTIVE')
    for (const name of NAMES) expect((await ask(name, people.patient, people.professional)).errors).toBeUndefined()
  })

  test('003.1 the conversation of two is made once, by whoever comes first, and then returned', async () => {
    const { patient, professional } = await pair()
    const first = await started(patient, professional)
    expect(first).toMatchObject({
      created: true,
      conversation: { kind: 'DIRECT', status: 'ACTIVE', counterpart: { id: professional.id }, lastMessage: null },
    })
    expect(first.conversation.participants.map(({ role, user }) => [role, user.id])).toEqual([
      ['PATIENT', patient.id],
      ['PROFESSIONAL', professional.id],
    ])
    const again = await started(professional, patient)
    expect(again).toMatchObject({ created: false, conversation: { id: first.conversation.id } })
    expect(again.conversation).toMatchObject({ counterpart: { id: patient.id }, viewer: { role: 'PROFESSIONAL' } })
    expect(idsOf(await list(patient))).toEqual([first.conversation.id])
    expect(idsOf(await list(professional))).toEqual([first.conversation.id])
  })

  test('004.2 naming the other side gets the conversation, whichever side asks', async () => {
    const { patient, professional } = await pair()
    const { conversation } = await started(professional, patient)
    expect((await started(professional, patient)).conversation.id).toBe(conversation.id)
    expect((await started(patient, professional)).conversation.id).toBe(conversation.id)
  })

  test('003.1 000.13 a hundred at once, from both sides, make one, and count as one start', async () => {
    const { patient, professional } = await make(limited).pair()
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        index % 2 === 0 ? started(patient, professional) : started(professional, patient),
      ),
    )
    expect(new Set(answers.map(answer => answer.conversation.id)).size).toBe(1)
    expect(answers.filter(answer => answer.created)).toHaveLength(1)
  })

  test('oneself, nobody, somebody inactive, and people who were never related are refused, each in its way', async () => {
    const { patient: viewer, professional: doctor } = await pair()
    const inactive = await professional({ active: false })
    const stranger = await professional()
    const otherPatient = await patient()
    expect(codeOf(await start(viewer, viewer))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.userId' })
    for (const nobody of [{ id: 'nobody' }, { id: ' ' }, { id: 'a\u0000b' }, { id: '' }, inactive])
      expect(codeOf(await start(viewer, nobody))).toMatchObject({ code: 'NOT_FOUND', field: 'input.userId' })
    expect(codeOf(await start(viewer, stranger))).toMatchObject({ code: 'FORBIDDEN' })
    expect(codeOf(await start(viewer, otherPatient))).toMatchObject({ code: 'FORBIDDEN' })
    expect(codeOf(await start(admin, viewer))).toMatchObject({ code: 'FORBIDDEN' })
    expect(codeOf(await start(viewer, doctor, 'PROFESSIONAL'))).toMatchObject({ code: 'FORBIDDEN' })
    expect(idsOf(await list(viewer))).toEqual([])
  })

  test('once the care relationship has ended, what there is is returned and nothing is made', async () => {
    const { patient, professional, conversationId } = await talk()
    await patient.send(conversationId, 'before')
    await care(patient, professional, false)
    expect(await started(patient, professional)).toMatchObject({
      created: false,
      conversation: { id: conversationId, lastMessage: { body: 'before' } },
    })
    const others = await pair()
    await care(others.patient, others.professional, false)
    expect(codeOf(await start(others.patient, others.professional))).toMatchObject({
      code: 'CONFLICT',
      reason: 'CARE_RELATIONSHIP_ENDED',
    })
    await care(others.patient, others.professional, true)
    expect(await started(others.patient, others.professional)).toMatchObject({ created: true })
  })

  test('004.5 who may be both takes part with the role that fits, or says which', async () => {
    const [one, other] = [await person(['PATIENT', 'PROFESSIONAL']), await person(['PATIENT', 'PROFESSIONAL'])]
    await care(one, other)
    const asPatient = await started(one, other)
    expect(asPatient.conversation.viewer?.role).toBe('PATIENT')
    expect(codeOf(await start(one, other, 'PROFESSIONAL'))).toMatchObject({ code: 'FORBIDDEN' })
    await care(other, one)
    expect(codeOf(await start(one, other))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.asRole' })
    const asProfessional = await started(one, other, 'PROFESSIONAL')
    expect(asProfessional).toMatchObject({ created: true, conversation: { viewer: { role: 'PROFESSIONAL' } } })
    expect(asProfessional.conversation.id).not.toBe(asPatient.conversation.id)
    expect((await started(other, one, 'PROFESSIONAL')).conversation.id).toBe(asPatient.conversation.id)
    expect(idsOf(await list(one, { filter: { participantId: other.id } }))).toHaveLength(2)
  })

  test('004.5 into a conversation people send as whom it knows them, and as nobody else', async () => {
    const one = await person(['PATIENT', 'PROFESSIONAL'])
    const other = await professional()
    await care(one, other)
    const { conversation } = await started(one, other)
    const send = (asRole: string) =>
      one.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { senderRole } } }', {
        input: { conversationId: conversation.id, body: 'Hello', asRole },
      })
    expect(codeOf(await send('PROFESSIONAL'))).toMatchObject({ code: 'FORBIDDEN' })
    expect((await send('PATIENT')).data).toEqual({ sendMessage: { message: { senderRole: 'PATIENT' } } })
  })

  test('001.1 a message to a person makes their conversation if need be', async () => {
    const { patient, professional } = await pair()
    const send = async (sender: TestPerson, recipient: TestPerson) =>
      (
        await sender.request<{ sendMessage: { message: { seq: number; conversationId: string } } }>(
          'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { seq conversationId } } }',
          { input: { recipientId: recipient.id, body: 'Hello' } },
        )
      ).sendMessage.message
    const first = await send(patient, professional)
    expect(first.seq).toBe(1)
    expect(await send(professional, patient)).toEqual({ seq: 2, conversationId: first.conversationId })
  })
})

describe('reading', () => {
  test('001.3 003.3 the list shows the other person, the last message and what each has not read', async () => {
    const { patient, professional, conversationId } = await talk()
    await patient.send(conversationId, 'one')
    await patient.send(conversationId, 'two')
    const [edge] = (await list(professional)).edges
    expect(edge?.node).toMatchObject({
      counterpart: { id: patient.id },
      lastMessage: { body: 'two', seq: 2 },
      unreadCount: 2,
      firstUnread: { seq: 1 },
    })
    expect(edge?.node.participants.map(({ user, unreadCount }) => [user.id, unreadCount])).toEqual([
      [patient.id, 0],
      [professional.id, 2],
    ])
    expect(await read(patient, conversationId)).toMatchObject({ unreadCount: 0, firstUnread: null })
    await professional.request(
      'mutation ($input: MarkInput!) { markRead(input: $input) { conversation { unreadCount } } }',
      { input: { conversationId } },
    )
    expect(await read(professional, conversationId)).toMatchObject({ unreadCount: 0, firstUnread: null })
  })

  test('003.3 a deleted message and a SYSTEM message are not unread', async () => {
    const { patient, professional, conversationId } = await talk()
    const { id } = await patient.send(conversationId, 'gone')
    await patient.request(
      'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }',
      {
        input: { messageId: id },
      },
    )
    await make(server).session(patient, professional)
    expect(await read(professional, conversationId)).toMatchObject({ unreadCount: 0, lastMessage: { seq: 2 } })
    await patient.send(conversationId, 'three')
    expect(await read(professional, conversationId)).toMatchObject({ unreadCount: 1, firstUnread: { seq: 3 } })
  })

  test('001.5 the total counts every conversation', async () => {
    const doctor = await professional()
    const patients = [await patient(), await patient(), await patient()]
    for (const one of patients) {
      await care(one, doctor)
      const { conversation } = await started(one, doctor)
      if (one !== patients[0]) await one.send(conversation.id)
    }
    const { unreadCounts } = await doctor.request<{
      unreadCounts: { id: string; total: number; conversations: { unreadCount: number; counterpart: { id: string } }[] }
    }>('{ unreadCounts { id total conversations { unreadCount counterpart { id } } } }')
    expect(unreadCounts).toMatchObject({ id: doctor.id, total: 2 })
    expect(unreadCounts.conversations.map(one => one.counterpart.id)).toEqual([patients[2]?.id, patients[1]?.id])
  })

  test('only those who take part read it: others do not learn of it, admins that they may not', async () => {
    const { patient, conversationId } = await talk()
    const stranger = await professional()
    const query = 'query ($id: ID!) { conversation(id: $id) { id } }'
    expect(codeOf(await stranger.ask(query, { id: conversationId }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(codeOf(await admin.ask(query, { id: conversationId }))).toMatchObject({ code: 'FORBIDDEN' })
    for (const viewer of [patient, admin])
      for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000'])
        expect(codeOf(await viewer.ask(query, { id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a conversation gives its messages, positions and times', async () => {
    const { patient, conversationId } = await talk()
    for (const body of ['one', 'two', 'three']) await patient.send(conversationId, body)
    const { conversation } = await patient.request<{ conversation: Record<string, unknown> }>(
      `query ($id: ID!) { conversation(id: $id) { firstSeq createdAt lastActivityAt activeSession { id }
        sessions { edges { cursor } } messages(last: 2) { edges { node { body } } eventCursor } } }`,
      { id: conversationId },
    )
    expect(conversation).toMatchObject({
      firstSeq: 1,
      activeSession: null,
      sessions: { edges: [] },
      messages: { edges: [{ node: { body: 'two' } }, { node: { body: 'three' } }], eventCursor: expect.any(String) },
    })
    expect(String(conversation.lastActivityAt) >= String(conversation.createdAt)).toBe(true)
  })
})

describe('the list', () => {
  const manyTalks = async (count: number) => {
    const doctor = await professional()
    const patients: TestPerson[] = []
    const ids: string[] = []
    for (let index = 0; index < count; index++) {
      const one = await patient({ displayName: `${['Ärne', 'Bodil', 'Cyrus 100%_'][index % 3]} ${index}` })
      await care(one, doctor)
      ids.push((await started(one, doctor)).conversation.id)
      patients.push(one)
    }
    return { doctor, patients, ids }
  }

  test('000.5 pages go from the newest to the oldest, with true flags, and activity moves to the top', async () => {
    const { doctor, patients, ids } = await manyTalks(5)
    const [oldest] = ids
    await patients[0]?.send(oldest ?? '')
    const expected = [oldest, ...ids.slice(1).reverse()]
    const first = await list(doctor, { first: 2 })
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    const second = await list(doctor, { first: 2, after: first.pageInfo.endCursor })
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true })
    const third = await list(doctor, { first: 2, after: second.pageInfo.endCursor })
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    expect([first, second, third].flatMap(idsOf)).toEqual(expected)
    expect((await list(doctor, { after: third.pageInfo.endCursor })).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: null,
      endCursor: null,
    })
    expect((await list(doctor, { first: 5 })).pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false })
  })

  test('page sizes beyond 1 to 100 and cursors of other lists are BAD_USER_INPUT', async () => {
    const { patient, conversationId } = await talk()
    const { cursor } = await patient.send(conversationId)
    for (const [variables, field] of [
      [{ first: 0 }, 'first'],
      [{ first: 101 }, 'first'],
      [{ after: cursor }, 'after'],
      [{ after: 'nonsense' }, 'after'],
    ] as const)
      expect(codeOf(await patient.ask(LIST, variables))).toMatchObject({ code: 'BAD_USER_INPUT', field })
  })

  test('001.9 a search finds a part of the other’s name, in any case, and takes every sign literally', async () => {
    const { doctor, ids } = await manyTalks(3)
    const found = async (search: string) => idsOf(await list(doctor, { filter: { search } }))
    expect(await found('äRN')).toEqual([ids[0]])
    expect(await found(' bodil ')).toEqual([ids[1]])
    expect(await found('100%_')).toEqual([ids[2]])
    expect(await found('1%2')).toEqual([])
    expect(await found('_')).toEqual([ids[2]])
    expect(await found('\\')).toEqual([])
    expect(await found(doctor.displayName)).toEqual([])
    expect(await found('')).toHaveLength(3)
    expect(codeOf(await doctor.ask(LIST, { filter: { search: 'a\u0000' } }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'filter.search',
    })
  })

  test('filters narrow it; ACTIVE ones are listed whether the filter is left out, empty or null', async () => {
    const { doctor, patients, ids } = await manyTalks(3)
    await patients[1]?.send(ids[1] ?? '')
    const found = async (filter: unknown) => idsOf(await list(doctor, { filter })).sort()
    const all = [...ids].sort()
    for (const filter of [undefined, null, {}, { statuses: null }, { statuses: ['ACTIVE', 'ARCHIVED'] }])
      expect(await found(filter)).toEqual(all)
    expect(
      idsOf(
        (await doctor.request<List>('{ conversations { edges { node { id } } pageInfo { endCursor } } }'))
          .conversations,
      ).sort(),
    ).toEqual(all)
    expect(await found({ statuses: ['ARCHIVED', 'DELETED', 'BLOCKED'] })).toEqual([])
    expect(await found({ kinds: ['GROUP', 'SUPPORT'] })).toEqual([])
    expect(await found({ kinds: ['DIRECT'] })).toEqual(all)
    expect(await found({ unreadOnly: true })).toEqual([ids[1]])
    expect(await found({ participantId: patients[2]?.id })).toEqual([ids[2]])
    expect(await found({ participantId: 'nobody' })).toEqual([])
    expect(await found({ participantId: 'a\u0000' })).toEqual([])
  })
})

describe('settings', () => {
  test('000.13 starts beyond the configured number in a minute are RATE_LIMITED; what exists is returned all the same', async () => {
    const { care, patient, professional } = make(limited)
    const one = await patient()
    const doctors = [await professional(), await professional(), await professional()]
    for (const doctor of doctors) await care(one, doctor)
    const [first, second, third] = doctors as [TestPerson, TestPerson, TestPerson]
    await started(one, first)
    await started(one, second)
    const refused = codeOf(await start(one, third))
    expect(refused).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) })
    expect(await started(one, first)).toMatchObject({ created: false })
    expect(await started(third, one)).toMatchObject({ created: true })
  })

  test('with open care relationships any patient may write to any professional, unless they were parted', async () => {
    const open = await startApp({ openCareRelationships: true })
    const { care, patient, professional, person } = make(open)
    const [one, doctor, parted] = [await patient(), await professional(), await professional()]
    expect(await started(one, doctor)).toMatchObject({ created: true })
    await care(one, parted, false)
    expect(codeOf(await start(one, parted))).toMatchObject({ code: 'CONFLICT', reason: 'CARE_RELATIONSHIP_ENDED' })
    expect(codeOf(await start(one, await patient()))).toMatchObject({ code: 'FORBIDDEN' })
    const [both, also] = [await person(['PATIENT', 'PROFESSIONAL']), await person(['PATIENT', 'PROFESSIONAL'])]
    expect(codeOf(await start(both, also))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.asRole' })
    expect((await started(both, also, 'PROFESSIONAL')).conversation.viewer?.role).toBe('PROFESSIONAL')
  })
})
