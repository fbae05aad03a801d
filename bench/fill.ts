import pg from 'pg'
import { type Conversation, type Shape, WORDS } from './world.js'

/** The tables of the app, or the fewest that do the same. */
export type Tables = 'app' | 'plain'

const PLAIN_TABLES = `
  create table users (id text primary key, display_name text not null);
  create table conversations (id uuid primary key, seq int not null default 0);
  create table messages (
    id uuid primary key,
    conversation_id uuid not null references conversations,
    seq int not null,
    sender_id text not null references users,
    client_message_id text not null,
    body text not null,
    created_at timestamptz(3) not null,
    unique (conversation_id, seq),
    unique (conversation_id, sender_id, client_message_id));`

// $1 and $2: the conversation and the person of each participant; $3: their place, 0 for the professional.
const APP_PEOPLE = [
  `insert into users (id, display_name, roles)
    select distinct on (u) u, 'Person ' || u, array[case when place = 0 then 'PROFESSIONAL' else 'PATIENT' end::"Role"]
    from unnest($1::uuid[], $2::text[], $3::int[]) as i(conv, u, place)`,
  `with people as (select * from unnest($1::uuid[], $2::text[], $3::int[]) as i(conv, u, place)),
    sized as (select conv, count(*) as size, min(u) filter (where place = 1) as patient,
      min(u) filter (where place = 0) as professional from people group by conv),
    related as (insert into care_relationships (patient_id, professional_id, active)
      select patient, professional, true from sized)
    insert into conversations (id, kind, patient_id, professional_id, rev)
    select conv, case when size = 2 then 'DIRECT' else 'GROUP' end::"ConversationKind",
      case when size = 2 then patient end, case when size = 2 then professional end, 1 + size from sized`,
  `insert into participants (conversation_id, user_id, role, rev, access_rev)
    select conv, u, case when place = 0 then 'PROFESSIONAL' else 'PATIENT' end::"Role", 2 + place, 2 + place
    from unnest($1::uuid[], $2::text[], $3::int[]) as i(conv, u, place)`,
  `insert into membership_periods (conversation_id, user_id, membership, from_seq)
    select conv, u, 1, 1 + 0 * place from unnest($1::uuid[], $2::text[], $3::int[]) as i(conv, u, place)`,
]

const PLAIN_PEOPLE = [
  `insert into users (id, display_name) select distinct u, 'Person ' || u
    from unnest($1::uuid[], $2::text[], $3::int[]) as i(conv, u, place)`,
  `insert into conversations (id)
    select distinct conv from unnest($1::uuid[], $2::text[], $3::int[]) as i(conv, u, place)`,
]

// $1 and $2: the conversation and one of its people; $3: how many messages; $4, where there are ages: of how many days.
const TEXT = `lpad(n::text, 9, '0') || ' is what was said here some time ago, in a sentence or two'`
const DRAWN = `lpad(n::text, 9, '0') || (
  select string_agg(' ' || translate(floor(${WORDS} * random() ^ 3)::int::text, '0123456789', 'abcdefghij'), '')
  from generate_series(1, 12 + 0 * n))`
const appMessages = (text: string) => `with said as materialized (
    select gen_random_uuid() as id, conv, u, n from unnest($1::uuid[], $2::text[]) as i(conv, u), generate_series(1, $3::int) n),
  added as (
    insert into messages (id, conversation_id, seq, rev, added_rev, sender_id, sender_role, kind, body, client_message_id,
      content_hash, created_at)
    select s.id, conv, n, c.rev + n, c.rev + n, u, 'PROFESSIONAL', 'TEXT', ${text}, s.id::text, '',
      now() - interval '1 second' * ($3 - n) - interval '1 day' * $4::int
    from said s join conversations c on c.id = conv)
  update conversations set seq = $3, rev = rev + $3 where id = any($1)`
const PLAIN_MESSAGES = `with added as (
    insert into messages (id, conversation_id, seq, sender_id, client_message_id, body, created_at)
    select gen_random_uuid(), conv, n, u, n::text, ${TEXT}, now() - interval '1 second' * ($3 - n)
    from unnest($1::uuid[], $2::text[]) as i(conv, u), generate_series(1, $3::int) n)
  update conversations set seq = $3 where id = any($1)`

export const makePlainTables = (url: string): Promise<void> => withClient(url, client => client.query(PLAIN_TABLES))

/** The people, their conversations, and what was said. */
export const fill = (
  url: string,
  tables: Tables,
  conversations: Conversation[],
  { messages, words, daysOld = 0 }: Shape,
): Promise<void> =>
  withClient(url, async client => {
    const places = conversations.flatMap(({ id, people }) => people.map((person, place) => ({ id, person, place })))
    const columns = [
      places.map(({ id }) => id),
      places.map(({ person }) => person.id),
      places.map(({ place }) => place),
    ]
    for (const sql of tables === 'app' ? APP_PEOPLE : PLAIN_PEOPLE) await client.query(sql, columns)
    if (messages > 0) {
      const senders = conversations.map(({ people }) => people[0]?.id)
      const sql = tables === 'app' ? appMessages(words ? DRAWN : TEXT) : PLAIN_MESSAGES
      const what = [conversations.map(({ id }) => id), senders, messages]
      await client.query(sql, tables === 'app' ? [...what, daysOld] : what)
    }
    // A table that was vacuumed while it was empty is taken for empty: the plans that are kept read whole conversations.
    const filled = tables === 'app' ? 'users, conversations, participants' : 'users, conversations'
    await client.query(`vacuum analyze ${messages > 0 ? '' : filled}`)
  })

export const withClient = async (url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
