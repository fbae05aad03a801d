import { randomUUID } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { denied } from '../../src/conversations/conversation-rules.js'
import type { Conversation, ConversationStatus, Participant } from '../../src/conversations/conversation.js'
import type { NewMessage } from '../../src/messages/send-batch.js'
import { prepareMessage, SEND_SQL, sendParameters, type SendRow } from '../../src/messages/send-batch.js'
import type { Role } from '../../src/people/person.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'

// What a send may be, judged by the function that stores it.
const server = await startApp()
const given = make(server)
const { database } = server
const { conversations, marks, messages, writer } = server.services

const compose = (conversationId: string, senderId: string, more: Partial<NewMessage> = {}): NewMessage => ({
  conversationId,
  senderId,
  asRole: null,
  clientMessageId: null,
  kind: 'TEXT',
  body: 'Hello',
  appointmentId: null,
  serviceId: null,
  replyToId: null,
  card: null,
  attachmentIds: [],
  emergency: false,
  requestId: randomUUID(),
  ...more,
})

const send = async (...composed: Parameters<typeof compose>) => {
  const outcome = await messages.send(compose(...composed))
  return outcome.kind === 'REFUSED' ? outcome.why : outcome.message
}
const sent = async (...composed: Parameters<typeof compose>) => {
  const message = await send(...composed)
  if (typeof message === 'string') throw new Error(message)
  return message
}

const rows = <Row>(sql: string, ...parameters: unknown[]) => database.call<Row>(sql, parameters)

const group = async () => {
  const people = { patient: await given.patient(), professional: await given.professional() }
  const { conversation } = await writer.run(writing =>
    writing.create({
      kind: 'GROUP',
      title: 'A group',
      participants: [
        { userId: people.patient.id, role: 'PATIENT' },
        { userId: people.professional.id, role: 'PROFESSIONAL' },
      ],
    }),
  )
  return { ...people, conversationId: conversation.id }
}

const found = async (conversationId: string, userId: string) => {
  const access = await conversations.findWithParticipant(conversationId, userId)
  if (!access?.participant) throw new Error('They do not take part.')
  return access as { conversation: Conversation; participant: Participant }
}

const change = async (
  conversationId: string,
  userId: string,
  of: {
    statusById?: string
    status?: ConversationStatus
    careEnded?: boolean
    sendRoles?: Role[]
    own?: boolean | null
  },
) => {
  const { own, ...ofConversation } = of
  await writer.run(async writing => {
    const open = await writing.open(conversationId)
    await open?.updateConversation(ofConversation)
    if (own !== undefined) await open?.updateParticipant(userId, { ownCanSend: own })
  })
}

const VERDICTS: Record<string, string> = {
  'FORBIDDEN undefined': 'MAY_NOT_SEND',
  'CONFLICT CONVERSATION_NOT_ACTIVE': 'NOT_ACTIVE',
  'CONFLICT CARE_RELATIONSHIP_ENDED': 'CARE_ENDED',
  'NOT_FOUND undefined': 'NOT_FOUND',
}

test('003.13 the function that stores a message judges as the table of rules does', async () => {
  const { patient, conversationId } = await group()
  const statuses = ['ACTIVE', 'ARCHIVED', 'BLOCKED', 'DELETED'] as const
  const seen = new Set<string>()
  for (const status of statuses)
    for (const statusById of [patient.id, 'another'])
      for (const careEnded of [false, true])
        for (const sendRoles of [['PATIENT'], ['PROFESSIONAL'], []] as Role[][])
          for (const own of [null, true, false]) {
            await change(conversationId, patient.id, { status, statusById, careEnded, sendRoles, own })
            const { conversation, participant } = await found(conversationId, patient.id)
            const viewer = { userId: patient.id, roles: ['PATIENT'] as const }
            const refusal = denied('send', { viewer, conversation, part: participant })
            const expected = refusal ? VERDICTS[`${refusal.code} ${refusal.details.reason}`] : 'STORED'
            const outcome = await send(conversationId, patient.id)
            expect([
              status,
              statusById,
              careEnded,
              sendRoles,
              own,
              typeof outcome === 'string' ? outcome : 'STORED',
            ]).toEqual([status, statusById, careEnded, sendRoles, own, expected])
            seen.add(expected ?? '')
          }
  expect([...seen].sort()).toEqual(['CARE_ENDED', 'MAY_NOT_SEND', 'NOT_ACTIVE', 'NOT_FOUND', 'STORED'])
})

