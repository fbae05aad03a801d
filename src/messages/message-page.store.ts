import { PERSON_JSON } from '../people/person-row.js'
import type { Person, Role } from '../people/person.js'
import type { Database } from '../persistence/database.js'
import { parseTimestamp } from '../persistence/parse-timestamp.js'
import type { Message, MessageKind, SystemEvent } from './message.js'

// Ids, numbers, names of enums and times hold no control characters.
const FIELD = '\x1f'
const RECORD = '\x1e'

const FACTS = ['id', 'seq', 'rev', 'added_rev', 'sender_id', 'sender_role', 'kind', 'session_id', 'appointment_id']
  .concat(['service_id', 'reply_to_id', 'created_at', 'edited_at', 'deleted_at', 'system_event'])
  .map(column => `coalesce(${column}::text, '')`)

export interface PageKey {
  conversationId: string
  /** Both ends belong to it. */
  from: number
  through: number
  limit: number
}

/**
 * Pages of messages with their senders, each in one row of few values: to parse each column of each message costs more
 * than everything else about a page.
 */
const pagesSql = (order: 'asc' | 'desc') => `
  select k.ord::int, page.* from unnest($1::uuid[], $2::int[], $3::int[], $4::int[]) with ordinality
    k(conversation, low, high, size, ord)
  cross join lateral (
    with page as materialized (
      select * from messages where conversation_id = k.conversation and seq between k.low and k.high
      order by seq ${order} limit k.size)
    select string_agg(concat_ws(E'${FIELD}', ${FACTS.join(', ')}), E'${RECORD}') as facts,
      -- What is deleted keeps its text in the table alone, for its recovery.
      json_agg(case when deleted_at is null then body end) as bodies,
      json_agg(client_message_id) as keys,
      case when bool_or(card is not null) then json_agg(case when deleted_at is null then card end) end as cards,
      (select json_agg(${PERSON_JSON}) from users u where u.id in (select sender_id from page)) as senders
    from (select * from page order by seq) in_order) page`

const SQL = { FIRST: pagesSql('asc'), LAST: pagesSql('desc') }

/** Null where there is no message. */
interface PageRow {
  ord: number
  facts: string | null
  bodies: (string | null)[] | null
  keys: string[] | null
  /** Null where no message has one. */
  cards: Message['card'][] | null
  senders: Person[] | null
}

const optional = (text: string | undefined) => text || null
const dateOf = (text: string | undefined) => (text ? (parseTimestamp(text) as Date) : null)

const messagesFromPage = (conversationId: string, { facts, bodies, keys, cards, senders }: PageRow): Message[] => {
  if (facts === null) return []
  const people = new Map((senders ?? []).map(person => [person.id, person]))
  return facts.split(RECORD).map((record, index) => {
    const [
      id,
      seq,
      rev,
      addedRev,
      sender,
      role,
      kind,
      session,
      appointment,
      service,
      target,
      created,
      edited,
      deleted,
      event,
    ] = record.split(FIELD)
    return {
      id: id!,
      conversationId,
      seq: Number(seq),
      rev: Number(rev),
      addedRev: Number(addedRev),
      senderId: optional(sender),
      sender: people.get(sender!) ?? null,
      senderRole: optional(role) as Role | null,
      kind: kind as MessageKind,
      body: bodies?.[index] ?? null,
      systemEvent: optional(event) as SystemEvent | null,
      clientMessageId: keys![index]!,
      sessionId: optional(session),
      appointmentId: optional(appointment),
      serviceId: optional(service),
      replyToId: optional(target),
      card: cards?.[index] ?? null,
      createdAt: dateOf(created)!,
      editedAt: dateOf(edited),
      deletedAt: dateOf(deleted),
    }
  })
}

/** In the order of the keys: the first messages of each range, or its last; always by seq. */
export const readPages = async (database: Database, end: 'FIRST' | 'LAST', keys: PageKey[]): Promise<Message[][]> => {
  const rows = await database.call<PageRow>(SQL[end], [
    keys.map(key => key.conversationId),
    keys.map(key => key.from),
    keys.map(key => key.through),
    keys.map(key => key.limit),
  ])
  const byOrder = new Map(rows.map(row => [row.ord, row]))
  return keys.map(({ conversationId }, index) => {
    const row = byOrder.get(index + 1)
    return row ? messagesFromPage(conversationId, row) : []
  })
}
