import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { randomUUID } from 'node:crypto'
import { GraphQLError, Kind, type DocumentNode } from 'graphql'
import type { Context } from '../graphql/context.js'
import { isRefused } from '../graphql/documents.js'
import type { Engine, Result } from '../graphql/engine.js'
import { isSubscription, type Operation } from '../graphql/operation.js'
import { badRequest } from '../graphql/request-errors.js'
import type { Logger } from '../logger.js'

interface Needs {
  engine: Engine
  logger: Logger
}

const EMPTY_DOCUMENT: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] }

type Request = GraphQLRequestContext<Context>

/** Apollo Server keeps to HTTP: what the request asks, CSRF, media types. Everything else is the engine's. */
export const createApollo = ({ engine, logger }: Needs): ApolloServer<Context> =>
  new ApolloServer<Context>({
    schema: engine.schema,
    csrfPrevention: true,
    persistedQueries: false,
    documentStore: null,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => engine.formatErrors([error], requestIdOf(error))[0]!,
    logger: quiet(logger),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      runInEngine(engine),
    ],
  })

/** Apollo formats an error without its request. One that carries no id is the client's fault, and shows none. */
const requestIdOf = (error: unknown): string => {
  const requestId = error instanceof GraphQLError ? error.extensions.requestId : undefined
  return typeof requestId === 'string' ? requestId : randomUUID()
}

const quiet = (logger: Logger) => ({
  debug: () => {},
  info: () => {},
  warn: (message?: unknown) => logger.warn(withoutQuotes(message), 'Apollo Server'),
  error: (message?: unknown) => logger.error(withoutQuotes(message), 'Apollo Server'),
})

/** Behind the colon comes another error's message, which may quote what a person wrote. */
const withoutQuotes = (message: unknown) =>
  typeof message === 'string' ? { message: message.split(':', 1)[0] } : { error: message }

const runInEngine = (engine: Engine): ApolloServerPlugin<Context> => ({
  requestDidStart: () =>
    Promise.resolve({
      // Apollo parses and validates only what has no document yet, and needs the document to refuse mutations by GET.
      didResolveSource: request => {
        ;(request as { document?: DocumentNode }).document = documentOf(engine, request.source)
        return Promise.resolve()
      },
      responseForOperation: async request => {
        const { result, status } = await run(engine, request).catch((error: unknown) => ({
          result: engine.refuse([error], request.contextValue.requestId),
          status: 500,
        }))
        return {
          http: { status: statusFor(request, status), headers: new HeaderMap() },
          body: { kind: 'single' as const, singleResult: result },
        }
      },
    }),
})

/** Where there is none `run` says why. */
const documentOf = (engine: Engine, source: string): DocumentNode => {
  try {
    const loaded = engine.load(source)
    return isRefused(loaded) ? EMPTY_DOCUMENT : loaded.document
  } catch {
    return EMPTY_DOCUMENT
  }
}

const run = async (
  engine: Engine,
  { source, request, contextValue }: Request,
): Promise<{ result: Result; status: number }> => {
  const operation = engine.prepare(source ?? '', request.operationName, request.variables)
  const refused = isRefused(operation) ? operation.errors : refusalsOf(operation, contextValue)
  if (refused.length > 0) return { result: engine.refuse(refused, contextValue.requestId), status: 400 }
  const result = await engine.execute(operation as Operation, contextValue)
  return { result, status: statusOf(result) }
}

/** None: its cost is reserved, until the client has the answer. */
const refusalsOf = (operation: Operation, { connection, services }: Context): unknown[] => {
  if (isSubscription(operation)) return [badRequest('Subscriptions need a WebSocket or /graphql/stream.')]
  try {
    connection.onClose(services.costs.reserve(connection, operation.cost))
    return []
  } catch (error) {
    return [error]
  }
}

/** GraphQL over HTTP: who takes application/json alone reads of a refusal in the answer, not in its status. */
const statusFor = ({ request }: Request, status: number) => {
  const accept = request.http?.headers.get('accept') ?? '*/*'
  return status === 400 && !/graphql-response|\*\/\*/i.test(accept) && /application\/json/i.test(accept) ? 200 : status
}

/** Once execution has begun, errors are part of a good answer. */
const statusOf = ({ data, errors }: Result) => {
  if (data !== undefined || !errors) return 200
  return errors.some(error => error.extensions?.code === 'INTERNAL_SERVER_ERROR') ? 500 : 400
}
