import { describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { someBytes } from '../support/bytes.js'
import type { GraphqlAnswer } from '../support/graphql-client.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { ATTACHMENT_UPDATED, type AttachmentUpdated, createUpload, patch } from '../support/uploads.js'

const app = await startApp({}, { lookEveryMs: 200 })
const given = make(app)
const { patient, professional, conversationId } = await given.talk()

const ATTACHMENT = 'query ($id: ID!) { attachment(id: $id) { id status fileName } }'
const read = (person: TestPerson, id: string) => person.ask<{ attachment: { id: string } }>(ATTACHMENT, { id })
const codeOf = ({ errors }: Pick<GraphqlAnswer<unknown>, 'errors'>) => errors?.[0]?.extensions.code

const follow = async (person: TestPerson, id: string) =>
  (await person.connect()).subscribe<AttachmentUpdated>(ATTACHMENT_UPDATED, { id })

const setStatus = (id: string, status: string) =>
  app.database.call(`update attachments set status = $2::"AttachmentStatus" where id = $1::uuid`, [id, status])

describe('attachment', () => {
  test('000.19 is its uploader’s until it is sent, then theirs who may read the message', async () => {
    const { attachment } = await createUpload(patient, conversationId)
    const stranger = await given.patient()
    expect((await read(patient, attachment.id)).data).toEqual({
      attachment: { id: attachment.id, status: 'UPLOADING', fileName: 'letter.txt' },
    })
    for (const other of [professional, stranger, given.admin])
      expect(codeOf(await read(other, attachment.id))).toBe('NOT_FOUND')
    for (const id of ['x', randomUUID()]) expect(codeOf(await read(patient, id))).toBe('NOT_FOUND')
    const { id: messageId } = await patient.send(conversationId, 'Here it is')
    await app.database.call('update attachments set message_id = $2::uuid, position = 0 where id = $1::uuid', [
      attachment.id,
      messageId,
    ])
    for (const one of [patient, professional]) expect((await read(one, attachment.id)).data?.attachment).toBeTruthy()
    for (const other of [stranger, given.admin]) expect(codeOf(await read(other, attachment.id))).toBe('NOT_FOUND')
    await given.admin.request(
      'mutation ($i: RequestAccessInput!) { requestAccess(input: $i) { accessGrant { id } } }',
      {
        i: { subjectId: patient.id, reason: 'To see what a grant opens', minutes: 5 },
      },
    )
    expect((await read(given.admin, attachment.id)).data?.attachment).toBeTruthy()
    await patient.request(
      'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }',
      {
        input: { messageId },
      },
    )
    for (const one of [patient, professional, given.admin])
      expect(codeOf(await read(one, attachment.id))).toBe('NOT_FOUND')
  })
})

describe('attachmentUpdated', () => {
  test('001.16 tells the present state at once, each change, and ends when it is decided', async () => {
    for (const decision of ['READY', 'REJECTED']) {
      const { attachment, uploadUrl } = await createUpload(patient, conversationId)
      const { id } = attachment
      const events = await follow(patient, id)
      expect(await events.next()).toEqual({ attachmentUpdated: { id, status: 'UPLOADING' } })
      await patch(uploadUrl, 0, someBytes(10))
      expect(await events.next()).toEqual({ attachmentUpdated: { id, status: 'PROCESSING' } })
      // Nobody says so: it is looked at.
      await setStatus(id, decision)
      expect(await events.next()).toEqual({ attachmentUpdated: { id, status: decision } })
      expect(await events.ended()).toEqual({ kind: 'COMPLETED' })
      const late = await follow(patient, id)
      expect(await late.next()).toEqual({ attachmentUpdated: { id, status: decision } })
      expect(await late.ended()).toEqual({ kind: 'COMPLETED' })
      expect(late.waiting + events.waiting).toBe(0)
    }
  })

  test('001.16 is for the uploader, and ends where the attachment goes', async () => {
    const { attachment } = await createUpload(patient, conversationId)
    for (const [person, id] of [
      [professional, attachment.id],
      [given.admin, attachment.id],
      [patient, randomUUID()],
    ] as const)
      expect(codeOf((await (await follow(person, id)).nextResult()) as GraphqlAnswer<unknown>)).toBe('NOT_FOUND')
    const events = await follow(patient, attachment.id)
    await events.next()
    await app.database.call('delete from attachments where id = $1::uuid', [attachment.id])
    expect(await events.ended()).toMatchObject({ kind: 'ERRORS', errors: [{ extensions: { code: 'NOT_FOUND' } }] })
  })
})
