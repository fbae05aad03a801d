import { createHash } from 'node:crypto'
import { findReadAccess, type Reader, readerOf } from '../conversations/read-access.js'
import { cleanText } from '../limits/text.js'
import { pageArgs, pagedForward, type Paged, type PageInput } from '../paging/page.js'
import type { Services } from '../services.js'
import type { MessageMatch } from './message-match.js'

type Needs = Pick<Services, 'conversations' | 'cursors' | 'grants' | 'search'>

const LONGEST_QUERY = 200

/** A minus that stands before no word says nothing, and dozens of them are more than PostgreSQL reads. */
const withoutIdleMinus = (text: string) => text.replace(/-(?=[-\s]|$)/g, ' ')

/** Cursors hold it, and none of the words. */
const nameOf = (text: string, conversationId: string | null | undefined) =>
  createHash('sha256')
    .update(`${conversationId ?? ''}\n${text}`)
    .digest('base64url')
    .slice(0, 16)

export const searchMessages = async (
  needs: Needs,
  viewer: Reader,
  { query, conversationId }: { query: string; conversationId?: string | null },
  input: PageInput,
): Promise<Paged<MessageMatch>> => {
  const text = cleanText('query', query, { max: LONGEST_QUERY })
  const { limit, cursor } = pageArgs(input)
  const search = nameOf(text, conversationId)
  const after = cursor === null ? null : needs.cursors.readMatch(search, cursor)
  const access = conversationId ? await findReadAccess(needs, viewer, conversationId) : null
  const found = await needs.search.search({
    viewer: access ? readerOf(viewer, access) : viewer,
    text: withoutIdleMinus(text),
    conversationId: access?.conversation.id ?? null,
    after,
    limit,
  })
  const cursorOf = ({ rank, message: { createdAt: at, seq, id } }: MessageMatch) =>
    needs.cursors.match(search, { rank, at, seq, id })
  return pagedForward({ found, limit, after, cursorOf })
}
