import { beforeAll, expect, test } from '@jest/globals'
import type { GraphQLObjectType } from 'graphql'
import { RULES } from '../../src/conversations/conversation-rules.js'
import { buildSchema } from '../../src/graphql/schema.js'
import { expectedOutcomes } from '../support/access-outcomes.js'
import { ELSEWHERE, fieldOf, type Request, REQUESTS } from '../support/access-requests.js'
import { type Caller, createScenes, type RelationName, type Scene } from '../support/access-scenes.js'
import { engine } from '../support/engine.js'
import type { GraphqlError, Variables } from '../support/graphql-client.js'
import { startApp } from '../support/start-app.js'
import { connectSocket, type SocketClient } from '../support/subscription-client.js'
import type { SubscriptionResult } from '../support/subscription.js'

/** As in production: a token can take from what the directory says of its person, and add nothing. */
const app = await startApp({ autoProvisionUsers: false })
const scenes = await createScenes(app)
const schema = buildSchema()

const sockets = new Map<string, SocketClient>()
const everyone = scenes.flatMap(({ callers }) => callers.map(({ person }) => person))
await Promise.all(everyone.map(async ({ id, token }) => sockets.set(id, await connectSocket(app.url, token))))

const socketOf = ({ person }: Caller): SocketClient => {
  const socket = sockets.get(person.id)
  if (!socket) throw new Error('They have no socket.')
  return socket
}

type Operation = Request['operation']
const roots: Record<Operation, GraphQLObjectType | null | undefined> = {
  query: schema.getQueryType(),
  mutation: schema.getMutationType(),
  subscription: schema.getSubscriptionType(),
}

const listed = (parts: string[]) => (parts.length > 0 ? `(${parts.join(', ')})` : '')

/** What is asked for in one request, each under an alias of its own. */
const documentOf = (cases: Case[]) => {
  const variables: Variables = {}
  const declared: string[] = []
  const fields = cases.map(({ request, variables: given }, index) => {
    const field = roots[request.operation]?.getFields()[fieldOf(request)]
    if (!field) throw new Error(`There is no ${request.operation} ${fieldOf(request)}.`)
    const args = field.args.filter(({ name }) => name in given)
    for (const { name, type } of args) {
      variables[`${name}${index}`] = given[name]
      declared.push(`$${name}${index}: ${String(type)}`)
    }
    const used = args.map(({ name }) => `${name}: $${name}${index}`)
    return `field${index}: ${field.name}${listed(used)} { ${request.selection ?? '__typename'} }`
  })
  const operation = cases[0]?.request.operation ?? 'query'
  return { document: `${operation} ${listed(declared)} { ${fields.join(' ')} }`, variables }
}

type Result = SubscriptionResult<Record<string, unknown>>

const nameOf = ({ extensions: { code, reason } }: GraphqlError) => (reason === undefined ? code : `${code} ${reason}`)

const idsOf = ({ id, sessionId, alarm, callers }: Scene) =>
  [id, sessionId, alarm, ...callers.map(({ kept }) => kept)].filter(one => typeof one === 'string')

const outcomeOf = ({ request, scene }: Case, data: unknown, errors: GraphqlError[]): string => {
  if (errors.length > 0) {
    const names = errors.map(nameOf).join(', ')
    // By then the rules have allowed it.
    return names === 'CONFLICT SESSION_ALREADY_ACTIVE' ? 'OK' : names
  }
  if (!request.lists) return data ? 'OK' : 'NOTHING'
  const text = JSON.stringify(data)
  return idsOf(scene).some(id => text.includes(id)) ? 'LISTED' : 'NOT LISTED'
}

interface Case {
  scene: Scene
  caller: Caller
  request: Request
  transport: 'HTTP' | 'WebSocket'
  variables: Variables
}

const TRANSPORTS = ['HTTP', 'WebSocket'] as const

/** Each over both; on embedded parts, which are slower, over one and the other in turn. */
const casesOf = (scene: Scene, requests: Request[]): Case[] =>
  scene.callers.flatMap((caller, row) =>
    requests.flatMap(request => {
      const variables = request.ask(scene, caller)
      const own = engine === 'embedded' ? [TRANSPORTS[(row + REQUESTS.indexOf(request)) % 2] ?? 'HTTP'] : TRANSPORTS
      const transports = request.operation === 'subscription' ? (['WebSocket'] as const) : own
      return variables ? transports.map(transport => ({ scene, caller, request, transport, variables })) : []
    }),
  )

const key = (scene: string, relation: string, request: string, transport: string) =>
  [scene, relation, request, transport].join(' / ')
const nameOfCase = ({ scene, caller, request, transport }: Case) =>
  key(scene.name, caller.relation, request.name, transport)

