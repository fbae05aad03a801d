import { describe, expect, test } from '@jest/globals'
import { make, TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)
const { admin } = given

interface Grant {
  id: string
  admin: { id: string }
  subject: { id: string }
  reason: string
  grantedAt: string
  expiresAt: string
  endedAt: string | null
}
interface History {
  userHistory: {
    edges: { node: { body: string | null; sender: { id: string } } }[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  } | null
}

const GRANT = 'id admin { id } subject { id } reason grantedAt expiresAt endedAt'
const REQUEST = `mutation ($i: RequestAccessInput!) { requestAccess(input: $i) { accessGrant { ${GRANT} } } }`
const END = `mutation ($id: ID!) { endAccess(input: { id: $id }) { accessGrant { ${GRANT} } } }`
const REPORT = `{ accessReport { edges { node { ${GRANT} } } } }`
const HISTORY = `query ($id: ID, $direction: Direction, $first: Int, $after: String) {
  userHistory(userId: $id, direction: $direction, first: $first, after: $after) {
    edges { node { body sender { id } } } pageInfo { hasNextPage endCursor }
  }
}`
const REASON = 'A complaint that names this person'

const historyOf = async (viewer: TestPerson, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await viewer.ask<History>(HISTORY, variables)
  return errors ? errors[0]!.extensions.code : data?.userHistory?.edges.map(({ node }) => node.body)
}
const open = async (subject: { id: string }, minutes = 5) =>
  (
    await admin.request<{ requestAccess: { accessGrant: Grant } }>(REQUEST, {
      i: { subjectId: subject.id, reason: REASON, minutes },
    })
  ).requestAccess.accessGrant

/** A patient with two professionals, who have written 1, 2, 3, 4 to each other. */
const correspondence = async () => {
  const { patient, professional, conversationId } = await given.talk()
  const another = await given.professional()
  await given.care(patient, another)
  const otherId = await given.conversation(patient, another)
  await patient.send(conversationId, '1')
  await another.send(otherId, '2')
  await professional.send(conversationId, '3')
  await patient.send(otherId, '4')
  return { patient, professional }
}

describe('userHistory', () => {
  test('002.3 of one’s own is over all conversations, newest first, in pages', async () => {
    const { patient, professional } = await correspondence()
    expect(await historyOf(patient)).toEqual(['4', '3', '2', '1'])
    expect(await historyOf(patient, { direction: 'OUTBOUND' })).toEqual(['4', '1'])
    expect(await historyOf(patient, { id: patient.id, direction: 'INBOUND' })).toEqual(['3', '2'])
    expect(await historyOf(professional)).toEqual(['3', '1'])
    const first = (await patient.request<History>(HISTORY, { first: 3 })).userHistory!
    const rest = (await patient.request<History>(HISTORY, { first: 3, after: first.pageInfo.endCursor })).userHistory!
    expect([...first.edges, ...rest.edges].map(({ node }) => node.body)).toEqual(['4', '3', '2', '1'])
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false])
  })

  test('002.2 of another is an admin’s under a grant, and ends with it', async () => {
    const { patient, professional } = await correspondence()
    for (const viewer of [admin, professional, await given.patient()])
      expect(await historyOf(viewer, { id: patient.id })).toBe('FORBIDDEN')
    expect(await historyOf(admin, { id: 'nobody' })).toBe('FORBIDDEN')
    const grant = await open(patient)
    expect(grant).toMatchObject({ admin: { id: admin.id }, subject: { id: patient.id }, reason: REASON, endedAt: null })
    expect(Date.parse(grant.expiresAt) - Date.parse(grant.grantedAt)).toBe(5 * 60_000)
    expect(await historyOf(admin, { id: patient.id })).toEqual(['4', '3', '2', '1'])
    expect(await historyOf(admin, { id: patient.id, direction: 'INBOUND' })).toEqual(['3', '2'])
    expect(await historyOf(admin, { id: professional.id })).toBe('FORBIDDEN')
    expect(await historyOf(await given.person(['ADMIN']), { id: patient.id })).toBe('FORBIDDEN')
    const { endAccess } = await admin.request<{ endAccess: { accessGrant: Grant } }>(END, { id: grant.id })
    expect(endAccess.accessGrant.endedAt).not.toBeNull()
    expect(await historyOf(admin, { id: patient.id })).toBe('FORBIDDEN')
    expect((await admin.request<{ endAccess: { accessGrant: Grant } }>(END, { id: grant.id })).endAccess).toEqual(
      endAccess,
    )
  })

  test('002.2 of another is over when the time is', async () => {
    const { patient } = await correspondence()
    const { id } = await open(patient)
    expect(await historyOf(admin, { id: patient.id })).toHaveLength(4)
    await app.database.call(`update access_grants set expires_at = now() where id = $1`, [id])
    expect(await historyOf(admin, { id: patient.id })).toBe('FORBIDDEN')
    const { endAccess } = await admin.request<{ endAccess: { accessGrant: Grant } }>(END, { id })
    expect(endAccess.accessGrant.endedAt).toBeNull()
  })
})

