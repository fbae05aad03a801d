import { type Asking, measureQuestions } from './asking.js'
import type { Job, Outcome, Work } from './job.js'
import { page, SEQ, seqIn, walk, wholeAt } from './operations.js'

type PagesWork = Extract<Work, { kind: 'pages' }>

const PAGE_SIZE = 50

/** Each page must be whole, and its numbers must rise by one. */
const isRight = (frame: string) => {
  const first = seqIn(frame)
  let seq = first
  for (let at = frame.indexOf(SEQ); at !== -1; at = frame.indexOf(SEQ, at + SEQ.length))
    if (wholeAt(frame, at + SEQ.length) !== seq++) return false
  return seq - first === PAGE_SIZE
}

const START_CURSOR = /"startCursor":"([^"]+)"/

/** From the newest to the oldest, every hundredth. */
const collectCursors = async (asking: Asking, conversationId: string): Promise<string[]> => {
  const cursors: string[] = []
  let before: string | null = null
  for (;;) {
    const frame: string = await new Promise(resolve => asking.ask(0, walk({ conversationId, before }), resolve))
    const cursor = START_CURSOR.exec(frame)?.[1]
    if (cursor === undefined) throw new Error(`No cursor in ${frame.slice(0, 500)}`)
    if (frame.includes('"hasPreviousPage":false')) return cursors
    cursors.push((before = cursor))
  }
}

export const measurePages = (job: Job, { deep, inFlight, sockets }: PagesWork): Promise<Outcome> =>
  measureQuestions(job, {
    name: 'page',
    inFlight,
    sockets,
    isRight,
    prepare: async (asking, readers, draw) => {
      const cursors = deep ? await collectCursors(asking, readers[0]!.ids[0]!) : []
      return ({ ids }) => {
        const conversationId = ids[draw(ids.length)]
        return page({ conversationId, before: deep ? cursors[draw(cursors.length)] : null })
      }
    },
  })
