import { expect, test } from '@jest/globals'
import pg from 'pg'
import { cleanUp } from '../support/cleanup.js'
import { onPostgres } from '../support/engine.js'
import { make } from '../support/make.js'
import { eventually, SILENT, toldTo, whenTold } from '../support/notifications.js'
import { startApp } from '../support/start-app.js'
import { serverEnvironment, startProcess } from '../support/start-process.js'
import { signatureOf, startReceiver } from '../support/webhook-receiver.js'

const SECRET = 'a secret of the webhook, at least 32 bytes'
const HOUR_MS = 3_600_000
const PUSH = {
  lookEveryMs: 20,
  timeoutMs: HOUR_MS,
  leaseMs: 1_500,
  backOffMs: 20,
  longestBackOffMs: 100,
  giveUpAfterMs: HOUR_MS,
}

onPostgres('an emergency while another cannot be escalated', () => {
  test('003.11 is told of at once', async () => {
    const app = await startApp({ emergencyAckMs: HOUR_MS }, { notifierTimings: SILENT, lookEveryMs: 20 })
    const given = make(app)
    const [stuck, other] = [await given.talk(), await given.talk()]
    await stuck.patient.send(stuck.conversationId, 'Help', { emergency: true })
    await whenTold(stuck.professional, 1)
    const client = new pg.Client(app.config.databaseUrl)
    await client.connect()
    cleanUp(() => client.end())
    await client.query('begin')
    await client.query('select 1 from conversations where id = $1 for update', [stuck.conversationId])
    await app.database.call(`update emergencies set flagged_at = flagged_at - interval '2 hours'`, [])
    // Until it waits for the lock.
    const WAITING = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await eventually(
      () => app.database.call(WAITING, []),
      rows => rows.length > 0,
    )
    await other.patient.send(other.conversationId, 'Help me', { emergency: true })
    await whenTold(other.professional, 1)
    expect(await app.database.call(WAITING, [])).toHaveLength(1)
    await client.query('rollback')
    await eventually(
      () => toldTo(given.admin),
      told => told.some(({ kind }) => kind === 'EMERGENCY_ESCALATED'),
    )
  })
})

onPostgres('notifications of a killed process', () => {
  const setUp = async () => {
    const receiver = await startReceiver('HANG')
    const notificationWebhook = { url: receiver.url, secret: SECRET }
    const app = await startApp({}, { notifierTimings: SILENT, lookEveryMs: HOUR_MS })
    const dying = await startProcess(
      serverEnvironment(app.config.databaseUrl, {
        LOG_LEVEL: 'silent',
        NOTIFICATION_WEBHOOK_URL: receiver.url,
        NOTIFICATION_WEBHOOK_SECRET: SECRET,
        TIMINGS: JSON.stringify({ notifierTimings: SILENT, pushTimings: PUSH }),
      }),
      'test/support/timed-server.mjs',
    )
    const startHeir = () =>
      startApp(
        { notificationWebhook, emergencyAckMs: HOUR_MS },
        {
          beside: app,
          notifierTimings: { ...SILENT, sweepEveryMs: 20, quietForMs: 0 },
          pushTimings: PUSH,
          lookEveryMs: 20,
        },
      )
    return { app, dying, receiver, startHeir, given: make(app) }
  }

  test('000.10 are made, escalated and pushed by another', async () => {
    const { app, dying, receiver, startHeir, given } = await setUp()
    const { patient, professional, conversationId } = await given.talk()
    const plain = await patient.at(dying).send(conversationId, 'Hello')
    const urgent = await patient.at(dying).send(conversationId, 'Help', { emergency: true })
    const [alert] = await whenTold(professional, 1)
    expect(alert).toMatchObject({ kind: 'EMERGENCY', message: { id: urgent.id } })
    // It has taken the delivery, and waits for an answer.
    await receiver.whenReceived(1)
    await dying.kill('SIGKILL')
    await app.database.call(`update emergencies set flagged_at = flagged_at - interval '2 hours'`, [])
    await startHeir()

    const told = await whenTold(professional, 2)
    expect(told[0]).toMatchObject({ kind: 'MESSAGE', message: { id: plain.id } })
    const escalated = await eventually(
      () => toldTo(given.admin),
      list => list.length > 0,
    )
    expect(escalated).toMatchObject([{ kind: 'EMERGENCY_ESCALATED', message: { id: urgent.id, body: null } }])
    const requests = await receiver.whenReceived(4)
    expect(
      requests
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...told, ...escalated].map(({ id }) => id).sort())
    for (const request of requests) expect(request.signature).toBe(signatureOf(request, SECRET))
    await eventually(
      () => app.database.call('select 1 from push_deliveries', []),
      rows => rows.length === 0,
    )
  })
})
