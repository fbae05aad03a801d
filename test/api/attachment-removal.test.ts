import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { FileKey } from '../../src/attachments/file-storage.js'
import { attachments, PNG } from '../support/attachments.js'
import { BY_HAND, makeOld, runJob } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp, type TestApp } from '../support/start-app.js'

const app = await startApp({ messageRetentionDays: 365 }, { jobTimings: BY_HAND })
const given = make(app)
const { upload, pdf } = attachments(app)

const send = async (person: TestPerson, conversationId: string, attachmentIds: string[]) => {
  const document = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id attachments { url } } } }`
  type Sent = { sendMessage: { message: { id: string; attachments: { url: string }[] } } }
  const input = { conversationId, kind: 'FILE', attachmentIds }
  return (await person.request<Sent>(document, { input })).sendMessage.message
}
const PLACES = ['uploads', 'files', 'thumbnails'] as const
const isThere = async (key: FileKey) => {
  const bytes = await app.services.files.read(key)
  bytes?.destroy()
  return bytes !== null
}
/** Of each of its files, and of its row. */
const leftOf = async (id: string) => {
  const rows = await app.database.call('select id from attachments where id = $1', [id])
  const files = await Promise.all(PLACES.map(place => isThere(`${place}/${id}`)))
  return [...PLACES.filter((_, index) => files[index]), ...rows.map(() => 'row')]
}
const expire = (ids: string[], ago = '1 hour') =>
  app.database.call(`update attachments set expires_at = now() - $2::interval where id = any($1)`, [ids, ago])
const clean = (at: TestApp = app) => runJob(at, 'attachments')
const setHold = (conversationId: string, hold: boolean) =>
  given.admin.request('mutation ($input: LegalHoldInput!) { setLegalHold(input: $input) { conversation { id } } }', {
    input: { conversationId, hold, reason: 'A lawsuit is to come' },
  })

describe('002.12 files are removed for good', () => {
  test('002.12 that were never sent, a day after they were begun, whatever became of them', async () => {
    const { patient, conversationId } = await given.talk()
    const orphan = await upload(patient, conversationId, { thumbnail: PNG })
    const rejected = await upload(patient, conversationId, { status: 'REJECTED' })
    const unfinished = await upload(patient, conversationId, { status: 'UPLOADING' })
    const [fresh, justExpired, sent] = await Promise.all([1, 2, 3].map(() => pdf(patient, conversationId)))
    await send(patient, conversationId, [sent!])
    await expire([orphan, rejected, unfinished, sent!])
    await expire([justExpired!], '1 minute')
    expect(await runJob(app, 'attachments', { dryRun: true })).toEqual({ attachments: 3 })
    expect(await leftOf(orphan)).toEqual(['files', 'thumbnails', 'row'])
    expect(await clean()).toEqual({ attachments: 3 })
    for (const id of [orphan, rejected, unfinished]) expect(await leftOf(id)).toEqual([])
    // Who sends at the last moment is not overtaken.
    for (const id of [fresh, justExpired, sent]) expect(await leftOf(id!)).toEqual(['files', 'row'])
    expect(await clean()).toEqual({})
  })

  test('002.12 once retention has removed their message; before, they cannot be had any more', async () => {
    const { patient, conversationId } = await given.talk()
    const id = await upload(patient, conversationId, { thumbnail: PNG })
    const { attachments } = await send(patient, conversationId, [id])
    await patient.send(conversationId, 'and on')
    await makeOld(app, conversationId, 1)
    await expire([id], '399 days')
    expect(await clean()).toEqual({})
    await runJob(app, 'retention')
    expect((await fetch(attachments[0]!.url)).status).toBe(404)
    const { errors } = await patient.ask('query ($id: ID!) { attachment(id: $id) { url } }', { id })
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    expect(await leftOf(id)).toEqual(['files', 'thumbnails', 'row'])
    expect(await clean()).toEqual({ attachments: 1 })
    expect(await leftOf(id)).toEqual([])
  })

  test('002.12 and never under a legal hold, also of a message that was deleted', async () => {
    const { patient, conversationId } = await given.talk()
    const [kept, deleted] = [await pdf(patient, conversationId), await pdf(patient, conversationId)]
    await send(patient, conversationId, [kept])
    const { id: messageId } = await send(patient, conversationId, [deleted])
    await patient.request(
      'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }',
      {
        input: { messageId },
      },
    )
    await setHold(conversationId, true)
    await makeOld(app, conversationId, 2)
    await expire([kept, deleted], '399 days')
    await runJob(app, 'retention')
    await clean()
    for (const id of [kept, deleted]) expect(await leftOf(id)).toEqual(['files', 'row'])
    await setHold(conversationId, false)
    await runJob(app, 'retention')
    expect(await clean()).toEqual({ attachments: 2 })
    for (const id of [kept, deleted]) expect(await leftOf(id)).toEqual([])
  })

  test('002.12 by the next run where one could not be removed, which keeps no other', async () => {
    const { patient, conversationId } = await given.talk()
    const ids = await Promise.all(Array.from({ length: 120 }, () => pdf(patient, conversationId)))
    await expire(ids)
    const { files } = app.services
    const remove = files.remove.bind(files)
    files.remove = async key => {
      if (key === `files/${ids[0]}`) throw new Error('The storage does not answer.')
      await remove(key)
    }
    try {
      await expect(clean()).rejects.toThrow('1 attachments could not be removed')
    } finally {
      files.remove = remove
    }
    expect(await leftOf(ids[0]!)).toEqual(['files', 'row'])
    for (const id of ids.slice(1)) expect(await leftOf(id)).toEqual([])
    expect(await clean()).toEqual({ attachments: 1 })
    expect(await leftOf(ids[0]!)).toEqual([])
  })

  test('002.12 and what killed processes left beside them, the original of what was inspected above all', async () => {
    const { patient, conversationId } = await given.talk()
    const { filesDir } = app.config
    const ids = new Map<string, string>()
    for (const status of ['UPLOADING', 'PROCESSING', 'READY', 'REJECTED'] as const)
      ids.set(status, await upload(patient, conversationId, { status }))
    const sent = ids.get('READY')!
    await send(patient, conversationId, [sent])
    const [unknown, linked] = [randomUUID(), await pdf(patient, conversationId)]
    await mkdir(join(filesDir, 'uploads'), { recursive: true })
    for (const id of [...ids.values(), unknown])
      await writeFile(join(filesDir, 'uploads', id), 'with all that was in it')
    await symlink('/etc/hostname', join(filesDir, 'uploads', linked))
    const [old, fresh] = [1, 2].map(() => join(filesDir, 'files', `${sent}.${randomUUID()}.part`))
    for (const path of [old!, fresh!]) await writeFile(path, 'half of it')
    await utimes(old!, 1, 1)

    expect(await runJob(app, 'attachments', { dryRun: true })).toEqual({ attachments: 0, uploads: 2 })
    expect(await clean()).toEqual({ uploads: 2, unfinished: 1 })
    const left = new Set(await readdir(join(filesDir, 'uploads')))
    const named = { ...Object.fromEntries(ids), unknown, linked }
    expect(Object.keys(named).filter(name => left.has(named[name as keyof typeof named]))).toEqual([
      ...['UPLOADING', 'PROCESSING', 'unknown', 'linked'],
    ])
    expect([existsSync(old!), existsSync(fresh!)]).toEqual([false, true])
    expect(await leftOf(sent)).toEqual(['files', 'row'])
    expect(await clean()).toEqual({})
  })

  test('002.12 by several processes at once', async () => {
    const { patient, conversationId } = await given.talk()
    const ids = await Promise.all(Array.from({ length: 60 }, () => pdf(patient, conversationId)))
    const sent = await pdf(patient, conversationId)
    await send(patient, conversationId, [sent])
    await expire([...ids, sent])
    const other = await startApp({ filesDir: app.config.filesDir }, { beside: app, jobTimings: BY_HAND })
    await Promise.all([app, other, app, other].map(one => clean(one)))
    for (const id of ids) expect(await leftOf(id)).toEqual([])
    expect(await leftOf(sent)).toEqual(['files', 'row'])
  })
})
