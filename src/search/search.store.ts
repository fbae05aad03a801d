import { ownParts } from '../conversations/own-parts.js'
import { isAdmin, type Viewer } from '../people/person.js'
import type { Database } from '../persistence/database.js'
import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from '../messages/message-row.js'
import type { ExcerptPart, MessageMatch } from './message-match.js'

export interface SearchQuery {
  viewer: Viewer
  text: string
  /** Null: all of the viewer's. */
  conversationId: string | null
  /** The page begins behind this match. */
  after: { rank: number; id: string } | null
  limit: number
}

/** How many matches are ranked: the newest. Each costs the words of its text. */
const RANKED = 1_000
/**
 * The index looks within the viewer's conversations where their messages, each compared with every name of a conversation, make
 * less. Who has more sees much of what there is: it is found first, and then looked through.
 */
const MAX_COMPARED = 5_000_000

// Around what was looked for, and for < and >, which would be taken for tags and left out. A text loses them.
const [START, STOP, LESS, GREATER] = ['\x01', '\x02', '\x03', '\x04']
const HEADLINE = `StartSel=${START}, StopSel=${STOP}, MaxFragments=2, MaxWords=20, MinWords=8, FragmentDelimiter=" … "`

/** $1 viewer, $2 text, $3 conversation, $4 rank and $5 id of the match before the page, $6 size, $7 whether the viewer is an admin. */
const searchSql = (language: string) => {
  const queries = [...new Set(['simple', language])].map(name => `websearch_to_tsquery('${name}', $2)`).join(' || ')
  return `
  with visible as materialized (
    select c.id, c.seq, greatest(p.visible_from_seq, c.first_seq) as from_seq
    from ${ownParts({ userId: '$1', asAdmin: '$7::boolean' })} p join conversations c on c.id = p.conversation_id
    where c.status <> 'DELETED' and ($3::uuid is null or c.id = $3)),
  words as materialized (
    select ${queries} as query),
  wanted as materialized (
    select words.query && coalesce(
      (select string_agg('''c ' || id::text || '''', ' | ')::tsquery from visible
        having sum(seq - from_seq + 1) * count(*) <= ${MAX_COMPARED}),
      ''::tsquery) as query from words),
  -- By its id, from which message on.
  seen as materialized (
    select jsonb_object_agg(id, from_seq) as conversations from visible),
  -- Nothing is joined, and no index has this order: whatever a planner thinks, the index of the words is read, and once.
  found as materialized (
    select m.id, m.conversation_id, m.body from messages m
    where message_vector('${language}', m.conversation_id, m.body) @@ (select query from wanted)
      and m.seq >= ((select conversations from seen) ->> m.conversation_id::text)::int
      and numnode((select query from words)) > 0 and m.deleted_at is null and m.kind <> 'SYSTEM'
    order by m.created_at at time zone 'UTC' desc, m.id desc limit ${RANKED}),
  ranked as (
    select found.id, ts_rank_cd(message_vector('${language}', found.conversation_id, found.body), words.query, 32)::float8 as rank
    from found, words),
  page as materialized (
    select id, rank from ranked where $4::float8 is null or (rank, id) < ($4::float8, $5::uuid)
    order by rank desc, id desc limit $6)
  select page.rank, ts_headline('${language}', translate(m.body, '<>${START}${STOP}${LESS}${GREATER}', '${LESS}${GREATER}'), words.query, '${HEADLINE}') as excerpt,
    ${MESSAGE_COLUMNS}
  from page join messages m on m.id = page.id, words
  order by page.rank desc, page.id desc`
}

const partsOf = (excerpt: string): ExcerptPart[] =>
  excerpt
    .replaceAll(LESS, '<')
    .replaceAll(GREATER, '>')
    .split(START)
    .flatMap((piece, index): ExcerptPart[] => {
      const [first = '', rest] = piece.split(STOP)
      const match = index > 0 && rest !== undefined
      return [
        { text: first, match },
        { text: rest ?? '', match: false },
      ]
    })
    .filter(({ text }) => text !== '')

export class SearchStore {
  private readonly sql: string

  constructor(
    private readonly database: Database,
    language: string,
  ) {
    this.sql = searchSql(language)
  }

  /** Best first; one more than asked for where there are more. */
  async search({ viewer, text, conversationId, after, limit }: SearchQuery): Promise<MessageMatch[]> {
    const parameters = [
      viewer.userId,
      text,
      conversationId,
      after?.rank ?? null,
      after?.id ?? null,
      limit + 1,
      isAdmin(viewer),
    ]
    const rows = await this.database.call<MessageRow & { rank: number; excerpt: string }>(this.sql, parameters)
    return rows.map(row => ({ message: messageFromRow(row), rank: row.rank, excerpt: partsOf(row.excerpt) }))
  }
}