test('003.13 a message sent while permission goes is either before it or refused', async () => {
  const { patient, conversationId } = await group()
  const sending = Array.from({ length: 60 }, (_, index) => async () => {
    if (index % 20 === 10) await change(conversationId, patient.id, { own: index % 40 === 10 ? false : null })
    return send(conversationId, patient.id)
  })
  const outcomes = await Promise.all(sending.map(one => one()))
  const refused = outcomes.filter(outcome => outcome === 'MAY_NOT_SEND').length
  expect(outcomes.filter(outcome => typeof outcome !== 'string').length + refused).toBe(60)
  const { conversation } = await found(conversationId, patient.id)
  expect(conversation.seq).toBe(60 - refused)
  // Nothing was stored between a taking and the next giving.
  const between = await rows<{ count: number }>(
    `select count(*)::int as count from messages m join participants p
      on p.conversation_id = m.conversation_id and p.user_id = m.sender_id
      where m.conversation_id = $1 and p.own_can_send is false and m.rev > p.rev`,
    conversationId,
  )
  expect(between).toEqual([{ count: 0 }])
})

describe('003.8 a reply', () => {
  test('goes to a message of the same conversation that its sender may see and that is there', async () => {
    const { patient, professional, conversationId } = await group()
    const elsewhere = await given.talk()
    const target = await sent(conversationId, professional.id)
    const foreign = await elsewhere.patient.send(elsewhere.conversationId)
    const reply = await sent(conversationId, patient.id, { replyToId: target.id })
    expect(reply).toMatchObject({ replyToId: target.id, seq: 2 })
    expect(await messages.find(reply.id)).toMatchObject({ replyToId: target.id })
    expect(await send(conversationId, patient.id, { replyToId: foreign.id })).toBe('NO_TARGET')
    expect(await send(conversationId, patient.id, { replyToId: randomUUID() })).toBe('NO_TARGET')
    await writer.run(async writing => {
      const open = await writing.open(conversationId)
      await open?.updateParticipant(patient.id, { visibleFromSeq: 2 })
      await open?.updateMessage(reply.id, { deletedAt: 'now', deletedById: patient.id })
    })
    expect(await send(conversationId, patient.id, { replyToId: target.id })).toBe('NO_TARGET')
    expect(await send(conversationId, patient.id, { replyToId: reply.id })).toBe('TARGET_DELETED')
    expect(await sent(conversationId, professional.id, { replyToId: target.id })).toMatchObject({ seq: 3 })
  })

  test('is the same message again with its key, and another one with another target', async () => {
    const { patient, conversationId } = await group()
    const [one, other] = [await sent(conversationId, patient.id), await sent(conversationId, patient.id)]
    const clientMessageId = 'k'
    const first = await sent(conversationId, patient.id, { clientMessageId, replyToId: one.id })
    expect(await sent(conversationId, patient.id, { clientMessageId, replyToId: one.id })).toMatchObject({
      id: first.id,
    })
    expect(await send(conversationId, patient.id, { clientMessageId, replyToId: other.id })).toBe('KEY_REUSED')
    expect(await send(conversationId, patient.id, { clientMessageId })).toBe('KEY_REUSED')
  })
})

test('003.6 cards are kept; prescriptions are the professionals’', async () => {
  const { patient, professional, conversationId } = await group()
  const prescription = { prescriptionId: 'p', medication: 'Ibuprofen', dosage: '400 mg', instructions: null }
  const more = { kind: 'PRESCRIPTION', body: null, card: prescription } as const
  expect(await send(conversationId, patient.id, more)).toBe('NOT_PROFESSIONAL')
  const { id } = await sent(conversationId, professional.id, more)
  await sent(conversationId, patient.id)
  const appointment = {
    appointmentId: 'a',
    title: 'Visit',
    startsAt: '2026-11-21T09:00:00.000Z',
    endsAt: null,
    location: null,
  }
  await sent(conversationId, patient.id, { kind: 'APPOINTMENT', card: appointment, body: 'See you' })
  const expected = [
    { kind: 'PRESCRIPTION', body: null, card: prescription },
    { kind: 'TEXT', card: null },
    { kind: 'APPOINTMENT', body: 'See you', card: appointment },
  ]
  const page = () => messages.page(conversationId, { from: 1, through: 3 }, 10, 'FIRST')
  expect(await page()).toMatchObject(expected)
  expect(await server.services.feeds.source.messagesAfter(conversationId, 0, 3, 10)).toMatchObject(expected)
  const { changes } = await server.services.feeds.source.changesAfter(conversationId, 0, 100)
  expect(changes.flatMap(one => (one.kind === 'message' ? [one.message] : []))).toMatchObject(expected)
  await writer.run(async writing => {
    await (await writing.open(conversationId))?.updateMessage(id, { deletedAt: 'now', deletedById: professional.id })
  })
  expect((await page())[0]).toMatchObject({ card: null })
  expect(await messages.find(id)).toMatchObject({ card: null })
})

