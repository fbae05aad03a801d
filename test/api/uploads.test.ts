import { describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOf, someBytes } from '../support/bytes.js'
import { runJob } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { postGraphql } from '../support/graphql-client.js'
import { readMetrics } from '../support/read-metrics.js'
import { startApp } from '../support/start-app.js'
import {
  askForUpload,
  at,
  beginPatch,
  CREATE_UPLOAD,
  type CreatedUpload,
  createUpload,
  offsetOf,
  patch,
  refusalOf,
  storedHash,
  tus,
  uploadWithClient,
} from '../support/uploads.js'

const MIB = 1024 * 1024
const ORIGIN = 'https://app.example.org'
const app = await startApp({ corsOrigins: [ORIGIN], maxAttachmentBytes: 100 * MIB })
const { filesDir } = app.config
const given = make(app)
const { patient, professional, conversationId } = await given.talk()

const SET_STATUS = `mutation ($input: SetConversationStatusInput!) {
  setConversationStatus(input: $input) { conversation { id } } }`
const ATTACHMENT = 'query ($id: ID!) { attachment(id: $id) { id status } }'

const askFor = (person: TestPerson, id: string) => person.ask<{ attachment: { status: string } }>(ATTACHMENT, { id })
const statusOf = async (person: TestPerson, id: string) => (await askFor(person, id)).data?.attachment?.status
const textOf = async (response: Response) => [response.status, (await response.text()).trim()]

const setStatus = (person: TestPerson, status: string, conversationId: string) =>
  person.request(SET_STATUS, { input: { conversationId, status } })

/** A patient, and a group from which they can be removed. */
const inGroup = async () => {
  const { patient, professional } = await given.pair()
  const { createGroup } = await professional.request<{ createGroup: { conversation: { id: string } } }>(
    'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { conversation { id } } }',
    { input: { title: 'A group', participantIds: [patient.id] } },
  )
  const conversationId = createGroup.conversation.id
  const remove = () =>
    professional.request(
      'mutation ($input: ParticipantsInput!) { removeParticipants(input: $input) { conversation { id } } }',
      { input: { conversationId, userIds: [patient.id] } },
    )
  return { patient, professional, conversationId, remove }
}

