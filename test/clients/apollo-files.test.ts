import { expect, test } from '@jest/globals'
import { Buffer } from 'node:buffer'
import { INSPECTION_TIMINGS } from '../../src/attachments/inspection-worker.js'
import { PNG } from '../support/attachments.js'
import { cleanUp } from '../support/cleanup.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { explainError } from './explain-error.js'
import { openConversation } from './open-conversation.js'
import { SendMessageDocument, type MessagePartsFragment } from './operations.js'
import { beginUpload, type BegunUpload, finishUpload, withAddresses } from './send-files.js'
import { clientsAt } from './test-client.js'
import { TestView } from './test-view.js'

const app = await startApp({}, { inspectionTimings: INSPECTION_TIMINGS })
const given = make(app)
const clientOf = clientsAt(app)

const picture = { fileName: 'knee.png', mediaType: 'image/png', sizeBytes: PNG.length }

test('004.7 003.7 a client uploads a picture with its progress, sends it, shows it, and saves it', async () => {
  const { patient, professional, conversationId } = await given.talk()
  const view = new TestView<MessagePartsFragment[]>()
  const opened = openConversation(clientOf(professional), conversationId, view)
  cleanUp(opened.close)
  const client = clientOf(patient)
  const parts: number[] = []
  const upload = await beginUpload(client, { conversationId, ...picture })
  await finishUpload(client, upload, PNG, part => parts.push(part))
  expect(parts.at(-1)).toBe(1)
  const input = {
    conversationId,
    clientMessageId: 'c-1',
    kind: 'IMAGE' as const,
    body: 'My knee',
    attachmentIds: [upload.id],
  }
  await client.mutate({ mutation: SendMessageDocument, variables: { input } })
  const messages = await view.shows(shown => shown.length > 0)
  const [attachment] = messages[0]?.attachments ?? []
  expect(messages).toMatchObject([
    { kind: 'IMAGE', body: 'My knee', attachments: [{ id: upload.id, fileName: 'knee.png' }] },
  ])
  expect(await withAddresses(clientOf(professional), attachment!)).toBe(attachment)
  const saved = await fetch(attachment!.url!)
  const bytes = Buffer.from(await saved.arrayBuffer())
  expect([saved.status, bytes.length, bytes.subarray(1, 4).toString()]).toEqual([200, attachment?.sizeBytes, 'PNG'])
  // As it is five minutes later.
  const old = { ...attachment!, url: null, thumbnailUrl: null, urlExpiresAt: new Date().toISOString() }
  const { url, thumbnailUrl } = await withAddresses(clientOf(professional), old)
  for (const address of [url, thumbnailUrl]) expect((await fetch(address!)).status).toBe(200)
})

test('004.7 an upload that was given up goes on later, and what is refused is told to the person', async () => {
  const { patient, conversationId } = await given.talk()
  const client = clientOf(patient)
  const upload = await beginUpload(client, { conversationId, ...picture })
  const givenUp = finishUpload(client, upload, PNG, undefined, AbortSignal.abort(new Error('given up')))
  await expect(givenUp).rejects.toThrow('given up')
  const kept = JSON.parse(JSON.stringify(upload)) as BegunUpload
  await finishUpload(client, kept, PNG)
  const wrong = await beginUpload(client, { conversationId, ...picture, mediaType: 'application/pdf' })
  const refused = finishUpload(client, wrong, PNG).catch(explainError)
  expect(await refused).toBe('This file is of another kind than its name says.')
  const forged = { ...upload, uploadUrl: upload.uploadUrl.replace('signature=', 'signature=x') }
  expect(await finishUpload(client, forged, PNG).catch(explainError)).toBe('This upload cannot go on.')
})
