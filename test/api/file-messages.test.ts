import { describe, expect, test } from '@jest/globals'
import { prepareMessage, SEND_SQL, sendParameters, type SendRow } from '../../src/messages/send-batch.js'
import { attachments } from '../support/attachments.js'
import { make, type TestPerson } from '../support/make.js'
import { whenTold } from '../support/notifications.js'
import { begun, rooms } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)
const { upload, voice, pdf } = attachments(app)
const { group } = rooms(app)

const ATTACHMENT = `id fileName mediaType sizeBytes sha256 status rejection width height durationSeconds url thumbnailUrl urlExpiresAt`
const MESSAGE = `id seq kind body deletedAt attachments { ${ATTACHMENT} }`
const SEND = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { ${MESSAGE} } } }`
const READ = `query ($id: ID!) { message(id: $id) { ${MESSAGE} } }`
const HISTORY = `query ($id: ID!) { history(conversationId: $id) { edges { node { ${MESSAGE} replyTo { ${MESSAGE} } } } } }`

interface Shown {
  id: string
  fileName: string
  url: string | null
  thumbnailUrl: string | null
  urlExpiresAt: string | null
}
interface Message {
  id: string
  seq: number
  kind: string
  body: string | null
  attachments: Shown[]
}

const send = async (person: TestPerson, input: Record<string, unknown>): Promise<Message> =>
  (await person.request<{ sendMessage: { message: Message } }>(SEND, { input })).sendMessage.message
const refusal = async (person: TestPerson, input: Record<string, unknown>) => {
  const { errors, data } = await person.ask(SEND, { input })
  expect(data).toEqual({ sendMessage: null })
  return errors?.[0]?.extensions
}
const read = async (person: TestPerson, id: string) =>
  (await person.request<{ message: Message }>(READ, { id })).message
const act = (person: TestPerson, field: string, type: string, messageId: string, more = {}) =>
  person.request<Record<string, { message: Message }>>(
    `mutation ($input: ${type}!) { ${field}(input: $input) { message { ${MESSAGE} } } }`,
    { input: { messageId, ...more } },
  )
const idsOf = ({ attachments }: Pick<Message, 'attachments'>) => attachments.map(({ id }) => id)
const FIELD = 'input.attachmentIds'

describe('000.22 messages with files', () => {
  test('000.22 001.10 an IMAGE holds images, with a text or without', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const ids = [await upload(patient, conversationId), await upload(patient, conversationId, { fileName: 'β.png' })]
    const sent = await send(patient, { conversationId, kind: 'IMAGE', attachmentIds: ids })
    expect(sent).toMatchObject({ seq: 1, kind: 'IMAGE', body: null })
    expect(sent.attachments).toMatchObject([
      { id: ids[0], fileName: 'picture.png', mediaType: 'image/png', status: 'READY', width: 1, height: 1 },
      { id: ids[1], fileName: 'β.png', url: expect.stringContaining(`/files/${ids[1]}?`) },
    ])
    const shown = await read(professional, sent.id)
    expect(idsOf(shown)).toEqual(ids)
    // Each viewer's address is their own.
    expect(shown.attachments[0]?.url).not.toBe(sent.attachments[0]?.url)
    const captioned = {
      conversationId,
      kind: 'IMAGE',
      body: ' Look ',
      attachmentIds: [await upload(patient, conversationId)],
    }
    expect(await send(patient, captioned)).toMatchObject({ seq: 2, body: 'Look' })
  })

  test('002.15 000.22 a FILE holds whatever may be uploaded, and a VOICE message one sound', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const files = [
      await pdf(patient, conversationId),
      await upload(patient, conversationId),
      await voice(patient, conversationId),
    ]
    expect(idsOf(await send(patient, { conversationId, kind: 'FILE', attachmentIds: files }))).toEqual(files)
    const note = await send(professional, {
      conversationId,
      kind: 'VOICE',
      attachmentIds: [await voice(professional, conversationId)],
    })
    expect(note).toMatchObject({
      kind: 'VOICE',
      body: null,
      attachments: [{ mediaType: 'audio/ogg', durationSeconds: 1.5, thumbnailUrl: null, width: null }],
    })
  })

  test('003.7 an attachment has its address, name and size', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const bytes = Buffer.from('the report')
    const id = await upload(patient, conversationId, { fileName: 'report.pdf', mediaType: 'application/pdf', bytes })
    const { id: messageId } = await send(patient, { conversationId, kind: 'FILE', attachmentIds: [id] })
    const [shown] = (await read(professional, messageId)).attachments
    expect(shown).toMatchObject({ id, fileName: 'report.pdf', sizeBytes: bytes.length, rejection: null })
    const { url, urlExpiresAt } = shown!
    const leftMs = Date.parse(String(urlExpiresAt)) - Date.now()
    expect(leftMs).toBeGreaterThan(290_000)
    expect(leftMs).toBeLessThanOrEqual(300_000)
    expect(url?.startsWith(`${app.url}/files/${id}?`)).toBe(true)
  })

  test('are refused with too few, too many, the wrong ones, or what is no image', async () => {
    const { patient, conversationId } = await given.talk()
    const [image, other, report, note] = [
      await upload(patient, conversationId),
      await upload(patient, conversationId),
      await pdf(patient, conversationId),
      await voice(patient, conversationId),
    ]
    const many = Array.from({ length: 11 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`)
    const refusals: [string, string[] | null][] = [
      ['IMAGE', null],
      ['FILE', []],
      ['VOICE', []],
      ['FILE', many],
      ['VOICE', [note, image]],
      ['FILE', [image, image]],
      ['TEXT', [image]],
      ['APPOINTMENT', [image]],
      ['IMAGE', [image, report]],
      ['VOICE', [image]],
    ]
    for (const [kind, attachmentIds] of refusals) {
      const appointment = { appointmentId: 'a', title: 'Visit', startsAt: '2030-01-01T09:00:00.000Z' }
      const input = { conversationId, kind, attachmentIds, body: 'x', ...(kind === 'APPOINTMENT' && { appointment }) }
      expect([kind, attachmentIds, await refusal(patient, input)]).toMatchObject([
        kind,
        attachmentIds,
        { code: 'BAD_USER_INPUT', field: FIELD },
      ])
    }
    // Nothing was sent, and nothing taken.
    const sent = await send(patient, { conversationId, kind: 'IMAGE', attachmentIds: [other, image] })
    expect([sent.seq, idsOf(sent)]).toEqual([1, [other, image]])
    expect(await refusal(patient, { conversationId, kind: 'TEXT', attachmentIds: [] })).toMatchObject({
      field: 'input.body',
    })
    expect((await send(patient, { conversationId, kind: 'TEXT', body: 'x', attachmentIds: [] })).attachments).toEqual(
      [],
    )
  })

  test('are refused with what is another’s, another conversation’s, unknown, or sent already', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const colleague = await given.professional()
    await given.care(patient, colleague)
    const elsewhere = await given.conversation(patient, colleague)
    const own = await upload(patient, conversationId)
    const foreign = [
      await upload(professional, conversationId),
      await upload(patient, elsewhere),
      '00000000-0000-4000-8000-000000000000',
      'nonsense',
    ]
    for (const id of foreign)
      expect([id, await refusal(patient, { conversationId, kind: 'FILE', attachmentIds: [own, id] })]).toMatchObject([
        id,
        { code: 'NOT_FOUND', field: FIELD },
      ])
    const stranger = await given.patient()
    for (const id of [own, 'nonsense'])
      expect(await refusal(stranger, { conversationId, kind: 'FILE', attachmentIds: [id] })).toMatchObject({
        code: 'NOT_FOUND',
        field: 'input.conversationId',
      })
    await send(patient, { conversationId, kind: 'FILE', attachmentIds: [own] })
    expect(await refusal(patient, { conversationId, kind: 'FILE', attachmentIds: [own] })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: FIELD,
    })
  })

  test('wait until their files are READY, and are refused with what was rejected or has expired', async () => {
    const { patient, conversationId } = await given.talk()
    const id = await upload(patient, conversationId, { status: 'PROCESSING' })
    const input = { conversationId, kind: 'IMAGE', attachmentIds: [id], clientMessageId: 'k' }
    const NOT_READY = { code: 'CONFLICT', reason: 'ATTACHMENT_NOT_READY', field: FIELD }
    expect(await refusal(patient, input)).toMatchObject(NOT_READY)
    const set = (change: string) => app.database.call(`update attachments set ${change} where id = $1`, [id])
    await set(`status = 'UPLOADING'`)
    expect(await refusal(patient, input)).toMatchObject(NOT_READY)
    await set(`status = 'REJECTED'`)
    expect(await refusal(patient, input)).toMatchObject({ code: 'BAD_USER_INPUT', field: FIELD })
    await set(`status = 'READY', expires_at = now() - interval '1 second'`)
    expect(await refusal(patient, input)).toMatchObject({ code: 'NOT_FOUND', field: FIELD })
    await set(`expires_at = now() + interval '1 minute'`)
    expect(idsOf(await send(patient, input))).toEqual([id])
  })

  test('004.6 are repeated as others are: with the same files the first message, with others a CONFLICT', async () => {
    const { patient, conversationId } = await given.talk()
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => upload(patient, conversationId)))
    const input = { conversationId, kind: 'IMAGE', attachmentIds: [one, two], clientMessageId: 'once' }
    const first = await send(patient, input)
    const again = await send(patient, input)
    expect([again.id, idsOf(again)]).toEqual([first.id, [one, two]])
    for (const attachmentIds of [[two, one], [one], [one, two, three], [three]])
      expect(await refusal(patient, { ...input, attachmentIds })).toMatchObject({ reason: 'IDEMPOTENCY_KEY_REUSED' })
    const at = await Promise.all(
      Array.from({ length: 20 }, () => send(patient, { ...input, attachmentIds: [three], clientMessageId: 'at once' })),
    )
    expect(new Set(at.map(({ id }) => id)).size).toBe(1)
  })

  test('of many that are sent at once with the same file, one is stored, on whichever process', async () => {
    const { patient, conversationId } = await given.talk()
    const other = await startApp({}, { beside: app })
    for (let round = 0; round < 5; round++) {
      const id = await upload(patient, conversationId)
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, async (_, index) => {
          const person = index % 2 ? patient : patient.at(other)
          const spare = await upload(patient, conversationId)
          const input = { conversationId, kind: 'FILE', attachmentIds: index % 3 ? [id] : [spare, id] }
          const { data, errors } = await person.ask<{ sendMessage: { message: Message } | null }>(SEND, { input })
          return data?.sendMessage?.message.id ?? errors?.[0]?.extensions.code
        }),
      )
      const stored = outcomes.filter(outcome => outcome !== 'BAD_USER_INPUT')
      expect(stored).toHaveLength(1)
      expect(idsOf(await read(patient, stored[0]!))).toContain(id)
    }
    const [row] = await app.database.call<{ count: number }>(
      'select count(*)::int as count from attachments where conversation_id = $1 and message_id is not null',
      [conversationId],
    )
    const holding = (await history(patient, conversationId)).flatMap(message => message.attachments)
    expect(holding).toHaveLength(row!.count)
  })
})

