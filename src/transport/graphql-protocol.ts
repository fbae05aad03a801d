import { GraphQLError, type ExecutionArgs } from 'graphql'
import { makeServer, type Context as ProtocolContext, type OperationResult, type Server } from 'graphql-ws'
import { FORBIDDEN_CLOSE, TRY_AGAIN_CLOSE, type Connection } from '../connections/connection.js'
import { DomainError, rateLimited, unavailable } from '../errors.js'
import { createContext, type Context } from '../graphql/context.js'
import { isRefused } from '../graphql/documents.js'
import type { Engine, Operation } from '../graphql/engine.js'
import type { Services } from '../services.js'
import { bareToken } from './bearer.js'

export const MAX_OPERATIONS = 100
const INIT_LIMIT_MS = 3_000

/** One WebSocket. */
export interface Session {
  readonly connection: Connection
  /** From the upgrade: the Authorization header or `?token=`. */
  readonly upgradeToken: string | undefined
  /** Operations that were admitted and do not run yet: of a packet all are admitted before the first runs. */
  starting: number
  /** How many operations it has had. */
  operations: number
  draining: boolean
}

type SocketContext = ProtocolContext<Record<string, unknown>, Session>

/** What the hooks below hand on to each other through graphql-ws. */
interface Prepared extends ExecutionArgs {
  contextValue: Context
  operation: Operation
  session: Session
}

interface Needs {
  engine: Engine
  services: Services
}

const nextRequestId = (session: Session) => `${session.connection.id}.${++session.operations}`

const connect = async (
  services: Services,
  { connectionParams, extra: { connection, upgradeToken } }: SocketContext,
) => {
  const { authorization, Authorization, token: given } = connectionParams ?? {}
  const token = bareToken(authorization) ?? bareToken(Authorization) ?? bareToken(given) ?? upgradeToken
  try {
    if (token === undefined) connection.remainAnonymous()
    else connection.identify(await services.authenticator.authenticate(token))
  } catch (error) {
    if (error instanceof DomainError && error.code === 'UNAUTHENTICATED') {
      connection.close(FORBIDDEN_CLOSE, error.message)
      return false
    }
    services.logger.warn({ error, connectionId: connection.id }, 'A connection could not be authenticated')
    connection.close(TRY_AGAIN_CLOSE, 'Try again later')
    return false
  }
  services.connections.identified(connection)
  return true
}

/** Why nothing more may begin on this socket at present. */
const refusalOf = ({ connection, draining, starting }: Session): DomainError | undefined => {
  if (draining) return unavailable('The server is shutting down: nothing was done, connect again.')
  if (starting + connection.running + connection.activeSubscriptions < MAX_OPERATIONS) return undefined
  return rateLimited(1_000, `At most ${MAX_OPERATIONS} operations may run on a connection at a time.`)
}

/** graphql-transport-ws, with the engine in the place of graphql-ws's own parsing, validation and execution. */
export const createProtocol = ({ engine, services }: Needs): Server<Session> =>
  makeServer<Record<string, unknown>, Session>({
    connectionInitWaitTimeout: INIT_LIMIT_MS,
    onConnect: context => connect(services, context),
    onSubscribe: ({ extra: session }, _id, { query, operationName, variables }): Prepared | readonly GraphQLError[] => {
      const refusal = refusalOf(session)
      if (refusal) return [new GraphQLError(refusal.message, { originalError: refusal })]
      const operation = engine.prepare(query, operationName, variables)
      if (isRefused(operation)) return operation.errors
      session.starting++
      return {
        schema: engine.schema,
        document: operation.document,
        operationName,
        contextValue: createContext(services, session.connection, nextRequestId(session)),
        operation,
        session,
      }
    },
    execute: args => {
      const { operation, contextValue, session } = args as Prepared
      session.starting--
      return contextValue.connection.track(engine.execute(operation, contextValue)) as OperationResult
    },
    subscribe: args => {
      const { operation, contextValue, session } = args as Prepared
      session.starting--
      return contextValue.connection.track(engine.subscribe(operation, contextValue)) as OperationResult
    },
    // The engine has formatted it.
    onNext: (_context, _id, _payload, _args, result) => result,
    onError: ({ extra }, _id, _payload, errors) => engine.formatErrors(errors, nextRequestId(extra)),
  })
