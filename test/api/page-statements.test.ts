import { describe, expect, test } from '@jest/globals'
import { attachments } from '../support/attachments.js'
import { make, type MadeMessage, type TestPerson } from '../support/make.js'
import { rooms } from '../support/room.js'
import { startApp, type TestApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)
const { group } = rooms(app)

/** What the server asks its database from now on. */
const listen = ({ database }: TestApp): string[] => {
  const asked: string[] = []
  const { prisma } = database
  const call = database.call.bind(database)
  const commit = database.commit.bind(database)
  Object.assign(database, {
    call: (sql: string, ...rest: [unknown[]]) => (asked.push(sql), call(sql, ...rest)),
    commit: (sql: string, ...rest: [unknown[], number]) => (asked.push(sql), commit(sql, ...rest)),
    prisma: new Proxy(prisma, {
      get: (target, name) => (asked.push(String(name)), Reflect.get(target, name, target) as unknown),
    }),
  })
  return asked
}
const asked = listen(app)

/** At the least: what runs in the background meanwhile does not run each time. */
const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
  let least: string[] | undefined
  for (let round = 0; round < 15; round++) {
    asked.length = 0
    await work()
    if (!least || asked.length < least.length) least = [...asked]
  }
  return least ?? []
}

const PERSON = 'id displayName'
const PAGE = `query ($id: ID!, $last: Int!) { history(conversationId: $id, last: $last) { edges { node {
  id seq body sender { ${PERSON} } deliveryStatus
  receipts { user { ${PERSON} } status deliveredAt readAt }
  reactions { emoji count viewerReacted users { ${PERSON} } }
  replyTo { id body sender { ${PERSON} } }
} } } }`

const FILES = `query ($id: ID!, $last: Int!) { history(conversationId: $id, last: $last) { edges { node {
  id kind attachments { id fileName url thumbnailUrl urlExpiresAt } } } } }`
const PLAIN =
  'query ($id: ID!, $last: Int!) { history(conversationId: $id, last: $last) { edges { node { id kind } } } }'

interface Page {
  history: {
    edges: {
      node: {
        body: string
        deliveryStatus: string
        receipts: object[]
        reactions: { users: object[] }[]
        replyTo: { body: string } | null
      }
    }[]
  }
}

const react = (person: TestPerson, { id }: MadeMessage, emoji: string) =>
  person.request('mutation ($input: ReactionInput!) { react(input: $input) { message { id } } }', {
    input: { messageId: id, emoji },
  })

/** Each message answers the one before, was reacted to by somebody, and read by some. */
const fill = async (conversationId: string, people: TestPerson[], count: number) => {
  let before: MadeMessage | undefined
  for (let number = 0; number < count; number++) {
    const [sender, other] = [people[number % people.length], people[(number + 1) % people.length]]
    if (!sender || !other) throw new Error('There is nobody.')
    const message: MadeMessage = await sender.send(conversationId, `body ${number}`, { replyToId: before?.id })
    await react(other, message, number % 2 === 0 ? '👍' : '🎉')
    await other.request('mutation ($input: MarkInput!) { markRead(input: $input) { participant { id } } }', {
      input: { conversationId, throughMessageId: message.id },
    })
    before = message
  }
}

describe('001.8 a page of 50 messages with receipts, reactions, reply targets and senders', () => {
  test('costs a fixed number of statements, at most 8', async () => {
    const people = await Promise.all([given.professional(), given.patient(), given.patient()])
    const [reader] = people
    const conversationId = await group(...people)
    await fill(conversationId, people, 51)
    const socket = await reader.connect()
    const page = (last: number) => socket.request<Page>(PAGE, { id: conversationId, last })
    const { edges } = (await page(50)).history
    expect(edges).toHaveLength(50)
    for (const [index, { node }] of edges.entries()) {
      expect(node.receipts).toHaveLength(2)
      expect(node.reactions).toMatchObject([{ users: [expect.any(Object)] }])
      expect(node.replyTo).toMatchObject({ body: `body ${index}` })
    }
    const ofPage = await statementsOf(() => page(50))
    expect(ofPage.length).toBeLessThanOrEqual(8)
    expect(await statementsOf(() => page(3))).toEqual(ofPage)
    const overHttp = await statementsOf(() => reader.request(PAGE, { id: conversationId, last: 50 }))
    expect(overHttp.length).toBeLessThanOrEqual(8)
  })
})

describe('001.10 the files of a page', () => {
  test('cost one statement for all of them, and none where there is none', async () => {
    const { patient, conversationId } = await given.talk()
    const { upload } = attachments(app)
    const page = (document: string, last: number) => () => patient.request(document, { id: conversationId, last })
    await given.messages(conversationId, [patient], 5)
    expect(await statementsOf(page(FILES, 5))).toEqual(await statementsOf(page(PLAIN, 5)))
    for (let number = 0; number < 5; number++) {
      const attachmentIds = [await upload(patient, conversationId), await upload(patient, conversationId)]
      await patient.send(conversationId, 'Look', { kind: 'IMAGE', attachmentIds })
    }
    const OF_FILES = /from attachments/
    const ofPage = await statementsOf(page(FILES, 10))
    expect(ofPage.filter(sql => OF_FILES.test(sql))).toHaveLength(1)
    expect(ofPage).toEqual(await statementsOf(page(FILES, 1)))
    expect(ofPage).toHaveLength((await statementsOf(page(PLAIN, 10))).length + 1)
  })
})
