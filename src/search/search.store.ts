import { ownParts } from '../conversations/own-parts.js'
import { isAdmin, type Viewer } from '../people/person.js'
import { Turns } from '../limits/turns.js'
import type { MatchPosition } from '../paging/cursors.js'
import type { Database } from '../persistence/database.js'
import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from '../messages/message-row.js'
import type { ExcerptPart, MessageMatch } from './message-match.js'

export interface SearchQuery {
  viewer: Viewer
  text: string
  /** Null: all of the viewer's. */
  conversationId: string | null
  /** The page begins behind this match. */
  after: MatchPosition | null
  limit: number
}

/** How many that hold the words are ranked: the newest, up to so many characters. Each costs the words of its text. */
const RANKED = 1_000
const RANKED_CHARACTERS = 500_000
/** What is more waits, and leaves the database's connections to others. */
const TURNS = { atOnce: 2, waitingOfOne: 20 }
/**
 * The index looks within the viewer's conversations where their messages, each compared with every name of a conversation, make
 * less. Who has more sees much of what there is: it is found first, and then looked through.
 */
const MAX_COMPARED = 5_000_000

// Around what was looked for, and for < and >, which would be taken for tags and left out. None is in a text as it is seen.
const [START, STOP, LESS, GREATER] = ['\x01', '\x02', '\x03', '\x04']
const SELECTED = `StartSel=${START}, StopSel=${STOP}`
/** Of a text no longer than this the whole is shown: else a dose at its end would be left out. */
const WHOLE_CHARACTERS = 200
const WHOLE = `${SELECTED}, HighlightAll=true`
const FRAGMENTS = `${SELECTED}, MaxFragments=2, MaxWords=20, MinWords=8, ShortWord=0, FragmentDelimiter=" … "`

/** $1 viewer, $2 text, $3 conversation, $4 to $7 rank, time, seq and id of the match before the page, $8 size, $9 whether the
 * viewer is an admin. */
const searchSql = (language: string) => {
  const queries = [...new Set(['simple', language])]
    .map(name => `websearch_to_tsquery('${name}', seen_text($2))`)
    .join(' || ')
  return `
  with visible as materialized (
    select c.id, c.seq, greatest(p.visible_from_seq, c.first_seq) as from_seq
    from ${ownParts({ userId: '$1', asAdmin: '$9::boolean' })} p join conversations c on c.id = p.conversation_id
    where c.status <> 'DELETED' and ($3::uuid is null or c.id = $3)),
  -- What the index answers by itself: all the words, without their order and what must not be there.
  words as materialized (
    select query, regexp_replace(nullif(querytree(query), 'T'), '<(-|[0-9]+)>', '&', 'g')::tsquery as indexed
    from (select ${queries} as query) asked where numnode(query) > 0),
  wanted as materialized (
    select words.indexed && coalesce(
      (select string_agg('''c ' || id::text || '''', ' | ')::tsquery from visible
        having sum(seq - from_seq + 1) * count(*) <= ${MAX_COMPARED}),
      ''::tsquery) as query from words),
  -- By its id, from which message on.
  seen as materialized (
    select jsonb_object_agg(id, from_seq) as conversations from visible),
  -- Nothing is joined, and no index has this order: whatever a planner thinks, the index of the words is read, and once.
  found as materialized (
    select m.id, m.conversation_id, m.body, m.created_at, m.seq from messages m
    where message_vector('${language}', m.conversation_id, m.body) @@ (select query from wanted)
      and m.seq >= ((select conversations from seen) ->> m.conversation_id::text)::int
      and m.deleted_at is null and m.kind <> 'SYSTEM'
    order by m.created_at at time zone 'UTC' desc, m.seq desc, m.id desc limit ${RANKED}),
  vectors as materialized (
    select id, created_at, seq, message_vector('${language}', conversation_id, body) as vector
    from (select *, sum(length(body)) over (order by created_at desc, seq desc, id desc) as characters from found) newest
    where characters <= ${RANKED_CHARACTERS}),
  ranked as (
    select id, created_at, seq, ts_rank_cd(vector, words.query, 32)::float8 as rank from vectors, words where vector @@ words.query),
  page as materialized (
    select id, rank from ranked
    where $4::float8 is null or (rank, created_at, seq, id) < ($4::float8, $5::timestamptz, $6::int, $7::uuid)
    order by rank desc, created_at desc, seq desc, id desc limit $8)
  select page.rank, ts_headline('${language}', translate(seen_text(m.body), '<>', '${LESS}${GREATER}'), words.query,
      case when length(m.body) <= ${WHOLE_CHARACTERS} then '${WHOLE}' else '${FRAGMENTS}' end) as excerpt,
    ${MESSAGE_COLUMNS}
  from page join messages m on m.id = page.id, words
  order by page.rank desc, m.created_at desc, m.seq desc, m.id desc`
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
  private readonly turns = new Turns(TURNS)

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
      after?.at.toISOString() ?? null,
      after?.seq ?? null,
      after?.id ?? null,
      limit + 1,
      isAdmin(viewer),
    ]
    const rows = await this.turns.run(viewer.userId, () =>
      this.database.call<MessageRow & { rank: number; excerpt: string }>(this.sql, parameters),
    )
    return rows.map(row => ({ message: messageFromRow(row), rank: row.rank, excerpt: partsOf(row.excerpt) }))
  }
}
