import { expect, test } from '@jest/globals'
import { UPLOAD_TIMINGS } from '../../src/attachments/upload-lease.js'
import { hashOf, someBytes } from '../support/bytes.js'
import { onPostgres, testRedisUrl } from '../support/engine.js'
import { make } from '../support/make.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { type ServerProcess, startProcess } from '../support/start-process.js'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js'
import { TEST_SECRET } from '../support/tokens.js'
import { at, beginPatch, createUpload, offsetOf, patch, storedHash, uploadWithClient } from '../support/uploads.js'

onPostgres('uploads over two processes', () => {
  const SIZE = 40_000_000
  const uploadTimings = { holdsForMs: 2_000, renewEveryMs: 300, waitsForMs: 15_000, retryEveryMs: 200, idleMs: 30_000 }

  /** The files stay as they came. */
  const UNINSPECTED = { lookEveryMs: null, leaseMs: 60_000, backOffMs: 60_000, longestBackOffMs: 60_000 }

  const startServer = ({ config }: TestApp, script?: string): Promise<ServerProcess> =>
    startProcess(
      {
        DATABASE_URL: config.databaseUrl,
        REDIS_URL: testRedisUrl(),
        JWT_SECRET: TEST_SECRET,
        FILES_DIR: config.filesDir,
        LOG_LEVEL: 'silent',
        TIMINGS: JSON.stringify({ uploadTimings, inspectionTimings: UNINSPECTED }),
      },
      script ?? 'test/support/timed-server.mjs',
    )

  const idOf = (uploadUrl: string) => new URL(uploadUrl).pathname.split('/').at(-1) ?? ''

  const setUp = async () => {
    const app = await startApp()
    const { patient, conversationId } = await make(app).talk()
    const bytes = someBytes(SIZE)
    const created = await createUpload(patient, conversationId, { sizeBytes: SIZE })
    const expectWhole = async () => {
      const { attachment } = await patient.request<{ attachment: { status: string } }>(
        'query ($id: ID!) { attachment(id: $id) { status } }',
        { id: created.attachment.id },
      )
      expect(attachment.status).toBe('PROCESSING')
      expect(await storedHash(app.config.filesDir, created.attachment.id)).toBe(hashOf(bytes))
    }
    return { app, bytes, uploadUrl: created.uploadUrl, expectWhole }
  }

  /** Begins, and cuts the connection once so many bytes more are stored. */
  const uploadAndCut = async (app: TestApp, proxy: TcpProxy, uploadUrl: string, bytes: Buffer, more: number) => {
    const stored = () => app.services.files.offset({ id: idOf(uploadUrl), sizeBytes: SIZE })
    const enough = (await stored()) + more
    let outcome: unknown
    const uploading = uploadWithClient(proxy.through(uploadUrl), bytes, { chunkSize: 2_000_000 }).then(
      () => (outcome = 'done'),
      () => (outcome = 'cut'),
    )
    while (outcome === undefined && (await stored()) < enough) await new Promise(resolve => setImmediate(resolve))
    await proxy.cut()
    await uploading
    await proxy.restore()
    return outcome
  }

  /** Until so much of it is stored by a request that goes on. */
  const beginAt = async (server: ServerProcess, app: TestApp, uploadUrl: string, bytes: Buffer) => {
    const id = idOf(uploadUrl)
    const hanging = beginPatch(at(server, uploadUrl), 0, { length: SIZE, bytes: bytes.subarray(0, SIZE / 2) })
    while ((await app.services.files.offset({ id, sizeBytes: SIZE })) < SIZE / 2)
      await new Promise(resolve => setImmediate(resolve))
    return hanging
  }

  test('001.16 an upload that is cut ten times, at two processes in turn, arrives as it is', async () => {
    const { app, bytes, uploadUrl, expectWhole } = await setUp()
    const proxies = [
      await startTcpProxy((await startServer(app)).url),
      await startTcpProxy((await startServer(app)).url),
    ]
    const offsets: number[] = []
    for (let cuts = 0; cuts < 10; cuts++) {
      const proxy = proxies[cuts % 2]
      if (!proxy) throw new Error('There are two.')
      const more = Math.floor(SIZE * (0.005 + Math.random() * 0.035))
      expect(await uploadAndCut(app, proxy, uploadUrl, bytes, more)).toBe('cut')
      offsets.push(await offsetOf(uploadUrl))
    }
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
    expect(offsets.at(-1)).toBeGreaterThan(0)
    expect(offsets.at(-1)).toBeLessThan(SIZE)
    await uploadWithClient(uploadUrl, bytes)
    await expectWhole()
  })

  test('001.16 an upload goes on elsewhere when its process is killed', async () => {
    const { app, bytes, uploadUrl, expectWhole } = await setUp()
    const server = await startServer(app)
    await beginAt(server, app, uploadUrl, bytes)
    await server.kill('SIGKILL')
    expect(await offsetOf(uploadUrl)).toBe(SIZE / 2)
    await uploadWithClient(uploadUrl, bytes)
    await expectWhole()
  })

  test('001.16 a process that stops cuts its uploads, which go on elsewhere at once', async () => {
    const { app, bytes, uploadUrl, expectWhole } = await setUp()
    const server = await startServer(app, 'dist/main.js')
    const hanging = await beginAt(server, app, uploadUrl, bytes)
    const began = performance.now()
    const stopped = server.kill('SIGTERM')
    await hanging.over
    expect(await offsetOf(uploadUrl)).toBe(SIZE / 2)
    expect(performance.now() - began).toBeLessThan(UPLOAD_TIMINGS.holdsForMs / 2)
    expect(await stopped).toEqual({ code: 0, signal: null })
    await uploadWithClient(uploadUrl, bytes)
    await expectWhole()
  })

  test('001.16 a connection that nobody noticed is dead lets go of its upload', async () => {
    const { app, bytes, uploadUrl, expectWhole } = await setUp()
    const server = await startServer(app)
    const proxy = await startTcpProxy(server.url)
    const hanging = await beginAt(
      { ...server, url: proxy.through(server.url).replace(/\/$/, '') },
      app,
      uploadUrl,
      bytes,
    )
    proxy.forget()
    const began = performance.now()
    expect(await offsetOf(uploadUrl)).toBe(SIZE / 2)
    expect(performance.now() - began).toBeLessThan(uploadTimings.holdsForMs)
    await uploadWithClient(uploadUrl, bytes)
    await expectWhole()
    hanging.sending.destroy()
  })

  test('001.16 a process that was frozen spoils nothing of what went on meanwhile', async () => {
    const { app, bytes, uploadUrl, expectWhole } = await setUp()
    const server = await startServer(app)
    const hanging = await beginAt(server, app, uploadUrl, bytes)
    process.kill(server.pid, 'SIGSTOP')
    // It would store this when it wakes.
    hanging.sending.write(Buffer.alloc(1_000))
    expect(await offsetOf(uploadUrl)).toBe(SIZE / 2)
    const quarter = bytes.subarray(SIZE / 2, (SIZE * 3) / 4)
    expect((await patch(uploadUrl, SIZE / 2, quarter)).status).toBe(204)
    process.kill(server.pid, 'SIGCONT')
    hanging.sending.end(bytes.subarray(SIZE / 2 + 1_000))
    await hanging.over
    await uploadWithClient(at(server, uploadUrl), bytes)
    await expectWhole()
  })
})
