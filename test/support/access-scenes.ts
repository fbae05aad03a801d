import { randomBytes } from 'node:crypto'
import { make, TestPerson, type TestRole } from './make.js'
import type { TestApp } from './start-app.js'

export type Kind = 'DIRECT' | 'GROUP' | 'SUPPORT'
export type Status = 'ACTIVE' | 'ARCHIVED' | 'BLOCKED' | 'DELETED'

/** How somebody stands to a conversation. */
interface Relation {
  kinds: readonly Kind[]
  roles: TestRole[]
  /** Under which profile they take part; without it they take none. */
  as?: TestRole
  /** They may not send. */
  muted?: true
  /** They took part once. */
  left?: true
  /** They were an admin once, with a part at the desk. */
  demoted?: true
  /** They are at the desk, where they never wrote. */
  rowless?: true
  /** In the care of the professional. */
  inCare?: true
}

const relations = <Name extends string>(table: Record<Name, Relation>): Record<Name, Relation> => table

const ALL = ['DIRECT', 'GROUP', 'SUPPORT'] as const

/** Everybody who asks, in every conversation of these kinds. Whoever takes part writes before anything else happens. */
export const RELATIONS = relations({
  patient: { kinds: ALL, roles: ['PATIENT'], as: 'PATIENT', inCare: true },
  professional: { kinds: ['DIRECT', 'GROUP'], roles: ['PROFESSIONAL'], as: 'PROFESSIONAL' },
  admin: { kinds: ['GROUP', 'SUPPORT'], roles: ['ADMIN'], as: 'ADMIN' },
  professionalAdmin: { kinds: ['GROUP'], roles: ['PROFESSIONAL', 'ADMIN'], as: 'PROFESSIONAL' },
  mutedColleague: { kinds: ['GROUP'], roles: ['PROFESSIONAL'], as: 'PROFESSIONAL', muted: true },
  mutedPatient: { kinds: ['GROUP'], roles: ['PATIENT'], as: 'PATIENT', muted: true },
  newAdmin: { kinds: ['SUPPORT'], roles: ['ADMIN'], as: 'ADMIN', rowless: true },
  formerAdmin: { kinds: ['SUPPORT'], roles: ['PROFESSIONAL'], demoted: true },
  formerPatient: { kinds: ['GROUP'], roles: ['PATIENT'], left: true },
  formerProfessional: { kinds: ['GROUP'], roles: ['PROFESSIONAL'], left: true },
  adminWhoLeft: { kinds: ['GROUP'], roles: ['ADMIN'], left: true },
  otherPatient: { kinds: ['DIRECT', 'GROUP'], roles: ['PATIENT'], inCare: true },
  strangePatient: { kinds: ALL, roles: ['PATIENT'] },
  strangeProfessional: { kinds: ALL, roles: ['PROFESSIONAL'] },
  strangeAdmin: { kinds: ['DIRECT', 'GROUP'], roles: ['ADMIN'] },
})
export type RelationName = keyof typeof RELATIONS

export interface Caller extends Relation {
  relation: RelationName
  person: TestPerson
  /** What they wrote: each flagged as an emergency by themselves, and the last one deleted by themselves. */
  kept?: string
  deleted?: string
}

export interface Scene {
  name: string
  kind: Kind
  status: Status
  ended: boolean
  id: string
  callers: Caller[]
  /** Who set the status. */
  setterId: string | null
  /** A message of the patient's, whose emergency was escalated. */
  alarm: string
  sessionId: string | null
  /** What every message says. */
  word: string
}

type Plan = Pick<Scene, 'kind' | 'status' | 'ended'>

const STATUSES: Status[] = ['ACTIVE', 'ARCHIVED', 'BLOCKED', 'DELETED']
const PLANS: Plan[] = STATUSES.flatMap(status => [
  ...ALL.map(kind => ({ kind, status, ended: false })),
  { kind: 'DIRECT', status, ended: true },
])

/** Who sets it; BLOCKED in a DIRECT conversation: the patient. */
const setterOf = ({ kind, status }: Plan): RelationName => {
  if (kind === 'SUPPORT') return 'admin'
  return status === 'ARCHIVED' || (status === 'BLOCKED' && kind === 'DIRECT') ? 'patient' : 'professional'
}

const createCallers = (app: TestApp, { kind }: Plan, scene: string): Caller[] =>
  (Object.entries(RELATIONS) as [RelationName, Relation][])
    .filter(([, { kinds }]) => kinds.includes(kind))
    .map(([relation, details]) => {
      const roles: TestRole[] = details.demoted ? ['ADMIN'] : details.roles
      const id = `${scene}-${relation}`
      return { ...details, relation, person: new TestPerson(app, id, `Name of ${id}`, roles) }
    })

const usersOf = (callers: Caller[]) =>
  callers.map(({ person: { id, displayName, roles } }) => ({ id, displayName, roles }))

const UPSERT = 'mutation ($input: UpsertUsersInput!) { upsertUsers(input: $input) { users { id } } }'

interface Made {
  conversation: { id: string }
}

