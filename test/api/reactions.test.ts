import { describe, expect, test } from '@jest/globals'
import { make, type TestPerson } from '../support/make.js'
import { begun, rooms } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)
const { change, group, join, showHistory, support } = rooms(app)

const PARTS = 'id reactions { emoji count viewerReacted users { id displayName } }'
const mutation = (name: string) =>
  `mutation ($input: ReactionInput!) { payload: ${name}(input: $input) { message { ${PARTS} } } }`
const REACT = mutation('react')
const UNREACT = mutation('unreact')
const READ = `query ($id: ID!) { message(id: $id) { ${PARTS} } }`
const UPDATED = `subscription ($id: ID) { messageUpdated(conversationId: $id) { ${PARTS} } }`
const EVENTS = `subscription ($id: ID!, $after: String) { conversationEvents(conversationId: $id, after: $after) {
  __typename ... on MessageChanged { change message { reactions { emoji count viewerReacted } } } } }`

interface Group {
  emoji: string
  count: number
  viewerReacted: boolean
  users: { id: string; displayName: string }[]
}

const act = async (document: string, person: TestPerson, messageId: string, emoji: string) => {
  const input = { messageId, emoji }
  const { payload } = await person.request<{ payload: { message: { reactions: Group[] } } }>(document, { input })
  return payload.message.reactions
}
const react = (person: TestPerson, messageId: string, emoji = '👍') => act(REACT, person, messageId, emoji)
const unreact = (person: TestPerson, messageId: string, emoji = '👍') => act(UNREACT, person, messageId, emoji)
const refusal = async (person: TestPerson, messageId: string, emoji = '👍', document = REACT) =>
  (await person.ask(document, { input: { messageId, emoji } })).errors?.[0]?.extensions
const read = async (person: TestPerson, id: string) =>
  (await person.request<{ message: { reactions: Group[] } }>(READ, { id })).message.reactions

const named = ({ id, displayName }: TestPerson) => ({ id, displayName })
const revOf = async (conversationId: string) => (await app.services.conversations.find(conversationId))?.rev ?? 0

