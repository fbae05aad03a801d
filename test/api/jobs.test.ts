import { describe, expect, test } from '@jest/globals'
import { join } from 'node:path'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { engine, onEmbedded, testRedisUrl } from '../support/engine.js'
import { BY_HAND, makeOld, runJob } from '../support/jobs.js'
import { make } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { readMetrics } from '../support/read-metrics.js'
import { startApp } from '../support/start-app.js'
import { runProcess } from '../support/start-process.js'
import { TEST_SECRET } from '../support/tokens.js'
import { startReceiver } from '../support/webhook-receiver.js'

const HOUR_MS = 3_600_000
const SOON = { lookEveryMs: 20, leaseMs: 2_000, retryMs: 100 }

const app = await startApp({ messageRetentionDays: 365 }, { jobTimings: BY_HAND })
const given = make(app)

const oldTalk = async () => {
  const talk = await given.talk()
  await given.messages(talk.conversationId, [talk.patient], 3)
  await makeOld(app, talk.conversationId, 2)
  return talk
}
const firstSeqOf = async (conversationId: string) => (await app.services.conversations.find(conversationId))?.firstSeq

describe('002.12 jobs', () => {
  test('002.12 run by themselves when they are due, on one of several processes, and are counted', async () => {
    const { conversationId } = await oldTalk()
    const processes = await Promise.all(
      [1, 2, 3].map(() => startApp({ messageRetentionDays: 365 }, { beside: app, jobTimings: SOON })),
    )
    await eventually(
      () => firstSeqOf(conversationId),
      seq => seq === 3,
    )
    const metricsOf = async () => Promise.all(processes.map(one => readMetrics(one)))
    const sum = (all: Awaited<ReturnType<typeof metricsOf>>, name: string) =>
      all.reduce((total, metrics) => total + metrics.of(name), 0)
    const SUCCESS = 'colloquy_job_last_success_timestamp_seconds{job="retention"}'
    const names = ['audit-chain', 'alerts', 'escalations', 'notifications'].map(
      job => `colloquy_job_runs_total{job="${job}",outcome="DONE"}`,
    )
    const metrics = await eventually(metricsOf, all =>
      all.every(one => one.of(SUCCESS) > 0 && names.every(name => one.of(name) > 0)),
    )
    expect(sum(metrics, 'colloquy_job_runs_total{job="retention",outcome="DONE"}')).toBe(1)
    expect(sum(metrics, 'colloquy_job_items_total{job="retention",item="messages"}')).toBeGreaterThanOrEqual(2)
    expect(sum(metrics, 'colloquy_job_seconds_total{job="retention"}')).toBeGreaterThan(0)
    for (const one of metrics) {
      expect(Math.abs(one.of(SUCCESS) * 1000 - Date.now())).toBeLessThan(60_000)
    }
  })

  test('002.12 that fail are counted, and tried again', async () => {
    await app.database.call(`update job_schedules set due_at = now()`, [])
    await app.database.call('alter function remove_old_notifications rename to gone', [])
    const failing = await startApp({ messageRetentionDays: 365 }, { beside: app, jobTimings: SOON })
    const FAILED = 'colloquy_job_runs_total{job="retention",outcome="FAILED"}'
    const DONE = 'colloquy_job_runs_total{job="retention",outcome="DONE"}'
    const metricsOf = () => readMetrics(failing)
    try {
      await eventually(metricsOf, metrics => metrics.of(FAILED) > 1)
    } finally {
      await app.database.call('alter function gone rename to remove_old_notifications', [])
    }
    await eventually(metricsOf, metrics => metrics.of(DONE) === 1)
  })

  test('002.12 of a process that died are taken over by another once their lease is over', async () => {
    const { conversationId } = await oldTalk()
    // As whoever had them left them.
    await app.database.call(`update job_schedules set due_at = now() + interval '500 ms'`, [])
    await startApp({ messageRetentionDays: 365 }, { beside: app, jobTimings: SOON })
    await eventually(
      () => firstSeqOf(conversationId),
      seq => seq === 3,
    )
    const due = await eventually(
      () =>
        app.database.call<{ inMinutes: number }>(
          `select extract(epoch from due_at - now())::float8 / 60 as "inMinutes" from job_schedules where name = 'retention'`,
          [],
        ),
      rows => (rows[0]?.inMinutes ?? 0) > 50,
    )
    expect(due[0]?.inMinutes).toBeLessThanOrEqual(60)
  })

  test('002.12 run by hand at several processes at once do what there is once', async () => {
    const talks = await Promise.all([1, 2, 3, 4].map(() => oldTalk()))
    const other = await startApp({ messageRetentionDays: 365 }, { beside: app, jobTimings: BY_HAND })
    const done = await Promise.all([app, other, app, other].map(one => runJob(one, 'retention')))
    await runJob(app, 'retention')
    for (const { conversationId } of talks) expect(await firstSeqOf(conversationId)).toBe(3)
    expect(done.reduce((sum, { messages = 0 }) => sum + messages, 0)).toBeLessThanOrEqual(8)
    const revs = await app.database.call<{ count: number }>(
      `select count(*)::int as count from (
         select conversation_id from audit_pending where action = 'retention' union all
         select conversation_id from audit_events where action = 'retention') e
       where conversation_id = any($1)`,
      [talks.map(talk => talk.conversationId)],
    )
    expect(revs).toEqual([{ count: 4 }])
  })

  test('002.12 of what works all the time are run by hand as well', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'Help', { emergency: true })
    await app.database.call(
      `update emergencies set flagged_at = flagged_at - interval '2 days', notified_at = null where message_id = $1`,
      [id],
    )
    const idle = await startApp({}, { beside: app, lookEveryMs: HOUR_MS, jobTimings: BY_HAND })
    for (const name of ['alerts', 'escalations', 'notifications', 'audit-chain']) {
      const found = await runJob(idle, name, { dryRun: true })
      expect([name, Object.values(found).every(Number.isInteger)]).toEqual([name, true])
      await runJob(idle, name)
    }
    const [row] = await app.database.call(
      'select notified_at is not null as told, escalated_at is not null as escalated from emergencies where message_id = $1',
      [id],
    )
    expect(row).toEqual({ told: true, escalated: true })
    expect(professional.id).not.toBe(patient.id)
  })
})

test('002.12 webhooks that are due are pushed by hand, each once, whatever else runs', async () => {
  const receiver = await startReceiver()
  const notificationWebhook = { url: receiver.url, secret: 'a secret for webhooks, of more than 32 bytes' }
  const pushing = await startApp({ notificationWebhook }, { beside: app, jobTimings: BY_HAND })
  const { patient } = await given.pair()
  const INPUT = { input: { userIds: [patient.id], title: 'Closed' } }
  await given.admin.request('mutation ($input: NotifyInput!) { notify(input: $input) { __typename } }', INPUT)
  await app.database.call(
    `insert into push_deliveries (notification_id) select id from notifications where user_id = $1`,
    [patient.id],
  )
  await Promise.all([runJob(pushing, 'webhooks'), runJob(pushing, 'webhooks')])
  expect(receiver.received.map(({ data }) => data.userId)).toEqual([patient.id])
  expect(await runJob(pushing, 'webhooks', { dryRun: true })).toEqual({ deliveries: 0 })
})

onEmbedded('the embedded database', () => {
  test('002.12 is vacuumed where rows were removed', async () => {
    const { patient, conversationId } = await given.talk()
    await app.database.call(
      `insert into marks (conversation_id, rev, user_id, delivered_through, read_through, at)
       select $1, 1000 + n, $2, n, 0, now() from generate_series(1, 3000) n`,
      [conversationId, patient.id],
    )
    await app.database.call('delete from marks where conversation_id = $1', [conversationId])
    const found = await runJob(app, 'vacuum', { dryRun: true })
    expect(found['dead rows']).toBeGreaterThanOrEqual(3_000)
    // The server goes on meanwhile, and leaves more of them.
    const done = await runJob(app, 'vacuum')
    for (const [what, count] of Object.entries(found)) expect(done[what]).toBeGreaterThanOrEqual(count)
    const dead = await app.database.call(
      `select n_dead_tup::int as dead from pg_stat_user_tables where relname = 'marks'`,
      [],
    )
    expect(dead).toEqual([{ dead: 0 }])
  })
})

describe('npm run job', () => {
  // Embedded, a second process has a database of its own.
  const database = async () =>
    engine === 'embedded'
      ? { DATA_DIR: await mkdtemp(join(tmpdir(), 'colloquy-job-')) }
      : { DATABASE_URL: app.config.databaseUrl, REDIS_URL: testRedisUrl() }
  const environment = { JWT_SECRET: TEST_SECRET, MESSAGE_RETENTION_DAYS: '365' }
  const PATIENCE_MS = 120_000
  const jobs = async () => {
    const own = await database()
    return (args: string[], more = {}) =>
      runProcess('dist/main.js', ['job', ...args], { ...environment, ...own, ...more })
  }

  test(
    '002.12 lists the jobs, and knows no other',
    async () => {
      const job = await jobs()
      const { code, output } = await job([])
      expect(code).toBe(0)
      for (const { name } of app.services.jobs.jobs) expect(output).toContain(`\n${name}: `)
      expect(output).toContain('retention: every hour')
      const unknown = await job(['retain'])
      expect(unknown).toMatchObject({
        code: 1,
        output: expect.stringContaining('Usage: npm run job -- <name> [--dry-run]'),
      })
    },
    PATIENCE_MS,
  )

  test(
    '002.12 says what would be done, does it, and says what was done',
    async () => {
      const job = await jobs()
      const { conversationId } = await oldTalk()
      const dry = await job(['retention', '--dry-run'])
      expect(dry).toMatchObject({ code: 0, output: expect.stringContaining('retention: would be done: ') })
      expect(await firstSeqOf(conversationId)).toBe(1)
      const done = await job(['retention'])
      expect(done).toMatchObject({ code: 0, output: expect.stringContaining('retention: done: ') })
      if (engine === 'postgres') {
        expect(done.output).toMatch(/done: \d+ messages/)
        expect(await firstSeqOf(conversationId)).toBe(3)
      }
      const off = await job(['retention'], { MESSAGE_RETENTION_DAYS: '0' })
      expect(off.output).toContain('nothing to do. MESSAGE_RETENTION_DAYS is 0')
    },
    PATIENCE_MS,
  )
})
