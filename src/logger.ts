import { pino } from 'pino'

export type LogFields = Record<string, unknown>

/** Structured, one JSON object a line. Fields never hold message texts, variables or tokens. */
export interface Logger {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
  child(fields: LogFields): Logger
}

// Messages of other errors (the database's, parsers') may quote what a person wrote.
const QUOTES_NOTHING = new Set(['Error', 'TypeError', 'ReferenceError', 'RangeError', 'AggregateError', 'DomainError'])
const SAFE_FIELDS = ['code', 'syscall', 'constraint', 'table', 'routine', 'severity', 'reason'] as const

/** What of an error may be logged. */
export const describeError = (error: unknown, depth = 0): LogFields => {
  if (!(error instanceof Error)) return { type: typeof error }
  const described: LogFields = { type: error.name }
  if (QUOTES_NOTHING.has(error.name) || 'syscall' in error) described.message = error.message.slice(0, 500)
  for (const field of SAFE_FIELDS) {
    const value = (error as Error & Partial<Record<(typeof SAFE_FIELDS)[number], unknown>>)[field]
    if (typeof value === 'string') described[field] = value
  }
  described.stack = error.stack
    ?.split('\n')
    .filter(line => /^\s+at /.test(line))
    .slice(0, 20)
    .join('\n')
  if (error.cause !== undefined && depth < 3) described.cause = describeError(error.cause, depth + 1)
  return described
}

const SECRETS = ['token', 'authorization', 'cookie', 'body', 'text', 'variables', 'secret', 'password', 'email']

export const createLogger = (level: string, destination?: { write(line: string): void }): Logger =>
  pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      serializers: { error: describeError, err: describeError },
      redact: { paths: SECRETS.flatMap(name => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    },
    ...(destination ? [destination] : []),
  )
