import { cleanOptionalText } from '../limits/text.js'
import { pageArgs, paged, type Paged, type PageInput } from '../paging/page.js'
import { MAX_DISPLAY_NAME } from '../people/person.js'
import type { Services } from '../services.js'
import type { DeskEntry } from './desk-entry.js'

/** The support desk's list. */
export const listChatUsers = async (
  needs: Pick<Services, 'conversations' | 'cursors'>,
  given: string | null | undefined,
  input: PageInput,
): Promise<Paged<DeskEntry>> => {
  const search = cleanOptionalText('search', given, { max: MAX_DISPLAY_NAME })
  const { limit, cursor } = pageArgs(input)
  const after = cursor === null ? null : needs.cursors.readList('chatUsers', cursor)
  const { items, ...has } = await needs.conversations.chatUsers({ search, after, limit })
  const cursorOf = ({ conversation: { lastActivityAt, id } }: DeskEntry) =>
    needs.cursors.list('chatUsers', { at: lastActivityAt, id })
  return paged(items, cursorOf, has)
}
