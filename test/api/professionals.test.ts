import { describe, expect, test } from '@jest/globals'
import { PRESENCE_TIMINGS } from '../../src/presence/presence-keeper.js'
import { askSession, setRate, start } from '../support/consultation.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

/** What is told is told by signals: nobody looks by himself. */
const presenceTimings = { ...PRESENCE_TIMINGS, checkEveryMs: 3_600_000 }
const { admin, pair, patient, person, professional } = make(await startApp({}, { presenceTimings }))

const PROFILE = `id specialty acceptingSessions sessionTypes rates { type perMinute { amountMinor currency } }`
const setProfile = (viewer: TestPerson, input: Record<string, unknown>) =>
  viewer.ask<{ setProfessionalProfile: { user: { professional: unknown } } | null }>(
    `mutation ($input: ProfessionalProfileInput!) { setProfessionalProfile(input: $input) { user { professional { ${PROFILE} } } } }`,
    { input },
  )
const profileAfter = async (viewer: TestPerson, input: Record<string, unknown>) => {
  const { data, errors } = await setProfile(viewer, input)
  if (!data?.setProfessionalProfile) throw new Error(JSON.stringify(errors))
  return data.setProfessionalProfile.user.professional
}
const refusalOf = async (viewer: TestPerson, input: Record<string, unknown>) =>
  (await setProfile(viewer, input)).errors?.[0]?.extensions
const accept = (viewer: TestPerson, accepting: boolean) =>
  viewer.request<{ setAccepting: { user: { professional: { acceptingSessions: boolean } } } }>(
    'mutation ($input: SetAcceptingInput!) { setAccepting(input: $input) { user { professional { acceptingSessions } } } }',
    { input: { accepting } },
  )
const startRefusal = async (viewer: TestPerson, withUserId: string, type = 'CHAT') =>
  (await askSession(viewer, 'createSession', 'CreateSessionInput', { withUserId, type })).errors?.[0]?.extensions.code

describe('000.9 whether a session can start', () => {
  test('depends on whether the professional accepts sessions, whoever starts it', async () => {
    const people = await pair()
    const answer = await accept(people.professional, false)
    expect(answer.setAccepting.user.professional.acceptingSessions).toBe(false)
    expect(await startRefusal(people.patient, people.professional.id)).toBe('PROFESSIONAL_UNAVAILABLE')
    expect(await startRefusal(people.professional, people.patient.id)).toBe('PROFESSIONAL_UNAVAILABLE')
    await accept(people.professional, true)
    expect(await start(people.patient, { withUserId: people.professional.id })).toMatchObject({ status: 'ACTIVE' })
    // What runs goes on.
    await accept(people.professional, false)
    const query = 'query { sessions { edges { node { status } } } }'
    expect(await people.patient.request(query)).toEqual({ sessions: { edges: [{ node: { status: 'ACTIVE' } }] } })
  })

  test('is set by an admin for somebody else, too, and told live to who sees whether they are there', async () => {
    const people = await pair()
    const FIELDS = 'id acceptingSessions user { professional { acceptingSessions } }'
    const socket = await people.patient.connect()
    interface Told {
      presence: { acceptingSessions: boolean | null; user: { professional: { acceptingSessions: boolean } | null } }
    }
    const told = socket.subscribe<Told>(`subscription ($ids: [ID!]) { presence(userIds: $ids) { ${FIELDS} } }`, {
      ids: [people.professional.id],
    })
    const expectTold = async (acceptingSessions: boolean) =>
      expect((await told.next()).presence).toMatchObject({
        acceptingSessions,
        user: { professional: { acceptingSessions } },
      })
    await expectTold(true)
    expect(await profileAfter(admin, { userId: people.professional.id, acceptingSessions: false })).toMatchObject({
      acceptingSessions: false,
    })
    await expectTold(false)
    expect(await startRefusal(people.patient, people.professional.id)).toBe('PROFESSIONAL_UNAVAILABLE')
    expect(await profileAfter(people.professional, { acceptingSessions: null })).toMatchObject({
      acceptingSessions: true,
    })
    await expectTold(true)
    await accept(people.professional, false)
    await expectTold(false)
    const own = await people.professional.request(
      'query ($ids: [ID!]!) { presences(userIds: $ids) { acceptingSessions } }',
      {
        ids: [people.patient.id],
      },
    )
    expect(own).toEqual({ presences: [{ acceptingSessions: null }] })
  })

  test('depends on whether they offer the kind', async () => {
    const people = await pair()
    await profileAfter(people.professional, { sessionTypes: ['VIDEO', 'CHAT'] })
    expect(await startRefusal(people.patient, people.professional.id, 'VOICE')).toBe('PROFESSIONAL_UNAVAILABLE')
    expect(await startRefusal(people.patient, people.professional.id, 'VIDEO')).toBeUndefined()
  })

  test('is shown by contacts, with what it costs', async () => {
    const people = await pair()
    await setRate(people.professional, 250)
    await accept(people.professional, false)
    const query = `query { contacts { edges { node { id professional { ${PROFILE} } } } } }`
    const rates = ['CHAT', 'VOICE', 'VIDEO'].map(type => ({ type, perMinute: { amountMinor: 250, currency: 'EUR' } }))
    const profile = { id: people.professional.id, specialty: null, acceptingSessions: false }
    expect(await people.patient.request(query)).toEqual({
      contacts: {
        edges: [
          {
            node: {
              id: people.professional.id,
              professional: { ...profile, sessionTypes: ['CHAT', 'VOICE', 'VIDEO'], rates },
            },
          },
        ],
      },
    })
    const theirs = await people.professional.request<{ contacts: { edges: { node: object }[] } }>(query)
    expect(theirs.contacts.edges.map(({ node }) => node)).toEqual([{ id: people.patient.id, professional: null }])
  })
})

test('a profile keeps what is omitted, and null clears', async () => {
  const doctor = await professional()
  const perMinute = { amountMinor: 100, currency: 'CHF' }
  const first = { specialty: 'Paediatrics', sessionTypes: ['CHAT'], rates: [{ type: 'CHAT', perMinute }] }
  const own = { id: doctor.id, acceptingSessions: true }
  expect(await profileAfter(doctor, { ...first, specialty: '  Paediatrics ' })).toEqual({ ...own, ...first })
  expect(await profileAfter(admin, { userId: doctor.id, specialty: null })).toEqual({
    ...own,
    ...first,
    specialty: null,
  })
  expect(await profileAfter(doctor, { sessionTypes: null, rates: null })).toEqual({
    ...own,
    specialty: null,
    sessionTypes: ['CHAT', 'VOICE', 'VIDEO'],
    rates: [],
  })
  expect(await profileAfter(doctor, { sessionTypes: [] })).toMatchObject({ sessionTypes: [] })
})

test('a profile is refused where it makes no sense, or is another’s', async () => {
  const doctor = await professional()
  const rate = (amountMinor: number, currency = 'EUR') => ({ type: 'CHAT', perMinute: { amountMinor, currency } })
  const bad = { code: 'BAD_USER_INPUT' }
  expect(await refusalOf(doctor, { rates: [rate(0)] })).toMatchObject({
    ...bad,
    field: 'input.rates.0.perMinute.amountMinor',
  })
  expect(await refusalOf(doctor, { rates: [rate(1_000_000_001)] })).toMatchObject(bad)
  expect(await refusalOf(doctor, { rates: [rate(1, 'EURO')] })).toMatchObject({
    ...bad,
    field: 'input.rates.0.perMinute.currency',
  })
  expect(await refusalOf(doctor, { rates: [rate(1), rate(2)] })).toMatchObject({ ...bad, field: 'input.rates.1.type' })
  expect(await refusalOf(doctor, { specialty: 'x'.repeat(201) })).toMatchObject({ ...bad, field: 'input.specialty' })
  expect(await refusalOf(doctor, { userId: (await professional()).id })).toMatchObject({ code: 'FORBIDDEN' })
  expect(await refusalOf(await patient(), {})).toMatchObject({ code: 'FORBIDDEN' })
  for (const nobody of [await patient(), await person(['ADMIN'])])
    expect(await refusalOf(admin, { userId: nobody.id })).toMatchObject({ ...bad, field: 'input.userId' })
})
