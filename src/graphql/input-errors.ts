import { GraphQLError, Kind } from 'graphql'
import { badInput, DomainError } from '../errors.js'

const TOO_MANY = 'Too many errors processing variables'

/** graphql-js's own words that show nothing of the value, which may be private. */
const SAFE_REASONS = [
  /^Field "\w+" .*/,
  /^Expected .*to be an object\.$/,
  /^Expected non-nullable .*/,
  /^(?:Int|Float|String|Boolean|ID) cannot represent [\w -]*value/,
]

const unnamed = (message: string) => new DomainError('BAD_USER_INPUT', message)

const isCoercionError = ({ nodes }: GraphQLError) =>
  nodes?.some(({ kind }) => kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FIELD) === true

/** From `input.users[3].id` and what is wrong there to `input.users.3.id`. */
const dotted = (path: string, reason: string) => {
  const [, inner] = /^Field "(\w+)"/.exec(reason) ?? []
  return path.replaceAll(/\[(\d+)\]/g, '.$1') + (inner === undefined ? '' : `.${inner}`)
}

const describe = ({ message, originalError }: GraphQLError): DomainError => {
  const [start, name] = /^(?:Variable|Argument) "\$?(\w+)"/.exec(message) ?? []
  if (start === undefined || name === undefined) return unnamed('The input does not fit its type.')
  if (!/^ (?:got|has) invalid value /.test(message.slice(start.length))) return badInput(name, message)
  const reason = originalError?.message ?? ''
  const [, path = name] = / at "([\w.[\]]+)"$/.exec(message.slice(0, -`; ${reason}`.length)) ?? []
  const safe = SAFE_REASONS.map(pattern => pattern.exec(reason)?.[0]).find(text => text !== undefined)
  return badInput(dotted(path, reason), `${start} does not fit its type${safe === undefined ? '.' : `: ${safe}`}`)
}

/** What graphql-js says of a variable or an argument; undefined for every other error. */
export const toInputError = (error: unknown): DomainError | undefined => {
  if (!(error instanceof GraphQLError) || error.extensions.code !== undefined) return undefined
  if (error.message.startsWith(TOO_MANY)) return unnamed('Too much of the input does not fit its type.')
  return isCoercionError(error) ? describe(error) : undefined
}
