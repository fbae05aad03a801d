import { describe, expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { cleanUp } from '../support/cleanup.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { tokenFor } from '../support/tokens.js'
import { createColloquyClient } from './colloquy-client.js'
import { openConversation } from './open-conversation.js'
import {
  ConversationEventsDocument,
  InboxDocument,
  InboxEventsDocument,
  MarkReadDocument,
  SendMessageDocument,
  StartConversationDocument,
  UnreadCountsChangedDocument,
  UnreadCountsDocument,
} from './operations.js'

const app = await startApp()
const given = make(app)

const clientOf = (person: TestPerson, getToken = () => person.token) => {
  const { client, close } = createColloquyClient({ url: `${app.url}/graphql`, getToken, webSocketImpl: WebSocket })
  cleanUp(async () => {
    client.stop()
    await close()
  })
  return client
}

const until = async (holds: () => boolean) => {
  for (const deadline = Date.now() + 15_000; !holds(); await sleep(10))
    if (Date.now() > deadline) throw new Error(`It never came to be: ${holds.toString()}`)
}

describe('004.7 Apollo Client, with generated types', () => {
  test('004.7 queries and mutations', async () => {
    const { patient, professional } = await given.pair()
    const client = clientOf(patient)
    const started = await client.mutate({
      mutation: StartConversationDocument,
      variables: { input: { userId: professional.id } },
    })
    const conversation = started.data?.startConversation?.conversation
    expect(conversation?.counterpart?.displayName).toBe(professional.displayName)
    const conversationId = conversation?.id ?? ''

    const input = { conversationId, body: 'Hello', clientMessageId: 'first' }
    const send = () => client.mutate({ mutation: SendMessageDocument, variables: { input } })
    const message = (await send()).data?.sendMessage?.message
    expect(message).toMatchObject({ seq: 1, body: 'Hello', clientMessageId: 'first', kind: 'TEXT' })
    expect((await send()).data?.sendMessage?.message.id).toBe(message?.id)

    await given.messages(conversationId, [professional], 2)
    const inbox = await client.query({ query: InboxDocument, variables: { first: 10 } })
    expect(inbox.data?.conversations.edges.map(edge => edge.node.unreadCount)).toEqual([2])
    const marked = await client.mutate({ mutation: MarkReadDocument, variables: { input: { conversationId } } })
    expect(marked.data?.markRead).toMatchObject({ conversation: { unreadCount: 0 }, participant: { readThrough: 3 } })
    // The cache is told by the payload.
    expect(client.readQuery({ query: InboxDocument })?.conversations.edges[0]?.node.unreadCount).toBe(0)
  })

  test('004.7 history by relayStylePagination, and subscribeToMore by messageAdded', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await given.messages(conversationId, [patient, professional], 7)
    const client = clientOf(patient)
    let shown: number[] = []
    const { older, close } = await openConversation(
      client,
      conversationId,
      messages => (shown = messages.map(message => message.seq)),
      3,
    )
    cleanUp(close)
    await until(() => shown.length > 0)
    expect(shown).toEqual([5, 6, 7])
    await professional.send(conversationId, 'Live')
    await until(() => shown.at(-1) === 8)
    await older()
    await until(() => shown[0] === 2)
    await professional.send(conversationId, 'Live again')
    await until(() => shown.at(-1) === 9)
    expect(shown).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('004.7 unread counts, and the events of the inbox', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const client = clientOf(patient)
    await client.query({ query: UnreadCountsDocument })
    const inbox: string[] = []
    const live = client
      .subscribe({ query: InboxEventsDocument })
      .subscribe(({ data }) => inbox.push(data?.inboxEvents.__typename ?? 'none'))
    const counts = client.subscribe({ query: UnreadCountsChangedDocument }).subscribe(() => {})
    cleanUp(() => [live, counts].forEach(running => running.unsubscribe()))
    await until(() => inbox.length > 0)
    expect(inbox[0]).toBe('InboxLive')
    await professional.send(conversationId)
    const total = () => client.readQuery({ query: UnreadCountsDocument })?.unreadCounts.total
    await until(() => total() === 1 && inbox.includes('ConversationChanged'))
  })

  test('004.7 after a token has run out it resumes with the next, misses nothing and gets nothing twice', async () => {
    const { patient, professional, conversationId } = await given.talk()
    let tokens = 0
    const client = clientOf(patient, () => ['', tokenFor(patient.id, { expiresIn: 2 })][tokens++] ?? patient.token)
    const came: string[] = []
    const running = client
      .subscribe({ query: ConversationEventsDocument, variables: { conversationId } })
      .subscribe(({ data }) => {
        const event = data?.conversationEvents
        if (event?.__typename === 'MessageChanged') came.push(event.message.body ?? '')
        else if (event?.__typename === 'CaughtUp') came.push('CaughtUp')
      })
    cleanUp(() => running.unsubscribe())
    await until(() => came.includes('CaughtUp'))
    const sent: string[] = []
    const send = async () => {
      sent.push(String(sent.length))
      await professional.send(conversationId, sent.at(-1))
    }
    // Before its token runs out, while it is away, and after it came back.
    while (tokens < 3) await send()
    for (let more = 0; more < 5; more++) await send()
    await until(() => came.includes(sent.at(-1) ?? ''))
    expect(tokens).toBe(3)
    expect(came.filter(body => body !== 'CaughtUp')).toEqual(sent)
    expect(came.filter(body => body === 'CaughtUp')).toHaveLength(2)
  })
})
