import { describe, expect, test } from '@jest/globals'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

interface Unread {
  unreadMessages: {
    edges: { cursor: string; node: { body: string } }[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
    eventCursor: string | null
  }
}

const UNREAD = `query ($id: ID, $first: Int, $after: String) {
  unreadMessages(conversationId: $id, first: $first, after: $after) {
    edges { cursor node { body } } pageInfo { hasNextPage endCursor } eventCursor
  }
}`
const MESSAGE = 'query ($id: ID!) { message(id: $id) { id body deletedAt } }'
const READ = 'mutation ($input: MarkInput!) { markRead(input: $input) { participant { id } } }'

const unread = async (viewer: TestPerson, variables: Record<string, unknown> = {}) =>
  (await viewer.request<Unread>(UNREAD, variables)).unreadMessages
const bodies = async (viewer: TestPerson, variables?: Record<string, unknown>) =>
  (await unread(viewer, variables)).edges.map(({ node }) => node.body)

/** A patient with two professionals. */
const twoTalks = async () => {
  const { patient, professional, conversationId } = await given.talk()
  const another = await given.professional()
  await given.care(patient, another)
  return { patient, professional, conversationId, another, otherId: await given.conversation(patient, another) }
}

describe('003.5 unread messages', () => {
  test('003.5 are listed oldest first, over all or of one conversation, until they are read', async () => {
    const { patient, professional, conversationId, another, otherId } = await twoTalks()
    for (const body of ['1', '3', '5']) {
      await professional.send(conversationId, body)
      await another.send(otherId, String(Number(body) + 1))
    }
    await patient.send(conversationId, 'own')
    const { id } = await professional.send(conversationId, 'deleted')
    await professional.request('mutation ($i: DeleteMessageInput!) { deleteMessage(input: $i) { message { id } } }', {
      i: { messageId: id },
    })
    expect(await bodies(patient)).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(await bodies(patient, { id: otherId })).toEqual(['2', '4', '6'])
    expect(await bodies(professional)).toEqual(['own'])
    await patient.request(READ, { input: { conversationId } })
    expect(await bodies(patient)).toEqual(['2', '4', '6'])
  })

  test('003.5 come in pages, each once, whatever is read meanwhile', async () => {
    const { patient, professional, conversationId, another, otherId } = await twoTalks()
    for (let n = 0; n < 5; n++) {
      await professional.send(conversationId, `a${n}`)
      await another.send(otherId, `b${n}`)
    }
    const first = await unread(patient, { first: 3 })
    expect(first).toMatchObject({ pageInfo: { hasNextPage: true }, eventCursor: null })
    await patient.request(READ, { input: { conversationId } })
    const rest = await unread(patient, { first: 10, after: first.pageInfo.endCursor })
    expect(first.edges.map(({ node }) => node.body)).toEqual(['a0', 'b0', 'a1'])
    expect(rest.edges.map(({ node }) => node.body)).toEqual(['b1', 'b2', 'b3', 'b4'])
    expect(rest.pageInfo.hasNextPage).toBe(false)
  })

  test('003.5 of others are nobody else’s', async () => {
    const { professional, conversationId } = await given.talk()
    await professional.send(conversationId, 'private')
    const { edges } = await unread((await given.talk()).patient)
    expect(edges).toEqual([])
    const { cursor } = await professional.send(conversationId, 'mark')
    expect(await bodies(await given.patient(), { after: cursor })).toEqual([])
  })
})

test('message: by its id, deleted ones without their text', async () => {
  const { patient, professional, conversationId } = await given.talk()
  const { id } = await patient.send(conversationId, 'here')
  expect(await professional.request(MESSAGE, { id })).toEqual({ message: { id, body: 'here', deletedAt: null } })
  await patient.request('mutation ($i: DeleteMessageInput!) { deleteMessage(input: $i) { message { id } } }', {
    i: { messageId: id },
  })
  expect(await professional.request(MESSAGE, { id })).toMatchObject({ message: { id, body: null } })
  for (const wrong of ['x', '00000000-0000-4000-8000-000000000000'])
    expect((await professional.ask(MESSAGE, { id: wrong })).errors).toMatchObject([
      { extensions: { code: 'NOT_FOUND', field: 'id' } },
    ])
})
