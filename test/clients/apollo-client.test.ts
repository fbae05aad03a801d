import { CombinedGraphQLErrors } from '@apollo/client'
import { describe, expect, test } from '@jest/globals'
import { cleanUp } from '../support/cleanup.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { connectSocket } from '../support/subscription-client.js'
import { startTcpProxy } from '../support/tcp-proxy.js'
import { tokenFor } from '../support/tokens.js'
import { explainError } from './explain-error.js'
import { follow } from './follow.js'
import { followPresence, followSessions, followTyping } from './follow-people.js'
import { openConversation } from './open-conversation.js'
import { openInbox } from './open-inbox.js'
import {
  ConversationEventsDocument,
  CreateSessionDocument,
  EndSessionDocument,
  HistoryDocument,
  InboxDocument,
  MarkReadDocument,
  MessageAddedDocument,
  RenewTokenDocument,
  SendMessageDocument,
  SetTypingDocument,
  StartConversationDocument,
  UnreadCountsChangedDocument,
  UnreadCountsDocument,
  type ConversationEventsSubscription,
  type ConversationPartsFragment,
  type MessageAddedSubscription,
  type MessagePartsFragment,
  type PresenceSubscription,
  type SessionPartsFragment,
} from './operations.js'
import { type Client, clientsAt } from './test-client.js'
import { TestView } from './test-view.js'

const app = await startApp()
const given = make(app)

const clientOf = clientsAt(app)

const open = (client: Client, conversationId: string, last?: number) => {
  const view = new TestView<MessagePartsFragment[]>()
  const { older, close } = openConversation(client, conversationId, view, last)
  cleanUp(close)
  /** Resolves once these are on the screen. */
  const bodies = (...expected: (string | null)[]) =>
    view.shows(messages => JSON.stringify(messages.map(({ body }) => body)) === JSON.stringify(expected))
  return { view, older, close, bodies }
}

const EDIT = 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }'
const DELETE = 'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }'

const isCaughtUp = ({ conversationEvents }: ConversationEventsSubscription) =>
  conversationEvents.__typename === 'CaughtUp'

