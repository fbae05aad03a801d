import { describe, expect, test } from '@jest/globals'
import { parse } from 'content-disposition'
import { EventEmitter, once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { attachments, type FileDetails, PNG } from '../support/attachments.js'
import { hashOf, someBytes } from '../support/bytes.js'
import { make, type TestPerson } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { rooms } from '../support/room.js'
import { startApp, type TestApp } from '../support/start-app.js'

const app = await startApp({}, { downloadTimings: { recheckMs: 20 } })
const given = make(app)
const { upload, pdf } = attachments(app)
const { group, join, leave, showHistory } = rooms(app)

const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }'
const READ = 'query ($id: ID!) { message(id: $id) { attachments { id url thumbnailUrl } } }'
const ATTACHMENT = 'query ($id: ID!) { attachment(id: $id) { url thumbnailUrl } }'
const MIB = 1024 * 1024

const send = async (person: TestPerson, conversationId: string, attachmentId: string): Promise<string> => {
  const input = { conversationId, kind: 'FILE', attachmentIds: [attachmentId] }
  return (await person.request<{ sendMessage: { message: { id: string } } }>(SEND, { input })).sendMessage.message.id
}
/** Where the person finds what the message holds. */
const linkOf = async (
  person: TestPerson,
  messageId: string,
  field: 'url' | 'thumbnailUrl' = 'url',
): Promise<string> => {
  type Answer = { message: { attachments: { url: string | null; thumbnailUrl: string | null }[] } }
  const link = (await person.request<Answer>(READ, { id: messageId })).message.attachments[0]?.[field]
  if (!link) throw new Error('There is no link.')
  return link
}
const act = (person: TestPerson, field: string, type: string, input: Record<string, unknown>) =>
  person.request(`mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, { input })
const statusOf = async (url: string, init?: RequestInit) => {
  const response = await fetch(url, init)
  await response.arrayBuffer()
  return response.status
}
const sent = async (details: FileDetails = {}) => {
  const talk = await given.talk()
  const { patient, professional, conversationId } = talk
  const id = await upload(patient, conversationId, details)
  const messageId = await send(patient, conversationId, id)
  return { ...talk, id, messageId, link: await linkOf(professional, messageId) }
}

describe('002.15 a file', () => {
  test('002.15 comes whole, and in no way that a browser could take for a page', async () => {
    const { link } = await sent()
    const response = await fetch(link)
    expect([response.status, Buffer.from(await response.arrayBuffer()).equals(PNG)]).toEqual([200, true])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(PNG.length),
      'content-disposition': 'inline; filename=picture.png',
      'accept-ranges': 'bytes',
      etag: `"${hashOf(PNG)}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': expect.stringMatching(/^private, max-age=(29\d|300)$/),
    })
  })

  test('of another type than pictures and sound is saved, whatever it is called', async () => {
    const { patient, conversationId } = await given.talk()
    const shown = async (mediaType: string, fileName: string) => {
      const bytes = Buffer.from('<script>alert(1)</script>')
      const id = await upload(patient, conversationId, { mediaType, fileName, bytes })
      const response = await fetch(await linkOf(patient, await send(patient, conversationId, id)))
      expect([await response.text(), response.headers.get('set-cookie')]).toEqual([bytes.toString(), null])
      return response.headers.get('content-disposition') ?? ''
    }
    for (const type of ['text/html', 'image/svg+xml', 'application/pdf', 'text/plain', 'application/xhtml+xml'])
      expect([type, await shown(type, 'a.png')]).toEqual([type, 'attachment; filename=a.png'])
    for (const type of ['audio/ogg', 'video/mp4', 'image/jpeg'])
      expect([type, await shown(type, 'a.html')]).toEqual([type, 'inline; filename=a.html'])
    const names = [
      'Befund für Ärztin – 報告 😀.pdf',
      `a"; filename="evil.exe`,
      `it's 100% \\ "quoted";.pdf`,
      'x\r\nset-cookie: a=b.pdf',
      'a%22.pdf',
      '€ rates.pdf',
    ]
    for (const name of names) {
      const header = await shown('application/pdf', name)
      expect(parse(header)).toMatchObject({ type: 'attachment', parameters: { filename: name } })
    }
  })

  test('comes in parts', async () => {
    const bytes = someBytes(1000)
    const { link } = await sent({ bytes })
    const etag = `"${hashOf(bytes)}"`
    const part = async (headers: Record<string, string>, method = 'GET') => {
      const response = await fetch(link, { headers, method })
      const body = Buffer.from(await response.arrayBuffer())
      return { status: response.status, range: response.headers.get('content-range'), body }
    }
    const parts: [string, number, number][] = [
      ['bytes=0-0', 0, 0],
      ['bytes=10-19', 10, 19],
      ['bytes=990-', 990, 999],
      ['bytes=-10', 990, 999],
      ['bytes=500-5000', 500, 999],
      ['bytes=-5000', 0, 999],
    ]
    for (const [range, start, end] of parts)
      expect([range, await part({ range })]).toEqual([
        range,
        { status: 206, range: `bytes ${start}-${end}/1000`, body: bytes.subarray(start, end + 1) },
      ])
    for (const range of ['bytes=1000-', 'bytes=-0', 'bytes=2000-3000', 'bytes=5-1'])
      expect(await part({ range })).toMatchObject({ status: 416, range: 'bytes */1000' })
    const whole = { status: 200, range: null, body: bytes }
    for (const range of ['lines=1-2', 'bytes=0-1,5-6', 'nonsense'])
      expect([range, await part({ range })]).toEqual([range, whole])
    expect(await part({ range: 'bytes=1-2', 'if-range': etag })).toMatchObject({ status: 206 })
    for (const condition of ['"another"', `W/${etag}`, new Date().toUTCString()])
      expect(await part({ range: 'bytes=1-2', 'if-range': condition })).toEqual(whole)
    expect(await part({ range: 'bytes=1-2' }, 'HEAD')).toMatchObject({ status: 200, range: null })
  })

  test('is asked about without its bytes, and not sent to who has it', async () => {
    const { link, messageId, professional } = await sent({ thumbnail: Buffer.from('small') })
    const whole = await fetch(link)
    const head = await fetch(link, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['content-length', 'content-type', 'etag', 'content-disposition'])
      expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)])
    const etag = whole.headers.get('etag') ?? ''
    for (const known of [etag, `"other", W/${etag}`, '*'])
      expect(await statusOf(link, { headers: { 'if-none-match': known } })).toBe(304)
    expect(await statusOf(link, { headers: { 'if-none-match': '"other"' } })).toBe(200)
    const thumbnail = await fetch(await linkOf(professional, messageId, 'thumbnailUrl'))
    expect([thumbnail.status, await thumbnail.text()]).toEqual([200, 'small'])
    expect(thumbnail.headers.get('content-type')).toBe('image/webp')
    expect(thumbnail.headers.get('etag')).not.toBe(etag)
    expect(await statusOf(link, { method: 'POST' })).toBe(404)
  })

  test('is read by pages of the configured origins', async () => {
    const open = await startApp({ corsOrigins: ['https://app.example'] }, { beside: app })
    const { link } = await sent()
    const there = link.replace(app.url, open.url)
    const { headers } = await fetch(there, { headers: { origin: 'https://app.example' } })
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-expose-headers': expect.stringContaining('content-disposition'),
      'cross-origin-resource-policy': 'cross-origin',
    })
    const stranger = await fetch(there, { headers: { origin: 'https://evil.example' } })
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('a link', () => {
  const change = (link: string, name: string, value: string) => {
    const url = new URL(link)
    url.searchParams.set(name, value)
    return url.href
  }

  test('ends, and is not to be lengthened, nor used for anything else', async () => {
    const { link, id, patient, professional } = await sent({ thumbnail: Buffer.from('small') })
    const sign = (expiresAt: Date, purpose: 'download' | 'thumbnail' | 'upload' = 'download') =>
      app.services.urlSigner.query({ purpose, attachmentId: id, userId: professional.id, expiresAt })
    const old = `${app.url}/files/${id}${sign(new Date(Date.now() - 1_000))}`
    const expired = await fetch(old)
    expect([expired.status, await expired.text()]).toEqual([403, 'This address has expired: ask for a new one.\n'])
    expect(expired.headers.get('content-disposition')).toBeNull()
    const later = String(Math.floor(Date.now() / 1000) + 3600)
    const { signature } = Object.fromEntries(new URL(link).searchParams)
    const forged = [
      change(old, 'expires', later),
      change(link, 'expires', later),
      change(link, 'user', patient.id),
      change(link, 'signature', 'A'.repeat(43)),
      change(link, 'signature', ''),
      `${link}&user=${patient.id}`,
      `${app.url}/files/${id}`,
      `${app.url}/files/${id}?signature=${signature}`,
      `${app.url}/files/${id}${sign(new Date(Date.now() + 60_000), 'thumbnail')}`,
      `${app.url}/thumbnails/${id}${sign(new Date(Date.now() + 60_000))}`,
      link.replace(id, '00000000-0000-4000-8000-000000000000'),
      link.replace(id, encodeURIComponent('../../etc/passwd')),
    ]
    for (const url of forged) expect([url, await statusOf(url)]).toEqual([url, 404])
    expect(await statusOf(link)).toBe(200)
  })

  test('to another user’s attachment is not to be had: neither by its id, nor by their link', async () => {
    const { patient, professional, conversationId, id, link, messageId } = await sent()
    const stranger = await given.patient()
    const codeOf = async (person: TestPerson, document: string, asked: string) =>
      (await person.ask(document, { id: asked })).errors?.[0]?.extensions.code
    expect(await codeOf(stranger, READ, messageId)).toBe('NOT_FOUND')
    expect(await codeOf(stranger, ATTACHMENT, id)).toBe('NOT_FOUND')
    expect(await statusOf(change(link, 'user', stranger.id))).toBe(404)
    const own = `${app.url}/files/${id}${app.services.urlSigner.query({
      purpose: 'download',
      attachmentId: id,
      userId: stranger.id,
      expiresAt: new Date(Date.now() + 60_000),
    })}`
    const refused = await fetch(own)
    expect([refused.status, await refused.text()]).toEqual([
      404,
      'There is no such file, or it is not yours to have.\n',
    ])
    // What is not sent yet is its uploader's alone.
    const unsent = await pdf(patient, conversationId)
    const { attachment } = await patient.request<{ attachment: { url: string } }>(ATTACHMENT, { id: unsent })
    expect(await statusOf(attachment.url)).toBe(200)
    expect(await codeOf(professional, ATTACHMENT, unsent)).toBe('NOT_FOUND')
  })

  test('of somebody who is removed, or deactivated, dies with it', async () => {
    const [owner, member] = [await given.professional(), await given.patient()]
    const conversationId = await group(owner, member)
    const messageId = await send(owner, conversationId, await pdf(owner, conversationId))
    const [theirs, own] = [await linkOf(member, messageId), await linkOf(owner, messageId)]
    expect(await statusOf(theirs)).toBe(200)
    await leave(conversationId, member)
    expect([await statusOf(theirs), await statusOf(own)]).toEqual([404, 200])
    await join(conversationId, member)
    // What was before they came back is not theirs to see.
    expect(await statusOf(theirs)).toBe(404)
    await showHistory(conversationId, member, true)
    expect(await statusOf(theirs)).toBe(200)
    await showHistory(conversationId, member, false)
    expect(await statusOf(theirs)).toBe(404)
    const user = { id: owner.id, displayName: owner.displayName, roles: owner.roles, active: false }
    await act(given.admin, 'upsertUsers', 'UpsertUsersInput', { users: [user] })
    expect(await statusOf(own)).toBe(404)
  })

  test('dies with its message, and lives again with it', async () => {
    const { patient, messageId, link } = await sent({ thumbnail: Buffer.from('small') })
    const thumbnail = await linkOf(patient, messageId, 'thumbnailUrl')
    await act(patient, 'deleteMessage', 'DeleteMessageInput', { messageId })
    expect([await statusOf(link), await statusOf(thumbnail)]).toEqual([404, 404])
    await act(patient, 'restoreMessage', 'RestoreMessageInput', { messageId })
    expect([await statusOf(link), await statusOf(thumbnail)]).toEqual([200, 200])
  })

  test('is none until the file is READY', async () => {
    const { patient, conversationId } = await given.talk()
    for (const status of ['UPLOADING', 'PROCESSING', 'REJECTED'] as const) {
      const id = await upload(patient, conversationId, { status })
      const { attachment } = await patient.request<{ attachment: object }>(ATTACHMENT, { id })
      expect(attachment).toEqual({ url: null, thumbnailUrl: null })
    }
  })
})

