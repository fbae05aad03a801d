import { randomBytes } from 'node:crypto'
import { make, TestPerson, type TestRole } from './make.js'
import { type Act, RoomModel } from './room-model.js'

export interface Room {
  id: string
  model: RoomModel
  /** Who may act in it: those who may do most first. */
  people: TestPerson[]
  /** In the order of their `seq`. */
  messageIds: string[]
}

/** People, and three conversations in which they take part. */
export interface World {
  /** The host system's. */
  host: TestPerson
  people: TestPerson[]
  rooms: Room[]
}

const PEOPLE = `mutation ($people: UpsertUsersInput!, $one: CareRelationshipInput!, $other: CareRelationshipInput!) {
  upsertUsers(input: $people) { users { id } }
  one: setCareRelationship(input: $one) { careRelationship { id } }
  other: setCareRelationship(input: $other) { careRelationship { id } }
}`
const ROOMS = `mutation ($direct: StartConversationInput!, $group: CreateGroupInput!) {
  direct: startConversation(input: $direct) { conversation { id } }
  group: createGroup(input: $group) { conversation { id } }
}`
const SUPPORT = 'mutation { support: startSupportConversation { conversation { id } } }'

interface Started {
  conversation: { id: string }
}

/** An owner and a colleague, two patients of the owner's, and two admins. */
export const createWorld = async (server: { readonly url: string }): Promise<World> => {
  const host = make(server).admin
  const name = randomBytes(6).toString('hex')
  const roles: TestRole[] = ['PROFESSIONAL', 'PROFESSIONAL', 'PATIENT', 'PATIENT', 'ADMIN', 'ADMIN']
  const people = roles.map((role, index) => new TestPerson(server, `${name}-${index}`, `${name} ${index}`, [role]))
  const [owner, colleague, patient, other, admin, second] = people as [
    TestPerson,
    TestPerson,
    TestPerson,
    TestPerson,
    TestPerson,
    TestPerson,
  ]
  const care = ({ id }: TestPerson) => ({ patientId: id, professionalId: owner.id, active: true })
  const users = people.map(({ id, displayName, roles }) => ({ id, displayName, roles }))
  await host.request(PEOPLE, { people: { users }, one: care(patient), other: care(other) })
  const { direct, group } = await owner.request<{ direct: Started; group: Started }>(ROOMS, {
    direct: { userId: patient.id },
    group: { title: 'A group', participantIds: [colleague.id, patient.id] },
  })
  const { support } = await patient.request<{ support: Started }>(SUPPORT)
  const roleOf = new Map(people.map(({ id }, index) => [id, roles[index] ?? 'PATIENT']))
  const room = (kind: RoomModel['kind'], { conversation: { id } }: Started, people: TestPerson[], members = people) => {
    const memberIds = members.map(member => member.id)
    return { id, people, model: new RoomModel(kind, roleOf, memberIds), messageIds: [] }
  }
  const rooms = [
    room('GROUP', group, [owner, patient, colleague, other], [owner, patient, colleague]),
    room('DIRECT', direct, [owner, patient]),
    room('SUPPORT', support, [admin, patient, second], [patient]),
  ]
  return { host, people, rooms }
}

const NAMES = {
  send: ['sendMessage', 'message { id seq }'],
  note: ['notify', 'message { id seq }'],
  edit: ['editMessage', 'message { seq }'],
  delete: ['deleteMessage', 'message { seq }'],
  restore: ['restoreMessage', 'message { seq }'],
  mark: ['', 'participant { deliveredThrough readThrough }'],
  join: ['addParticipants', 'conversation { id }'],
  remove: ['removeParticipants', 'conversation { id }'],
  permit: ['setParticipantPermissions', 'conversation { id }'],
  permitRole: ['setRolePermissions', 'conversation { id }'],
  status: ['setConversationStatus', 'conversation { id }'],
} as const

export interface Done {
  message?: { id: string; seq: number }
  participant?: { deliveredThrough: number; readThrough: number }
}

const inputOf = ({ id, messageIds }: Room, act: Act) => {
  switch (act.do) {
    case 'send':
      return { conversationId: id, body: 'Hello' }
    case 'note':
      return { conversationId: id, title: 'A note' }
    case 'edit':
      return { messageId: messageIds[act.seq - 1], body: `Edited ${randomBytes(4).toString('hex')}` }
    case 'delete':
    case 'restore':
      return { messageId: messageIds[act.seq - 1] }
    case 'mark':
      return { conversationId: id, throughMessageId: act.seq === null ? null : messageIds[act.seq - 1] }
    case 'join':
    case 'remove':
      return { conversationId: id, userIds: [act.userId] }
    case 'permit':
    case 'permitRole':
    case 'status': {
      const { do: _, ...what } = act
      return { conversationId: id, ...what }
    }
  }
}

const REFUSALS = ['FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'BAD_USER_INPUT']

/** What it gave; null where it was refused. */
export const perform = async (person: TestPerson, room: Room, act: Act): Promise<Done | null> => {
  const [name, selection] = NAMES[act.do]
  const field = act.do === 'mark' ? (act.kind === 'READ' ? 'markRead' : 'markDelivered') : name
  const type = act.do === 'mark' ? 'MarkInput' : INPUTS[act.do]
  const document = `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${selection} } }`
  const { data, errors } = await person.ask<{ done: Done | null }>(document, { input: inputOf(room, act) })
  const strange = errors?.find(({ extensions }) => !REFUSALS.includes(extensions.code))
  if (strange) throw new Error(`${act.do}: ${strange.extensions.code} ${strange.message}`)
  return data?.done ?? null
}

const INPUTS = {
  send: 'SendMessageInput',
  note: 'NotifyInput',
  edit: 'EditMessageInput',
  delete: 'DeleteMessageInput',
  restore: 'RestoreMessageInput',
  join: 'ParticipantsInput',
  remove: 'ParticipantsInput',
  permit: 'ParticipantPermissionsInput',
  permitRole: 'RolePermissionsInput',
  status: 'SetConversationStatusInput',
} as const
