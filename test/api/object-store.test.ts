import { describe, expect, test } from '@jest/globals'
import { S3 } from '@aws-sdk/client-s3'
import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileKey } from '../../src/attachments/file-storage.js'
import { hashOf, hashOfStream, someBytes } from '../support/bytes.js'
import { make } from '../support/make.js'
import { runJob } from '../support/jobs.js'
import { startApp } from '../support/start-app.js'
import { at, beginPatch, createUpload, offsetOf, patch, uploadWithClient } from '../support/uploads.js'

const { TEST_S3_ENDPOINT: endpoint, TEST_S3_ACCESS_KEY_ID = '', TEST_S3_SECRET_ACCESS_KEY = '' } = process.env
const MIB = 1024 * 1024

/** A bucket of its own. Emptied and removed by nobody: it is a test's server. */
const startOnBucket = async () => {
  const credentials = { accessKeyId: TEST_S3_ACCESS_KEY_ID, secretAccessKey: TEST_S3_SECRET_ACCESS_KEY }
  const s3 = { bucket: `colloquy-${randomUUID()}`, region: 'us-east-1', endpoint, credentials }
  const client = new S3({ region: s3.region, endpoint, credentials, forcePathStyle: true })
  await client.createBucket({ Bucket: s3.bucket })
  const app = await startApp({ s3 })
  const { patient, conversationId } = await make(app).talk()
  const stored = async () =>
    ((await client.listObjectsV2({ Bucket: s3.bucket })).Contents ?? []).map(({ Key }) => Key).sort()
  const underWay = async () => (await client.listMultipartUploads({ Bucket: s3.bucket })).Uploads?.length ?? 0
  return { app, s3, client, patient, conversationId, stored, underWay }
}

const suite = endpoint === undefined ? describe.skip : describe

suite('an object store (where TEST_S3_ENDPOINT names one)', () => {
  test('000.19 takes uploads in pieces of any size, cut and resumed, on two processes', async () => {
    const { app, s3, patient, conversationId, stored } = await startOnBucket()
    const there = await startApp({ s3 }, { beside: app })
    const bytes = someBytes(23 * MIB + 7)
    const { attachment, uploadUrl } = await createUpload(patient, conversationId, { sizeBytes: bytes.length })
    expect(await offsetOf(uploadUrl)).toBe(0)
    expect((await patch(uploadUrl, 0, bytes.subarray(0, 1_000))).status).toBe(204)
    expect(await offsetOf(at(there, uploadUrl))).toBe(1_000)
    const hanging = beginPatch(uploadUrl, 1_000, {
      length: bytes.length - 1_000,
      bytes: bytes.subarray(1_000, 12 * MIB),
    })
    await hanging.written
    const reached = await offsetOf(at(there, uploadUrl))
    expect(reached).toBeGreaterThanOrEqual(1_000)
    await hanging.over
    await uploadWithClient(at(there, uploadUrl), bytes, { chunkSize: 6 * MIB })
    expect(await hashOfStream((await app.services.files.read(`uploads/${attachment.id}`))!)).toBe(hashOf(bytes))
    await app.services.files.remove(`uploads/${attachment.id}`)
    expect(await stored()).toEqual([])
  })

  test('000.19 keeps, gives out and removes files as a folder does', async () => {
    const { app, patient, conversationId, stored, underWay } = await startOnBucket()
    const { files } = app.services
    const key: FileKey = `files/${randomUUID()}`
    const [path, bytes] = [join(tmpdir(), randomUUID()), someBytes(100_000)]
    await writeFile(path, bytes)
    await files.write(key, path)
    await rm(path)
    expect(await hashOfStream((await files.read(key))!)).toBe(hashOf(bytes))
    expect(await hashOfStream((await files.read(key, { start: 10, end: 99 }))!)).toBe(hashOf(bytes.subarray(10, 100)))
    await files.remove(key)
    await files.remove(key)
    expect(await files.read(key)).toBeNull()
    const { attachment, uploadUrl } = await createUpload(patient, conversationId, { sizeBytes: 20 * MIB })
    await patch(uploadUrl, 0, someBytes(9 * MIB))
    expect(await underWay()).toBe(1)
    await files.remove(`uploads/${attachment.id}`)
    expect([await stored(), await underWay()]).toEqual([[], 0])
  })

  test('000.19 finishes what is whole and was not put together', async () => {
    const { app, s3, client, patient, conversationId } = await startOnBucket()
    const { files } = app.services
    const bytes = someBytes(10)
    const { attachment, uploadUrl } = await createUpload(patient, conversationId)
    const key: FileKey = `uploads/${attachment.id}`
    await patch(uploadUrl, 0, bytes.subarray(0, 3))
    const { Metadata } = await client.headObject({ Bucket: s3.bucket, Key: `${key}.info` })
    await client.deleteObject({ Bucket: s3.bucket, Key: `${key}.part` })
    await client.uploadPart({
      ...{ Bucket: s3.bucket, Key: key, UploadId: Metadata?.['upload-id'], PartNumber: 1 },
      Body: bytes,
    })
    expect(await files.read(key)).toBeNull()
    await app.database.call(
      'update attachments set lease_id = gen_random_uuid(), leased_until = now() where id = $1::uuid',
      [attachment.id],
    )
    await runJob(app, 'finish-uploads')
    expect((await app.services.attachments.find(attachment.id))?.status).toBe('PROCESSING')
    expect(await hashOfStream((await files.read(key))!)).toBe(hashOf(bytes))
  })
})
