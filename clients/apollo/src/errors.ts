import { CombinedGraphQLErrors, ServerError } from '@apollo/client'
import type { ConflictReason, ErrorCode } from './operations.js'

/** Why something did not work: what the server said, or NETWORK where it said nothing. Codes and reasons may come to be more. */
export interface ChatError {
  code: ErrorCode | 'NETWORK'
  /** For developers; show people a text of your own for the code. */
  message: string
  /** Of a CONFLICT. */
  reason?: ConflictReason
  /** The input that is to blame: `input.body`. */
  field?: string
  /** Of RATE_LIMITED: when to try again. */
  retryAfterMs?: number
  /** What finds it in the server's log. */
  requestId?: string
  /** Of SESSION_ALREADY_ACTIVE: the one that is running. */
  sessionId?: string
}

type Extensions = Partial<Omit<ChatError, 'message'>>
interface Told {
  message?: string
  extensions?: Extensions
}

const ofTold = (told: Told | undefined, message: string): ChatError => {
  const { code = 'INTERNAL_SERVER_ERROR', ...rest } = told?.extensions ?? {}
  return { ...rest, code, message: told?.message ?? message }
}

/** What the answer to a request that was refused says for itself. */
const toldIn = (text: string): Told | undefined => {
  try {
    return (JSON.parse(text) as { errors?: Told[] }).errors?.[0]
  } catch {
    return undefined
  }
}

/** Of these the same request may be taken later. */
const PASSING_STATUS = [401, 408, 425, 429]

const ofServer = ({ statusCode, bodyText, message }: ServerError): ChatError => {
  const told = toldIn(bodyText)
  if (told?.extensions?.code) return ofTold(told, message)
  const isFinal = statusCode >= 400 && statusCode < 500 && !PASSING_STATUS.includes(statusCode)
  return { code: isFinal ? 'BAD_REQUEST' : 'NETWORK', message }
}

const isChatError = (error: unknown): error is ChatError =>
  typeof error === 'object' &&
  error !== null &&
  !(error instanceof Error) &&
  'code' in error &&
  typeof error.code === 'string'

/** Of whatever Apollo Client throws or gives as `error`, or a view as its own. */
export const chatError = (error: unknown): ChatError => {
  if (CombinedGraphQLErrors.is(error)) return ofTold(error.errors[0], error.message)
  if (ServerError.is(error)) return ofServer(error)
  if (isChatError(error)) return error
  return { code: 'NETWORK', message: error instanceof Error ? error.message : 'There is no connection to the server.' }
}

const PASSING: readonly string[] = ['NETWORK', 'UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHENTICATED']

/** Whether the same may work later: a network that is gone, a server that is busy, a token that ran out. */
export const isPassing = ({ code }: ChatError): boolean => PASSING.includes(code)

/** As isPassing; but what is asked for anew each time needs a token that holds. */
export const isNoAnswer = (error: ChatError): boolean => error.code !== 'UNAUTHENTICATED' && isPassing(error)
