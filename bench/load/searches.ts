import { wordOf } from '../world.js'
import { type Draw, measureQuestions } from './asking.js'
import type { Job, Outcome, Work } from './job.js'
import { search } from './operations.js'

/** From words that every third message holds to words that one in some thousands holds. */
const queryOf = (draw: Draw): string => {
  const frequent = () => wordOf(draw(20))
  const usual = () => wordOf(20 + draw(2_000))
  const queries = [
    () => usual(),
    () => frequent(),
    () => `${usual()} ${frequent()}`,
    () => `"${frequent()} ${frequent()}"`,
    () => `${usual()} or ${usual()} -${frequent()}`,
  ]
  return queries[draw(queries.length)]!()
}

/** Every other search is of one conversation, the others of all that somebody has. */
export const measureSearches = (
  job: Job,
  { inFlight, sockets }: Extract<Work, { kind: 'searches' }>,
): Promise<Outcome> =>
  measureQuestions(job, {
    name: 'search',
    inFlight,
    sockets,
    isRight: frame => frame.includes('"edges":['),
    prepare: (_asking, _readers, draw) =>
      Promise.resolve(({ ids }) =>
        search({ query: queryOf(draw), conversationId: draw(2) === 0 ? ids[draw(ids.length)] : null }),
      ),
  })
