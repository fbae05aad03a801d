import { describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Database } from '../../src/persistence/database.js'
import { isConnectionLost, toDomainError } from '../../src/persistence/database-errors.js'
import { EmbeddedDatabase } from '../../src/persistence/embedded-database.js'
import { openDatabase } from '../../src/persistence/open-database.js'
import { cleanUp } from '../support/cleanup.js'
import { createEmbeddedDatabase, createPostgresDatabase } from '../support/database.js'
import { engine, onEmbedded, onPostgres } from '../support/engine.js'
import { startTcpProxy } from '../support/tcp-proxy.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A process of its own that runs this code on the built sources. */
const startScript = (code: string, variables: Record<string, string>) => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    env: { PATH: process.env.PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const exited = once(child, 'close').then(([code]) => code as number | null)
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  cleanUp(kill)
  const prints = async (text: string) => {
    while (!output.includes(text)) {
      if (child.exitCode !== null) throw new Error(`The script exited without "${text}":\n${output}`)
      await sleep(10)
    }
  }
  return { pid: child.pid ?? 0, exited, kill, prints, output: () => output }
}

const OPEN = `
  const { openDatabase } = await import('./dist/persistence/open-database.js')
  const config = { databaseUrl: process.env.URL, dataDir: process.env.DIR, production: false }
  const database = await openDatabase(config, { info: fields => console.log('migrated', fields.migrations.length) })`

const openOn = async (databaseUrl: string, production = false) => {
  const database = await openDatabase({ databaseUrl, dataDir: '', production })
  cleanUp(() => database.close())
  return database
}

const openPostgres = async () => {
  const created = await createPostgresDatabase()
  cleanUp(() => created.drop())
  const proxy = await startTcpProxy(created.url)
  return { proxy, url: created.url, database: await openOn(proxy.through(created.url)) }
}

const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries === 2_000) throw new Error('Waited in vain.')
    await sleep(10)
  }
}

/** As the database itself sees it, whatever lies between. */
const untilRunning = async (url: string, count: number) => {
  const client = new pg.Client(url)
  await client.connect()
  const sql = `select count(*)::int as running from pg_stat_activity
    where datname = current_database() and state = 'active' and query like 'select pg_sleep%'`
  await until(async () => (await client.query<{ running: number }>(sql)).rows[0]?.running === count)
  await client.end()
}

const openAny = async () => {
  if (engine === 'postgres') return (await openPostgres()).database
  const database = await createEmbeddedDatabase()
  cleanUp(() => database.close())
  return database
}

const addUser = (id: string) => ({ data: { id, displayName: id, roles: [] } })
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

/** Each takes one user's row, meets the other, and wants the other's row. */
const crossing = (database: Database, first: string, second: string, meet: () => Promise<void>) =>
  database.transaction(async tx => {
    await tx.user.update({ where: { id: first }, data: { displayName: 'crossed' } })
    await meet()
    await tx.user.update({ where: { id: second }, data: { displayName: 'crossed' } })
  })