const expectCode = (error: unknown, code: string) => {
  if (!CombinedGraphQLErrors.is(error)) throw error
  expect(error.errors[0]?.extensions).toMatchObject({ code })
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

  test('004.7 an empty conversation goes live, and keeps no text that was edited or deleted', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { bodies } = open(clientOf(patient), conversationId)
    await bodies()
    const { id } = await professional.send(conversationId, 'Hello')
    await bodies('Hello')
    await professional.send(conversationId, 'And more')
    await bodies('Hello', 'And more')
    await professional.request(EDIT, { input: { messageId: id, body: 'Good morning' } })
    await bodies('Good morning', 'And more')
    await professional.request(DELETE, { input: { messageId: id } })
    await bodies(null, 'And more')
  })

  test('004.7 pages in two views of a conversation, each message once, and none that was deleted before', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const [, second] = await given.messages(conversationId, [patient, professional], 6)
    const client = clientOf(patient)
    const one = open(client, conversationId, 2)
    const other = open(client, conversationId, 3)
    await one.bodies('5', '6')
    await other.bodies('4', '5', '6')
    await professional.request(DELETE, { input: { messageId: second?.id } })
    await professional.send(conversationId, '7')
    await one.bodies('5', '6', '7')
    await other.bodies('4', '5', '6', '7')
    await one.older()
    await one.bodies('3', '4', '5', '6', '7')
    await other.older()
    await other.bodies('1', null, '3', '4', '5', '6', '7')
    other.close()
    await professional.send(conversationId, '8')
    await one.bodies('3', '4', '5', '6', '7', '8')
  })

  test('004.7 history by relayStylePagination, and subscribeToMore by messageAdded', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await given.messages(conversationId, [patient, professional], 7)
    const client = clientOf(patient)
    const show = async () => {
      const view = new TestView<number[]>()
      const shows = (...expected: number[]) => view.shows(seqs => seqs.join() === expected.join())
      const variables = { conversationId, last: 3 }
      const history = client.watchQuery({ query: HistoryDocument, variables, fetchPolicy: 'network-only' })
      const watching = history.subscribe(({ data, dataState }) => {
        if (dataState === 'complete') view.show(data.history?.edges.map(({ node }) => node.seq) ?? [])
      })
      await shows(5, 6, 7)
      const unfollow = history.subscribeToMore({
        document: MessageAddedDocument,
        // relayStylePagination makes '' of the null of an empty page.
        variables: { conversationId, after: history.getCurrentResult().data?.history?.pageInfo?.endCursor || null },
        context: { queryDeduplication: false },
        onError: view.fail,
        updateQuery: (_, { subscriptionData, previousData, complete }) => {
          const { messageAdded: node } = subscriptionData.data
          if (!complete || !previousData.history) return
          const { edges, pageInfo, ...rest } = previousData.history
          // Another view has put it there.
          if (edges.some(edge => edge.node.id === node.id)) return
          return {
            history: {
              ...rest,
              edges: [...edges, { __typename: 'MessageEdge', cursor: node.cursor, node }],
              pageInfo: { ...pageInfo, endCursor: node.cursor },
            },
          }
        },
      })
      cleanUp(() => {
        unfollow()
        watching.unsubscribe()
      })
      return { history, view, shows }
    }
    const one = await show()
    const other = await show()
    await professional.send(conversationId)
    await one.shows(5, 6, 7, 8)
    await other.shows(5, 6, 7, 8)
    const before = one.history.getCurrentResult().data?.history?.pageInfo?.startCursor
    await one.history.fetchMore({ variables: { before } })
    await one.shows(2, 3, 4, 5, 6, 7, 8)
    await professional.send(conversationId)
    await other.shows(2, 3, 4, 5, 6, 7, 8, 9)
    expect(one.view.all.filter(seqs => new Set(seqs).size < seqs.length)).toEqual([])
    await given.care(patient, professional, false)
    expectCode(await one.view.failed, 'FORBIDDEN')
  })

  test('004.7 the list of conversations, and unread counts', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const client = clientOf(patient)
    await client.query({ query: UnreadCountsDocument })
    const inbox = new TestView<ConversationPartsFragment[]>()
    const counts = new TestView<unknown>()
    cleanUp(openInbox(client, inbox))
    cleanUp(follow(client, UnreadCountsChangedDocument, {}, counts))
    await inbox.shows(([first]) => first?.id === conversationId && first.unreadCount === 0)
    await professional.send(conversationId, 'Hello')
    await inbox.shows(([first]) => first?.lastMessage?.body === 'Hello' && first.unreadCount === 1)
    await counts.shows(() => client.readQuery({ query: UnreadCountsDocument })?.unreadCounts.total === 1)

    const another = await given.professional()
    await given.care(patient, another)
    const newest = await given.conversation(another, patient)
    await inbox.shows(shown => shown.map(({ id }) => id).join() === [newest, conversationId].join())
  })

  test('004.7 typing, presence and sessions', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const client = clientOf(patient)
    const typing = new TestView<string[]>()
    const presence = new TestView<PresenceSubscription['presence']>()
    const sessions = new TestView<SessionPartsFragment>()
    cleanUp(followTyping(client, conversationId, typing))
    cleanUp(followPresence(client, [professional.id], presence))
    cleanUp(followSessions(client, sessions))
    await presence.shows(({ online }) => !online)

    const other = clientOf(professional)
    const otherTyping = new TestView<string[]>()
    cleanUp(followTyping(other, conversationId, otherTyping))
    await presence.shows(({ online, status }) => online && status === 'AVAILABLE')
    const type = (isTyping: boolean) =>
      other.mutate({ mutation: SetTypingDocument, variables: { input: { conversationId, isTyping } } })
    await type(true)
    await typing.shows(([name]) => name === professional.displayName)
    await type(false)
    await typing.shows(names => names.length === 0)

    const created = await other.mutate({
      mutation: CreateSessionDocument,
      variables: { input: { conversationId, type: 'VIDEO' } },
    })
    const sessionId = created.data?.createSession?.session.id ?? ''
    await sessions.shows(({ id, status }) => id === sessionId && status === 'ACTIVE')
    await other.mutate({ mutation: EndSessionDocument, variables: { input: { sessionId } } })
    await sessions.shows(({ id, status }) => id === sessionId && status === 'ENDED')
  })

  test('004.7 after a token has run out it resumes with the next, misses nothing and gets nothing twice', async () => {
    const { patient, professional, conversationId } = await given.talk()
    let tokens = 0
    const getToken = () => (++tokens === 1 ? tokenFor(patient.id, { expiresIn: 2 }) : patient.token)
    const client = clientOf(patient, { getToken })
    const view = new TestView<ConversationEventsSubscription>()
    cleanUp(follow(client, ConversationEventsDocument, { conversationId }, view))
    await view.shows(isCaughtUp)
    const sent: string[] = []
    const send = async () => {
      sent.push(String(sent.length))
      await professional.send(conversationId, sent.at(-1))
    }
    // Before its token runs out, while it is away, and after it came back.
    while (tokens < 2) await send()
    for (let more = 0; more < 5; more++) await send()
    const bodies = () =>
      view.all.flatMap(({ conversationEvents: event }) =>
        event.__typename === 'MessageChanged' ? [event.message.body ?? ''] : [],
      )
    await view.shows(() => bodies().includes(sent.at(-1) ?? ''))
    expect(tokens).toBe(2)
    expect(bodies()).toEqual(sent)
    expect(view.all.filter(isCaughtUp)).toHaveLength(2)
  })

  test('004.7 renewToken carries its WebSocket on', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const old = tokenFor(patient.id, { expiresIn: 3 })
    const client = clientOf(patient, { getToken: () => old })
    const view = new TestView<ConversationEventsSubscription>()
    cleanUp(follow(client, ConversationEventsDocument, { conversationId }, view))
    await view.shows(isCaughtUp)
    const notRenewed = await connectSocket(app.url, old)
    const renewed = await client.mutate({
      mutation: RenewTokenDocument,
      variables: { input: { token: patient.token } },
    })
    expect(renewed.data?.renewToken?.connection.transport).toBe('WEBSOCKET')
    expect((await notRenewed.closed).code).toBe(4403)
    const { id } = await professional.send(conversationId)
    await view.shows(
      ({ conversationEvents: event }) => event.__typename === 'MessageChanged' && event.message.id === id,
    )
    expect(view.all.filter(isCaughtUp)).toHaveLength(1)
  })

  test('004.7 waits for a token before it connects, and asks again where there is none', async () => {
    const { patient, conversationId } = await given.talk()
    const asked = new TestView<number>()
    let give = (_token: string) => {}
    const late = new Promise<string>(resolve => (give = resolve))
    const getToken = () => {
      asked.show(asked.all.length + 1)
      return asked.all.length === 1 ? Promise.reject(new Error('No network')) : late
    }
    const view = new TestView<ConversationEventsSubscription>()
    cleanUp(follow(clientOf(patient, { getToken }), ConversationEventsDocument, { conversationId }, view))
    await asked.shows(count => count === 2)
    const { data } = await patient.ask<{ status: { activeConnections: number } }>('{ status { activeConnections } }')
    expect(data?.status.activeConnections).toBe(0)
    give(patient.token)
    await view.shows(isCaughtUp)
  })

  test('004.7 stops when the same token is refused again, and says so', async () => {
    const { patient, conversationId } = await given.talk()
    const old = tokenFor(patient.id, { expiresIn: -60 })
    const tokens: string[] = []
    const getToken = () => {
      tokens.push(tokens.length === 0 ? `${old}, too` : old)
      return tokens.at(-1) ?? ''
    }
    const view = new TestView<ConversationEventsSubscription>()
    cleanUp(follow(clientOf(patient, { getToken }), ConversationEventsDocument, { conversationId }, view))
    const error = await view.failed
    expectCode(error, 'UNAUTHENTICATED')
    expect(explainError(error)).toBe('Please sign in again.')
    expect(tokens).toHaveLength(3)
  })

  test('004.7 tells of an access that ended, and of what the server refuses', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const client = clientOf(patient)
    const { view, bodies } = open(client, conversationId)
    await bodies()
    await given.care(patient, professional, false)
    const error = await view.failed
    expectCode(error, 'FORBIDDEN')
    expect(explainError(error)).toBe('This is not open to you, or no longer.')
    const refused = (input: { conversationId: string; body: string }) =>
      client.mutate({ mutation: SendMessageDocument, variables: { input } }).catch(explainError)
    expect(await refused({ conversationId, body: 'Hello' })).toBe('You are not in touch with this person any more.')
    expect(await refused({ conversationId, body: '' })).toBe('Please check input.body.')
    expect(explainError(new Error('Failed to fetch'))).toBe('There is no connection to the server.')
  })

  test('004.7 begins once there is a server, and notices a network that died without a word', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    const url = proxy.through(`${app.url}/graphql`)
    const asked = new TestView<number>()
    const getToken = () => {
      asked.show(asked.all.length + 1)
      return patient.token
    }
    const client = clientOf(patient, { url, getToken, pingMs: 200, pongMs: 400 })
    await proxy.cut()
    const live = new TestView<ConversationEventsSubscription>()
    cleanUp(follow(client, ConversationEventsDocument, { conversationId }, live))
    // It has tried, and tries again.
    await asked.shows(count => count === 2)
    await proxy.restore()
    await live.shows(isCaughtUp)
    const { bodies } = open(client, conversationId)
    await bodies()
    await professional.send(conversationId, 'Before')
    await bodies('Before')
    proxy.forget()
    await professional.send(conversationId, 'Meanwhile')
    await bodies('Before', 'Meanwhile')
    await professional.send(conversationId, 'After')
    await bodies('Before', 'Meanwhile', 'After')
  })

  test('004.7 after a backup was restored it reads anew', async () => {
    const before = await startApp({}, { beside: app })
    const port = Number(new URL(before.url).port)
    const { patient, professional, conversationId } = await given.talk()
    const { cursor } = await professional.send(conversationId, 'Old')
    const client = clientOf(patient, { url: `${before.url}/graphql` })
    const { bodies } = open(client, conversationId)
    await bodies('Old')
    await before.stop()
    await professional.send(conversationId, 'Newer')
    await app.database.call('update installation set epoch = substr(md5(gen_random_uuid()::text), 1, 8)', [])
    await startApp({ port }, { beside: app })
    await bodies('Old', 'Newer')

    const view = new TestView<MessageAddedSubscription>()
    cleanUp(follow(client, MessageAddedDocument, { conversationId, after: cursor }, view))
    const error = await view.failed
    expectCode(error, 'BAD_USER_INPUT')
    expect(explainError(error)).toBe('Please check after.')
  })
})
