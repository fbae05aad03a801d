import type { FastifyRequest } from 'fastify'

export interface Params {
  query: string
  operationName: string | undefined
  variables: Record<string, unknown> | undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parseJson = (text: unknown): unknown => {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What to run, from the body or the address; or what is wrong with it. */
export const readParams = (request: FastifyRequest): Params | string => {
  const given = request.method === 'GET' ? request.query : request.body
  if (!isRecord(given)) return 'The body must be a JSON object.'
  const { query, operationName = null } = given
  const variables = request.method === 'GET' ? parseJson(given.variables) : given.variables
  if (typeof query !== 'string' || query === '') return 'query must be a document.'
  if (operationName !== null && typeof operationName !== 'string') return 'operationName must be a string.'
  if (variables !== undefined && variables !== null && !isRecord(variables)) return 'variables must be an object.'
  return { query, operationName: operationName ?? undefined, variables: variables ?? undefined }
}