describe('a database of either kind', () => {
  it('reads the same types', async () => {
    const database = await openAny()
    const sql = `select 5::int8 as whole, array[6::int8, null] as wholes, timestamptz '2026-01-02 03:04:05.678+09' as at,
      $1::text[] as texts, $2::bool[] as flags, '{PATIENT}'::"Role"[]::text[] as roles`
    expect(
      await database.call(sql, [
        ['a"\\,', null],
        [true, false],
      ]),
    ).toEqual([
      {
        whole: 5,
        wholes: [6, null],
        at: new Date('2026-01-01T18:04:05.678Z'),
        texts: ['a"\\,', null],
        flags: [true, false],
        roles: ['PATIENT'],
      },
    ])
  })

  it('writes lists of enums and whole timestamps through Prisma', async () => {
    const database = await openAny()
    const lastSeenAt = new Date('2026-01-02T03:04:05.678Z')
    await database.prisma.user.create({ data: { id: 'ann', displayName: 'Ann', roles: ['PATIENT'], lastSeenAt } })
    const update = { where: { id: 'ann' }, data: { roles: ['PATIENT' as const, 'PROFESSIONAL' as const] } }
    expect(await database.prisma.user.update(update)).toMatchObject({ roles: ['PATIENT', 'PROFESSIONAL'], lastSeenAt })
  })

  it('does not report a transaction as committed in which a statement failed', async () => {
    const database = await openAny()
    await database.prisma.user.create(addUser('ann'))
    const work = database.transaction(async tx => {
      await tx.user.create(addUser('bob'))
      await tx.user.create(addUser('ann')).catch(() => undefined)
    })
    await expect(work).rejects.toThrow()
    expect(await database.prisma.user.findUnique({ where: { id: 'bob' } })).toBeNull()
    await database.transaction(tx => tx.user.create(addUser('bob')))
  })
})

onPostgres('PostgreSQL', () => {
  it('destroys the connection of a call past its deadline, and goes on', async () => {
    const { database, proxy } = await openPostgres()
    const began = performance.now()
    expect(isConnectionLost(await failure(database.call('select pg_sleep(5)', [], 200)))).toBe(true)
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(await database.call('select 1 as one', [])).toEqual([{ one: 1 }])

    proxy.freeze()
    expect(isConnectionLost(await failure(database.call('select 1', [], 200)))).toBe(true)
    await proxy.restore()
    expect(await database.call('select 1 as one', [])).toEqual([{ one: 1 }])
  })

  it('says UNAVAILABLE while it is cut off, and needs no restart', async () => {
    const { database, proxy, url } = await openPostgres()
    const underWay = [
      database.call('select pg_sleep(5)', []),
      database.transaction(tx => tx.$queryRaw`select pg_sleep(5)::text`),
      database.prisma.$queryRaw`select pg_sleep(5)::text`,
    ].map(failure)
    await untilRunning(url, underWay.length)
    await proxy.cut()
    const cutOff = [database.call('select 1', []), database.transaction(tx => tx.user.count())].map(failure)
    for (const error of await Promise.all([...underWay, ...cutOff, failure(database.prisma.user.count())]))
      expect(toDomainError(error)?.code).toBe('UNAVAILABLE')

    await proxy.restore()
    expect(await database.call('select 1 as one', [])).toEqual([{ one: 1 }])
    expect(await database.transaction(tx => tx.user.count())).toBe(await database.prisma.user.count())
  })

  it('runs a transaction again after a deadlock', async () => {
    const { database } = await openPostgres()
    await database.prisma.user.createMany({ data: [addUser('ann').data, addUser('bob').data] })
    let met = 0
    const meet = async () => {
      met += 1
      await until(() => met >= 2)
    }
    await Promise.all([crossing(database, 'ann', 'bob', meet), crossing(database, 'bob', 'ann', meet)])
    expect(met).toBe(3)
  })

  it('is migrated once by processes that start at the same time', async () => {
    const name = `${process.env.TEST_POSTGRES_RUN}_${randomBytes(4).toString('hex')}`
    const admin = new pg.Client(process.env.TEST_DATABASE_URL)
    await admin.connect()
    cleanUp(async () => {
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
    })
    await admin.query(`create database ${name}`)
    const url = new URL(process.env.TEST_DATABASE_URL ?? '')
    url.pathname = `/${name}`
    const code = `${OPEN}; console.log('users', await database.prisma.user.count()); await database.close()`
    const scripts = [1, 2, 3, 4].map(() => startScript(code, { URL: url.href }))
    expect(await Promise.all(scripts.map(script => script.exited))).toEqual([0, 0, 0, 0])
    const outputs = scripts.map(script => script.output())
    expect(outputs.filter(output => output.includes('users 0'))).toHaveLength(4)
    expect(outputs.filter(output => output.includes('migrated'))).toHaveLength(1)
    const database = await openOn(url.href)
    expect(await database.prisma.installation.count()).toBe(1)
  }, 60_000)

  it('is refused in production if it may lose what it acknowledged', async () => {
    const created = await createPostgresDatabase()
    cleanUp(() => created.drop())
    const open = async (production: boolean) => openDatabase({ databaseUrl: created.url, dataDir: '', production })
    const first = await open(true)
    await first.call(
      `do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$`,
      [],
    )
    await first.close()
    await expect(open(true)).rejects.toThrow(/synchronous_commit=off/)
    await (await open(false)).close()
  })
})