const LOG = `query ($filter: AuditFilter) { auditLog(filter: $filter, first: 50) {
  edges { node { action outcome actor { id } subjectUser { id } conversationId messageId accessGrant { id } } } } }`
type Event = Record<string, unknown>
const eventsOf = async (actorId: string, count: number) =>
  eventually(
    async () => {
      const filter = { actorId, actions: ['attachmentDownloaded'] }
      const { auditLog } = await given.admin.request<{ auditLog: { edges: { node: Event }[] } }>(LOG, { filter })
      return auditLog.edges.map(({ node }) => node)
    },
    events => events.length >= count,
  )

describe('002.11 a download', () => {
  test('is recorded, once for each link, allowed or denied', async () => {
    const { patient, professional, conversationId, messageId, link } = await sent()
    for (const range of ['bytes=0-1', 'bytes=2-3', 'bytes=4-'])
      expect(await statusOf(link, { headers: { range } })).toBe(206)
    await act(patient, 'deleteMessage', 'DeleteMessageInput', { messageId })
    expect([await statusOf(link), await statusOf(link)]).toEqual([404, 404])
    const event = { actor: { id: professional.id }, subjectUser: { id: patient.id }, conversationId, messageId }
    expect(await eventsOf(professional.id, 2)).toMatchObject([
      { ...event, outcome: 'DENIED', accessGrant: null },
      { ...event, outcome: 'ALLOWED', accessGrant: null },
    ])
  })

  test('under an access grant is its subject’s, and ends with the grant', async () => {
    const { professional, conversationId, messageId } = await sent()
    const admin = await given.person(['ADMIN'])
    const { requestAccess } = await admin.request<{ requestAccess: { accessGrant: { id: string } } }>(
      'mutation ($i: RequestAccessInput!) { requestAccess(input: $i) { accessGrant { id } } }',
      { i: { subjectId: professional.id, reason: 'A complaint of the patient', minutes: 5 } },
    )
    const grantId = requestAccess.accessGrant.id
    const link = await linkOf(admin, messageId)
    expect(await statusOf(link)).toBe(200)
    const [event] = await eventsOf(admin.id, 1)
    expect(event).toMatchObject({
      outcome: 'ALLOWED',
      subjectUser: { id: professional.id },
      conversationId,
      messageId,
      accessGrant: { id: grantId },
    })
    await act(given.admin, 'endAccess', 'EndAccessInput', { id: grantId })
    expect(await statusOf(link)).toBe(404)
  })
})

