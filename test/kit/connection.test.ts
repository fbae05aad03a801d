import { gql } from '@apollo/client'
import { describe, expect, test } from '@jest/globals'
import { EventEmitter, once } from 'node:events'
import {
  type ChatClient,
  ConversationsDocument,
  ConversationView,
  InboxView,
  PresenceView,
  secondsOf,
  SessionView,
  UnreadView,
  whenOpen,
  CreateSessionDocument,
  EndSessionDocument,
  type ConversationsQueryVariables,
} from '../../clients/apollo/src/main.js'
import { cleanUp } from '../support/cleanup.js'
import { becomes, kitAt } from '../support/kit.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { startTcpProxy } from '../support/tcp-proxy.js'
import { tokenFor } from '../support/tokens.js'

const app = await startApp()
const given = make(app)
const kit = kitAt(app)
const TRANSPORT = gql`
  query Transport {
    connection {
      transport
    }
  }
`

describe('the client kit: the connection', () => {
  test('everything goes over the WebSocket while that is open, and over HTTP otherwise', async () => {
    const { patient, conversationId } = await given.talk()
    const client = kit(patient)
    const transport = async () => {
      const { data } = await client.query<{ connection: { transport: string } }>({
        query: TRANSPORT,
        fetchPolicy: 'no-cache',
      })
      return data?.connection.transport
    }
    expect(await transport()).toBe('HTTP')
    const view = new ConversationView(client, conversationId)
    await becomes(client.connection, state => state === 'OPEN')
    expect(await transport()).toBe('WEBSOCKET')
    view.close()
    await becomes(client.connection, state => state === 'IDLE')
    expect(await transport()).toBe('HTTP')
  })

  test('a token is renewed on the open connection before it runs out', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const getToken = () => tokenFor(patient.id, { expiresIn: client.connection.get() === 'OPEN' ? 600 : 5 })
    const client: ChatClient = kit(patient, { getToken })
    const view = new ConversationView(client, conversationId)
    cleanUp(() => view.close())
    const states: string[] = []
    await becomes(view.state, ({ status }) => status === 'LIVE')
    await becomes(client.connection, state => state === 'OPEN')
    client.connection.subscribe(() => states.push(client.connection.get()))
    const INFO = gql`
      query Expiry {
        connection {
          expiresAt
        }
      }
    `
    const expiry = async () => {
      const { data } = await client.query<{ connection: { expiresAt: string } }>({
        query: INFO,
        fetchPolicy: 'no-cache',
      })
      return Date.parse(data?.connection.expiresAt ?? '')
    }
    const first = await expiry()
    while ((await expiry()) === first) await professional.request('{ me { id } }')
    expect(states).toEqual([])
  })

  test('a token that is refused again and again ends it, and says so', async () => {
    const { patient, conversationId } = await given.talk()
    const client = kit(patient, { getToken: () => 'no token' })
    const inbox = new InboxView(client)
    cleanUp(() => inbox.close())
    const ended = await becomes(inbox.state, ({ status }) => status === 'ENDED')
    expect(ended.error?.code).toBe('UNAUTHENTICATED')
    expect(client.connection.get()).toBe('REFUSED')
    const view = new ConversationView(client, conversationId)
    cleanUp(() => view.close())
    expect((await becomes(view.state, ({ status }) => status === 'ENDED')).error?.code).toBe('UNAUTHENTICATED')
  })

  test('the inbox, unread counts and presence are as they are now, also after a cut', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    const client = kitAt({ url: proxy.through(app.url) })(patient)
    const inbox = new InboxView(client)
    const unread = new UnreadView(client)
    const presence = new PresenceView(client, [professional.id])
    cleanUp(() => [inbox, unread, presence].forEach(view => view.close()))
    await becomes(inbox.state, ({ conversations }) => conversations.length === 1)
    await becomes(unread.state, state => state?.messages === 0)
    await becomes(presence.state, state => state.get(professional.id)?.online === false)
    await proxy.cut()
    await becomes(client.connection, state => state === 'LOST')
    await professional.send(conversationId, 'Meanwhile')
    const other = new InboxView(kit(professional))
    cleanUp(() => other.close())
    await becomes(other.state, ({ status }) => status === 'LIVE')
    await proxy.restore()
    await becomes(inbox.state, ({ conversations: [first] }) => first?.lastMessage?.body === 'Meanwhile')
    await becomes(unread.state, state => state?.messages === 1)
    await becomes(presence.state, state => state.get(professional.id)?.online === true)
  })

  /** Follows several things, and counts what the server sends. */
  const followMany = async (getToken: (token: string) => string | Promise<string>) => {
    const { patient, professional, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    const url = proxy.through(app.url)
    const client = kitAt({ url })(patient, { getToken: () => getToken(patient.token) })
    const conversation = new ConversationView(client, conversationId)
    const views = [
      conversation,
      new SessionView(client, conversationId),
      new InboxView(client),
      new UnreadView(client),
      new PresenceView(client, [professional.id]),
    ]
    for (const view of views) cleanUp(() => view.close())
    const query = gql`
      query Count {
        connection {
          activeSubscriptions
        }
      }
    `
    const count = async () => {
      const { data } = await client.query<{ connection: { activeSubscriptions: number } }>({
        query,
        fetchPolicy: 'no-cache',
      })
      return data?.connection.activeSubscriptions ?? 0
    }
    await becomes(conversation.state, ({ status }) => status === 'LIVE')
    await becomes(client.connection, state => state === 'OPEN')
    const followed = await count()
    expect(followed).toBeGreaterThan(views.length)
    const countWhenOpen = () =>
      new Promise(resolve => {
        cleanUp(whenOpen(client.connection, () => resolve(count())))
      })
    return { client, proxy, token: patient.token, count, followed, countWhenOpen }
  }

  test('after a loss all that is followed begins again at once, before anything is read', async () => {
    const attempts = new EventEmitter()
    const { client, proxy, count, followed, countWhenOpen } = await followMany(token => {
      attempts.emit('made')
      return token
    })
    await proxy.cut()
    // By then each of them waits for a time of its own, of seconds.
    for (let made = 0; made < 3 * followed; made++) await once(attempts, 'made')
    const counted = countWhenOpen()
    await proxy.restore()
    expect(await counted).toBe(followed)
    const another = new UnreadView(client)
    cleanUp(() => another.close())
    expect(await count()).toBe(followed + 1)
  })

  test('after a loss what still waits for a token goes along with the first that has one', async () => {
    const asked = new EventEmitter()
    const unanswered: ((token: string) => void)[] = []
    let isSlow = false
    const { proxy, token, followed, countWhenOpen } = await followMany(token => {
      if (!isSlow) return token
      return new Promise(resolve => {
        unanswered.push(resolve)
        asked.emit('again')
      })
    })
    isSlow = true
    await proxy.cut()
    const counted = countWhenOpen()
    while (unanswered.length < followed) await once(asked, 'again')
    await proxy.restore()
    isSlow = false
    unanswered[1]?.(token)
    expect(await counted).toBe(followed)
  })

  test('a connection that nobody wants any more is not missed', async () => {
    const { patient, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    const client = kitAt({ url: proxy.through(app.url) })(patient)
    const views = [new ConversationView(client, conversationId), new UnreadView(client)]
    await becomes(client.connection, state => state === 'OPEN')
    await proxy.cut()
    await becomes(client.connection, state => state === 'LOST')
    views[0]?.close()
    expect(client.connection.get()).toBe('LOST')
    views[1]?.close()
    expect(client.connection.get()).toBe('IDLE')
  })

  test('pages of the inbox, each conversation once', async () => {
    const patient = await given.patient()
    const professionals = await Promise.all([1, 2, 3, 4, 5].map(() => given.professional()))
    for (const professional of professionals) {
      await given.care(patient, professional)
      await given.conversation(patient, professional)
    }
    const client = kit(patient)
    const inbox = new InboxView(client, { pageSize: 2 })
    cleanUp(() => inbox.close())
    await becomes(inbox.state, ({ conversations, hasMore }) => conversations.length === 2 && hasMore)
    await inbox.loadMore()
    await inbox.loadMore()
    const all = await becomes(inbox.state, ({ conversations, hasMore }) => conversations.length === 5 && !hasMore)
    expect(new Set(all.conversations.map(({ id }) => id)).size).toBe(5)
    // The same by Apollo's own means.
    let after: string | null | undefined = null
    for (let page = 0; page < 3; page++) {
      const variables: ConversationsQueryVariables = { first: 2, after }
      const { data } = await client.query({ query: ConversationsDocument, variables, fetchPolicy: 'network-only' })
      after = data?.conversations.pageInfo.endCursor
    }
    const cached = client.readQuery({ query: ConversationsDocument })
    expect(cached?.conversations.edges).toHaveLength(5)
  })

  test('a session starts, runs and ends on both sides', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const clients = [kit(patient), kit(professional)]
    const views = clients.map(client => new SessionView(client, conversationId))
    for (const view of views) cleanUp(() => view.close())
    await Promise.all(views.map(({ state }) => becomes(state, ({ status }) => status === 'LIVE')))
    await Promise.all(clients.map(client => becomes(client.connection, state => state === 'OPEN')))
    const started = await clients[0]?.mutate({
      mutation: CreateSessionDocument,
      variables: { input: { conversationId, type: 'CHAT' } },
    })
    const sessionId = started?.data?.createSession?.session.id ?? ''
    for (const { state } of views) {
      const active = await becomes(state, ({ session }) => session?.status === 'ACTIVE')
      expect(secondsOf(active, active.readAt + 61_000)).toBe((active.session?.durationSeconds ?? 0) + 61)
    }
    await clients[1]?.mutate({ mutation: EndSessionDocument, variables: { input: { sessionId } } })
    for (const { state } of views) await becomes(state, ({ session }) => session?.status === 'ENDED')
  })

  test('what is closed opens no connection any more, also not one that it was just trying to get back', async () => {
    const { patient, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    let asked = 0
    const signIn = new EventEmitter()
    let isAway = false
    const getToken = () => {
      asked++
      signIn.emit('asked')
      if (isAway) throw new Error('The sign-in is away.')
      return patient.token
    }
    const client = kitAt({ url: proxy.through(app.url) })(patient, { getToken })
    const view = new ConversationView(client, conversationId)
    await becomes(view.state, ({ status }) => status === 'LIVE')
    await becomes(client.connection, state => state === 'OPEN')
    await proxy.cut()
    isAway = true
    await becomes(client.connection, state => state === 'LOST')
    await once(signIn, 'asked')
    await new Promise(resolve => setImmediate(resolve))
    await client.close()
    expect(client.connection.get()).toBe('IDLE')
    const before = asked
    // It would have tried again within 1.5 s: meanwhile another client comes back six times, after 0.25 s and more each.
    isAway = false
    const next = kitAt({ url: proxy.through(app.url) })(patient)
    const other = new ConversationView(next, conversationId)
    cleanUp(() => other.close())
    for (let round = 0; round < 6; round++) {
      await proxy.restore()
      await becomes(next.connection, state => state === 'OPEN')
      await proxy.cut()
      await becomes(next.connection, state => state === 'LOST')
    }
    await proxy.restore()
    await becomes(next.connection, state => state === 'OPEN')
    expect(asked).toBe(before)
    expect(client.connection.get()).toBe('IDLE')
  })

  test('a list that was read on is no shorter after a loss', async () => {
    const { patient } = await given.talk()
    for (const another of [await given.professional(), await given.professional()]) {
      await given.care(patient, another)
      await another.request('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
        input: { recipientId: patient.id, body: 'Hello' },
      })
    }
    const proxy = await startTcpProxy(app.url)
    const client = kitAt({ url: proxy.through(app.url) })(patient)
    const view = new InboxView(client, { pageSize: 2 })
    cleanUp(() => view.close())
    await becomes(view.state, ({ conversations, hasMore }) => conversations.length === 2 && hasMore)
    await view.loadMore()
    expect(view.state.get().conversations).toHaveLength(3)
    await proxy.cut()
    await becomes(client.connection, state => state === 'LOST')
    const lengths: number[] = []
    cleanUp(view.state.subscribe(() => lengths.push(view.state.get().conversations.length)))
    await proxy.restore()
    await becomes(view.state, () => lengths.length > 0)
    expect(Math.min(...lengths)).toBe(3)
  })
})
