import { GraphQLError } from 'graphql'

/** Why a document or an operation is refused before it runs. */
export type LimitName = 'depth' | 'tokens' | 'aliases' | 'cost'

export const limitError = (limit: LimitName, message: string) =>
  new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit } })

export const badRequest = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })
