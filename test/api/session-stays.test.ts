import { describe, expect, test } from '@jest/globals'
import {
  askSession,
  CONSULTATION,
  type Consultation,
  end,
  findSession,
  join,
  leave,
  start,
} from '../support/consultation.js'
import { make, type TestPerson } from '../support/make.js'
import { begun } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const { care, pair, patient, professional } = make(await startApp())

const presence = ({ participants }: Consultation) =>
  Object.fromEntries(participants.map(({ user, leftAt }) => [user.id, leftAt === null]))
const refusalOf = async (viewer: TestPerson, field: 'joinSession' | 'leaveSession', sessionId: string) =>
  (await askSession(viewer, field, 'SessionPresenceInput', { sessionId })).errors?.[0]?.extensions
const group = async (lead: TestPerson, ...patients: TestPerson[]) => {
  for (const one of patients) await care(one, lead)
  const { createGroup } = await lead.request<{ createGroup: { conversation: { id: string } } }>(
    'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { conversation { id } } }',
    { input: { title: 'Circle', participantIds: patients.map(({ id }) => id) } },
  )
  return createGroup.conversation.id
}

describe('000.2 the participants of a session', () => {
  test('have both joined a DIRECT one from the start, leave and join again, with times', async () => {
    const people = await pair()
    const { id } = await start(people.patient, { withUserId: people.professional.id })
    const left = await leave(people.patient, id)
    expect(presence(left)).toEqual({ [people.patient.id]: false, [people.professional.id]: true })
    expect(await leave(people.patient, id)).toMatchObject({ participants: left.participants })
    const back = await join(people.patient, id)
    const own = back.participants.find(({ user }) => user.id === people.patient.id)
    expect(own).toMatchObject({ joinedAt: back.startedAt, leftAt: null })
    expect(own?.stays.map(({ leftAt }) => leftAt === null)).toEqual([false, true])
    expect((await join(people.patient, id)).participants).toEqual(back.participants)
    const over = await end(people.patient, id)
    for (const { leftAt } of over.participants) expect(leftAt).toBe(over.endedAt)
    expect(await refusalOf(people.patient, 'joinSession', id)).toMatchObject({
      code: 'CONFLICT',
      reason: 'SESSION_OVER',
    })
    expect((await leave(people.patient, id)).participants).toEqual(over.participants)
  })

  test('join a group’s themselves, and leave it with the group', async () => {
    const lead = await professional()
    const [one, two] = [await patient(), await patient()]
    const conversationId = await group(lead, one, two)
    const { id, participants } = await start(lead, { conversationId })
    expect(participants.map(({ user }) => user.id)).toEqual([lead.id])
    await join(one, id)
    await join(two, id)
    await lead.request(
      'mutation ($input: ParticipantsInput!) { removeParticipants(input: $input) { conversation { id } } }',
      {
        input: { conversationId, userIds: [one.id] },
      },
    )
    expect(presence(await findSession(lead, id))).toEqual({ [lead.id]: true, [one.id]: false, [two.id]: true })
    expect(await refusalOf(one, 'joinSession', id)).toMatchObject({ code: 'NOT_FOUND', field: 'input.sessionId' })
  })

  test('are of those who take part in the conversation alone', async () => {
    const people = await pair()
    const { id } = await start(people.patient, { withUserId: people.professional.id })
    const stranger = await patient()
    for (const field of ['joinSession', 'leaveSession'] as const) {
      expect(await refusalOf(stranger, field, id)).toMatchObject({ code: 'NOT_FOUND', field: 'input.sessionId' })
      expect(await refusalOf(stranger, field, 'x')).toMatchObject({ code: 'NOT_FOUND', field: 'input.sessionId' })
    }
  })

  test('are told live when somebody joins or leaves', async () => {
    const people = await pair()
    const { id } = await start(people.patient, { withUserId: people.professional.id })
    const socket = await people.professional.connect()
    const updates = socket.subscribe<{ sessionUpdated: Consultation }>(
      `subscription ($id: ID) { sessionUpdated(sessionId: $id) { ${CONSULTATION} } }`,
      { id },
    )
    await begun(socket, 1)
    await leave(people.patient, id)
    expect(presence((await updates.next()).sessionUpdated)[people.patient.id]).toBe(false)
    await join(people.patient, id)
    expect(presence((await updates.next()).sessionUpdated)[people.patient.id]).toBe(true)
    await end(people.patient, id)
    expect((await updates.next()).sessionUpdated).toMatchObject({ id, status: 'ENDED' })
  })

  test('join once, of many calls at once', async () => {
    const lead = await professional()
    const one = await patient()
    const { id } = await start(lead, { conversationId: await group(lead, one) })
    await Promise.all([1, 2, 3, 4].map(() => join(one, id)))
    const { participants } = await findSession(lead, id)
    expect(participants.find(({ user }) => user.id === one.id)?.stays).toHaveLength(1)
  })
})