const compose = (senderId: string, conversationId: string, attachmentIds: string[]) =>
  prepareMessage(
    {
      conversationId,
      senderId,
      asRole: null,
      clientMessageId: null,
      kind: 'IMAGE',
      body: null,
      appointmentId: null,
      serviceId: null,
      replyToId: null,
      card: null,
      attachmentIds,
      emergency: false,
      requestId: 'request',
    },
    'key',
  )
const commit = (items: ReturnType<typeof compose>[]) =>
  app.database.commit<SendRow>(SEND_SQL, sendParameters(items, true), 5_000)

describe('a batch of messages with files', () => {
  test('whose answer was lost is repeated, and leaves each message what it holds', async () => {
    const { patient, conversationId } = await given.talk()
    const ids = await Promise.all([1, 2, 3].map(() => upload(patient, conversationId)))
    const items = [compose(patient.id, conversationId, ids.slice(0, 2)), compose(patient.id, conversationId, [ids[2]!])]
    expect((await commit(items)).map(row => row.o_outcome)).toEqual(['STORED', 'STORED'])
    expect((await commit(items)).map(row => [row.o_outcome, row.o_id])).toEqual(items.map(({ id }) => ['REPEATED', id]))
    expect((await history(patient, conversationId)).map(idsOf)).toEqual([ids.slice(0, 2), [ids[2]]])
  })

  test('gives a file to the first, and has the second judged again', async () => {
    const { patient, conversationId } = await given.talk()
    const [id, spare] = [await upload(patient, conversationId), await upload(patient, conversationId)]
    const items = [[id], [spare, id], [spare]].map(ids => compose(patient.id, conversationId, ids))
    expect((await commit(items)).map(row => row.o_outcome)).toEqual(['STORED', 'BUSY', 'BUSY'])
    expect((await commit(items.slice(1))).map(row => row.o_outcome)).toEqual(['ATTACHMENT_SENT', 'BUSY'])
    expect((await commit(items.slice(2))).map(row => row.o_outcome)).toEqual(['STORED'])
  })
})

