import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { INSPECTION_TIMINGS } from '../../src/attachments/inspection-worker.js'
import { onPostgres, testRedisUrl } from '../support/engine.js'
import { whenGone, whenInspecting } from '../support/inspector-process.js'
import { make } from '../support/make.js'
import { photograph } from '../support/make-images.js'
import { eventually } from '../support/notifications.js'
import { startApp } from '../support/start-app.js'
import { startProcess } from '../support/start-process.js'
import { TEST_SECRET } from '../support/tokens.js'
import { at, createUpload, patch } from '../support/uploads.js'

const ATTACHMENT = 'query ($id: ID!) { attachment(id: $id) { status rejection width height sha256 } }'

interface Read {
  attachment: { status: string; rejection: string | null; sha256: string | null }
}

onPostgres('an inspection whose server ends', () => {
  const setUp = async (leaseMs: number) => {
    const app = await startApp()
    const { filesDir } = app.config
    const inspectionTimings = { ...INSPECTION_TIMINGS, lookEveryMs: 50, leaseMs }
    /** The server itself takes no timings, and stops as it is asked to. */
    const startServer = (script = 'test/support/timed-server.mjs') =>
      startProcess(
        {
          DATABASE_URL: app.config.databaseUrl,
          REDIS_URL: testRedisUrl(),
          JWT_SECRET: TEST_SECRET,
          LOG_LEVEL: 'silent',
          FILES_DIR: filesDir,
          TIMINGS: JSON.stringify({ inspectionTimings }),
        },
        script,
      )
    const startHeir = () => startApp({}, { beside: app, inspectionTimings })
    const { patient, conversationId } = await make(app).talk()
    const upload = async (server: { url: string }) => {
      const photo = await photograph(600, 400)
      const { attachment, uploadUrl } = await createUpload(patient, conversationId, {
        ...{ fileName: 'photo.jpg', mediaType: 'image/jpeg', sizeBytes: photo.length },
      })
      expect((await patch(at(server, uploadUrl), 0, photo)).status).toBe(204)
      return attachment.id
    }
    const read = async (id: string) => (await patient.request<Read>(ATTACHMENT, { id })).attachment
    const inspectionsOf = async (id: string) => {
      const sql = 'select inspections from attachments where id = $1::uuid'
      return (await app.database.call<{ inspections: number }>(sql, [id]))[0]?.inspections
    }
    return { startServer, startHeir, upload, read, inspectionsOf, filesDir }
  }

  test('001.10 is begun anew by another, and its process does not outlive it', async () => {
    const { startServer, startHeir, upload, read, inspectionsOf, filesDir } = await setUp(1_500)
    const dying = await startServer()
    const id = await upload(dying)
    const inspector = await whenInspecting(dying.pid)
    process.kill(inspector, 'SIGSTOP')
    await eventually(
      () => inspectionsOf(id),
      inspections => inspections === 1,
    )
    await dying.kill('SIGKILL')
    process.kill(inspector, 'SIGCONT')
    await whenGone(inspector)
    expect(await read(id)).toMatchObject({ status: 'PROCESSING', sha256: null })

    await startHeir()
    const found = await eventually(
      () => read(id),
      ({ status }) => status !== 'PROCESSING',
    )
    expect(found).toMatchObject({ status: 'READY', rejection: null, width: 400, height: 600 })
    expect(await inspectionsOf(id)).toBe(2)
    expect([existsSync(join(filesDir, 'files', id)), existsSync(join(filesDir, 'thumbnails', id))]).toEqual([
      true,
      true,
    ])
  })

  test('001.10 is nobody else’s while its server lives, however long it takes', async () => {
    const { startServer, startHeir, upload, read, inspectionsOf } = await setUp(1_500)
    const slow = await startServer()
    const id = await upload(slow)
    const inspector = await whenInspecting(slow.pid)
    process.kill(inspector, 'SIGSTOP')
    const heir = await startHeir()
    // Several leases long.
    for (let looks = 0; looks < 5; looks++) {
      await new Promise(resolve => setTimeout(resolve, 1_000))
      expect([await heir.services.inspectionWorker.countDue(), await inspectionsOf(id)]).toEqual([0, 1])
    }
    process.kill(inspector, 'SIGCONT')
    const found = await eventually(
      () => read(id),
      ({ status }) => status !== 'PROCESSING',
    )
    expect(found).toMatchObject({ status: 'READY' })
    expect(await inspectionsOf(id)).toBe(1)
  })

  test('001.10 is left at once by a server that stops, and counts against no file', async () => {
    const { startServer, startHeir, upload, read, inspectionsOf } = await setUp(1_500)
    const leaving = await startServer('dist/main.js')
    const id = await upload(leaving)
    process.kill(await whenInspecting(leaving.pid), 'SIGSTOP')
    await eventually(
      () => inspectionsOf(id),
      inspections => inspections === 1,
    )
    expect(await leaving.kill('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(await inspectionsOf(id)).toBe(0)
    await startHeir()
    await eventually(
      () => read(id),
      ({ status }) => status === 'READY',
    )
    expect(await inspectionsOf(id)).toBe(1)
  })
})
