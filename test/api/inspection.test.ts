import { existsSync } from 'node:fs'
import { readFile, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import sharp from 'sharp'
import { INSPECTION_TIMINGS, type InspectionTimings } from '../../src/attachments/inspection-worker.js'
import { hashOf } from '../support/bytes.js'
import { cleanUp } from '../support/cleanup.js'
import { whenInspecting } from '../support/inspector-process.js'
import { runJob } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { EICAR, fixture, makeDocx, makePdf } from '../support/make-files.js'
import { noise, photograph } from '../support/make-images.js'
import { eventually } from '../support/notifications.js'
import { readiness } from '../support/readiness.js'
import { readMetrics } from '../support/read-metrics.js'
import { startApp, type ConfigChanges, type TestApp } from '../support/start-app.js'
import { startClamd } from '../support/start-clamd.js'
import { ATTACHMENT_UPDATED, type AttachmentUpdated, createUpload, patch } from '../support/uploads.js'

const QUICK: InspectionTimings = { ...INSPECTION_TIMINGS, lookEveryMs: 50, backOffMs: 100, longestBackOffMs: 200 }
const NEVER: InspectionTimings = { ...QUICK, lookEveryMs: null }

interface Seen {
  status: string
  rejection: string | null
  mediaType: string
  sizeBytes: number
  sha256: string | null
  width: number | null
  height: number | null
  durationSeconds: number | null
}

const ATTACHMENT = `query ($id: ID!) { attachment(id: $id) {
  status rejection mediaType sizeBytes sha256 width height durationSeconds } }`

const start = async (changes: ConfigChanges = {}, inspectionTimings: InspectionTimings = QUICK, beside?: TestApp) => {
  const app = await startApp(changes, { inspectionTimings, ...(beside ? { beside } : {}) })
  const { patient, conversationId } = await make(app).talk()
  const pathOf = (kind: 'uploads' | 'files' | 'thumbnails', id: string) => join(app.config.filesDir, kind, id)
  const upload = async (bytes: Buffer, mediaType: string) => {
    const { attachment, uploadUrl } = await createUpload(patient, conversationId, {
      ...{ fileName: 'a file', mediaType, sizeBytes: bytes.length },
    })
    expect((await patch(uploadUrl, 0, bytes)).status).toBe(204)
    return attachment.id
  }
  const rowOf = async (id: string) => {
    const sql = 'select status::text, inspections, inspected_until as until from attachments where id = $1::uuid'
    return (await app.database.call<{ status: string; inspections: number; until: Date | null }>(sql, [id]))[0]
  }
  return { app, patient, conversationId, upload, pathOf, rowOf }
}

const read = async (person: TestPerson, id: string) =>
  (await person.request<{ attachment: Seen }>(ATTACHMENT, { id })).attachment

const whenSettled = (person: TestPerson, id: string) =>
  eventually(
    () => read(person, id),
    ({ status }) => status !== 'PROCESSING',
  )

test('001.10 the type is found from the bytes: a photograph is READY once it is inspected, and its uploader is told', async () => {
  const { patient, upload, pathOf, app, conversationId } = await start()
  const photo = await photograph(600, 400)
  const { attachment, uploadUrl } = await createUpload(patient, conversationId, {
    ...{ fileName: 'photo.jpg', mediaType: 'image/jpeg', sizeBytes: photo.length },
  })
  const { id } = attachment
  const updates = patient.sse<AttachmentUpdated>(ATTACHMENT_UPDATED, { id })
  expect(await updates.next()).toMatchObject({ attachmentUpdated: { status: 'UPLOADING' } })
  await patch(uploadUrl, 0, photo)
  const told: string[] = []
  while (told.at(-1) !== 'READY') told.push((await updates.next()).attachmentUpdated.status)
  expect(['READY', 'PROCESSING,READY']).toContain(told.join())

  const content = await readFile(pathOf('files', id))
  expect(await read(patient, id)).toEqual({
    ...{ status: 'READY', rejection: null, mediaType: 'image/jpeg', durationSeconds: null, width: 400, height: 600 },
    sizeBytes: content.length,
    sha256: hashOf(content),
  })
  expect((await sharp(content).metadata()).exif).toBeUndefined()
  expect(await sharp(await readFile(pathOf('thumbnails', id))).metadata()).toMatchObject({ width: 213, height: 320 })
  await eventually(
    () => Promise.resolve(existsSync(pathOf('uploads', id))),
    there => !there,
  )

  const note = await upload(fixture('voice-note.webm'), 'audio/webm')
  const heard = await whenSettled(patient, note)
  expect(heard).toMatchObject({ status: 'READY', mediaType: 'audio/webm', width: null })
  expect(heard.durationSeconds).toBeCloseTo(1.2, 2)
  expect((await readFile(pathOf('files', note))).equals(fixture('voice-note.webm'))).toBe(true)
  expect(existsSync(pathOf('thumbnails', note))).toBe(false)
  const ITEMS = 'colloquy_job_items_total{job="inspections",item="ready"}'
  await eventually(
    async () => (await readMetrics(app)).of(ITEMS),
    ready => ready === 2,
  )
})

test('001.10 the type is found from the bytes: what is refused is kept nowhere, and the reason is told', async () => {
  const { patient, upload, pathOf } = await start()
  const html = Buffer.from('<!DOCTYPE html><script>alert(1)</script>')
  const bomb = makeDocx([{ name: 'word/a.xml', content: Buffer.alloc(32 * 1024 * 1024) }])
  const refused: [bytes: Buffer, claimed: string, rejection: string][] = [
    [html, 'text/plain', 'TYPE_NOT_ALLOWED'],
    [makePdf(), 'image/png', 'TYPE_MISMATCH'],
    [makePdf().subarray(0, 60), 'application/pdf', 'MALFORMED'],
    [bomb, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'TOO_LARGE'],
  ]
  for (const [bytes, claimed, rejection] of refused) {
    const id = await upload(bytes, claimed)
    expect(await whenSettled(patient, id)).toEqual({
      ...{ status: 'REJECTED', rejection, mediaType: claimed, sizeBytes: bytes.length },
      ...{ sha256: null, width: null, height: null, durationSeconds: null },
    })
    await eventually(
      () => Promise.resolve(existsSync(pathOf('uploads', id))),
      there => !there,
    )
    expect([existsSync(pathOf('files', id)), existsSync(pathOf('thumbnails', id))]).toEqual([false, false])
  }
})

test('001.10 a file is given out under a name that ends as its type does, so that nothing else opens it', async () => {
  const { patient, conversationId } = await start()
  const named = async (fileName: string, mediaType: string, bytes: Buffer) => {
    const sizeBytes = bytes.length
    const { attachment, uploadUrl } = await createUpload(patient, conversationId, { fileName, mediaType, sizeBytes })
    expect((await patch(uploadUrl, 0, bytes)).status).toBe(204)
    await whenSettled(patient, attachment.id)
    type Answer = { attachment: { fileName: string; url: string } }
    const NAME = 'query ($id: ID!) { attachment(id: $id) { fileName url } }'
    const found = (await patient.request<Answer>(NAME, { id: attachment.id })).attachment
    const { headers } = await fetch(found.url, { method: 'HEAD' })
    return [found.fileName, headers.get('content-disposition')]
  }
  const pdf = makePdf('<script>alert(1)</script>')
  expect(await named('Page.html', 'application/pdf', pdf)).toEqual([
    'Page.html.pdf',
    'attachment; filename=Page.html.pdf',
  ])
  expect(await named('Befund.PDF', 'application/pdf', pdf)).toEqual(['Befund.PDF', 'attachment; filename=Befund.PDF'])
  const text = Buffer.from('start calc')
  expect((await named('bill.bat', 'text/plain', text))[0]).toBe('bill.bat.txt')
  expect((await named('notes', 'text/plain', text))[0]).toBe('notes.txt')
  expect((await named('bill.txt.', 'text/plain', text))[0]).toBe('bill.txt..txt')
  expect((await named(`${'ü'.repeat(127)}.a`, 'text/plain', text))[0]).toBe(`${'ü'.repeat(125)}.txt`)
})

test('001.10 an image that would be given out larger than files may be is too large', async () => {
  const coarse = await noise(400, 300).jpeg({ quality: 10 }).toBuffer()
  const { patient, upload } = await start({ maxAttachmentBytes: coarse.length })
  const seen = await whenSettled(patient, await upload(coarse, 'image/jpeg'))
  expect(seen).toMatchObject({ status: 'REJECTED', rejection: 'TOO_LARGE' })
})

test('001.10 malware is refused; while the scanner is away files wait, and nothing else does', async () => {
  const clamd = await startClamd()
  const { app, patient, upload, rowOf, conversationId } = await start({ clamd })
  expect(await readiness(app, 200)).toMatchObject({ scanner: 'ok' })
  expect(await whenSettled(patient, await upload(Buffer.from(EICAR), 'text/plain'))).toMatchObject({
    ...{ status: 'REJECTED', rejection: 'MALWARE' },
  })
  expect(await whenSettled(patient, await upload(Buffer.from('Hello'), 'text/plain'))).toMatchObject({
    status: 'READY',
  })
  await clamd.stop()
  const id = await upload(Buffer.from('Hello'), 'text/plain')
  await eventually(
    () => rowOf(id),
    row => row?.until !== null && row?.inspections === 0,
  )
  await eventually(
    () => readiness(app, 200),
    ({ scanner }) => scanner === 'failing',
  )
  expect(await read(patient, id)).toMatchObject({ status: 'PROCESSING', sha256: null })
  await patient.send(conversationId, 'Files wait')
  await startClamd({ port: clamd.port })
  expect(await whenSettled(patient, id)).toMatchObject({ status: 'READY' })
})

test('001.10 without a scanner its part is skipped, and said to be', async () => {
  const { app } = await start()
  expect(await readiness(app, 200)).toMatchObject({ scanner: 'skipped', parts: { database: true, bus: true } })
})

test('001.10 a file at which the process dies three times is malformed, and others are not', async () => {
  const { patient, upload } = await start()
  const id = await upload(makePdf(), 'application/pdf')
  let killed: number | undefined
  for (let deaths = 0; deaths < 3; deaths++) {
    killed = await whenInspecting(process.pid, killed)
    process.kill(killed, 'SIGKILL')
  }
  expect(await whenSettled(patient, id)).toMatchObject({ status: 'REJECTED', rejection: 'MALFORMED' })
  const next = await upload(makePdf(), 'application/pdf')
  expect(await whenSettled(patient, next)).toMatchObject({ status: 'READY' })
})

test('001.10 a file at which whole servers died three times is not tried again', async () => {
  const { app, patient, upload, rowOf } = await start({}, NEVER)
  const id = await upload(makePdf(), 'application/pdf')
  await app.database.call('update attachments set inspections = 3 where id = $1::uuid', [id])
  expect(await runJob(app, 'inspections')).toEqual({ rejected: 1 })
  expect(await read(patient, id)).toMatchObject({ status: 'REJECTED', rejection: 'MALFORMED' })
  expect(await rowOf(id)).toMatchObject({ inspections: 4, until: null })
})

test('001.10 what waits is inspected by hand, each file once, whoever else inspects', async () => {
  const { app, patient, upload, rowOf } = await start({}, NEVER)
  const ids: string[] = []
  for (let count = 0; count < 6; count++) ids.push(await upload(Buffer.from(`Hello ${count}`), 'text/plain'))
  const html = await upload(Buffer.from('<html>'), 'text/plain')
  expect(await runJob(app, 'inspections', { dryRun: true })).toEqual({ files: 7 })
  const other = await startApp({}, { beside: app, inspectionTimings: NEVER })
  const [here, there] = await Promise.all([runJob(app, 'inspections'), runJob(other, 'inspections')])
  expect((here.ready ?? 0) + (there.ready ?? 0)).toBe(6)
  expect((here.rejected ?? 0) + (there.rejected ?? 0)).toBe(1)
  for (const id of [...ids, html]) expect(await rowOf(id)).toMatchObject({ inspections: 1, until: null })
  for (const id of ids) expect(await read(patient, id)).toMatchObject({ status: 'READY' })
  expect(await runJob(app, 'inspections')).toEqual({})
})

test('001.10 an upload that is not as long as it was said is malformed, and one that cannot be read waits', async () => {
  const { app, patient, upload, pathOf, rowOf } = await start({}, NEVER)
  const [short, lost] = [await upload(makePdf(), 'application/pdf'), await upload(makePdf(), 'application/pdf')]
  await truncate(pathOf('uploads', short), 100)
  await rm(pathOf('uploads', lost))
  expect(await runJob(app, 'inspections')).toEqual({ rejected: 1, putOff: 1 })
  expect(await read(patient, short)).toMatchObject({ status: 'REJECTED', rejection: 'MALFORMED' })
  const row = await rowOf(lost)
  expect(row).toMatchObject({ status: 'PROCESSING', inspections: 0 })
  expect(row?.until?.getTime()).toBeGreaterThan(Date.now() - 5_000)
})

test('001.10 a stop leaves the file to the next process at once, as if it had not been begun', async () => {
  const { app, patient, upload, rowOf } = await start()
  const id = await upload(makePdf(), 'application/pdf')
  const pid = await whenInspecting(process.pid)
  process.kill(pid, 'SIGSTOP')
  const beside = await startApp({}, { beside: app, inspectionTimings: NEVER })
  await eventually(
    () => rowOf(id),
    row => row?.inspections === 1,
  )
  await app.services.inspectionWorker.stop()
  expect(await rowOf(id)).toMatchObject({ status: 'PROCESSING', inspections: 0 })
  cleanUp(() => beside.stop())
  expect(await runJob(beside, 'inspections')).toEqual({ ready: 1 })
  expect(await read(patient, id)).toMatchObject({ status: 'READY' })
})

test('001.10 what was removed during its inspection leaves nothing behind', async () => {
  const { app, upload, pathOf, rowOf } = await start()
  const id = await upload(await photograph(60, 40), 'image/jpeg')
  const pid = await whenInspecting(process.pid)
  process.kill(pid, 'SIGSTOP')
  await eventually(
    () => rowOf(id),
    row => row?.inspections === 1,
  )
  await app.database.call('delete from attachments where id = $1::uuid', [id])
  process.kill(pid, 'SIGCONT')
  await eventually(
    () => Promise.resolve(existsSync(pathOf('uploads', id))),
    there => !there,
  )
  expect([existsSync(pathOf('files', id)), existsSync(pathOf('thumbnails', id))]).toEqual([false, false])
})