describe('createUpload', () => {
  test('000.19 opens an upload of an image, a document or a voice note, for a day', async () => {
    for (const [mediaType, stored] of [
      ['image/jpeg', 'image/jpeg'],
      ['Application/PDF', 'application/pdf'],
      ['audio/webm;codecs=opus', 'audio/webm'],
      ['audio/x-m4a', 'audio/mp4'],
    ]) {
      const { attachment, uploadUrl, expiresAt } = await createUpload(patient, conversationId, {
        mediaType,
        fileName: 'Überweisung 🩺.pdf',
        sizeBytes: 12,
        durationSeconds: 1.5,
      })
      expect(attachment).toEqual({
        id: expect.any(String) as unknown,
        fileName: 'Überweisung 🩺.pdf',
        mediaType: stored,
        sizeBytes: 12,
        status: 'UPLOADING',
        durationSeconds: 1.5,
      })
      expect(uploadUrl.startsWith(`${app.url}/uploads/${attachment.id}?`)).toBe(true)
      expect(Math.abs(Date.parse(expiresAt) - Date.now() - 24 * 3_600_000)).toBeLessThan(60_000)
    }
  })

  test('000.19 is for who may send there', async () => {
    const stranger = await given.patient()
    const field = 'input.conversationId'
    expect(refusalOf(await askForUpload(stranger, conversationId))).toMatchObject({ code: 'NOT_FOUND', field })
    expect(refusalOf(await askForUpload(patient, randomUUID()))).toMatchObject({ code: 'NOT_FOUND', field })
    expect(refusalOf(await askForUpload(patient, 'x'))).toMatchObject({ code: 'NOT_FOUND', field })
    expect(refusalOf(await askForUpload(given.admin, conversationId))).toMatchObject({ code: 'FORBIDDEN' })
    const talk = await given.talk()
    await setStatus(talk.professional, 'BLOCKED', talk.conversationId)
    const blocked = { code: 'CONFLICT', reason: 'CONVERSATION_NOT_ACTIVE' }
    expect(refusalOf(await askForUpload(talk.patient, talk.conversationId))).toMatchObject(blocked)
    const past = await given.talk()
    await given.care(past.patient, past.professional, false)
    const ended = { code: 'CONFLICT', reason: 'CARE_RELATIONSHIP_ENDED' }
    expect(refusalOf(await askForUpload(past.patient, past.conversationId))).toMatchObject(ended)
    const group = await inGroup()
    await group.professional.request(
      'mutation ($input: RolePermissionsInput!) { setRolePermissions(input: $input) { conversation { id } } }',
      { input: { conversationId: group.conversationId, role: 'PATIENT', canSend: false } },
    )
    expect(refusalOf(await askForUpload(group.patient, group.conversationId))).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('000.19 refuses what no file can be, and names it', async () => {
    for (const [field, wrong] of Object.entries({
      sizeBytes: [0, -1, 100 * MIB + 1],
      mediaType: ['', 'image', 'image/svg+xml', 'text/html', 'application/x-msdownload', 'image/jpeg, text/html'],
      durationSeconds: [0, -1, 86_401],
      fileName: ['', ' ', '.', '..', '/', 'a/', '../..', '\u0000', '\u202e\u200b'],
    }))
      for (const value of wrong)
        expect([field, value, refusalOf(await askForUpload(patient, conversationId, { [field]: value }))]).toEqual([
          field,
          value,
          { code: 'BAD_USER_INPUT', field: `input.${field}` },
        ])
    for (const sizeBytes of [1, 100 * MIB])
      expect((await createUpload(patient, conversationId, { sizeBytes })).attachment.sizeBytes).toBe(sizeBytes)
  })

  test('000.19 keeps a name’s letters, and nothing of a path', async () => {
    for (const [fileName, kept] of [
      ['../../etc/passwd', 'passwd'],
      ['C:\\Users\\ana\\Befund.pdf', 'Befund.pdf'],
      ['/a/b\\..\\c.txt', 'c.txt'],
      ['診断書.pdf', '診断書.pdf'],
      [' tab\tand\nline\u0007.txt ', 'tabandline.txt'],
      ['gpj.\u202eexe', 'gpj.exe'],
      ['family 👩‍👩‍👧.jpg', 'family 👩‍👩‍👧.jpg'],
      [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(251)}.pdf`],
      [`${'ü'.repeat(200)}.docx`, `${'ü'.repeat(125)}.docx`],
      ['€'.repeat(100), '€'.repeat(85)],
    ])
      expect((await createUpload(patient, conversationId, { fileName })).attachment.fileName).toBe(kept)
  })

  test('000.19 is limited in a minute, and in what is not sent', async () => {
    const limited = await startApp({ rateLimits: { uploadsPerMinute: 2 } }, { beside: app })
    const talk = await given.talk()
    const there = talk.patient.at(limited)
    for (let count = 0; count < 2; count++) await createUpload(there, talk.conversationId)
    const refusal = refusalOf(await askForUpload(there, talk.conversationId))
    expect(refusal).toEqual({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) as unknown })
    for (let count = 2; count < 50; count++) await createUpload(talk.patient, talk.conversationId)
    const full = refusalOf(await askForUpload(talk.patient, talk.conversationId))
    expect(full?.code).toBe('RATE_LIMITED')
    expect(Number(full?.retryAfterMs) / 3_600_000).toBeCloseTo(24, 1)
    for (let count = 0; count < 10; count++)
      await createUpload(talk.professional, talk.conversationId, { sizeBytes: 100 * MIB })
    const tooMuch = await askForUpload(talk.professional, talk.conversationId, { sizeBytes: 25 * MIB })
    expect(refusalOf(tooMuch)?.code).toBe('RATE_LIMITED')
    await createUpload(talk.professional, talk.conversationId, { sizeBytes: 24 * MIB })
  })

  test('000.19 is recorded, allowed or refused, without the name of the file', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await createUpload(patient, conversationId, { fileName: 'Private.txt' })
    await setStatus(professional, 'BLOCKED', conversationId)
    await askForUpload(patient, conversationId, { fileName: 'Private.txt' })
    const events = async () => {
      const { auditLog } = await given.admin.request<{ auditLog: { edges: { node: { outcome: string } }[] } }>(
        `query ($filter: AuditFilter) { auditLog(filter: $filter, first: 10) {
          edges { node { action outcome actor { id } conversationId } } } }`,
        { filter: { conversationId, actions: ['createUpload'] } },
      )
      return auditLog.edges.map(({ node }) => node)
    }
    let recorded = await events()
    while (recorded.length < 2) recorded = await events()
    const event = { action: 'createUpload', actor: { id: patient.id }, conversationId }
    expect(recorded).toHaveLength(2)
    for (const outcome of ['ALLOWED', 'DENIED']) expect(recorded).toContainEqual({ ...event, outcome })
  })

  test('000.19 names the server as its client knows it', async () => {
    const proxied = await startApp({ trustProxy: true }, { beside: app })
    const fixed = await startApp({ publicUrl: 'https://chat.example.org/api' }, { beside: app })
    const ask = async (server: { url: string }, headers: Record<string, string>) => {
      const input = { conversationId, fileName: 'a.txt', sizeBytes: 1, mediaType: 'text/plain' }
      const { data } = await postGraphql<{ createUpload: CreatedUpload }>(
        server.url,
        patient.token,
        CREATE_UPLOAD,
        { input },
        headers,
      )
      return data?.createUpload.uploadUrl.split('/uploads/')[0]
    }
    const forwarded = { 'x-forwarded-host': 'chat.example.org', 'x-forwarded-proto': 'https' }
    expect(await ask(app, forwarded)).toBe(app.url)
    expect(await ask(proxied, forwarded)).toBe('https://chat.example.org')
    expect(await ask(fixed, forwarded)).toBe('https://chat.example.org/api')
    const socket = await patient.at(proxied).connect({ headers: forwarded })
    const input = { conversationId, fileName: 'a.txt', sizeBytes: 1, mediaType: 'text/plain' }
    const { createUpload } = await socket.request<{ createUpload: CreatedUpload }>(CREATE_UPLOAD, { input })
    expect(createUpload.uploadUrl.startsWith('https://chat.example.org/uploads/')).toBe(true)
  })
})

describe('an upload by tus', () => {
  test('001.16 tells how far it is, and is PROCESSING with its last byte', async () => {
    const bytes = someBytes(300_000)
    const { attachment, uploadUrl } = await createUpload(patient, conversationId, { sizeBytes: bytes.length })
    expect(await offsetOf(uploadUrl)).toBe(0)
    const first = await patch(uploadUrl, 0, bytes.subarray(0, 100_000))
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '100000'])
    expect(Date.parse(first.headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    expect(await offsetOf(uploadUrl)).toBe(100_000)
    expect(await statusOf(patient, attachment.id)).toBe('UPLOADING')
    const last = await patch(uploadUrl, 100_000, bytes.subarray(100_000))
    expect([last.status, last.headers.get('upload-offset')]).toEqual([204, '300000'])
    expect(await statusOf(patient, attachment.id)).toBe('PROCESSING')
    expect(await storedHash(filesDir, attachment.id)).toBe(hashOf(bytes))
  })

  test('001.16 shows its progress with tus-js-client', async () => {
    const bytes = someBytes(5_000_000)
    const { attachment, uploadUrl } = await createUpload(patient, conversationId, { sizeBytes: bytes.length })
    const accepted: number[] = []
    await uploadWithClient(uploadUrl, bytes, {
      chunkSize: 1_000_000,
      onChunkComplete: (_size, sent) => accepted.push(sent),
    })
    expect(accepted).toEqual([1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000])
    expect(await storedHash(filesDir, attachment.id)).toBe(hashOf(bytes))
  })

  test('001.16 takes as many bytes as were said, and from where it is', async () => {
    const bytes = someBytes(10)
    const { attachment, uploadUrl } = await createUpload(patient, conversationId)
    expect((await patch(uploadUrl, 0, someBytes(11))).status).toBe(413)
    expect((await patch(uploadUrl, 3, bytes.subarray(3))).status).toBe(409)
    const endless = await beginPatch(uploadUrl, 0, { bytes: someBytes(11) }).answer
    expect(endless.status).toBe(413)
    expect(await offsetOf(uploadUrl)).toBe(0)
    const nothing = await patch(uploadUrl, 0, Buffer.alloc(0))
    expect([nothing.status, nothing.headers.get('upload-offset')]).toEqual([204, '0'])
    expect(await statusOf(patient, attachment.id)).toBe('UPLOADING')
    expect((await patch(uploadUrl, 0, bytes)).status).toBe(204)
    expect((await patch(uploadUrl, 10, someBytes(1))).status).toBe(413)
    expect((await patch(uploadUrl, 0, someBytes(10))).status).toBe(409)
    expect((await patch(uploadUrl, 10, Buffer.alloc(0))).status).toBe(204)
    expect(await storedHash(filesDir, attachment.id)).toBe(hashOf(bytes))
  })

  test('001.16 speaks tus, and creates and removes nothing', async () => {
    const { uploadUrl } = await createUpload(patient, conversationId)
    const type = { 'content-type': 'application/offset+octet-stream' }
    expect((await fetch(uploadUrl, { method: 'HEAD' })).status).toBe(412)
    expect((await tus('PATCH', uploadUrl, type, someBytes(1))).status).toBe(403)
    expect((await patch(uploadUrl, 0, someBytes(1), { 'content-type': 'application/json' })).status).toBe(400)
    for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
      expect([method, ...(await textOf(await tus(method, uploadUrl)))]).toEqual([
        method,
        405,
        'This is for HEAD and PATCH.',
      ])
    expect((await tus('POST', `${app.url}/uploads`, { 'upload-length': '10' })).status).toBe(404)
    expect((await tus('POST', `${app.url}/uploads/`, { 'upload-length': '10' })).status).toBe(405)
    const options = await fetch(uploadUrl, { method: 'OPTIONS' })
    expect([options.status, options.headers.get('tus-version'), options.headers.get('tus-extension')]).toEqual([
      204,
      '1.0.0',
      'expiration',
    ])
    expect(options.headers.get('tus-max-size')).toBe(String(100 * MIB))
    expect(await offsetOf(uploadUrl)).toBe(0)
  })

  test('001.16 is allowed from the configured origins alone', async () => {
    const { uploadUrl } = await createUpload(patient, conversationId)
    const preflight = (origin: string) =>
      fetch(uploadUrl, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'content-type,tus-resumable,upload-offset',
        },
      })
    const allowed = await preflight(ORIGIN)
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, ORIGIN])
    expect(allowed.headers.get('access-control-allow-methods')).toContain('PATCH')
    for (const header of ['Content-Type', 'Tus-Resumable', 'Upload-Offset'])
      expect(allowed.headers.get('access-control-allow-headers')).toContain(header)
    const refused = await preflight('https://elsewhere.example.org')
    expect(refused.headers.get('access-control-allow-origin')).toBeNull()
    const head = await tus('HEAD', uploadUrl, { origin: ORIGIN })
    expect(head.headers.get('access-control-allow-origin')).toBe(ORIGIN)
    for (const header of ['Upload-Offset', 'Upload-Length', 'Upload-Expires', 'Tus-Resumable'])
      expect(head.headers.get('access-control-expose-headers')).toContain(header)
    expect(head.headers.get('x-request-id')).not.toBeNull()
    expect(head.headers.get('cache-control')).toBe('no-store')
  })

  test('001.16 is done once all bytes are there, whoever died before saying so', async () => {
    const ids: string[] = []
    for (const look of ['HEAD', 'PATCH', 'job']) {
      const { attachment, uploadUrl } = await createUpload(patient, conversationId)
      await patch(uploadUrl, 0, someBytes(10))
      await app.database.call(
        `update attachments set status = 'UPLOADING', lease_id = gen_random_uuid(), leased_until = now() - interval '1 s'
          where id = $1::uuid`,
        [attachment.id],
      )
      if (look === 'HEAD') expect(await offsetOf(uploadUrl)).toBe(10)
      else if (look === 'PATCH') expect((await patch(uploadUrl, 10, Buffer.alloc(0))).status).toBe(204)
      else await runJob(app, 'finish-uploads')
      expect([look, await statusOf(patient, attachment.id)]).toEqual([look, 'PROCESSING'])
      ids.push(attachment.id)
    }
    // What was looked at is elsewhere: a client that missed the last answer learns that all of it came.
    const { attachment, uploadUrl } = await createUpload(patient, conversationId)
    await patch(uploadUrl, 0, someBytes(10))
    await rm(join(filesDir, 'uploads', attachment.id))
    expect(await offsetOf(uploadUrl)).toBe(10)
    expect((await patch(uploadUrl, 10, Buffer.alloc(0))).status).toBe(204)
    expect(ids).toHaveLength(3)
  })
})

describe('the address of an upload', () => {
  test('000.19 is good for its upload and person, until it expires', async () => {
    const { attachment, uploadUrl } = await createUpload(patient, conversationId)
    const other = await createUpload(professional, conversationId)
    const changed = (change: (url: URL) => void) => {
      const url = new URL(uploadUrl)
      change(url)
      return url.href
    }
    const forged = [
      changed(url => (url.search = '')),
      changed(url => url.searchParams.set('user', professional.id)),
      changed(url => url.searchParams.set('expires', String(Math.floor(Date.now() / 1000) + 999_999))),
      changed(url => url.searchParams.set('signature', `x${url.searchParams.get('signature')}`)),
      changed(url => url.searchParams.append('user', professional.id)),
      changed(url => (url.pathname = `/uploads/${other.attachment.id}`)),
    ]
    for (const url of forged) expect([url, (await tus('HEAD', url)).status]).toEqual([url, 403])
    const use = { attachmentId: attachment.id, userId: patient.id, expiresAt: new Date(Date.now() + 60_000) }
    const signed = (purpose: 'upload' | 'download', change: Partial<typeof use> = {}) =>
      `${app.url}/uploads/${attachment.id}${app.services.urlSigner.query({ ...use, purpose, ...change })}`
    expect((await tus('HEAD', signed('upload'))).status).toBe(200)
    const encoded = changed(url => (url.pathname = url.pathname.replaceAll('-', '%2d')))
    expect((await tus('HEAD', encoded)).status).toBe(200)
    expect((await tus('HEAD', signed('download'))).status).toBe(403)
    expect((await tus('HEAD', signed('upload', { userId: professional.id }))).status).toBe(404)
    const late = await patch(signed('upload', { expiresAt: new Date(Date.now() - 1_000) }), 0, someBytes(10))
    expect(await textOf(late)).toEqual([410, 'This address has expired.'])
    expect(await textOf(await patch(forged[0] ?? '', 0, someBytes(10)))).toEqual([403, 'This address is not valid.'])
    for (const path of ['x', '..%2f..%2fetc%2fpasswd', '%00', `${attachment.id}%2fx`, attachment.id.toUpperCase()])
      expect([path, (await tus('HEAD', `${app.url}/uploads/${path}${new URL(uploadUrl).search}`)).status]).toEqual([
        path,
        404,
      ])
    expect(await offsetOf(uploadUrl)).toBe(0)
  })

  test('000.19 dies with the right to send', async () => {
    const removed = await inGroup()
    const first = await createUpload(removed.patient, removed.conversationId)
    expect((await patch(first.uploadUrl, 0, someBytes(5))).status).toBe(204)
    await removed.remove()
    expect((await tus('HEAD', first.uploadUrl)).status).toBe(404)
    expect(await textOf(await patch(first.uploadUrl, 5, someBytes(5)))).toEqual([404, 'There is no such upload.'])
    const past = await given.talk()
    const second = await createUpload(past.patient, past.conversationId)
    await given.care(past.patient, past.professional, false)
    expect(await textOf(await patch(second.uploadUrl, 0, someBytes(10)))).toEqual([
      403,
      'You may not upload this any more.',
    ])
    const gone = await given.talk()
    const third = await createUpload(gone.patient, gone.conversationId)
    await app.database.call('update users set active = false where id = $1', [gone.patient.id])
    expect((await patch(third.uploadUrl, 0, someBytes(10))).status).toBe(403)
  })
})

describe('several requests for one upload', () => {
  const uploadTimings = { holdsForMs: 3_000, renewEveryMs: 200, waitsForMs: 10_000, retryEveryMs: 100, idleMs: 1_500 }

  test('001.16 who comes later goes on where the one before had to let go, on whatever process', async () => {
    const [here, there] = [await startApp({}, { beside: app }), await startApp({}, { beside: app })]
    for (const second of [here, there]) {
      const bytes = someBytes(1_000_000)
      const { attachment, uploadUrl } = await createUpload(patient, conversationId, { sizeBytes: bytes.length })
      const hanging = beginPatch(at(here, uploadUrl), 0, { length: bytes.length, bytes: bytes.subarray(0, 400_000) })
      await hanging.written
      await here.services.attachments.find(attachment.id)
      while ((await offsetOfFile(attachment.id)) < 400_000) await new Promise(resolve => setImmediate(resolve))
      expect(await offsetOf(at(second, uploadUrl))).toBe(400_000)
      expect((await patch(at(second, uploadUrl), 400_000, bytes.subarray(400_000))).status).toBe(204)
      await hanging.over
      expect(await storedHash(filesDir, attachment.id)).toBe(hashOf(bytes))
    }
  })

  test('001.16 of those who wait at one process the last one does, and the others are told at once', async () => {
    const here = await startApp(
      {},
      { beside: app, uploadTimings: { ...uploadTimings, waitsForMs: 60_000, idleMs: 60_000 } },
    )
    const { attachment, uploadUrl } = await createUpload(patient, conversationId)
    const lease = (until: string) =>
      app.database.call(
        `update attachments set lease_id = gen_random_uuid(), leased_until = now() + $2::interval, lease_wanted = false where id = $1`,
        [attachment.id, until],
      )
    await lease('1 hour')
    const statusOfHead = async () => (await tus('HEAD', at(here, uploadUrl))).status
    const wanted = () => app.database.call('select id from attachments where id = $1 and lease_wanted', [attachment.id])
    let last = statusOfHead()
    while ((await wanted()).length === 0) await new Promise(resolve => setImmediate(resolve))
    for (let count = 0; count < 3; count++) {
      const next = statusOfHead()
      expect(await last).toBe(423)
      last = next
    }
    await lease('-1 second')
    expect(await last).toBe(200)
  })

  test('001.16 of many at a time each is told the truth: what it was told to have stored is there', async () => {
    const there = await startApp({}, { beside: app })
    const sizeBytes = 2_000_000
    const { attachment, uploadUrl } = await createUpload(patient, conversationId, { sizeBytes })
    const told: { from: number; to: number; by: number }[] = []
    const push = async (server: { url: string }, by: number) => {
      const url = at(server, uploadUrl)
      for (;;) {
        const head = await tus('HEAD', url)
        const from = Number(head.headers.get('upload-offset'))
        if (head.status === 200 && from === sizeBytes) return
        const bytes = Buffer.alloc(Math.min(100_000, sizeBytes - from), by)
        const answer = await patch(url, from, bytes).catch(() => null)
        if (!answer) continue
        expect([204, 400, 409, 423]).toContain(answer.status)
        if (answer.status === 204) told.push({ from, to: Number(answer.headers.get('upload-offset')), by })
      }
    }
    await Promise.all([app, there, app, there].map((server, index) => push(server, index + 1)))
    expect(await statusOf(patient, attachment.id)).toBe('PROCESSING')
    const stored = await readFile(join(filesDir, 'uploads', attachment.id))
    expect(stored).toHaveLength(sizeBytes)
    const byPlace = told.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)
    expect(byPlace.length).toBeGreaterThan(0)
    for (const [index, { from, to, by }] of byPlace.entries()) {
      expect(stored.subarray(from, to).every(byte => byte === by)).toBe(true)
      expect(to).toBeLessThanOrEqual(byPlace[index + 1]?.from ?? sizeBytes)
    }
  })

  test('001.16 a client that sends nothing loses its connection, and keeps what came', async () => {
    const impatient = await startApp({}, { beside: app, uploadTimings })
    const { uploadUrl } = await createUpload(patient, conversationId, { sizeBytes: 1_000 })
    const hanging = beginPatch(at(impatient, uploadUrl), 0, { length: 1_000, bytes: someBytes(300) })
    await hanging.written
    while ((await readMetrics(impatient)).of('colloquy_uploads_under_way') === 0)
      expect(hanging.sending.destroyed).toBe(false)
    await hanging.over
    expect(await offsetOf(at(impatient, uploadUrl))).toBe(300)
    const metrics = await readMetrics(impatient)
    expect(metrics.of('colloquy_uploads_under_way')).toBe(0)
    expect(metrics.of('colloquy_upload_bytes_total')).toBe(300)
  })

  const offsetOfFile = (id: string) => app.services.files.offset({ id, sizeBytes: 0 })
})
