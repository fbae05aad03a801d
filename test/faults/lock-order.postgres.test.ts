import { expect, test } from '@jest/globals'
import pg from 'pg'
import { backdate, findSession, setRate, start, topUp } from '../support/consultation.js'
import { onPostgres } from '../support/engine.js'
import { make } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

const DEACTIVATE = 'mutation ($users: [UserInput!]!) { upsertUsers(input: { users: $users }) { users { id } } }'
const WAITING = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

onPostgres('who ends several sessions at once', () => {
  test('has all of their conversations before any wallet', async () => {
    const lead = await given.professional()
    await setRate(lead, 600)
    await topUp(given.admin, lead.id, { amountMinor: 1, currency: 'EUR' }, 'a wallet')
    const held = []
    for (const patient of await Promise.all([given.patient(), given.patient()])) {
      await given.care(patient, lead)
      const { id } = await start(patient, { withUserId: lead.id, type: 'CHAT' })
      await backdate(app.database, id, 60, 60)
      const [found] = await app.database.call<{ at: string }>(
        'select conversation_id as at from sessions where id = $1',
        [id],
      )
      held.push({ patient, id, conversationId: found?.at ?? '' })
    }
    const last = held
      .map(({ conversationId }) => conversationId)
      .sort()
      .at(-1)
    const holder = new pg.Client(app.config.databaseUrl)
    await holder.connect()
    await holder.query('begin')
    await holder.query('select 1 from conversations where id = $1 for no key update', [last])
    const { id, displayName, roles } = lead
    const deactivating = given.admin.request(DEACTIVATE, { users: [{ id, displayName, roles, active: false }] })
    await eventually(
      () => app.database.call(WAITING, []),
      waiting => waiting.length > 0,
    )
    // Who ends the session that is held goes on to the wallet.
    await holder.query('select 1 from wallets where user_id = $1 for no key update nowait', [lead.id])
    await holder.query('rollback')
    await holder.end()
    await deactivating
    for (const { patient, id } of held) expect((await findSession(patient, id)).status).toBe('ENDED')
  })
})
