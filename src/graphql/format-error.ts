import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { DomainError } from '../errors.js'
import type { Logger } from '../logger.js'
import { toInputError } from './input-errors.js'

/** What a database's or another part's own error means to the domain; undefined: nothing. */
export type ToDomainError = (error: unknown) => DomainError | undefined

export interface ErrorFormatter {
  (error: unknown, requestId: string): GraphQLFormattedError
}

// Those that this server, Apollo Server or graphql-js gives to what never reached a resolver.
const REQUEST_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

/** The error, and what it was made from: graphql-js wraps a location around what was thrown. */
const chainOf = (error: unknown): unknown[] =>
  error instanceof GraphQLError && error.originalError ? [error, ...chainOf(error.originalError)] : [error]

const requestCode = ({ extensions: { code } }: GraphQLError): string | undefined =>
  typeof code === 'string' && REQUEST_CODES.has(code) ? code : undefined

const findRequestError = (chain: unknown[]) => {
  for (const error of chain) {
    const code = error instanceof GraphQLError ? requestCode(error) : undefined
    if (code !== undefined) return { error: error as GraphQLError, code }
  }
  return undefined
}

const place = (error: unknown): Pick<GraphQLFormattedError, 'locations' | 'path'> =>
  error instanceof GraphQLError
    ? { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) }
    : {}

const formatDomainError = ({ message, code, details }: DomainError, error: unknown): GraphQLFormattedError => ({
  message,
  ...place(error),
  extensions: { code, ...details },
})

const formatRequestError = (root: GraphQLError, error: unknown, code: string): GraphQLFormattedError => {
  const { limit, field } = root.extensions
  return {
    message: root.message,
    ...place(error),
    extensions: { code, ...(limit ? { limit } : {}), ...(field ? { field } : {}) },
  }
}

/** One form for every error on every transport. What is not known shows nothing but the id under which the log has it. */
export const createErrorFormatter =
  (logger: Logger, toDomainError: ToDomainError = () => undefined): ErrorFormatter =>
  (error, requestId) => {
    const chain = chainOf(error)
    const root = chain.at(-1)
    if (root instanceof DomainError) return formatDomainError(root, error)
    const input = chain.map(toInputError).find(found => found !== undefined)
    if (input) return formatDomainError(input, error)
    const refused = findRequestError(chain)
    if (refused) return formatRequestError(refused.error, error, refused.code)
    const translated = toDomainError(root)
    if (translated) {
      logger.warn({ requestId, code: translated.code, error: root }, 'Refused by the database')
      return formatDomainError(translated, error)
    }
    const { path, ...where } = place(error)
    logger.error({ requestId, path: path?.join('.'), error: root }, 'Operation failed')
    return {
      message: 'Something went wrong.',
      ...where,
      ...(path && { path }),
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    }
  }
