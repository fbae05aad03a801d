import { describe, expect, test } from '@jest/globals'
import {
  askSession,
  backdate,
  end,
  findLedgerFaults,
  findSession,
  join,
  readWallet,
  setRate,
  start,
} from '../support/consultation.js'
import { BY_HAND, runJob } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { eventually, toldTo } from '../support/notifications.js'
import { startApp } from '../support/start-app.js'

const app = await startApp({}, { jobTimings: BY_HAND, auditTimings: { flushMs: 20, chainMs: 50 } })
const given = make(app)

interface AuditEvent {
  action: string
  actor: { id: string } | null
  subjectUser: { id: string } | null
  conversationId: string | null
  sessionId: string | null
}

const LOG = `query ($filter: AuditFilter) { auditLog(filter: $filter, first: 100) {
  edges { node { action actor { id } subjectUser { id } conversationId sessionId } } } }`

/** Of the ends of a session that nobody asked for as such, once there is one. */
const endsOf = (sessionId: string): Promise<AuditEvent[]> =>
  eventually(
    async () => {
      const { auditLog } = await given.admin.request<{ auditLog: { edges: { node: AuditEvent }[] } }>(LOG, {
        filter: { actions: ['sessionEnded', 'sessionExpired'] },
      })
      return auditLog.edges.map(({ node }) => node).filter(event => event.sessionId === sessionId)
    },
    events => events.length > 0,
  )

const act = (person: TestPerson, field: string, type: string, input: Record<string, unknown>) =>
  person.request(`mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, { input })
const remove = (person: TestPerson, conversationId: string, ...gone: TestPerson[]) =>
  act(person, 'removeParticipants', 'ParticipantsInput', { conversationId, userIds: gone.map(({ id }) => id) })
const store = (person: TestPerson, change: Record<string, unknown>) => {
  const { id, displayName, roles } = person
  return act(given.admin, 'upsertUsers', 'UpsertUsersInput', { users: [{ id, displayName, roles, ...change }] })
}
const refusalOf = async (person: TestPerson, sessionId: string) =>
  (await askSession(person, 'endSession', 'EndSessionInput', { sessionId })).errors?.[0]?.extensions.code
const reasonOf = async (person: TestPerson, id: string) => {
  const { session } = await person.request<{ session: { endReason: string } }>(
    'query ($id: ID!) { session(id: $id) { endReason } }',
    { id },
  )
  return session.endReason
}

/** A session that a patient is in, of a professional who has a colleague there. */
const circle = async () => {
  const [lead, colleague, patient] = await Promise.all([given.professional(), given.professional(), given.patient()])
  await given.care(patient, lead)
  await setRate(lead, 600)
  const { createGroup } = await lead.request<{ createGroup: { conversation: { id: string } } }>(
    'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { conversation { id } } }',
    { input: { title: 'Circle', participantIds: [colleague.id, patient.id] } },
  )
  const conversationId = createGroup.conversation.id
  const { id } = await start(lead, { conversationId })
  await join(patient, id)
  await backdate(app.database, id, 60, 60)
  return { lead, colleague, patient, conversationId, id }
}

const expectCharged = async (patient: TestPerson, lead: TestPerson, id: string) => {
  const { status, charge } = await findSession(patient, id)
  expect(status).toBe('ENDED')
  expect(charge?.amount.amountMinor).toBeLessThanOrEqual(-600)
  expect((await readWallet(lead)).transactions.edges[0]?.node).toMatchObject({
    kind: 'SESSION_EARNING',
    amount: { amountMinor: -(charge?.amount.amountMinor ?? 0) },
  })
  expect(await findLedgerFaults(app.database)).toEqual([])
}

describe('000.17 the session of a group', () => {
  test('ends, and is charged, when the professional who gives it leaves', async () => {
    const { lead, colleague, patient, conversationId, id } = await circle()
    await remove(lead, conversationId, lead)
    await expectCharged(patient, lead, id)
    expect(await reasonOf(patient, id)).toBe('PROFESSIONAL_LEFT')
    expect((await toldTo(patient))[0]).toMatchObject({ kind: 'SESSION_ENDED', session: { id } })
    expect(await endsOf(id)).toEqual([
      { action: 'sessionEnded', actor: { id: lead.id }, subjectUser: null, conversationId, sessionId: id },
    ])
    // There is room for the next.
    expect(await start(colleague, { conversationId })).toMatchObject({ status: 'ACTIVE' })
  })

  test('ends, and is charged, when who gives it is removed, and goes on without anyone else', async () => {
    const { lead, colleague, patient, conversationId, id } = await circle()
    await remove(lead, conversationId, colleague)
    expect(await findSession(patient, id)).toMatchObject({ status: 'ACTIVE' })
    await act(lead, 'addParticipants', 'ParticipantsInput', { conversationId, userIds: [colleague.id] })
    await remove(colleague, conversationId, lead)
    await expectCharged(patient, lead, id)
    expect((await endsOf(id))[0]).toMatchObject({ actor: { id: colleague.id } })
  })

  test('ends, and is charged, when who gives it is deactivated, or is no professional any more', async () => {
    for (const change of [{ active: false }, { roles: ['PATIENT'] }]) {
      const { lead, patient, id } = await circle()
      await store(lead, change)
      const { status, charge } = await findSession(patient, id)
      expect({ status, kind: charge?.kind }).toEqual({ status: 'ENDED', kind: 'SESSION_CHARGE' })
      expect(await reasonOf(patient, id)).toBe('USER_DEACTIVATED')
      expect((await endsOf(id))[0]).toMatchObject({ action: 'sessionEnded', actor: { id: given.admin.id } })
    }
    expect(await findLedgerFaults(app.database)).toEqual([])
  })

  test('goes on without a patient who is deactivated, who pays no longer', async () => {
    const { lead, patient, id } = await circle()
    await store(patient, { active: false })
    const { status, participants } = await findSession(lead, id)
    expect(status).toBe('ACTIVE')
    const leftAt = participants.find(({ user }) => user.id === patient.id)?.leftAt
    expect(Date.parse(leftAt ?? '')).toBeGreaterThan(0)
    await backdate(app.database, id, 6_000, 6_000)
    const [over, before] = [await end(lead, id), 600 * 2]
    expect(over.cost?.amountMinor).toBeGreaterThanOrEqual(600)
    expect(over.cost?.amountMinor).toBeLessThan(before)
  })

  test('is ended by its professionals, and by admins who take part: a patient leaves instead', async () => {
    const { lead, colleague, patient, conversationId, id } = await circle()
    expect(await refusalOf(patient, id)).toBe('FORBIDDEN')
    expect(await refusalOf(given.admin, id)).toBe('FORBIDDEN')
    expect(await findSession(lead, id)).toMatchObject({ status: 'ACTIVE' })
    expect(await end(colleague, id)).toMatchObject({ status: 'ENDED' })
    expect((await start(lead, { conversationId })).status).toBe('ACTIVE')
  })
})

describe('000.12 the end of a session', () => {
  test('of a pair comes with the deactivation of either, who start none any more', async () => {
    for (const side of ['patient', 'professional'] as const) {
      const people = await given.talk()
      const { id } = await start(people.patient, { conversationId: people.conversationId })
      const other = side === 'patient' ? people.professional : people.patient
      await store(people[side], { active: false })
      expect(await findSession(other, id)).toMatchObject({ status: 'ENDED' })
      const input = { conversationId: people.conversationId, type: 'CHAT' }
      const { errors } = await askSession(other, 'createSession', 'CreateSessionInput', input)
      expect(errors?.[0]?.extensions.code).toBe(side === 'patient' ? 'NOT_FOUND' : 'PROFESSIONAL_UNAVAILABLE')
    }
  })

  test('of who is deactivated by hand comes with the next look, and the rest goes on', async () => {
    const { lead, patient, id } = await circle()
    const people = await given.talk()
    const pair = await start(people.patient, { conversationId: people.conversationId })
    const kept = await circle()
    await app.database.call('update users set active = false where id = any($1)', [
      [lead.id, people.patient.id, kept.patient.id],
    ])
    // Also where none is idle.
    const idleless = await startApp({ sessionIdleMs: 0 }, { beside: app, jobTimings: BY_HAND })
    expect(idleless.services.jobs.jobs.find(({ name }) => name === 'deactivated-sessions')?.off).toBeNull()
    expect(await runJob(idleless, 'deactivated-sessions', { dryRun: true })).toEqual({ people: 3 })
    expect(await runJob(idleless, 'deactivated-sessions')).toEqual({ people: 3, sessions: 2 })
    expect(await findSession(patient, id)).toMatchObject({ status: 'ENDED' })
    expect(await findSession(people.professional, pair.id)).toMatchObject({ status: 'ENDED' })
    const { status, participants } = await findSession(kept.lead, kept.id)
    expect(status).toBe('ACTIVE')
    expect(participants.find(({ user }) => user.id === kept.patient.id)?.leftAt).not.toBeNull()
    expect((await endsOf(id))[0]).toMatchObject({ action: 'sessionEnded', actor: null })
    expect(await runJob(app, 'deactivated-sessions')).toEqual({})
  })

  test('002.11 leaves an event of its own, whatever it came with', async () => {
    const ways: [string, (talk: Awaited<ReturnType<typeof given.talk>>) => Promise<unknown>][] = [
      ['nobody', () => runJob(app, 'expire-sessions')],
      ['admin', ({ patient, professional }) => given.care(patient, professional, false)],
      [
        'professional',
        ({ professional, conversationId }) =>
          act(professional, 'setConversationStatus', 'SetConversationStatusInput', {
            conversationId,
            status: 'BLOCKED',
          }),
      ],
    ]
    for (const [who, finish] of ways) {
      const talk = await given.talk()
      const { conversationId, patient, professional } = talk
      const { id } = await start(patient, { conversationId })
      if (who === 'nobody') await backdate(app.database, id, 7_200, 60)
      await finish(talk)
      const reason = { nobody: null, admin: 'CARE_RELATIONSHIP_ENDED', professional: 'CONVERSATION_BLOCKED' }[who]
      expect(await reasonOf(patient, id)).toBe(reason)
      const actor = { nobody: null, admin: { id: given.admin.id }, professional: { id: professional.id } }[who]
      const action = who === 'nobody' ? 'sessionExpired' : 'sessionEnded'
      const subjectUser = { id: patient.id }
      expect(await endsOf(id)).toEqual([{ action, actor, subjectUser, conversationId, sessionId: id }])
    }
  })
})
