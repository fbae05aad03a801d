import { getNamedType, type GraphQLFieldConfig, type GraphQLInputType, isInputObjectType } from 'graphql'
import { asGivenOut } from '../limits/ids.js'
import type { Context } from './context.js'

type Field = GraphQLFieldConfig<unknown, Context>
type Values = Record<string, unknown>
type Change = (value: unknown) => unknown

/** What is known here by an id of this service. Every other id is the host system's, and stays as it is written there. */
const OWN = /^(conversation|message|throughMessage|replyTo|session|accessGrant|attachment)Ids?$/
/** What such an id is plainly called `id` of. */
const OWN_BY_ID = new Set([
  ...['Query.conversation', 'Query.message', 'Query.session', 'Query.attachment', 'Subscription.attachmentUpdated'],
  ...['EndAccessInput', 'MarkNotificationsReadInput'],
])

/** Whether an argument of the field, or a field of the input, is such an id. */
export const isOwnId = (of: string, name: string) => OWN.test(name) || (/^ids?$/.test(name) && OWN_BY_ID.has(of))

/** Of one value, or of each in a list. */
const each =
  (change: Change): Change =>
  value =>
    Array.isArray(value) ? value.map(change) : change(value)

const readId = each(value => (typeof value === 'string' ? asGivenOut(value) : value))

/** What has to be changed in values of these types; null where nothing has. */
const changeOf = (of: string, inputs: Readonly<Record<string, { type: GraphQLInputType }>>): Change | null => {
  const changes = Object.entries(inputs).flatMap(([name, { type }]): [string, Change][] => {
    const named = getNamedType(type)
    if (named.name === 'ID') return isOwnId(of, name) ? [[name, readId]] : []
    const within = isInputObjectType(named) ? changeOf(named.name, named.getFields()) : null
    return within ? [[name, each(within)]] : []
  })
  if (changes.length === 0) return null
  return value => {
    if (typeof value !== 'object' || value === null) return value
    const changed: Values = { ...value }
    for (const [name, change] of changes) if (name in changed) changed[name] = change(changed[name])
    return changed
  }
}

/** Takes the service's own ids in whatever case they come. */
export const readingOwnIds = (field: Field, coordinate: string): Field => {
  const change = changeOf(coordinate, field.args ?? {})
  const { resolve, subscribe } = field
  if (!change) return field
  const read = (args: Values) => change(args) as Values
  return {
    ...field,
    ...(resolve && {
      resolve: (source, args: Values, context, info): unknown => resolve(source, read(args), context, info),
    }),
    ...(subscribe && {
      subscribe: (source, args: Values, context, info): unknown => subscribe(source, read(args), context, info),
    }),
  }
}