const createConversation = async (given: ReturnType<typeof make>, { kind }: Plan, callers: Caller[]) => {
  const called = (name: RelationName) => personCalled(callers, name)
  const patient = called('patient')
  if (kind === 'DIRECT') return given.conversation(patient, called('professional'))
  if (kind === 'SUPPORT') {
    const { made } = await patient.request<{ made: Made }>(
      'mutation { made: startSupportConversation { conversation { id } } }',
    )
    return made.conversation.id
  }
  const admin = called('admin')
  const members = callers.filter(({ as, left, person }) => (as ?? left) && person !== admin)
  const { made } = await admin.request<{ made: Made }>(
    'mutation ($input: CreateGroupInput!) { made: createGroup(input: $input) { conversation { id } } }',
    { input: { title: 'A group', participantIds: members.map(({ person }) => person.id) } },
  )
  return made.conversation.id
}

const personCalled = (callers: Caller[], name: RelationName): TestPerson => {
  const caller = callers.find(({ relation }) => relation === name)
  if (!caller) throw new Error(`There is no ${name} here.`)
  return caller.person
}

const DELETE = 'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }'
const START = 'mutation ($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }'
const JOIN = 'mutation ($input: SessionPresenceInput!) { joinSession(input: $input) { session { id } } }'
const REMOVE = 'mutation ($input: ParticipantsInput!) { removeParticipants(input: $input) { conversation { id } } }'
const MUTE = `mutation ($input: ParticipantPermissionsInput!) { setParticipantPermissions(input: $input) { conversation { id } } }`
const SET = `mutation ($input: SetConversationStatusInput!) { setConversationStatus(input: $input) { conversation { id } } }`
/** As if nobody had been called by them yet. */
const FLAG = `insert into emergencies (message_id, conversation_id, flagged_by_id, flagged_at, notified_at, escalated_at)
  select m.id, m.conversation_id, m.sender_id, now(), now(), case when m.id = $2::uuid then now() end
  from messages m where m.conversation_id = $1::uuid and m.sender_id is not null and m.deleted_at is null`

const write = async (caller: Caller, conversationId: string, word: string) => {
  caller.kept = (await caller.person.send(conversationId, word)).id
  caller.deleted = (await caller.person.send(conversationId, word)).id
  await caller.person.request(DELETE, { input: { messageId: caller.deleted } })
}

const createScene = async (app: TestApp, plan: Plan, callers: Caller[]): Promise<Scene> => {
  const given = make(app)
  const { kind, status, ended } = plan
  const patient = personCalled(callers, 'patient')
  if (kind !== 'SUPPORT')
    for (const { person, inCare } of callers)
      if (inCare) await given.care(person, personCalled(callers, 'professional'))
  const id = await createConversation(given, plan, callers)
  const word = `w${randomBytes(8).toString('hex')}`
  for (const caller of callers)
    if (caller.left ?? caller.demoted ?? (caller.as && !caller.rowless)) await write(caller, id, word)
  const alarm = (await patient.send(id, word)).id
  await app.database.call(FLAG, [id, alarm])
  const starter = callers.find(({ relation }) => relation === 'professional')?.person
  const input = { conversationId: id, type: 'VIDEO' }
  const started = await starter?.request<{ createSession: { session: { id: string } } }>(START, { input })
  const sessionId = started?.createSession.session.id ?? null
  if (sessionId !== null)
    for (const { person, as, rowless } of callers)
      if (as && !rowless) await person.request(JOIN, { input: { sessionId } })
  const host = callers.find(({ relation }) => relation === 'admin')?.person
  for (const { person, left, muted } of callers) {
    if (left) await host?.request(REMOVE, { input: { conversationId: id, userIds: [person.id] } })
    if (muted) await host?.request(MUTE, { input: { conversationId: id, userId: person.id, canSend: false } })
  }
  const setter = status === 'ACTIVE' ? null : personCalled(callers, setterOf(plan))
  await setter?.request(SET, { input: { conversationId: id, status } })
  if (ended) {
    await given.care(patient, personCalled(callers, 'professional'), false)
    // The end of its session brings an archived one back.
    await app.database.call('update conversations set status = $2::text::"ConversationStatus" where id = $1::uuid', [
      id,
      status,
    ])
  }
  const name = `${kind}, ${status}${ended ? ', after the end of care' : ''}`
  return { ...plan, name, id, callers, setterId: setter?.id ?? null, alarm, sessionId, word }
}

/** A conversation of each kind in each status, and one more whose care relationship has ended; each with people of its own. */
export const createScenes = async (app: TestApp): Promise<Scene[]> => {
  const { admin } = make(app)
  const run = randomBytes(3).toString('hex')
  const casts = PLANS.map((plan, index) => ({ plan, callers: createCallers(app, plan, `${run}-${index}`) }))
  await admin.request(UPSERT, { input: { users: casts.flatMap(({ callers }) => usersOf(callers)) } })
  const scenes = await Promise.all(casts.map(({ plan, callers }) => createScene(app, plan, callers)))
  const demoted = scenes.flatMap(({ callers }) => callers.filter(caller => caller.demoted))
  const users = demoted.map(({ person: { id, displayName }, roles }) => ({ id, displayName, roles }))
  await admin.request(UPSERT, { input: { users } })
  for (const caller of demoted)
    caller.person = new TestPerson(app, caller.person.id, caller.person.displayName, caller.roles)
  return scenes
}