onEmbedded('the embedded database', () => {
  const makeDataDir = async () => {
    const directory = await mkdtemp(join(tmpdir(), 'colloquy-'))
    cleanUp(() => rm(directory, { recursive: true, force: true }))
    return directory
  }
  const makeMigratedDataDir = async () => {
    const dataDir = await makeDataDir()
    const content = new Blob([await readFile(process.env.TEST_EMBEDDED_TEMPLATE ?? '')])
    await (await EmbeddedDatabase.open({ dataDir, content })).close()
    return dataDir
  }
  const openIn = (dataDir: string) => openDatabase({ databaseUrl: undefined, dataDir, production: false })

  it('refuses a second process, survives kill -9, and keeps every acknowledged row', async () => {
    const dataDir = await makeMigratedDataDir()
    const writer = startScript(
      `${OPEN}
      for (let i = 0; ; i++) {
        const id = 'user-' + i
        if (i % 3 === 0) await database.transaction(tx => tx.user.create({ data: { id, displayName: id, roles: [] } }))
        else if (i % 3 === 1) await database.prisma.user.create({ data: { id, displayName: id, roles: [] } })
        else await database.call("insert into users (id, display_name, roles) values ($1, $1, '{}')", [id])
        console.log(id + '.')
      }`,
      { DIR: dataDir },
    )
    await writer.prints('user-20.')
    const refused = await failure(openIn(dataDir))
    expect(String(refused)).toContain(dataDir)
    expect(String(refused)).toContain(String(writer.pid))

    await writer.prints('user-200.')
    await writer.kill()
    const acknowledged = writer.output().match(/user-\d+(?=\.)/g) ?? []
    const database = await openIn(dataDir)
    cleanUp(() => database.close())
    const stored = new Set(
      (await database.prisma.user.findMany({ where: { id: { startsWith: 'user-' } } })).map(user => user.id),
    )
    expect(acknowledged.filter(id => !stored.has(id))).toEqual([])
    expect(stored.size - acknowledged.length).toBeLessThanOrEqual(1)
    await expect(openIn(dataDir)).rejects.toThrow(/in use/)
  }, 60_000)

  it('lets one of several processes in that start at the same time', async () => {
    const dataDir = await makeMigratedDataDir()
    const code = `${OPEN}; console.log('opened'); setInterval(() => {}, 1000)`
    const scripts = [1, 2, 3, 4].map(() => startScript(code, { DIR: dataDir }))
    await Promise.all(scripts.map(script => Promise.race([script.exited, script.prints('opened')])).map(failure))
    expect(scripts.filter(script => script.output().includes('opened'))).toHaveLength(1)
    expect(scripts.filter(script => script.output().includes('in use by the process'))).toHaveLength(3)
  }, 60_000)

  it('begins anew where its first start was killed', async () => {
    const dataDir = await makeDataDir()
    const script = startScript(OPEN, { DIR: dataDir })
    await until(() => existsSync(join(dataDir, 'db.new', 'PG_VERSION')))
    await script.kill()
    expect(existsSync(join(dataDir, 'db'))).toBe(false)
    const database = await openIn(dataDir)
    expect(await database.prisma.installation.count()).toBe(1)
    await database.close()
  }, 60_000)
})
