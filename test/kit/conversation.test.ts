import { describe, expect, test } from '@jest/globals'
import { chatError, ConversationActions, ConversationView, deliveryStatus } from '../../clients/apollo/src/main.js'
import { cleanUp } from '../support/cleanup.js'
import { becomes, kitAt } from '../support/kit.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)
const kit = kitAt(app)

const open = (person: TestPerson, conversationId: string, pageSize?: number) => {
  const client = kit(person)
  const view = new ConversationView(client, conversationId, pageSize)
  cleanUp(() => view.close())
  const actions = new ConversationActions(client, conversationId, view)
  const { state } = view
  return {
    ...{ client, view, actions, state },
    bodies: (...expected: (string | null)[]) =>
      becomes(state, ({ messages }) => JSON.stringify(messages.map(({ body }) => body)) === JSON.stringify(expected)),
  }
}

describe('the client kit: a conversation', () => {
  test('what is written is shown at once, is stored once, and reaches the other', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const one = open(patient, conversationId)
    const other = open(professional, conversationId)
    await Promise.all([one.bodies(), other.bodies()])
    for (const body of ['1', '2', '3']) one.actions.send(body)
    expect(one.client.outbox.messages.get().map(({ input }) => input.body)).toEqual(['1', '2', '3'])
    await becomes(one.state, ({ messages, pending }) => messages.length === 3 && pending.length === 0)
    await Promise.all([one.bodies('1', '2', '3'), other.bodies('1', '2', '3')])
    const { messages } = one.state.get()
    expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  test('edits, deletions, reactions and answers show on both sides', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const one = open(patient, conversationId)
    const other = open(professional, conversationId)
    one.actions.send('First')
    const [first] = (await other.bodies('First')).messages
    const messageId = first?.id ?? ''
    other.actions.send({ body: 'Answer', replyToId: messageId })
    await one.bodies('First', 'Answer')
    await one.actions.edit(messageId, 'Edited')
    const edited = await other.bodies('Edited', 'Answer')
    expect(edited.messages[1]?.replyTo?.body).toBe('Edited')
    await other.actions.toggleReaction({ id: messageId, reactions: edited.messages[0]?.reactions ?? [] }, '👍')
    const reacted = await becomes(one.state, ({ messages }) => (messages[0]?.reactions.length ?? 0) > 0)
    expect(reacted.messages[0]?.reactions).toMatchObject([{ emoji: '👍', count: 1, viewerReacted: false }])
    await one.actions.remove(messageId)
    await other.bodies(null, 'Answer')
    await one.actions.restore(messageId)
    await other.bodies('Edited', 'Answer')
  })

  test('older pages join without a gap or a double', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await given.messages(conversationId, [patient, professional], 6)
    const one = open(patient, conversationId, 2)
    await one.bodies('5', '6')
    await Promise.all([one.view.loadOlder(), one.view.loadOlder()])
    await one.bodies('3', '4', '5', '6')
    expect(one.state.get().hasOlder).toBe(true)
    await one.view.loadOlder()
    await one.bodies('1', '2', '3', '4', '5', '6')
    expect(one.state.get().hasOlder).toBe(false)
  })

  test('typing, reading, and how far a message has come', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const one = open(patient, conversationId)
    const other = open(professional, conversationId)
    await Promise.all([one.bodies(), other.bodies()])
    // Nothing says when they follow each other's typing: it is told again, as with each key.
    while (one.state.get().typing.length === 0) {
      other.actions.setTyping(false)
      other.actions.setTyping(true)
      await professional.request('{ me { id } }')
    }
    expect(one.state.get().typing[0]?.id).toBe(professional.id)
    other.actions.setTyping(false)
    await becomes(one.state, ({ typing }) => typing.length === 0)
    one.actions.send('Read me')
    const sent = await one.bodies('Read me')
    const [message] = sent.messages
    if (!message) throw new Error('There is no message.')
    expect(deliveryStatus(message, sent)).toBe('SENT')
    await other.bodies('Read me')
    await other.actions.markRead()
    const read = await becomes(one.state, state => deliveryStatus(message, state) === 'READ')
    expect(read.participants).toHaveLength(2)
  })

  test('an end of the relationship ends it, and says why', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const one = open(patient, conversationId)
    await one.bodies()
    await given.care(patient, professional, false)
    const ended = await becomes(one.state, ({ status }) => status === 'ENDED')
    expect(ended.error?.code).toBe('FORBIDDEN')
    one.actions.send('Too late')
    const [refused] = await becomes(one.client.outbox.messages, ([message]) => message?.status === 'FAILED')
    expect(refused?.error).toMatchObject({ code: 'CONFLICT', reason: 'CARE_RELATIONSHIP_ENDED' })
    await given.care(patient, professional)
    one.client.outbox.retry(refused?.clientMessageId ?? '')
    await becomes(one.client.outbox.messages, ({ length }) => length === 0)
    expect(one.state.get().status).toBe('ENDED')
    await open(patient, conversationId).bodies('Too late')
  })

  test('errors have a code and a field', async () => {
    const { patient, conversationId } = await given.talk()
    const { actions, bodies } = open(patient, conversationId)
    await bodies()
    const error = await actions.edit('nothing', 'x').catch(chatError)
    expect(error).toMatchObject({ code: 'NOT_FOUND', field: 'input.messageId' })
  })
})
