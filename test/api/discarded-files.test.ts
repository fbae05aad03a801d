import { describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { access, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createLogger } from '../../src/logger.js'
import { attachments } from '../support/attachments.js'
import { someBytes } from '../support/bytes.js'
import { BY_HAND, runJob } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import {
  askForUpload,
  ATTACHMENT_UPDATED,
  type AttachmentUpdated,
  beginPatch,
  createUpload,
  offsetOf,
  patch,
  refusalOf,
} from '../support/uploads.js'

const MIB = 1024 * 1024

const app = await startApp({}, { jobTimings: BY_HAND })
const given = make(app)
const { pdf } = attachments(app)

const DISCARD = `mutation ($input: DiscardAttachmentInput!) { discardAttachment(input: $input) { attachmentId } }`
const discard = (person: TestPerson, attachmentId: string) => person.ask(DISCARD, { input: { attachmentId } })
const DISCARDED = (attachmentId: string) => ({ data: { discardAttachment: { attachmentId } } })
const MISSING = { code: 'NOT_FOUND', field: 'input.attachmentId' }

const isThere = (place: string, id: string) =>
  access(join(app.config.filesDir, place, id)).then(
    () => true,
    () => false,
  )
const rowsOf = (id: string) => app.database.call('select id from attachments where id = $1', [id])
const sendFile = (person: TestPerson, conversationId: string, id: string) =>
  person.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
    input: { conversationId, kind: 'FILE', attachmentIds: [id], clientMessageId: randomUUID() },
  })

describe('000.19 discardAttachment', () => {
  test('000.19 removes what was uploaded and not sent, with its bytes, for good', async () => {
    const { patient, conversationId } = await given.talk()
    const id = await pdf(patient, conversationId)
    const { attachment } = await patient.request<{ attachment: { url: string } }>(
      'query ($id: ID!) { attachment(id: $id) { url } }',
      { id },
    )
    expect((await fetch(attachment.url)).status).toBe(200)
    expect(await discard(patient, id)).toMatchObject(DISCARDED(id))
    expect(await rowsOf(id)).toEqual([])
    expect(await isThere('files', id)).toBe(false)
    expect((await fetch(attachment.url)).status).toBe(404)
    expect(refusalOf(await sendFile(patient, conversationId, id))?.code).toBe('NOT_FOUND')
    expect(refusalOf(await discard(patient, id))).toMatchObject(MISSING)
  })

  test('000.19 makes room again', async () => {
    const { patient, conversationId } = await given.talk()
    const { attachment } = await createUpload(patient, conversationId)
    for (let count = 1; count < 50; count++) await createUpload(patient, conversationId)
    expect(refusalOf(await askForUpload(patient, conversationId))?.code).toBe('RATE_LIMITED')
    await discard(patient, attachment.id)
    await createUpload(patient, conversationId)
  })

  test('000.19 and what is not removed yet makes room soon, where that is enough', async () => {
    const { patient, conversationId } = await given.talk()
    const { attachment } = await createUpload(patient, conversationId, { sizeBytes: 30 * MIB })
    // As if its bytes were just written.
    await app.database.call("update attachments set leased_until = now() + interval '1 hour' where id = $1", [
      attachment.id,
    ])
    expect(await discard(patient, attachment.id)).toMatchObject(DISCARDED(attachment.id))
    for (let count = 0; count < 9; count++) await createUpload(patient, conversationId, { sizeBytes: 100 * MIB })
    await createUpload(patient, conversationId, { sizeBytes: 90 * MIB })
    const waitFor = async (sizeBytes: number) =>
      Number(refusalOf(await askForUpload(patient, conversationId, { sizeBytes }))?.retryAfterMs)
    expect(await waitFor(30 * MIB)).toBe(60_000)
    expect((await waitFor(60 * MIB)) / 3_600_000).toBeCloseTo(24, 1)
  })

  test('000.19 says in the log what could not be removed, which the job tries again', async () => {
    const lines: string[] = []
    const logger = createLogger('warn', { write: line => void lines.push(line) })
    const noting = await startApp({}, { beside: app, jobTimings: BY_HAND, logger })
    const { patient, conversationId } = await given.talk()
    const { attachment } = await createUpload(patient, conversationId)
    const obstacle = join(app.config.filesDir, 'files', attachment.id)
    await mkdir(join(obstacle, 'in the way'), { recursive: true })
    expect(await discard(patient.at(noting), attachment.id)).toMatchObject(DISCARDED(attachment.id))
    expect(lines.join('')).toContain('was not removed yet')
    expect(lines.join('')).toContain(attachment.id)
    await rm(obstacle, { recursive: true })
    await runJob(app, 'attachments')
    expect(await rowsOf(attachment.id)).toEqual([])
  })

  test('000.19 ends what is on its way, tells who follows it, and leaves nothing', async () => {
    const { patient, conversationId } = await given.talk()
    const bytes = someBytes(200_000)
    const { attachment, uploadUrl } = await createUpload(patient, conversationId, { sizeBytes: bytes.length })
    const socket = await patient.connect()
    const followed = socket.subscribe<AttachmentUpdated>(ATTACHMENT_UPDATED, { id: attachment.id })
    expect((await followed.next()).attachmentUpdated.status).toBe('UPLOADING')
    const sending = beginPatch(uploadUrl, 0, { length: bytes.length, bytes: bytes.subarray(0, 100_000) })
    await sending.written
    expect(await discard(patient, attachment.id)).toMatchObject(DISCARDED(attachment.id))
    expect(await followed.ended()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
    // Those bytes that are just written are counted until they are gone: then whatever is left goes with the job.
    sending.sending.end(bytes.subarray(100_000))
    await sending.answer
    await expect(offsetOf(uploadUrl)).rejects.toThrow('404')
    expect((await patch(uploadUrl, 0, bytes)).status).toBe(404)
    await runJob(app, 'attachments')
    expect(await rowsOf(attachment.id)).toEqual([])
    expect(await isThere('uploads', attachment.id)).toBe(false)
  })

  test('000.19 is not for what was sent, nor for another’s, and of a send at the same time one of the two holds', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const sent = await pdf(patient, conversationId)
    await sendFile(patient, conversationId, sent)
    expect(refusalOf(await discard(patient, sent))).toMatchObject({ code: 'CONFLICT', reason: 'ATTACHMENT_SENT' })
    const another = await pdf(patient, conversationId)
    for (const id of [another, sent, randomUUID(), 'x'])
      expect(refusalOf(await discard(professional, id))).toMatchObject(MISSING)
    for (let round = 0; round < 10; round++) {
      const id = await pdf(patient, conversationId)
      const [sending, discarding] = await Promise.all([sendFile(patient, conversationId, id), discard(patient, id)])
      const wasSent = sending.errors === undefined
      expect(refusalOf(discarding)?.reason).toBe(wasSent ? 'ATTACHMENT_SENT' : undefined)
      expect(discarding.errors === undefined).toBe(!wasSent)
      expect(await isThere('files', id)).toBe(wasSent)
    }
  })
})