test('003.11 an emergency is flagged with the sending, and once', async () => {
  const { patient, conversationId } = await group()
  const again = { emergency: true, clientMessageId: 'help' }
  const { id, createdAt } = await sent(conversationId, patient.id, again)
  await sent(conversationId, patient.id, again)
  await sent(conversationId, patient.id)
  const flagged = await rows(
    'select message_id, flagged_by_id, flagged_at from emergencies where conversation_id = $1',
    conversationId,
  )
  expect(flagged).toEqual([{ message_id: id, flagged_by_id: patient.id, flagged_at: createdAt }])
})

describe('the audit', () => {
  const audited = (conversationId: string) =>
    rows<object>(
      `select action, outcome::text, actor_id as actor, subject_user_id as subject, message_id as message, request_id as request
        from (select id, at, action, outcome, actor_id, subject_user_id, message_id, request_id, conversation_id from audit_pending
          union select id, at, action, outcome, actor_id, subject_user_id, message_id, request_id, conversation_id from audit_events) a
        where conversation_id = $1 and action in ('sendMessage', 'markRead', 'markDelivered') order by at`,
      conversationId,
    )

  test('has a row for each send that is answered with a message, in the same transaction', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const first = await sent(conversationId, patient.id, { clientMessageId: 'k', requestId: 'r1' })
    await sent(conversationId, patient.id, { clientMessageId: 'k', requestId: 'r2' })
    await send(conversationId, patient.id, { clientMessageId: 'k', body: 'Other words', requestId: 'r3' })
    await sent(conversationId, professional.id, { requestId: 'r4' })
    const row = { action: 'sendMessage', outcome: 'ALLOWED', actor: patient.id, subject: patient.id }
    expect(await audited(conversationId)).toMatchObject([
      { ...row, message: first.id, request: 'r1' },
      { ...row, message: first.id, request: 'r2' },
      { ...row, actor: professional.id, request: 'r4' },
    ])
  })

  test('has them once, whoever repeats a batch whose answer was lost', async () => {
    const { patient, conversationId } = await given.talk()
    const batch = ['a', 'b', 'b', 'c'].map((clientMessageId, index) =>
      prepareMessage(compose(conversationId, patient.id, { clientMessageId, emergency: index === 3 }), 'a key'),
    )
    const commit = () => database.commit<SendRow>(SEND_SQL, sendParameters(batch, true), 5_000)
    const first = await commit()
    expect(first.map(row => row.o_outcome)).toEqual(['STORED', 'STORED', 'BUSY', 'STORED'])
    // The same, whether it has a place in the chain by then or not.
    await database.call('select chain_audit(1000)', [])
    const again = await commit()
    await database.call('select chain_audit(1000)', [])
    expect(again.map(row => row.o_outcome)).toEqual(['REPEATED', 'REPEATED', 'REPEATED', 'REPEATED'])
    expect(again.map(row => row.o_id)).toEqual([0, 1, 1, 3].map(index => first[index]?.o_id))
    expect(await audited(conversationId)).toHaveLength(4)
    expect(await rows('select 1 from emergencies where conversation_id = $1', conversationId)).toHaveLength(1)
  })

  test('has a row for each mark that moves a position', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const one = await sent(conversationId, patient.id)
    const mark = (kind: 'READ' | 'DELIVERED', throughMessageId: string | null, requestId: string) =>
      marks.advance({ conversationId, userId: professional.id, throughMessageId, kind, requestId })
    await mark('DELIVERED', one.id, 'm1')
    await mark('DELIVERED', null, 'm2')
    await mark('READ', null, 'm3')
    const row = { actor: professional.id, subject: patient.id, outcome: 'ALLOWED' }
    expect((await audited(conversationId)).slice(1)).toEqual([
      { ...row, action: 'markDelivered', message: one.id, request: 'm1' },
      { ...row, action: 'markRead', message: null, request: 'm3' },
    ])
  })
})

test('reading a conversation reads its notification, and no other', async () => {
  const { patient, professional, conversationId } = await given.talk()
  const { conversationId: otherId } = await given.talk()
  await sent(conversationId, patient.id)
  for (const id of [conversationId, otherId])
    await rows(
      `insert into notifications (user_id, kind, conversation_id, unread_of) values ($1, 'MESSAGE', $2::uuid, $1 || ' ' || $2::uuid)`,
      professional.id,
      id,
    )
  const unread = () =>
    rows<{ id: string }>(
      'select conversation_id as id from notifications where user_id = $1 and read_at is null',
      professional.id,
    )
  const mark = (kind: 'READ' | 'DELIVERED') =>
    marks.advance({ conversationId, userId: professional.id, throughMessageId: null, kind, requestId: 'r' })
  await mark('DELIVERED')
  expect(await unread()).toHaveLength(2)
  await mark('READ')
  expect(await unread()).toEqual([{ id: otherId }])
})
