import { describe, expect, test } from '@jest/globals'
import { make } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { startApp } from '../support/start-app.js'
import { explainError } from './explain-error.js'
import { type AuditFilter, VerifyAuditLogDocument } from './operations.js'
import { auditEvents, readAccessGrants, readAccessReport, readHistoryOf, withAccess } from './oversight.js'
import { setLegalHold } from './set-legal-hold.js'
import { type Client, clientsAt } from './test-client.js'

const app = await startApp({}, { auditTimings: { flushMs: 20, chainMs: 50 } })
const given = make(app)
const clientOf = clientsAt(app)
const reason = 'A complaint that names this person'

const actionsIn = async (client: Client, filter: AuditFilter) => {
  const actions: string[] = []
  for await (const { action } of auditEvents(client, filter)) actions.push(action)
  return actions
}

describe('004.7 Apollo Client: oversight', () => {
  test('004.7 an admin reads under a grant, which ends with the work, and everybody may know', async () => {
    const { patient, conversationId } = await given.talk()
    await patient.send(conversationId, 'My knee hurts')
    const [client, admin] = [clientOf(patient), clientOf(given.admin)]
    const input = { subjectId: patient.id, reason, minutes: 5 }
    let id = ''
    const read = await withAccess(admin, input, async accessGrantId => {
      id = accessGrantId
      expect(await readAccessGrants(admin, { subjectId: patient.id, active: true })).toMatchObject([{ id }])
      return readHistoryOf(admin, patient.id)
    })
    expect(read.map(({ body }) => body)).toEqual(['My knee hurts'])
    const closed = await readHistoryOf(admin, patient.id).catch(explainError)
    expect(closed).toBe('This is not open to you, or no longer.')

    const [told, ...others] = await readAccessReport(client)
    expect(told).toMatchObject({ id, admin: { id: given.admin.id }, reason, endedAt: expect.any(String) })
    expect(others).toEqual([])
    expect(await readAccessGrants(admin, { subjectId: patient.id })).toEqual([told])
    expect(await readAccessGrants(admin, { subjectId: patient.id, active: true })).toEqual([])
    const actions = await eventually(
      () => actionsIn(admin, { accessGrantId: id }),
      found => found.length >= 4,
    )
    expect(actions.sort()).toEqual(['endAccess', 'readUnderGrant', 'requestAccess', 'userHistory'])
  })

  test('004.7 an admin holds a conversation, and lifts it', async () => {
    const { patient, conversationId } = await given.talk()
    const admin = clientOf(given.admin)
    const held = await setLegalHold(admin, { conversationId, hold: true, reason })
    expect(held).toMatchObject({ reason, setBy: { id: given.admin.id } })
    expect(await setLegalHold(admin, { conversationId, hold: true, reason })).toEqual(held)
    expect(await setLegalHold(admin, { conversationId, hold: false, reason: 'The case is closed' })).toBeNull()
    const refused = setLegalHold(clientOf(patient), { conversationId, hold: true, reason }).catch(explainError)
    expect(await refused).toBe('This is not open to you, or no longer.')
  })

  test('004.7 a grant ends also where the work fails', async () => {
    const { patient } = await given.pair()
    const admin = clientOf(given.admin)
    const failing = withAccess(admin, { subjectId: patient.id, reason, minutes: 5 }, () =>
      Promise.reject(new Error('It broke.')),
    )
    await expect(failing).rejects.toThrow('It broke.')
    expect(await readAccessGrants(admin, { subjectId: patient.id, active: true })).toEqual([])
    expect(await readAccessGrants(admin, { subjectId: patient.id, active: false })).toHaveLength(1)
  })

  test('004.7 the audit is read to its end, page after page, and holds', async () => {
    const { patient, conversationId } = await given.talk()
    for (let sent = 0; sent < 60; sent++) await patient.send(conversationId)
    const admin = clientOf(given.admin)
    const filter = { actorId: patient.id, actions: ['sendMessage'] }
    const actions = await eventually(
      () => actionsIn(admin, filter),
      found => found.length >= 60,
    )
    expect(actions).toHaveLength(60)
    const wrong = await actionsIn(admin, { actions: ['sendMesage'] }).catch(explainError)
    expect(wrong).toBe('Please check filter.actions.')
    const { data } = await admin.query({ query: VerifyAuditLogDocument, fetchPolicy: 'no-cache' })
    expect(data?.verifyAuditLog.intact).toBe(true)
  })
})
