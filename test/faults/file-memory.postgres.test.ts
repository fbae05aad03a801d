import { expect, test } from '@jest/globals'
import { once } from 'node:events'
import { readFile, truncate } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { attachments } from '../support/attachments.js'
import { onPostgres } from '../support/engine.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { startProcess } from '../support/start-process.js'
import { TEST_SECRET } from '../support/tokens.js'
import { createUpload } from '../support/uploads.js'

const MIB = 1024 * 1024
const FILES = { count: 10, bytes: 100 * MIB }
/** Nothing holds a file whole. It is 0 to 30 MiB on an idle machine; on a busy one garbage is collected late. */
const MOST_ABOVE_IDLE = 2 * FILES.bytes

/** What the process has in memory, as Linux says it. */
const residentBytes = async (pid: number): Promise<number> => {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) * 1024
}

/** The most that it has meanwhile. */
const mostDuring = async (pid: number, work: Promise<unknown>): Promise<number> => {
  let most = 0
  let running = true
  void work.catch(() => {}).then(() => (running = false))
  while (running) {
    most = Math.max(most, await residentBytes(pid))
    await sleep(20)
  }
  await work
  return most
}

const drain = async (url: string): Promise<number> => {
  const { body } = await fetch(url)
  let length = 0
  for await (const chunk of body!) length += (chunk as Uint8Array).length
  return length
}

/** So many zeros. */
function* zeros(bytes: number) {
  const piece = Buffer.alloc(64 * 1024)
  for (let left = bytes; left > 0; left -= piece.length) yield left < piece.length ? piece.subarray(0, left) : piece
}

/** The status of the answer. */
const bring = async (uploadUrl: string, bytes: number): Promise<number | undefined> => {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
    'content-length': bytes,
  }
  const patch = request(uploadUrl, { method: 'PATCH', headers })
  const answered = once(patch, 'response') as Promise<[IncomingMessage]>
  await pipeline(Readable.from(zeros(bytes)), patch)
  const [response] = await answered
  response.resume()
  return response.statusCode
}

/** Files with holes: they are read as any others, and fill no disk. */
const largeFiles = async (app: TestApp, patient: TestPerson, conversationId: string): Promise<string[]> => {
  const { upload } = attachments(app)
  const ids = await Promise.all(
    Array.from({ length: FILES.count }, () => upload(patient, conversationId, { mediaType: 'video/mp4' })),
  )
  for (const id of ids) await truncate(join(app.config.filesDir, 'files', id), FILES.bytes)
  await app.database.call('update attachments set size_bytes = $2 where id = any($1)', [ids, FILES.bytes])
  return ids
}

onPostgres('10 files of 100 MiB', () => {
  test('that come down at once, while 10 others go up, take less memory than two of them', async () => {
    const app = await startApp()
    const { patient, professional, conversationId } = await make(app).talk()
    const ids = await largeFiles(app, patient, conversationId)
    const server = await startProcess({
      DATABASE_URL: app.config.databaseUrl,
      REDIS_URL: app.config.redisUrl,
      JWT_SECRET: TEST_SECRET,
      FILES_DIR: app.config.filesDir,
    })
    const expiresAt = new Date(Date.now() + 120_000)
    const urlOf = (attachmentId: string) => {
      const use = { purpose: 'download', userId: patient.id, expiresAt, attachmentId } as const
      return `${server.url}/files/${attachmentId}${app.services.urlSigner.query(use)}`
    }
    const open = async (sizeBytes: number) =>
      (await createUpload(professional.at(server), conversationId, { sizeBytes })).uploadUrl
    // Idle, but not new: it has answered, and taken a file.
    await bring(await open(10), 10)
    const uploads = await Promise.all(ids.map(() => open(FILES.bytes)))
    const idle = await residentBytes(server.pid)
    const down = Promise.all(ids.map(id => drain(urlOf(id))))
    const up = Promise.all(uploads.map(url => bring(url, FILES.bytes)))
    const most = await mostDuring(server.pid, Promise.all([down, up]))
    expect(await down).toEqual(ids.map(() => FILES.bytes))
    expect(await up).toEqual(uploads.map(() => 204))
    expect(most - idle).toBeLessThan(MOST_ABOVE_IDLE)
  }, 120_000)
})
