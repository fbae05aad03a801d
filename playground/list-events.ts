import { isAsyncIterable, type Fetcher, type SyncExecutionResult } from '@graphiql/toolkit'

const MOST_EVENTS = 50

/** GraphiQL shows the last result only: so each result of a subscription holds those before it, too. */
export const listEvents =
  (fetcher: Fetcher): Fetcher =>
  async (params, options): Promise<SyncExecutionResult> => {
    const answer = await fetcher(params, options)
    return isAsyncIterable(answer) ? listed(answer) : answer
  }

async function* listed(results: AsyncIterable<unknown>): AsyncGenerator<object> {
  let newestFirst: unknown[] = []
  for await (const result of results) {
    newestFirst = [result, ...newestFirst].slice(0, MOST_EVENTS)
    yield { newestFirst }
  }
}
