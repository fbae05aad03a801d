import { findAccess } from '../conversations/conversation-access.js'
import { cleanText } from '../limits/text.js'
import { pageArgs, paged, type Paged, type PageInput } from '../paging/page.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { MessageMatch } from './message-match.js'

type Needs = Pick<Services, 'conversations' | 'cursors' | 'search'>

const LONGEST_QUERY = 200

export const searchMessages = async (
  needs: Needs,
  viewer: Viewer,
  { query, conversationId }: { query: string; conversationId?: string | null },
  input: PageInput,
): Promise<Paged<MessageMatch>> => {
  const text = cleanText('query', query, { max: LONGEST_QUERY })
  const { limit, cursor } = pageArgs(input)
  const after = cursor === null ? null : needs.cursors.readMatch(cursor)
  const access = conversationId ? await findAccess(needs, viewer, conversationId) : null
  const found = await needs.search.search({
    viewer,
    text,
    conversationId: access?.conversation.id ?? null,
    after,
    limit,
  })
  const cursorOf = ({ rank, message }: MessageMatch) => needs.cursors.match({ rank, id: message.id })
  const has = { hasNextPage: found.length > limit, hasPreviousPage: after !== null }
  return paged(found.slice(0, limit), cursorOf, has)
}
