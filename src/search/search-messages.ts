import { findReadAccess, type Reader, readerOf } from '../conversations/read-access.js'
import { cleanText } from '../limits/text.js'
import { pageArgs, pagedForward, type Paged, type PageInput } from '../paging/page.js'
import type { Services } from '../services.js'
import type { MessageMatch } from './message-match.js'

type Needs = Pick<Services, 'conversations' | 'cursors' | 'grants' | 'search'>

const LONGEST_QUERY = 200

/** A minus that stands before no word says nothing, and dozens of them are more than PostgreSQL reads. */
const withoutIdleMinus = (text: string) => text.replace(/-(?=[-\s]|$)/g, ' ')

export const searchMessages = async (
  needs: Needs,
  viewer: Reader,
  { query, conversationId }: { query: string; conversationId?: string | null },
  input: PageInput,
): Promise<Paged<MessageMatch>> => {
  const text = cleanText('query', query, { max: LONGEST_QUERY })
  const { limit, cursor } = pageArgs(input)
  const after = cursor === null ? null : needs.cursors.readMatch(cursor)
  const access = conversationId ? await findReadAccess(needs, viewer, conversationId) : null
  const found = await needs.search.search({
    viewer: access ? readerOf(viewer, access) : viewer,
    text: withoutIdleMinus(text),
    conversationId: access?.conversation.id ?? null,
    after,
    limit,
  })
  const cursorOf = ({ rank, message }: MessageMatch) => needs.cursors.match({ rank, id: message.id })
  return pagedForward({ found, limit, after, cursorOf })
}