/** Much is asked at once, of a machine that may have other things to do. */
const PATIENCE_MS = 60_000

const outcomes = new Map<string, string>()

const note = (cases: Case[], { data, errors = [] }: Result) =>
  cases.forEach((one, index) => {
    const own = errors.filter(({ path }) => path === undefined || path[0] === `field${index}`)
    outcomes.set(nameOfCase(one), outcomeOf(one, data?.[`field${index}`], own))
  })

/** Cases of one person over one transport. A machine that is too busy says UNAVAILABLE: they are asked again, as any client does. */
const run = async (cases: Case[], triesLeft = 2): Promise<void> => {
  const [first] = cases
  if (!first) return
  const { document, variables } = documentOf(cases)
  const { caller, transport } = first
  const asked =
    transport === 'HTTP'
      ? caller.person.ask(document, variables)
      : socketOf(caller).subscribe<Record<string, unknown>>(document, variables).nextResult(PATIENCE_MS)
  const result = await asked
  const isLate = result.errors?.some(({ extensions }) => extensions.code === 'UNAVAILABLE') ?? false
  if (isLate && triesLeft > 0) return run(cases, triesLeft - 1)
  note(cases, result)
}

const ACTIVE = '{ connection { activeSubscriptions } }'
interface Active {
  connection: { activeSubscriptions: number }
}

/** All of one person's: each is refused, or runs. */
const runSubscriptions = async (cases: Case[]): Promise<void> => {
  const [first] = cases
  if (!first) return
  const socket = socketOf(first.caller)
  const begun = cases.map(one => {
    const { document, variables } = documentOf([one])
    note([one], { data: { field0: 'It runs.' } })
    return { one, subscription: socket.subscribe<Record<string, unknown>>(document, variables) }
  })
  let refused = 0
  for (;;) {
    const { connection } = await socket.subscribe<Active>(ACTIVE).next(PATIENCE_MS)
    for (const { one, subscription } of begun)
      while (subscription.waiting > 0) {
        const result = await subscription.nextResult()
        if (result.errors) refused++
        note([one], result)
      }
    if (connection.activeSubscriptions + refused === cases.length) break
  }
  for (const { subscription } of begun) subscription.stop()
}

const isRefused = ({ request, scene, caller }: Case) => !expectedOutcomes(request, scene, caller).includes('OK')

/** As it was before anybody asked. */
const RESTORE = `
  with itself as (
    update conversations set status = $2::text::"ConversationStatus", status_by_id = $3, active_session_id = $4::uuid where id = $1::uuid),
  running as (update sessions set status = 'ACTIVE', ended_at = null, end_reason = null where id = $4::uuid),
  stays as (
    update session_participants set left_at = null where session_id = $4::uuid and user_id = any($5::text[])),
  people as (update participants set left_at = null where conversation_id = $1::uuid and user_id = any($5::text[])),
  writings as (
    update messages set deleted_at = case when id = any($6::uuid[]) then now() end,
      deleted_by_id = case when id = any($6::uuid[]) then sender_id end
    where conversation_id = $1::uuid and sender_id is not null)
  update emergencies set acknowledged_at = null, acknowledged_by_id = null where conversation_id = $1::uuid`

const restore = ({ id, status, setterId, ended, sessionId, callers }: Scene) =>
  app.database.call(RESTORE, [
    id,
    status,
    setterId,
    ended ? null : sessionId,
    callers.filter(({ as, rowless }) => as && !rowless).map(({ person }) => person.id),
    callers.flatMap(({ deleted }) => deleted ?? []),
  ])

const standingOf = ({ id }: Scene) =>
  app.database.call('select rev, seq, status, active_session_id from conversations where id = $1', [id])

/** So many at a time. */
const pooled = async <T>(items: T[], size: number, work: (item: T) => Promise<void>): Promise<void> => {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: size }, worker))
}

/** A request asks for so many at most; a field that cannot be null takes the others with it. */
const MOST_FIELDS = 15
const isAlone = ({ request: { operation, lists, name } }: Case) =>
  operation === 'query' && (lists ?? name.includes(', '))

const batched = (cases: Case[]): Case[][] => {
  const batches = new Map<string, Case[]>()
  for (const one of cases) {
    const { caller, transport } = one
    const name = isAlone(one) ? nameOfCase(one) : `${caller.person.id} ${transport}`
    batches.set(name, [...(batches.get(name) ?? []), one])
  }
  return [...batches.values()].flatMap(batch =>
    Array.from({ length: Math.ceil(batch.length / MOST_FIELDS) }, (_, index) =>
      batch.slice(index * MOST_FIELDS, (index + 1) * MOST_FIELDS),
    ),
  )
}

