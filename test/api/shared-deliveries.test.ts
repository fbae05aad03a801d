import { describe, expect, test } from '@jest/globals'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

/** Both follow by the same document before anything happens. */
const follow = async <Data>(people: TestPerson[], query: string, variables: object[]) => {
  const subscriptions = []
  for (const [index, person] of people.entries()) {
    const socket = await person.connect()
    subscriptions.push(socket.subscribe<Data>(query, { ...variables[index] }))
    const begun = '{ connection { activeSubscriptions } }'
    for (let count = 0; count < 1;)
      count = (await socket.request<{ connection: { activeSubscriptions: number } }>(begun)).connection
        .activeSubscriptions
  }
  const [one, other] = subscriptions
  if (!one || !other) throw new Error('Two have to follow.')
  return [one, other] as const
}

describe('one result for all who ask the same', () => {
  test('reaches each of them, in order', async () => {
    const { patient, professional, conversationId: id } = await given.talk()
    const query = `subscription ($id: ID!) {
      messageAdded(conversationId: $id) { ...seen conversation { id kind } }
    }
    fragment seen on Message { id seq body cursor clientMessageId: __typename sender { id displayName } }`
    const [mine, theirs] = await follow([patient, professional], query, [{ id }, { id }])
    const sent = await given.messages(id, [patient, professional], 6)
    const expected = sent.map(({ id: messageId, seq, body, cursor }, index) => {
      const { id: senderId, displayName } = index % 2 === 0 ? patient : professional
      const sender = { id: senderId, displayName }
      const conversation = { id, kind: 'DIRECT' }
      const message = { id: messageId, seq, body, cursor, clientMessageId: 'Message', sender, conversation }
      return { messageAdded: message }
    })
    expect(await mine.take(6)).toEqual(expected)
    expect(await theirs.take(6)).toEqual(expected)
  })

  test('is not for what depends on who asks', async () => {
    const { patient, professional, conversationId: id } = await given.talk()
    const query = `subscription ($id: ID!) {
      messageAdded(conversationId: $id) { body clientMessageId conversation { unreadCount viewer { user { id } } } }
    }`
    const [mine, theirs] = await follow([patient, professional], query, [{ id }, { id }])
    await patient.send(id, 'whose?', { clientMessageId: 'my own' })
    const seen = (clientMessageId: string | null, unreadCount: number, { id: userId }: TestPerson) => ({
      messageAdded: {
        body: 'whose?',
        clientMessageId,
        conversation: { unreadCount, viewer: { user: { id: userId } } },
      },
    })
    expect(await mine.next()).toEqual(seen('my own', 0, patient))
    expect(await theirs.next()).toEqual(seen(null, 1, professional))
  })

  test('is not for who gives other variables', async () => {
    const { patient, professional, conversationId: id } = await given.talk()
    const query = `subscription ($id: ID!, $whole: Boolean!) {
      messageAdded(conversationId: $id) { body ... on Message @include(if: $whole) { seq } }
    }`
    const [mine, theirs] = await follow([patient, professional], query, [
      { id, whole: true },
      { id, whole: false },
    ])
    await patient.send(id, 'how much?')
    expect(await mine.next()).toEqual({ messageAdded: { body: 'how much?', seq: 1 } })
    expect(await theirs.next()).toEqual({ messageAdded: { body: 'how much?' } })
  })

  test('is told as new or as changed to each for themselves', async () => {
    const { patient, professional, conversationId: id } = await given.talk()
    const first = await patient.send(id, 'before')
    const query = `subscription ($id: ID!) {
      conversationEvents(conversationId: $id) { __typename cursor ... on MessageChanged { change message { body } } }
    }`
    const [mine, theirs] = await follow<{ conversationEvents: object }>([patient, professional], query, [
      { id },
      { id },
    ])
    for (const subscription of [mine, theirs])
      expect(await subscription.next()).toMatchObject({ conversationEvents: { __typename: 'CaughtUp' } })
    await patient.send(id, 'since')
    await patient.request('mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }', {
      input: { messageId: first.id, body: 'edited' },
    })
    const events = await mine.take(2)
    expect(events.map(event => event.conversationEvents)).toMatchObject([
      { change: 'ADDED', message: { body: 'since' } },
      { change: 'UPDATED', message: { body: 'edited' } },
    ])
    expect(await theirs.take(2)).toEqual(events)
  })

  test('is not for who may not have it any more', async () => {
    const { patient, professional, conversationId: id } = await given.talk()
    const query = 'subscription ($id: ID!) { messageAdded(conversationId: $id) { body } }'
    const [mine, theirs] = await follow<{ messageAdded: object }>([patient, professional], query, [{ id }, { id }])
    await given.care(patient, professional, false)
    for (const subscription of [mine, theirs]) {
      const ending = await subscription.ended()
      expect(ending.kind === 'ERRORS' && ending.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    }
  })
})
