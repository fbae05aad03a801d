import { DomainError, unavailable } from '../errors.js'

const MAX_DEPTH = 5

/** The database did not answer in time; what it was asked to do may have happened. */
export class DeadlineError extends Error {
  readonly code = '08006'

  constructor() {
    super('The database did not answer in time.')
    this.name = 'DeadlineError'
  }
}

// Beside class 08. 26000: the pooler or the server forgot a prepared statement. 25006: this is a replica now.
const LOST_STATES = ['26000', '25006', '25P03', '53300', '57P01', '57P02', '57P03', '57P05']
const LOST_IN_PRISMA = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']
// What Prisma's adapter calls some of them, without a code.
const LOST_KINDS = ['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout', 'TooManyConnections']
const LOST_IN_NODE =
  'ECONNREFUSED ECONNRESET ECONNABORTED ETIMEDOUT EPIPE ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH ENETDOWN'.split(
    ' ',
  )
const STALE_PLAN = 'RevalidateCachedQuery'
const LOST = new Set([...LOST_STATES, ...LOST_IN_PRISMA, ...LOST_KINDS, ...LOST_IN_NODE, STALE_PLAN])
const RETRYABLE = new Set(['40001', '40P01', 'P2034', 'TransactionWriteConflict'])
const LOCK_TIMEOUT = '55P03'
const STATEMENT_TIMEOUT = '57014'
// pg and PGlite tell these apart by their text alone.
const LOST_MESSAGE =
  /connection terminated|timeout exceeded when trying|not queryable|client was closed|PGlite is closed/i

const CODE_FIELDS = ['code', 'originalCode', 'errorCode', 'kind', 'routine']
const NESTED_FIELDS = ['cause', 'meta', 'driverAdapterError']

/** SQLSTATEs, Prisma's and Node's codes, wherever pg, Prisma and its adapters put them. */
const codesOf = (error: unknown, depth = 0): string[] => {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return []
  const fields = error as Record<string, unknown>
  const own = CODE_FIELDS.map(name => fields[name]).filter(code => typeof code === 'string')
  return own.concat(NESTED_FIELDS.flatMap(name => codesOf(fields[name], depth + 1)))
}

export const isConnectionLost = (error: unknown) => {
  const codes = codesOf(error)
  // Messages of errors with a code may quote what a person wrote.
  if (codes.length === 0) return LOST_MESSAGE.test(String(error))
  return codes.some(code => LOST.has(code) || /^08...$/.test(code))
}

/** A deadlock or a serialisation failure: nothing happened, and it may succeed when tried again. */
export const isRetryable = (error: unknown) => codesOf(error).some(code => RETRYABLE.has(code))

export const isLockTimeout = (error: unknown) => codesOf(error).includes(LOCK_TIMEOUT)

/** A value that the database refuses, or a constraint that it breaks. */
export const isDataError = (error: unknown) => codesOf(error).some(code => /^2[23][0-9A-Z]{3}$/.test(code))

const isStatementTimeout = (error: unknown) => codesOf(error).includes(STATEMENT_TIMEOUT)

/** What a failed batch calls for: all of it once more, once more without what is locked, or a search for the bad item. */
export const judgeFailure = (error: unknown): 'AGAIN' | 'AGAIN_SKIPPING' | 'SPLIT' | 'FAIL' => {
  if (isLockTimeout(error)) return 'AGAIN_SKIPPING'
  if (isConnectionLost(error) || isRetryable(error) || isStatementTimeout(error)) return 'AGAIN'
  return isDataError(error) ? 'SPLIT' : 'FAIL'
}

/** What callers may be told of a database's failure; null if it is none that passes by itself. */
export const toDomainError = (error: unknown): DomainError | null => {
  if (error instanceof DomainError) return error
  const passes = isConnectionLost(error) || isRetryable(error) || isLockTimeout(error) || isStatementTimeout(error)
  return passes ? unavailable() : null
}
