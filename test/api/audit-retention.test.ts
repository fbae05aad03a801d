import { describe, expect, test } from '@jest/globals'
import { BY_HAND, runJob } from '../support/jobs.js'
import { make } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { startApp } from '../support/start-app.js'

const app = await startApp(
  { auditRetentionDays: 30 },
  { auditTimings: { flushMs: 10, chainMs: 20 }, jobTimings: BY_HAND },
)
const given = make(app)
const call = <Row>(sql: string, parameters: unknown[] = []) => app.database.call<Row>(sql, parameters)

interface Verification {
  intact: boolean
  checked: number
  firstBrokenSequence: number | null
}
const verify = async () =>
  (
    await given.admin.request<{ verifyAuditLog: Verification }>(
      '{ verifyAuditLog { intact checked firstBrokenSequence } }',
    )
  ).verifyAuditLog
const anchor = async () =>
  (
    await call<{ sequence: number; hash: string }>(
      'select anchor_sequence as sequence, anchor_hash as hash from audit_head',
    )
  )[0]

/** As if all events but the newest had been written long ago, with the hashes that they would have. */
const AGE = `
  do $$ declare head audit_head; event audit_events; before text; begin
    select * into head from audit_head for update;
    update audit_events set at = date_trunc('milliseconds', now() - interval '40 days') where sequence <= head.sequence - RECENT;
    before := head.anchor_hash;
    for event in select * from audit_events order by sequence loop
      before := audit_hash(before, event);
      update audit_events set hash = before where sequence = event.sequence;
    end loop;
    update audit_head set hash = before;
  end $$`

/** A chain with so many events more, of which so many are recent. */
const chain = async (more: number, recent: number) => {
  const [before] = await call<{ sequence: number }>('select sequence from audit_head')
  await call(`insert into audit_pending (action, outcome) select 'old', 'ALLOWED' from generate_series(1, $1::int)`, [
    more,
  ])
  await eventually(
    () => call<{ sequence: number }>('select sequence from audit_head'),
    rows => (rows[0]?.sequence ?? 0) >= (before?.sequence ?? 0) + more,
  )
  await call(AGE.replace('RECENT', String(recent)))
}

describe('002.12 AUDIT_RETENTION_DAYS', () => {
  test('002.12 prunes the oldest events, and the chain stays verifiable and finds edits by hand', async () => {
    await chain(1_520, 20)
    expect(await verify()).toMatchObject({ intact: true })
    const found = await runJob(app, 'audit-retention', { dryRun: true })
    expect(found.events).toBeGreaterThanOrEqual(1_500)
    expect(await anchor()).toMatchObject({ sequence: 0 })
    expect(await runJob(app, 'audit-retention')).toEqual(found)
    expect(await anchor()).toEqual({ sequence: found.events, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const after = await verify()
    expect(after).toMatchObject({ intact: true, firstBrokenSequence: null })
    expect(after.checked).toBeGreaterThanOrEqual(20)
    expect(after.checked).toBeLessThan(200)
    expect(await runJob(app, 'audit-retention')).toEqual({ events: 0 })

    const first = (found.events ?? 0) + 1
    const isBrokenAt = async (sequence: number, tamper: string, mend: string) => {
      await call(tamper)
      expect([tamper, await verify()]).toMatchObject([tamper, { intact: false, firstBrokenSequence: sequence }])
      await call(mend)
      expect(await verify()).toMatchObject({ intact: true })
    }
    const hash = (await anchor())?.hash ?? ''
    await isBrokenAt(first, `update audit_head set anchor_hash = '0'`, `update audit_head set anchor_hash = '${hash}'`)
    await isBrokenAt(
      first - 1,
      `update audit_head set anchor_sequence = anchor_sequence - 1`,
      `update audit_head set anchor_sequence = anchor_sequence + 1`,
    )
    await isBrokenAt(
      first,
      `update audit_head set anchor_sequence = anchor_sequence + 1`,
      `update audit_head set anchor_sequence = anchor_sequence - 1`,
    )
    await isBrokenAt(
      first + 2,
      `update audit_events set actor_id = 'nobody' where sequence = ${first + 2}`,
      `update audit_events set actor_id = null where sequence = ${first + 2}`,
    )
    const recorded = await eventually(
      () => call(`select actor_id, outcome from audit_events where action = 'auditRetention'`),
      rows => rows.length > 1,
    )
    expect(recorded).toContainEqual({ actor_id: null, outcome: 'ALLOWED' })
  })

  test('002.12 does not prune what was edited by hand', async () => {
    await chain(30, 5)
    const begin = (await anchor())?.sequence ?? 0
    await call(`update audit_events set action = 'nothing' where sequence = $1`, [begin + 7])
    await expect(runJob(app, 'audit-retention')).rejects.toThrow(`broken at event ${begin + 7}`)
    expect((await anchor())?.sequence).toBe(begin)
    expect(await verify()).toMatchObject({ intact: false, firstBrokenSequence: begin + 7 })
  })

  test('002.12 several at once prune each event once', async () => {
    const beside = await startApp({ auditRetentionDays: 30 }, { beside: app, jobTimings: BY_HAND })
    await chain(3_000, 5)
    const [found] = await call<{ count: number }>(
      `select count(*)::int as count from audit_events where at < now() - interval '30 days'`,
    )
    const pruned = await Promise.all([app, beside, app].map(one => runJob(one, 'audit-retention')))
    expect(pruned.reduce((sum, { events = 0 }) => sum + events, 0)).toBe(found?.count)
    expect(await verify()).toMatchObject({ intact: true })
  })
})
