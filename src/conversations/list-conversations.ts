import { isExternalId } from '../limits/ids.js'
import { cleanOptionalText } from '../limits/text.js'
import { pageArgs, paged, type Paged, type PageInput } from '../paging/page.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Conversation, ConversationKind, ConversationStatus } from './conversation.js'

type Needs = Pick<Services, 'conversations' | 'cursors'>

export interface ConversationFilter {
  statuses?: ConversationStatus[] | null
  kinds?: ConversationKind[] | null
  participantId?: string | null
  unreadOnly?: boolean | null
  search?: string | null
}

const LONGEST_SEARCH = 200

/** The viewer's conversations, by their last activity. */
export const listConversations = async (
  needs: Needs,
  viewer: Viewer,
  filter: ConversationFilter | null | undefined,
  input: PageInput,
): Promise<Paged<Conversation>> => {
  const page = pageArgs(input)
  const { statuses, kinds, participantId, unreadOnly, search } = filter ?? {}
  const { items, ...has } = await needs.conversations.list({
    viewer,
    statuses: statuses ?? ['ACTIVE'],
    kinds: kinds ?? null,
    // What cannot be anyone's id is nobody's.
    participantId: participantId && !isExternalId(participantId) ? '' : (participantId ?? null),
    unreadOnly: unreadOnly ?? false,
    search: cleanOptionalText('filter.search', search, { max: LONGEST_SEARCH }),
    after: page.cursor === null ? null : needs.cursors.readList('conversations', page.cursor),
    limit: page.limit,
  })
  const cursorOf = ({ lastActivityAt, id }: Conversation) =>
    needs.cursors.list('conversations', { at: lastActivityAt, id })
  return paged(items, cursorOf, has)
}