/** A file that a server reads. */
class Reading extends EventEmitter {
  bytes = 0

  async *count(pieces: AsyncIterable<Buffer>) {
    try {
      for await (const piece of pieces) {
        this.bytes += piece.length
        yield piece
      }
    } finally {
      this.emit('close')
    }
  }
}

/** Those that a server reads from now on. */
const opened: Reading[] = []
const watchReading = ({ services: { files } }: TestApp) => {
  const read = files.pieces.bind(files)
  files.pieces = async (...asked) => {
    const pieces = await read(...asked)
    if (!pieces) return null
    const reading = new Reading()
    opened.push(reading)
    return reading.count(pieces)
  }
}
watchReading(app)

/** Who takes the beginning, and nothing more until they are told to. */
const begin = async (link: string) => {
  const request = get(link)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.pause()
  const reading = opened.at(-1)
  if (!reading) throw new Error('Nothing was read.')
  return { request, response, reading }
}
const lengthOf = async (response: IncomingMessage) => {
  let length = 0
  for await (const chunk of response) length += (chunk as Buffer).length
  return length
}

describe('a long download', () => {
  const LARGE = { bytes: Buffer.alloc(64 * MIB), mediaType: 'video/mp4' }

  test('waits for a slow client, reads no more than it takes, and comes whole', async () => {
    const { link } = await sent(LARGE)
    const { response, reading } = await begin(link)
    const closed = once(reading, 'close')
    let [before, still] = [0, 0]
    await eventually(
      async () => reading.bytes,
      bytes => {
        still = bytes > 0 && bytes === before ? still + 1 : 0
        before = bytes
        return still === 10
      },
    )
    expect(reading.bytes).toBeLessThan(32 * MIB)
    expect(await lengthOf(response)).toBe(64 * MIB)
    await closed
  })

  test('of a client that goes away lets go of its file', async () => {
    const { link } = await sent(LARGE)
    const { request, reading } = await begin(link)
    const closed = once(reading, 'close')
    request.destroy()
    await closed
  })

  test('is cut where its server stops and it does not end', async () => {
    const stopping = await startApp({}, { beside: app })
    watchReading(stopping)
    const { link } = await sent(LARGE)
    const { response, reading } = await begin(link.replace(app.url, stopping.url))
    const closed = once(reading, 'close')
    await stopping.stop()
    await closed
    await expect(lengthOf(response)).rejects.toThrow('aborted')
  })

  test('is cut where its reader is removed meanwhile', async () => {
    const [owner, member] = [await given.professional(), await given.patient()]
    const conversationId = await group(owner, member)
    const messageId = await send(owner, conversationId, await upload(owner, conversationId, LARGE))
    const { response, reading } = await begin(await linkOf(member, messageId))
    const closed = once(reading, 'close')
    await leave(conversationId, member)
    await closed
    await expect(lengthOf(response)).rejects.toThrow('aborted')
  })
})