describe('requestAccess', () => {
  test('002.11 tells the subject, who finds it in their report', async () => {
    const { patient } = await given.pair()
    const grant = await open(patient)
    expect(await patient.request(REPORT)).toEqual({ accessReport: { edges: [{ node: grant }] } })
    const { notifications } = await patient.request<{ notifications: { edges: { node: object }[] } }>(
      '{ notifications { edges { node { kind actor { id } } } } }',
    )
    expect(notifications.edges).toEqual([{ node: { kind: 'ACCESS_GRANTED', actor: { id: admin.id } } }])
    expect(await (await given.patient()).request(REPORT)).toEqual({ accessReport: { edges: [] } })
  })

  test.each([
    ['input.reason', 'BAD_USER_INPUT', { reason: 'too short' }],
    ['input.minutes', 'BAD_USER_INPUT', { minutes: 4 }],
    ['input.minutes', 'BAD_USER_INPUT', { minutes: 241 }],
    ['input.subjectId', 'BAD_USER_INPUT', { subjectId: admin.id }],
    ['input.subjectId', 'NOT_FOUND', { subjectId: 'nobody' }],
  ])('002.11 a bad %s is %s: %j', async (field, code, wrong) => {
    const { id: subjectId } = await given.patient()
    const { errors } = await admin.ask(REQUEST, { i: { subjectId, reason: REASON, minutes: 10, ...wrong } })
    expect(errors).toMatchObject([{ extensions: { code, field } }])
  })

  test.each(['x', '00000000-0000-4000-8000-000000000000'])('002.11 ends no grant %s', async id => {
    expect((await admin.ask(END, { id })).errors).toMatchObject([
      { extensions: { code: 'NOT_FOUND', field: 'input.id' } },
    ])
  })
})

describe('accessGrants', () => {
  const GRANTS = `query ($subjectId: ID, $adminId: ID, $active: Boolean, $first: Int, $after: String) {
    accessGrants(subjectId: $subjectId, adminId: $adminId, active: $active, first: $first, after: $after) {
      edges { node { ${GRANT} } } pageInfo { hasNextPage endCursor }
    }
  }`
  interface Grants {
    accessGrants: { edges: { node: Grant }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
  }
  const list = async (variables: Record<string, unknown>) => {
    const { accessGrants } = await admin.request<Grants>(GRANTS, variables)
    return accessGrants.edges.map(({ node }) => node)
  }

  test('002.11 tell every admin who could look at whose data, and whether they still can', async () => {
    const [subject, another] = [await given.patient(), await given.patient()]
    const other = await given.person(['ADMIN'])
    const { requestAccess: ofOther } = await other.request<{ requestAccess: { accessGrant: Grant } }>(REQUEST, {
      i: { subjectId: subject.id, reason: REASON, minutes: 240 },
    })
    const ended = await open(subject)
    const { endAccess } = await other.request<{ endAccess: { accessGrant: Grant } }>(END, { id: ended.id })
    const over = await open(subject)
    await app.database.call('update access_grants set expires_at = now() where id = $1', [over.id])
    const held = await open(subject)
    const elsewhere = await open(another)
    const idsOf = async (variables: Record<string, unknown>) => (await list(variables)).map(({ id }) => id)

    const all = await list({ subjectId: subject.id })
    expect(all.map(({ id }) => id)).toEqual([held.id, over.id, ended.id, ofOther.accessGrant.id])
    expect(all).toMatchObject([held, { id: over.id, endedAt: null }, endAccess.accessGrant, ofOther.accessGrant])
    expect(await idsOf({ subjectId: subject.id, active: true })).toEqual([held.id, ofOther.accessGrant.id])
    expect(await idsOf({ subjectId: subject.id, active: false })).toEqual([over.id, ended.id])
    expect(await idsOf({ adminId: other.id })).toEqual([ofOther.accessGrant.id])
    expect(await idsOf({ adminId: other.id, subjectId: another.id })).toEqual([])
    expect((await idsOf({})).slice(0, 2)).toEqual([elsewhere.id, held.id])
    expect(await idsOf({ subjectId: 'nobody' })).toEqual([])
  })

  test('002.11 come in pages', async () => {
    const subject = await given.patient()
    const opened: string[] = []
    for (let n = 0; n < 5; n++) opened.unshift((await open(subject)).id)
    const found: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const page: Grants = await admin.request<Grants>(GRANTS, { subjectId: subject.id, first: 2, after })
      found.push(...page.accessGrants.edges.map(({ node }) => node.id))
      ;({ endCursor: after, hasNextPage: more } = page.accessGrants.pageInfo)
    }
    expect(found).toEqual(opened)
  })

  test.each([
    ['subjectId', { subjectId: 'a\u0007' }],
    ['adminId', { adminId: '' }],
    ['first', { first: 101 }],
    ['after', { after: 'x' }],
  ])('002.11 a bad %s is told: %j', async (field, variables) => {
    const { errors } = await admin.ask(GRANTS, variables)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }])
  })
})