const runScene = async (scene: Scene) => {
  const of = (operation: Operation) =>
    casesOf(
      scene,
      REQUESTS.filter(request => request.operation === operation),
    )
  await pooled(batched(of('query')), 8, run)
  const subscriptions = of('subscription')
  await pooled(scene.callers, 8, caller => runSubscriptions(subscriptions.filter(one => one.caller === caller)))
  const mutations = of('mutation')
  const before = await standingOf(scene)
  await pooled(batched(mutations.filter(isRefused)), 8, run)
  expect([scene.name, await standingOf(scene)]).toEqual([scene.name, before])
  const allowed = mutations.filter(one => !isRefused(one))
  await pooled(batched(allowed.filter(({ request }) => !request.alters)), 8, run)
  for (const one of allowed.filter(({ request }) => request.alters)) {
    await restore(scene)
    await run([one])
  }
}

beforeAll(() => pooled(scenes, 4, runScene), 300_000)

test('000.7 the requests have every root field of a conversation, and every rule', () => {
  for (const operation of ['query', 'mutation', 'subscription'] as const) {
    const fields = Object.keys(roots[operation]?.getFields() ?? {})
    const asked = REQUESTS.filter(request => request.operation === operation).map(fieldOf)
    expect([...new Set([...asked, ...ELSEWHERE[operation]])].sort()).toEqual(fields.sort())
  }
  const used = scenes.flatMap(scene => REQUESTS.flatMap(({ actions }) => actions(scene)))
  expect([...new Set(used)].sort()).toEqual(Object.keys(RULES).sort())
})

test.each(scenes.map(scene => ({ name: scene.name, scene })))(
  '000.7 $name: as the table of rules has it',
  ({ scene }) => {
    const wrong = casesOf(scene, REQUESTS).flatMap(one => {
      const outcome = outcomes.get(nameOfCase(one)) ?? 'not asked'
      // What a list shows of the desk to who has not written there is another's to say.
      if (one.request.lists && one.caller.rowless) return []
      const expected = expectedOutcomes(one.request, scene, one.caller)
      return expected.includes(outcome) ? [] : [`${nameOfCase(one)}: ${outcome}, not ${expected.join(' or ')}`]
    })
    expect(wrong).toEqual([])
  },
)

