import {
  CONVERSATION_COLUMNS,
  conversationFromRow,
  type ConversationRow,
  PARTICIPANT_COLUMNS,
  participantFromRow,
  type ParticipantRow,
} from '../conversations/conversation-row.js'
import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from '../messages/message-row.js'
import type { Message } from '../messages/message.js'
import type { Database } from '../persistence/database.js'
import type { ChangePage, FeedSource, Head } from './feeds.js'
import type { Change } from './topics.js'

// Page and head are one statement: with two, what commits between them is lost for good.
const CHANGES_SQL = `
  (select * from (
    select 'message' as kind, x.rev, row_to_json(x)::text as content from (
      select ${MESSAGE_COLUMNS} from messages m
      where m.conversation_id = $1::uuid and m.rev > $2::bigint order by m.rev limit $3::int) x
    union all
    select 'participant', x.rev, row_to_json(x)::text from (
      select ${PARTICIPANT_COLUMNS} from participants p
      where p.conversation_id = $1::uuid and p.rev > $2::bigint order by p.rev limit $3::int) x
    union all
    select 'conversation', x.own_rev, row_to_json(x)::text from (
      select ${CONVERSATION_COLUMNS} from conversations c where c.id = $1::uuid and c.own_rev > $2::bigint) x
  ) changes order by rev limit $3::int)
  union all
  select 'head', c.rev, c.seq::text from conversations c where c.id = $1::uuid`

const MESSAGES_SQL = `
  select ${MESSAGE_COLUMNS} from messages m
  where m.conversation_id = $1::uuid and m.seq > $2::int and m.seq <= $3::int order by m.seq limit $4::int`

const HEADS_SQL = 'select id, rev, seq from conversations where id = any($1::uuid[])'

interface ChangeRow {
  kind: Change['kind'] | 'head'
  rev: number
  content: string
}

const INSTANT = /_(at|until)$/

const parseRow = <Row>(content: string): Row =>
  JSON.parse(content, (column, value: unknown) =>
    INSTANT.test(column) && typeof value === 'string' ? new Date(value) : value,
  ) as Row

const changeFromRow = ({ kind, rev, content }: ChangeRow): Change[] => {
  switch (kind) {
    case 'message':
      return [{ rev, kind, message: messageFromRow(parseRow<MessageRow>(content)) }]
    case 'participant':
      return [{ rev, kind, participant: participantFromRow(parseRow<ParticipantRow>(content)) }]
    case 'conversation':
      return [{ rev, kind, conversation: conversationFromRow(parseRow<ConversationRow>(content)) }]
    case 'head':
      return []
  }
}

export class FeedStore implements FeedSource {
  constructor(private readonly database: Database) {}

  async heads(conversationIds: readonly string[]): Promise<Map<string, Head>> {
    const rows = await this.database.call<Head & { id: string }>(HEADS_SQL, [conversationIds])
    return new Map(rows.map(({ id, rev, seq }) => [id, { rev, seq }]))
  }

  async changesAfter(conversationId: string, rev: number, limit: number): Promise<ChangePage> {
    const rows = await this.database.call<ChangeRow>(CHANGES_SQL, [conversationId, rev, limit])
    const head = rows.find(row => row.kind === 'head')
    if (!head) throw new Error('The conversation is gone.')
    const changes = rows.flatMap(changeFromRow).sort((one, other) => one.rev - other.rev)
    return { changes, head: { rev: head.rev, seq: Number(head.content) } }
  }

  async messagesAfter(conversationId: string, seq: number, through: number, limit: number): Promise<Message[]> {
    const rows = await this.database.call<MessageRow>(MESSAGES_SQL, [conversationId, seq, through, limit])
    return rows.map(messageFromRow)
  }
}
