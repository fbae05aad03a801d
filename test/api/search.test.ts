import { describe, expect, test } from '@jest/globals'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

interface Match {
  cursor: string
  node: { rank: number; excerpt: { text: string; match: boolean }[]; message: { id: string; body: string } }
}
interface Found {
  searchMessages: {
    edges: Match[]
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null }
  }
}

const SEARCH = `query ($query: String!, $id: ID, $first: Int, $after: String) {
  searchMessages(query: $query, conversationId: $id, first: $first, after: $after) {
    edges { cursor node { rank excerpt { text match } message { id body } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`

const search = async (viewer: TestPerson, query: string, variables: Record<string, unknown> = {}) =>
  (await viewer.request<Found>(SEARCH, { query, ...variables })).searchMessages
const bodies = async (viewer: TestPerson, query: string, variables?: Record<string, unknown>) =>
  (await search(viewer, query, variables)).edges.map(({ node }) => node.message.body)

describe('001.15 search', () => {
  test('001.15 finds words, phrases and alternatives, and leaves out what it shall', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const knee = 'My left knee hurts when I walk'
    const hip = 'The hip is fine, the knee is not'
    for (const body of [knee, hip, 'Nothing to see']) await patient.send(conversationId, body)
    expect(await bodies(professional, 'KNEE')).toHaveLength(2)
    expect(await bodies(professional, 'knee walk')).toEqual([knee])
    expect(await bodies(professional, '"left knee"')).toEqual([knee])
    expect(await bodies(professional, '"knee left"')).toEqual([])
    expect(await bodies(professional, 'knee -hip')).toEqual([knee])
    expect((await bodies(professional, 'walk or fine')).sort()).toEqual([knee, hip].sort())
    await patient.send(conversationId, 'pain <5 but >3')
    expect(await bodies(professional, 'pain but')).toHaveLength(1)
    expect(await bodies(professional, '!!! ()')).toEqual([])
    expect(await bodies(professional, conversationId)).toEqual([])
    expect(await bodies(professional, `c ${conversationId}`)).toEqual([])
  })

  test('001.15 finds nothing by what must not be there alone, however often that is said', async () => {
    const { patient, conversationId } = await given.talk()
    await patient.send(conversationId, 'well-known words')
    for (const query of ['-nothing', 'words or -nothing', '-'.repeat(200), '- '.repeat(99)])
      expect(await bodies(patient, query)).toEqual([])
    expect(await bodies(patient, 'well-known --- words -')).toHaveLength(1)
  })

  test('001.15 shows short words too: they may be a dose', async () => {
    const { patient, conversationId } = await given.talk()
    const body = 'take 5 mg tablet 2 at 8'
    await patient.send(conversationId, body)
    const { edges } = await search(patient, 'tablet')
    expect(edges[0]?.node.excerpt.map(({ text }) => text).join('')).toBe(body)
  })

  test('001.15 looks through the newest that hold the words, up to 500,000 characters of them', async () => {
    const { patient, conversationId } = await given.talk()
    await patient.send(conversationId, 'zeta omega, the oldest')
    const long = 'zeta omega '.repeat(450)
    for (let sent = 0; sent < 110; sent++) await patient.send(conversationId, `${long} ${sent}`)
    expect((await search(patient, 'zeta', { first: 100 })).pageInfo.hasNextPage).toBe(false)
    expect(await bodies(patient, '"zeta zeta"')).toEqual([])
  })

  test('001.15 shows where, in pieces that are shown as they are', async () => {
    const { patient, conversationId } = await given.talk()
    await patient.send(conversationId, 'Take \u0001ibuprofen\u0002 <b>twice</b> a day, no more ibuprofen')
    const { edges } = await search(patient, 'ibuprofen')
    const [{ rank, excerpt }] = edges.map(({ node }) => node) as [Match['node']]
    expect(rank).toBeGreaterThan(0)
    expect(excerpt.filter(({ match }) => match).map(({ text }) => text)).toEqual(['ibuprofen', 'ibuprofen'])
    expect(excerpt.map(({ text }) => text).join('')).toBe('Take ibuprofen <b>twice</b> a day, no more ibuprofen')
  })

  test('001.15 gives the best first, page by page, each once', async () => {
    const { patient, professional, conversationId } = await given.talk()
    for (let n = 0; n < 7; n++) await patient.send(conversationId, `alpha ${'word '.repeat(n)} omega`)
    await patient.send(conversationId, 'alpha only')
    const all = await search(professional, 'alpha omega')
    const ranks = all.edges.map(({ node }) => node.rank)
    expect(ranks).toEqual([...ranks].sort((one, other) => other - one))
    expect(all.edges[0]?.node.message.body).toBe('alpha  omega')
    expect(all.edges).toHaveLength(7)
    const paged: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const page: Found['searchMessages'] = await search(professional, 'alpha omega', { first: 3, after })
      paged.push(...page.edges.map(({ node }) => node.message.id))
      ;({ endCursor: after, hasNextPage: more } = page.pageInfo)
    }
    expect(paged).toEqual(all.edges.map(({ node }) => node.message.id))
  })

  test('001.15 gives the newest first of what matches equally well, over pages and conversations', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const another = await given.professional()
    await given.care(patient, another)
    const other = await given.conversation(patient, another)
    const sent: string[] = []
    for (let n = 0; n < 6; n++) {
      const [author, id] = n % 2 === 0 ? [professional, conversationId] : [another, other]
      sent.unshift((await author.send(id, `equal match`)).id)
    }
    // Stored in one batch, at one time.
    const batch = await Promise.all(
      ['a', 'b', 'c', 'd'].map(word => patient.send(conversationId, `equal match ${word}`)),
    )
    const bySeq = batch.sort((one, two) => two.seq - one.seq).map(({ id }) => id)
    await app.database.call(
      `update messages set created_at = (select max(created_at) from messages) where id = any($1::uuid[])`,
      [bySeq],
    )
    const found: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const page: Found['searchMessages'] = await search(patient, 'equal match', { first: 3, after })
      found.push(...page.edges.map(({ node }) => node.message.id))
      ;({ endCursor: after, hasNextPage: more } = page.pageInfo)
    }
    expect(found).toEqual([...bySeq, ...sent])
  })

  test('001.15 goes on only in the search that its cursor is of', async () => {
    const { patient, conversationId: id } = await given.talk()
    for (let n = 0; n < 3; n++) await patient.send(id, 'first second')
    const { pageInfo } = await search(patient, 'first', { first: 1 })
    const after = pageInfo.endCursor
    expect((await search(patient, ' first ', { after })).edges).toHaveLength(2)
    for (const variables of [
      { query: 'second', after },
      { query: 'first', id, after },
    ]) {
      const { errors } = await patient.ask(SEARCH, variables)
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }])
    }
  })

  test.each([
    ['a control character', 'ibu\u0001pro\u007ffen', 'ibuprofen'],
    ['a space of no width', 'ibu\u200bprofen', 'ibuprofen'],
    ['a hyphen that is not shown', 'ibu\u00adprofen', 'ibuprofen'],
    ['a mark of direction', '\u200eibu\u2066profen\u2069', 'ibuprofen'],
    ['what keeps letters apart or together', 'می\u200cخوا\u200dهم', 'میخواهم'],
    ['accents of their own', 'cafe\u0301', 'caf\u00e9'],
  ])('001.15 takes for one word what is seen as one: %s', async (_, written, seen) => {
    const { patient, conversationId } = await given.talk()
    const body = `Take ${written} 👩\u200d⚕️ now`
    await patient.send(conversationId, body)
    for (const word of [written, seen]) {
      const { edges } = await search(patient, word)
      expect(edges.map(({ node }) => node.message.body)).toEqual([body])
      const excerpt = edges[0]?.node.excerpt ?? []
      expect(excerpt.filter(({ match }) => match)).toEqual([{ text: seen, match: true }])
      expect(excerpt.map(({ text }) => text).join('')).toBe(`Take ${seen} 👩\u200d⚕️ now`)
    }
  })

  test('001.15 finds nothing of others, nor what was deleted or changed', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { conversationId: others } = await given.talk()
    const secret = `secret${Date.now()}`
    const { id } = await patient.send(conversationId, `A ${secret}`)
    expect(await bodies(professional, secret)).toHaveLength(1)
    expect(await bodies(await given.patient(), secret)).toEqual([])
    expect(await bodies(given.admin, secret)).toEqual([])
    const stranger = await given.patient()
    for (const [viewer, code] of [
      [stranger, 'NOT_FOUND'],
      [given.admin, 'FORBIDDEN'],
    ] as const) {
      const { errors } = await viewer.ask(SEARCH, { query: secret, id: others })
      expect(errors).toMatchObject([{ extensions: { code } }])
    }
    await patient.request('mutation ($i: EditMessageInput!) { editMessage(input: $i) { message { id } } }', {
      i: { messageId: id, body: 'Other words' },
    })
    expect(await bodies(professional, secret)).toEqual([])
    expect(await bodies(professional, 'other words')).toEqual(['Other words'])
    await patient.request('mutation ($i: DeleteMessageInput!) { deleteMessage(input: $i) { message { id } } }', {
      i: { messageId: id },
    })
    expect(await bodies(professional, 'other words')).toEqual([])
  })

  test('001.15 in one conversation only', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const another = await given.professional()
    await given.care(patient, another)
    const other = await given.conversation(patient, another)
    await professional.send(conversationId, 'appointment here')
    await another.send(other, 'appointment there')
    expect(await bodies(patient, 'appointment')).toHaveLength(2)
    expect(await bodies(patient, 'appointment', { id: other })).toEqual(['appointment there'])
  })

  test.each([
    ['query', { query: '' }],
    ['query', { query: 'x'.repeat(201) }],
    ['query', { query: 'a\u0000' }],
    ['first', { query: 'a', first: 101 }],
    ['after', { query: 'a', after: 'x' }],
  ])('001.15 a bad %s is told: %j', async (field, variables) => {
    const { errors } = await given.admin.ask(SEARCH, variables)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }])
  })
})

test('001.15 finds the other forms of a word where a language is set, and every word as it stands', async () => {
  const english = await startApp({ searchLanguage: 'english' }, { beside: app })
  const { patient, professional, conversationId } = await given.talk()
  await patient.send(conversationId, 'I have been walking the dogs')
  expect(await bodies(professional, 'walked dog')).toEqual([])
  expect(await bodies(professional.at(english), 'walked dog')).toHaveLength(1)
  expect(await bodies(professional.at(english), 'the')).toHaveLength(1)
  const { edges } = await search(professional.at(english), 'walks')
  expect(edges[0]?.node.excerpt.filter(({ match }) => match)).toEqual([{ text: 'walking', match: true }])
})
