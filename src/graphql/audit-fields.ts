import {
  defaultFieldResolver,
  getNamedType,
  type GraphQLFieldConfig,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import { DomainError } from '../errors.js'
import { isExternalId, isUuid } from '../limits/ids.js'
import {
  type AuditAbout,
  type AuditOutcome,
  type AuditTrail,
  DOWNLOADED,
  endOf,
  READ_UNDER_GRANT,
} from '../audit-trail.js'
import { type Context, withTrail } from './context.js'

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    /** False: it neither reads nor writes anybody's data. True: it leaves events. */
    audited?: boolean
  }
}

type Field = GraphQLFieldConfig<unknown, Context>
type Values = Record<string, unknown>

const asValues = (value: unknown): Values => (typeof value === 'object' && value !== null ? (value as Values) : {})

type IdName = Exclude<keyof AuditAbout, 'accessGrantId'>

/** Under which name an object's own id is kept. */
const OWN: Readonly<Record<string, IdName>> = {
  User: 'subjectUserId',
  Conversation: 'conversationId',
  Message: 'messageId',
  Session: 'sessionId',
}

const NAMED: Readonly<Record<string, IdName>> = {
  userId: 'subjectUserId',
  subjectId: 'subjectUserId',
  subjectUserId: 'subjectUserId',
  recipientId: 'subjectUserId',
  withUserId: 'subjectUserId',
  toUserId: 'subjectUserId',
  patientId: 'subjectUserId',
  conversationId: 'conversationId',
  messageId: 'messageId',
  throughMessageId: 'messageId',
  sessionId: 'sessionId',
}

const put = (about: AuditAbout, name: IdName | undefined, id: unknown) => {
  if (name === undefined || typeof id !== 'string' || about[name] !== undefined) return
  // What is no id might be private.
  if (name === 'subjectUserId' ? isExternalId(id) : isUuid(id)) about[name] = id
}

const readArguments = (args: Values, typeName: string): AuditAbout => {
  const about: AuditAbout = {}
  for (const given of [args, asValues(args.input), asValues(args.filter)])
    for (const [name, id] of Object.entries(given)) put(about, NAMED[name], id)
  put(about, OWN[typeName], args.id)
  return about
}

/** Of what was answered: the object itself, or those of a payload. */
const readResult = (about: AuditAbout, result: Values, typeName: string) => {
  put(about, OWN[typeName], result.id)
  for (const name of ['message', 'conversation', 'session'] as const) put(about, `${name}Id`, asValues(result[name]).id)
  for (const value of [result, ...Object.values(result).map(asValues)])
    put(about, 'conversationId', value.conversationId)
}

/** Refusals that took nothing but time are no matter of access, and would fill the log. */
const UNRECORDED = new Set(['RATE_LIMITED', 'UNAVAILABLE'])

const isRecorded = (error: unknown) => error instanceof DomainError && !UNRECORDED.has(error.code)

/** Sends and marks, which are recorded where they are stored, never ask what they are about. */
class FieldTrail implements AuditTrail {
  isWritten = false
  #about: AuditAbout | undefined

  constructor(
    readonly action: string,
    private readonly args: Values,
    private readonly typeName: string,
  ) {}

  get about(): AuditAbout {
    return (this.#about ??= readArguments(this.args, this.typeName))
  }
}

const recorderOf = ({ viewer, requestId, services }: Context, trail: AuditTrail) => {
  const actorId = viewer?.userId ?? null
  return (outcome: AuditOutcome, action = trail.action) =>
    services.audit.record({ ...trail.about, action, outcome, actorId, requestId })
}

/** Records a root field of a query or a mutation, once: allowed or denied. */
const auditAnswer = (field: Field, action: string): NonNullable<Field['resolve']> => {
  const { resolve = defaultFieldResolver } = field
  const typeName = getNamedType(field.type).name
  return (source, args: Values, context, info) => {
    // Nobody: nothing of anyone's is given to them.
    if (!context.viewer) return resolve(source, args, context, info)
    const trail = new FieldTrail(action, args, typeName)
    const record = recorderOf(context, trail)
    const allowed = (result: unknown) => {
      if (trail.isWritten) return result
      readResult(trail.about, asValues(result), typeName)
      record('ALLOWED')
      return result
    }
    const refused = (error: unknown): never => {
      if (!trail.isWritten && isRecorded(error)) record('DENIED')
      throw error
    }
    try {
      const result: unknown = resolve(source, args, withTrail(context, trail), info)
      return result instanceof Promise ? result.then(allowed, refused) : allowed(result)
    } catch (error) {
      return refused(error)
    }
  }
}

interface Ending {
  onEnd(listener: () => void): void
}

/** Records a subscription at its start and at its end, and none of what it delivers. */
const auditSubscription = (
  subscribe: NonNullable<Field['subscribe']>,
  action: string,
): NonNullable<Field['subscribe']> => {
  const begun = (record: ReturnType<typeof recorderOf>, stream: unknown) => {
    record('ALLOWED')
    // Every subscription of the schema gives an EventStream.
    ;(stream as Ending).onEnd(() => record('ALLOWED', endOf(action)))
    return stream
  }
  return (source, args: Values, context, info) => {
    if (!context.viewer) return subscribe(source, args, context, info)
    const trail = new FieldTrail(action, args, '')
    const record = recorderOf(context, trail)
    const refused = (error: unknown): never => {
      if (isRecorded(error)) record('DENIED')
      throw error
    }
    try {
      const stream: unknown = subscribe(source, args, withTrail(context, trail), info)
      return stream instanceof Promise ? stream.then(opened => begun(record, opened), refused) : begun(record, stream)
    } catch (error) {
      return refused(error)
    }
  }
}

/** Leaves an event of each root field that reads or writes somebody's data. */
export const audited = (field: Field, action: string): Field => {
  if (field.extensions?.audited === false) return field
  const extensions = { ...field.extensions, audited: true }
  if (field.subscribe) return { ...field, extensions, subscribe: auditSubscription(field.subscribe, action) }
  return { ...field, extensions, resolve: auditAnswer(field, action) }
}

/**
 * Of no root field: old messages and old events are removed, a session ends by itself, or with what somebody does to its
 * conversation or to who is in it.
 */
const OWN_ACTIONS: readonly string[] = ['retention', 'auditRetention', 'sessionExpired', 'sessionEnded']

/** Of root fields that are no more, whose events are still there. */
const FORMER_ACTIONS: readonly string[] = []

/** All that an event's action may be. */
export const actionsOf = (schema: GraphQLSchema): ReadonlySet<string> => {
  const namesOf = (type: GraphQLObjectType | null | undefined) =>
    Object.values(type?.getFields() ?? {}).flatMap(({ name, extensions }) => (extensions.audited ? [name] : []))
  const asked = [schema.getQueryType(), schema.getMutationType()].flatMap(namesOf)
  const followed = namesOf(schema.getSubscriptionType())
  const others = [READ_UNDER_GRANT, DOWNLOADED, ...OWN_ACTIONS, ...FORMER_ACTIONS]
  return new Set([...asked, ...followed, ...followed.map(endOf), ...others])
}