describe('chatUsers', () => {
  const SUPPORT = 'mutation { startSupportConversation { conversation { id } } }'
  const LIST = `query ($search: String, $first: Int, $after: String) {
    chatUsers(search: $search, first: $first, after: $after) {
      edges { cursor node { id user { displayName } conversation { id kind } lastMessageAt lastMessage { body createdAt } unreadCount } }
      pageInfo { hasNextPage endCursor }
    }
  }`
  interface Row {
    id: string
    conversation: { id: string }
    lastMessageAt: string | null
    lastMessage: { body: string; createdAt: string } | null
    unreadCount: number
  }
  interface List {
    chatUsers: { edges: { node: Row }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
  }
  const list = async (variables: Record<string, unknown>) => (await admin.request<List>(LIST, variables)).chatUsers
  const startSupport = async (user: TestPerson) =>
    (await user.request<{ startSupportConversation: { conversation: { id: string } } }>(SUPPORT))
      .startSupportConversation.conversation.id

  test('002.4 lists who wrote to the desk, the most recent first, with what the desk has not read', async () => {
    const name = `Desk ${Date.now()}`
    const [first, second] = [await given.patient({ displayName: name }), await given.patient({ displayName: name })]
    const [one, two] = [await startSupport(first), await startSupport(second)]
    await second.send(two, 'b1')
    await first.send(one, 'a1')
    await first.send(one, 'a2')
    const rows = (await list({ search: name.toUpperCase() })).edges.map(({ node }) => node)
    expect(rows).toMatchObject([
      { id: first.id, conversation: { id: one }, lastMessage: { body: 'a2' }, unreadCount: 2 },
      { id: second.id, conversation: { id: two }, lastMessage: { body: 'b1' }, unreadCount: 1 },
    ])
    expect(rows[0]?.lastMessageAt).toBe(rows[0]?.lastMessage?.createdAt)
    const page = await list({ search: name, first: 1 })
    expect(page.pageInfo.hasNextPage).toBe(true)
    expect((await list({ search: name, first: 1, after: page.pageInfo.endCursor })).edges[0]?.node.id).toBe(second.id)
  })

  test('002.4 counts as read what any admin has read, and nothing that the desk itself wrote', async () => {
    const displayName = `Read ${Date.now()}`
    const user = await given.patient({ displayName })
    const id = await startSupport(user)
    await user.send(id, 'help')
    const other = await given.person(['ADMIN'])
    await other.request('mutation ($i: MarkInput!) { markRead(input: $i) { participant { id } } }', {
      i: { conversationId: id },
    })
    await other.send(id, 'answer')
    const [row] = (await list({ search: displayName })).edges
    expect(row?.node).toMatchObject({ unreadCount: 0, lastMessage: { body: 'answer' } })
    await user.send(id, 'thanks')
    expect((await list({ search: displayName })).edges[0]?.node.unreadCount).toBe(1)
  })

  test('002.4 is closed to who is no admin any more, whatever they wrote there', async () => {
    const user = await given.patient()
    const id = await startSupport(user)
    const former = await given.person(['ADMIN', 'PROFESSIONAL'])
    await former.send(id, 'answer')
    await user.send(id, 'aftercare')
    const LOOK = `{
      searchMessages(query: "aftercare") { edges { node { message { conversationId } } } }
      unreadMessages { edges { node { conversationId } } } userHistory { edges { node { conversationId } } }
    }`
    const look = async (viewer: TestPerson) =>
      Object.values(await viewer.request<Record<string, { edges: object[] }>>(LOOK)).map(
        ({ edges }) => edges.filter(edge => JSON.stringify(edge).includes(id)).length,
      )
    expect(await look(former)).toEqual([1, 1, 2])
    await admin.request('mutation ($u: [UserInput!]!) { upsertUsers(input: { users: $u }) { users { id } } }', {
      u: [{ id: former.id, displayName: 'Former', roles: ['PROFESSIONAL'] }],
    })
    const professional = new TestPerson(app, former.id, 'Former', ['PROFESSIONAL'])
    expect(await look(professional)).toEqual([0, 0, 0])
    expect((await professional.ask('query ($id: ID!) { user(id: $id) { id } }', { id: user.id })).errors).toMatchObject(
      [{ extensions: { code: 'NOT_FOUND' } }],
    )
  })

  test('002.4 is the admins’', async () => {
    for (const person of [await given.patient(), await given.professional()])
      expect((await person.ask(LIST)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })
})