/** Whatever the table says. A wanted outcome holds in every scene whose name begins so. */
// prettier-ignore
const PROMISES: [promise: string, scene: string, relations: RelationName[], request: string, outcome: string][] = [
  ['who takes no part learns nothing', '', ['strangePatient', 'strangeProfessional', 'otherPatient', 'formerPatient'], 'conversation', 'NOT_FOUND'],
  ['an admin without a part is refused', '', ['strangeAdmin', 'adminWhoLeft'], 'history', 'FORBIDDEN'],
  ['an admin without a part writes nothing', '', ['strangeAdmin', 'adminWhoLeft'], 'sendMessage', 'FORBIDDEN'],
  ['every admin sees the desk', 'SUPPORT, ACTIVE', ['admin', 'newAdmin'], 'history', 'OK'],
  ['every admin answers at the desk', 'SUPPORT, ACTIVE', ['admin', 'newAdmin'], 'sendMessage', 'OK'],
  ['who is no admin any more has left the desk', 'SUPPORT', ['formerAdmin'], 'history', 'NOT_FOUND'],
  ['an archived conversation takes messages', 'GROUP, ARCHIVED', ['patient', 'professional'], 'sendMessage', 'OK'],
  ['nobody sends where it is blocked', 'GROUP, BLOCKED', ['patient', 'professional', 'admin'], 'sendMessage', 'CONFLICT CONVERSATION_NOT_ACTIVE'],
  ['nobody sends after the end of care', 'DIRECT, ACTIVE, after', ['patient', 'professional'], 'sendMessage', 'CONFLICT CARE_RELATIONSHIP_ENDED'],
  ['reading goes on after it', 'DIRECT, ACTIVE, after', ['patient', 'professional'], 'history', 'OK'],
  ['marking goes on after it', 'DIRECT, ACTIVE, after', ['patient', 'professional'], 'markRead', 'OK'],
  ['deleting one’s own goes on after it', 'DIRECT, ACTIVE, after', ['patient', 'professional'], 'deleteMessage, own', 'OK'],
  ['live, it ends', 'DIRECT, ACTIVE, after', ['patient', 'professional'], 'messageAdded', 'FORBIDDEN CARE_RELATIONSHIP_ENDED'],
  ['nobody sends without the permission', 'GROUP, ACTIVE', ['mutedColleague', 'mutedPatient'], 'sendMessage', 'FORBIDDEN'],
  ['who may not send does not archive', 'GROUP, ACTIVE', ['mutedColleague', 'mutedPatient'], 'setConversationStatus, ARCHIVED', 'FORBIDDEN'],
  ['either side blocks a DIRECT', 'DIRECT, ACTIVE', ['patient', 'professional'], 'setConversationStatus, BLOCKED', 'OK'],
  ['no patient blocks a GROUP', 'GROUP, ACTIVE', ['patient'], 'setConversationStatus, BLOCKED', 'FORBIDDEN'],
  ['no user blocks the desk', 'SUPPORT, ACTIVE', ['patient'], 'setConversationStatus, BLOCKED', 'FORBIDDEN'],
  ['who blocked it lifts it, or an admin who takes part', 'GROUP, BLOCKED', ['professional', 'admin', 'professionalAdmin'], 'setConversationStatus, ACTIVE', 'OK'],
  ['nobody else does', 'GROUP, BLOCKED', ['mutedColleague', 'patient'], 'setConversationStatus, ACTIVE', 'FORBIDDEN'],
  ['no patient deletes it', 'GROUP, ACTIVE', ['mutedPatient'], 'setConversationStatus, DELETED', 'FORBIDDEN'],
  ['who deleted it lists it', 'GROUP, DELETED', ['professional'], 'conversations', 'LISTED'],
  ['who deleted it restores it', 'GROUP, DELETED', ['professional'], 'setConversationStatus, ACTIVE', 'OK'],
  ['it is gone for everyone else', 'GROUP, DELETED', ['patient', 'mutedColleague'], 'conversation', 'NOT_FOUND'],
  ['it is gone from their lists', 'GROUP, DELETED', ['patient', 'admin', 'mutedColleague'], 'conversations', 'NOT LISTED'],
  ['no patient adds people', 'GROUP, ACTIVE', ['patient'], 'addParticipants', 'FORBIDDEN'],
  ['no admin adds people from outside', 'GROUP, ACTIVE', ['strangeAdmin', 'adminWhoLeft'], 'addParticipants', 'FORBIDDEN'],
  ['anyone leaves a GROUP', 'GROUP, ACTIVE', ['patient', 'professional', 'admin'], 'removeParticipants, oneself', 'OK'],
  ['nobody edits what is another’s', 'GROUP, ACTIVE', ['professional', 'admin', 'professionalAdmin'], 'editMessage, other', 'FORBIDDEN'],
  ['an admin who takes part deletes any message', 'GROUP, ACTIVE', ['admin', 'professionalAdmin'], 'deleteMessage, other', 'OK'],
  ['nobody else deletes another’s', 'GROUP, ACTIVE', ['professional', 'patient'], 'deleteMessage, other', 'FORBIDDEN'],
  ['who deleted it restores a message', 'GROUP, ACTIVE', ['patient', 'professional'], 'restoreMessage, own deleted', 'OK'],
  ['nobody else restores it', 'GROUP, ACTIVE', ['professional', 'mutedColleague'], 'restoreMessage, other deleted', 'FORBIDDEN'],
  ['who flagged an emergency never acknowledges it', 'GROUP, ACTIVE', ['professional', 'admin'], 'acknowledgeEmergency, own', 'FORBIDDEN'],
  ['professionals and admins who take part acknowledge', 'GROUP, ACTIVE', ['professional', 'admin'], 'acknowledgeEmergency, other', 'OK'],
  ['other admins do not', 'GROUP, ACTIVE', ['strangeAdmin', 'adminWhoLeft'], 'acknowledgeEmergency, other', 'FORBIDDEN'],
  ['any admin does, once it was escalated', 'GROUP', ['strangeAdmin', 'adminWhoLeft', 'admin'], 'acknowledgeEmergency, escalated', 'OK'],
  ['no patient does', 'GROUP, ACTIVE', ['mutedPatient'], 'acknowledgeEmergency, escalated', 'FORBIDDEN'],
  ['no patient sets permissions', 'GROUP', ['patient'], 'setRolePermissions', 'FORBIDDEN'],
]

test.each(PROMISES)('000.7 %s', (_, scene, relations, request, outcome) => {
  const found = [...outcomes].filter(([name]) => {
    const [inScene, relation, asked] = name.split(' / ')
    return inScene?.startsWith(scene) && relations.some(one => one === relation) && asked === request
  })
  expect(found.length).toBeGreaterThanOrEqual(relations.length)
  // An end of care has promises of its own.
  const own = found.filter(([name]) => scene.includes('after') || !name.includes('after'))
  expect(own.filter(([, given]) => given !== outcome)).toEqual([])
})