describe('000.16 reactions', () => {
  test('are counted by emoji, with those who reacted, as each sees them', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId)
    expect(await read(patient, id)).toEqual([])
    await react(professional, id, '🎉')
    await react(patient, id)
    expect(await react(professional, id)).toEqual([
      { emoji: '🎉', count: 1, viewerReacted: true, users: [named(professional)] },
      { emoji: '👍', count: 2, viewerReacted: true, users: [named(patient), named(professional)] },
    ])
    expect(await unreact(professional, id)).toMatchObject([
      { emoji: '🎉', count: 1, viewerReacted: true },
      { emoji: '👍', count: 1, viewerReacted: false },
    ])
    expect(await read(patient, id)).toMatchObject([
      { emoji: '🎉', count: 1, viewerReacted: false },
      { emoji: '👍', count: 1, viewerReacted: true },
    ])
  })

  test('name as many of those who reacted as are asked for', async () => {
    const people = await Promise.all([given.professional(), given.professional(), given.professional()])
    const [first, second] = people
    const conversationId = await group(...people)
    const { id } = await first.send(conversationId)
    for (const person of people) await react(person, id)
    const users = (size: string) =>
      first.ask(`query ($id: ID!) { message(id: $id) { reactions { count users(first: ${size}) { id } } } }`, { id })
    expect((await users('2')).data).toEqual({
      message: { reactions: [{ count: 3, users: [{ id: first.id }, { id: second.id }] }] },
    })
    expect((await users('null')).data).toMatchObject({
      message: { reactions: [{ users: people.map(({ id }) => ({ id })) }] },
    })
    for (const size of ['0', '101'])
      expect((await users(size)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'first' } }])
  })

  test('change the message once, and are told live to each as they see them', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId)
    const sockets = await Promise.all([patient.connect(), professional.connect()])
    const updates = sockets.map(socket =>
      socket.subscribe<{ messageUpdated: { reactions: Group[] } }>(UPDATED, { id: conversationId }),
    )
    for (const socket of sockets) await begun(socket, 1)
    const before = await revOf(conversationId)
    const cursor = app.services.cursors.event(conversationId, before)
    await react(patient, id)
    await react(patient, id)
    await unreact(patient, id, '🎉')
    expect(await revOf(conversationId)).toBe(before + 1)
    const seen = (viewerReacted: boolean) => ({
      messageUpdated: { id, reactions: [{ emoji: '👍', count: 1, viewerReacted, users: [named(patient)] }] },
    })
    expect(await updates[0]?.next()).toEqual(seen(true))
    expect(await updates[1]?.next()).toEqual(seen(false))
    const events = sockets[1]?.subscribe(EVENTS, { id: conversationId, after: cursor })
    expect(await events?.next()).toEqual({
      conversationEvents: {
        __typename: 'MessageChanged',
        change: 'UPDATED',
        message: { reactions: [{ emoji: '👍', count: 1, viewerReacted: false }] },
      },
    })
    await unreact(patient, id)
    expect(await updates[1]?.next()).toEqual({ messageUpdated: { id, reactions: [] } })
  })

  test('are one emoji each, the same however it is written, and at most five of one person', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId)
    for (const emoji of ['', 'a', '👍👍', '1', '\u2764\uFE0E'])
      expect(await refusal(patient, id, emoji)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.emoji' })
    await react(patient, id, '\u2764')
    expect(await react(patient, id, '\u2764\uFE0F')).toMatchObject([{ emoji: '\u2764\uFE0F', count: 1 }])
    for (const emoji of ['👍🏽', '🇩🇪', '👨‍👩‍👧‍👦', '1\uFE0F\u20E3']) await react(patient, id, emoji)
    expect(await refusal(patient, id, '🎉')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.emoji' })
    expect(await react(patient, id, '👍🏽')).toHaveLength(5)
    expect(await react(professional, id, '🎉')).toHaveLength(6)
    await unreact(patient, id, '\u2764')
    expect(await react(patient, id, '🎉')).toHaveLength(5)
  })

  test('of several at once are all counted, and of one person never more than five', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId)
    const emojis = ['👍', '🎉', '🚀', '👀', '🙏', '🍀', '🌈']
    const all = emojis.flatMap(emoji => [patient, professional].map(person => refusal(person, id, emoji)))
    const refused = (await Promise.all(all)).filter(Boolean)
    expect(refused).toHaveLength(4)
    const counts = (await read(patient, id)).map(({ count }) => count)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10)
  })

  test('are made by who may send, to messages that they may see and that are there', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId)
    const stranger = await given.professional()
    expect(await refusal(stranger, id)).toMatchObject({ code: 'NOT_FOUND', field: 'input.messageId' })
    expect(await refusal(stranger, id, '👍', UNREACT)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(given.admin, id)).toMatchObject({ code: 'FORBIDDEN' })
    await react(professional, id)
    await change(conversationId, open => open.updateParticipant(professional.id, { ownCanSend: false }))
    expect(await refusal(professional, id, '🎉')).toMatchObject({ code: 'FORBIDDEN' })
    expect(await unreact(professional, id)).toEqual([])
    await change(conversationId, open => open.updateMessage(id, { deletedAt: 'now', deletedById: patient.id }))
    expect(await refusal(patient, id)).toMatchObject({ code: 'CONFLICT', reason: 'MESSAGE_DELETED' })
  })

  test('to what is older than what one may see are not for them', async () => {
    const [professional, patient] = [await given.professional(), await given.patient()]
    const conversationId = await group(professional)
    const { id } = await professional.send(conversationId)
    await join(conversationId, patient)
    expect(await refusal(patient, id)).toMatchObject({ code: 'NOT_FOUND' })
    await showHistory(conversationId, patient, true)
    expect(await react(patient, id)).toHaveLength(1)
  })

  test('at the support desk make an admin take part', async () => {
    const patient = await given.patient()
    const conversationId = await support(patient)
    const { id } = await patient.send(conversationId)
    const admin = await given.person(['ADMIN'])
    expect(await react(admin, id)).toMatchObject([{ viewerReacted: true, users: [{ id: admin.id }] }])
    const parts = await app.services.conversations.participantsOf([conversationId])
    expect(parts.map(({ userId }) => userId)).toEqual([patient.id, admin.id])
  })
})
