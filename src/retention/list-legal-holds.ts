import { notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { pageArgs, pagedForward, type Paged, type PageInput } from '../paging/page.js'
import type { Services } from '../services.js'
import type { NumberedHold } from './legal-hold.js'

type Needs = Pick<Services, 'conversations' | 'cursors' | 'legalHolds'>

/** Newest first. */
export const listLegalHolds = async (
  { conversations, cursors, legalHolds }: Needs,
  conversationId: string,
  input: PageInput,
): Promise<Paged<NumberedHold>> => {
  const { limit, cursor } = pageArgs(input)
  if (!isUuid(conversationId) || !(await conversations.find(conversationId)))
    throw notFound('conversation', 'conversationId')
  const before = cursor === null ? null : cursors.readLegalHold(cursor, conversationId)
  const found = await legalHolds.list(conversationId, before, limit + 1)
  const cursorOf = ({ number }: NumberedHold) => cursors.legalHold(conversationId, number)
  return pagedForward({ found, limit, after: before, cursorOf })
}