const history = async (person: TestPerson, id: string) => {
  type Page = { history: { edges: { node: Message & { replyTo: Message | null } }[] } }
  return (await person.request<Page>(HISTORY, { id })).history.edges.map(({ node }) => node)
}

describe('what a message holds', () => {
  test('comes with pages, answers, lists and live', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const socket = await professional.connect()
    const added = socket.subscribe<{ messageAdded: Message }>(
      `subscription ($id: ID!) { messageAdded(conversationId: $id) { ${MESSAGE} } }`,
      { id: conversationId },
    )
    // One result is made for all who do not ask for addresses.
    const sockets = [socket, await patient.connect()]
    const IDS = 'subscription ($id: ID!) { messageAdded(conversationId: $id) { attachments { id } } }'
    const alike = sockets.map(one => one.subscribe<{ messageAdded: Message }>(IDS, { id: conversationId }))
    await begun(socket, 2)
    await begun(sockets[1]!, 1)
    const ids = [await upload(patient, conversationId), await upload(patient, conversationId)]
    const sent = await send(patient, { conversationId, kind: 'IMAGE', body: 'quokka at dusk', attachmentIds: ids })
    const live = (await added.next()).messageAdded
    expect(idsOf(live)).toEqual(ids)
    for (const one of alike) expect(idsOf((await one.next()).messageAdded)).toEqual(ids)
    expect(live.attachments[0]?.url).toContain(`user=${encodeURIComponent(professional.id)}`)
    const lists = await professional.request<{
      conversation: { lastMessage: Message }
      searchMessages: { edges: { node: { message: Message } }[] }
    }>(
      `query ($id: ID!) {
        conversation(id: $id) { lastMessage { kind attachments { id } } }
        searchMessages(query: "quokka") { edges { node { message { kind attachments { id } } } } }
      }`,
      { id: conversationId },
    )
    expect(idsOf(lists.conversation.lastMessage)).toEqual(ids)
    expect(lists.searchMessages.edges.map(({ node }) => idsOf(node.message))).toEqual([ids])
    expect(await whenTold(professional, 1)).toMatchObject([{ kind: 'MESSAGE', conversation: { id: conversationId } }])
    await send(professional, { conversationId, body: 'Nice', replyToId: sent.id })
    const [first, answer] = await history(professional, conversationId)
    expect([idsOf(first!), answer?.attachments, idsOf(answer!.replyTo!)]).toEqual([ids, [], ids])
  })

  test('is gone once the message is deleted, and back once it is restored', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const id = await upload(patient, conversationId)
    const sent = await send(patient, { conversationId, kind: 'IMAGE', body: 'one', attachmentIds: [id] })
    const removed = await act(patient, 'deleteMessage', 'DeleteMessageInput', sent.id)
    expect(removed.deleteMessage?.message.attachments).toEqual([])
    expect((await read(professional, sent.id)).attachments).toEqual([])
    for (const document of [
      'query ($id: ID!) { attachment(id: $id) { url } }',
      'subscription ($id: ID!) { attachmentUpdated(id: $id) { url } }',
    ]) {
      const asked = patient.sse(document, { id })
      await expect(asked.next()).rejects.toThrow('NOT_FOUND')
    }
    // It was sent, and is not to be sent anew.
    const again = { conversationId, kind: 'IMAGE', attachmentIds: [id] }
    expect(await refusal(patient, again)).toMatchObject({ code: 'BAD_USER_INPUT', field: FIELD })
    const restored = await act(patient, 'restoreMessage', 'RestoreMessageInput', sent.id)
    expect(idsOf(restored.restoreMessage!.message)).toEqual([id])
    expect(idsOf(await read(professional, sent.id))).toEqual([id])
  })

  test('stays when its text is edited', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const id = await upload(patient, conversationId)
    const sent = await send(patient, { conversationId, kind: 'IMAGE', attachmentIds: [id] })
    const edited = await act(patient, 'editMessage', 'EditMessageInput', sent.id, { body: 'A caption' })
    expect(edited.editMessage?.message).toMatchObject({ kind: 'IMAGE', body: 'A caption', attachments: [{ id }] })
    expect(await read(professional, sent.id)).toMatchObject({ body: 'A caption', attachments: [{ id }] })
  })

  test('is not shown to who may not see the message', async () => {
    const [one, other] = [await given.professional(), await given.patient()]
    const conversationId = await group(one)
    const id = await upload(one, conversationId)
    const sent = await send(one, { conversationId, kind: 'IMAGE', attachmentIds: [id], emergency: true })
    await rooms(app).join(conversationId, other)
    await send(other, { conversationId, body: 'I am new' })
    expect((await history(other, conversationId)).flatMap(idsOf)).toEqual([])
    // An admin who is called for help knows of the message, and not what it holds.
    await app.database.call(`update emergencies set escalated_at = now() where message_id = $1`, [sent.id])
    const OPEN = `{ openEmergencies { edges { node { id kind attachments { id } } } } }`
    const { openEmergencies } = await given.admin.request<{ openEmergencies: { edges: { node: Message }[] } }>(OPEN)
    const seen = openEmergencies.edges.find(({ node }) => node.id === sent.id)?.node
    expect(seen).toMatchObject({ kind: 'IMAGE', attachments: [] })
  })
})
