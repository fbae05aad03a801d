import { describe, expect, test } from '@jest/globals'
import { ConversationView, type KeyValueStorage } from '../../clients/apollo/src/main.js'
import { cleanUp } from '../support/cleanup.js'
import { becomes, kitAt } from '../support/kit.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { startTcpProxy } from '../support/tcp-proxy.js'

const app = await startApp()
const given = make(app)

const inMemory = (): KeyValueStorage & { size: () => number } => {
  const held = new Map<string, string>()
  return {
    getItem: key => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: key => void held.delete(key),
    size: () => held.size,
  }
}

/** The bodies and numbers of everything that is stored. */
const stored = async (person: TestPerson, id: string) => {
  const { history } = await person.request<{ history: { edges: { node: { body: string; seq: number } }[] } }>(
    'query ($id: ID!) { history(conversationId: $id, first: 100) { edges { node { body seq } } } }',
    { id },
  )
  return history.edges.map(({ node }) => node.body)
}

describe('the client kit: the outbox', () => {
  test('what both write while the network is cut comes through afterwards, once and in order', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    const one = kitAt({ url: proxy.through(app.url) })(patient)
    const other = kitAt(app)(professional)
    const views = [one, other].map(client => new ConversationView(client, conversationId))
    for (const view of views) cleanUp(() => view.close())
    await Promise.all(views.map(({ state }) => becomes(state, ({ status }) => status === 'LIVE')))
    await becomes(one.connection, state => state === 'OPEN')
    one.outbox.send(conversationId, { body: 'before' })
    await becomes(one.outbox.messages, ({ length }) => length === 0)

    await proxy.cut()
    await becomes(one.connection, state => state === 'LOST')
    const mine = Array.from({ length: 5 }, (_, index) => `mine ${index}`)
    for (const body of mine) one.outbox.send(conversationId, { body })
    for (const body of ['theirs 0', 'theirs 1']) await professional.send(conversationId, body)
    expect(views[0]?.state.get().pending.map(({ input }) => input.body)).toEqual(mine)
    await proxy.restore()

    const expected = ['before', 'theirs 0', 'theirs 1', ...mine]
    for (const { state } of views) {
      const shown = await becomes(state, ({ messages, pending }) => messages.length === 8 && pending.length === 0)
      expect(shown.messages.map(({ body }) => body)).toEqual(expected)
    }
    expect(await stored(patient, conversationId)).toEqual(expected)
  })

  test('an answer that is lost makes no second message', async () => {
    const { patient, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    const client = kitAt({ url: proxy.through(app.url) })(patient)
    for (let round = 0; round < 5; round++) {
      client.outbox.send(conversationId, { body: `message ${round}` })
      // Wherever it is by now: on its way, stored, or on its way back.
      await proxy.cut()
      await proxy.restore()
    }
    await becomes(client.outbox.messages, ({ length }) => length === 0)
    expect(await stored(patient, conversationId)).toEqual([0, 1, 2, 3, 4].map(round => `message ${round}`))
  })

  test('what waits survives the page, and is sent by the next', async () => {
    const { patient, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    await proxy.cut()
    const outboxStorage = inMemory()
    const kit = kitAt({ url: proxy.through(app.url) })
    const first = kit(patient, { outboxStorage, outboxKey: patient.id })
    first.outbox.send(conversationId, { body: 'kept' })
    await first.close()
    await proxy.restore()
    const next = kit(patient, { outboxStorage, outboxKey: patient.id })
    expect(next.outbox.messages.get().map(({ input }) => input.body)).toEqual(['kept'])
    await becomes(next.outbox.messages, ({ length }) => length === 0)
    expect(await stored(patient, conversationId)).toEqual(['kept'])
    expect(outboxStorage.size()).toBe(0)
  })

  test('what is opened while there is no network is shown once there is', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await professional.send(conversationId, 'Hello')
    const proxy = await startTcpProxy(app.url)
    await proxy.cut()
    const client = kitAt({ url: proxy.through(app.url) })(patient)
    const view = new ConversationView(client, conversationId)
    cleanUp(() => view.close())
    client.outbox.send(conversationId, { body: 'Hello you' })
    await becomes(client.connection, state => state === 'LOST')
    await proxy.restore()
    const shown = await becomes(view.state, ({ messages }) => messages.length === 2)
    expect(shown).toMatchObject({ status: 'LIVE', error: null })
  })

  test('a message that is refused holds up none behind it', async () => {
    const { patient, conversationId } = await given.talk()
    const { outbox } = kitAt(app)(patient)
    const long = outbox.send(conversationId, { body: 'x'.repeat(30_000) })
    outbox.send(conversationId, { body: 'short' })
    const left = await becomes(outbox.messages, messages => messages.length === 1 && messages[0]?.status === 'FAILED')
    expect(left[0]?.error).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.body' })
    outbox.discard(long.clientMessageId)
    expect(outbox.messages.get()).toEqual([])
    expect(await stored(patient, conversationId)).toEqual(['short'])
  })

  test('two tabs with one storage keep what each of them wrote', async () => {
    const { patient, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    await proxy.cut()
    const options = { outboxStorage: inMemory(), outboxKey: patient.id }
    const kit = kitAt({ url: proxy.through(app.url) })
    const [one, other] = [kit(patient, options), kit(patient, options)]
    one.outbox.send(conversationId, { body: 'of one' })
    other.outbox.send(conversationId, { body: 'of the other' })
    await Promise.all([one.close(), other.close()])
    await proxy.restore()
    const next = kit(patient, options)
    await becomes(next.outbox.messages, ({ length }) => length === 0)
    // What was under way when a tab was closed may still arrive: between two tabs there is no order.
    expect((await stored(patient, conversationId)).toSorted()).toEqual(['of one', 'of the other'])
    expect(options.outboxStorage.size()).toBe(0)
  })

  test('a storage with anything else in it is an empty one, and one without a key is nobody’s', async () => {
    const patient = await given.patient()
    for (const text of ['null', '{}', '[null]', '[1]', 'x']) {
      const storage = { ...inMemory(), getItem: () => text }
      expect(kitAt(app)(patient, { outboxStorage: storage, outboxKey: 'a' }).outbox.messages.get()).toEqual([])
    }
    expect(() => kitAt(app)(patient, { outboxStorage: inMemory() })).toThrow('outboxKey')
  })

  test('one that is larger than a connection takes is refused alone, and ends nothing', async () => {
    const { patient, conversationId } = await given.talk()
    const client = kitAt(app)(patient)
    const view = new ConversationView(client, conversationId)
    cleanUp(() => view.close())
    await becomes(client.connection, state => state === 'OPEN')
    await becomes(view.state, ({ status }) => status === 'LIVE')
    const states: string[] = []
    cleanUp(client.connection.subscribe(() => states.push(client.connection.get())))
    client.outbox.send(conversationId, { body: 'x'.repeat(2_000_000) })
    client.outbox.send(conversationId, { body: 'behind it' })
    const left = await becomes(
      client.outbox.messages,
      messages => messages.length === 1 && messages[0]?.status === 'FAILED',
    )
    expect(left[0]?.error?.code).toBe('BAD_REQUEST')
    const { messages } = await becomes(view.state, ({ messages }) => messages.length === 1)
    expect(messages[0]?.body).toBe('behind it')
    expect(states).toEqual([])
  })
})
