import { randomUUID } from 'node:crypto'
import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from '../messages/message-row.js'
import type { Message, SystemEvent } from '../messages/message.js'
import { queryWithin } from '../persistence/query.js'
import type { Deletion, MessageUpdate } from './conversation-writer.js'
import { assignments, type Held } from './held-conversation.store.js'

export interface SystemNote {
  body: string
  sessionId: string | null
  event: SystemEvent | null
}

/** The messages of a conversation under its lock. */
export class LockedMessages {
  constructor(private readonly held: Held) {}

  async find(messageId: string): Promise<Message | null> {
    const { tx, conversation } = this.held
    const sql = `select ${MESSAGE_COLUMNS} from messages m where m.id = $1::uuid and m.conversation_id = $2::uuid`
    const [row] = await queryWithin<MessageRow>(tx, sql, [messageId, conversation.id])
    return row ? messageFromRow(row) : null
  }

  async deletionOf(messageId: string): Promise<Deletion | null> {
    const sql = `select deleted_by_id as "byId", extract(epoch from clock_timestamp() - deleted_at)::float8 * 1000 as "ageMs"
      from messages where id = $1::uuid and deleted_at is not null`
    return (await queryWithin<Deletion>(this.held.tx, sql, [messageId]))[0] ?? null
  }

  async addSystem({ body, sessionId, event }: SystemNote): Promise<Message> {
    const { tx, conversation } = this.held
    const sql = `insert into messages as m (id, conversation_id, seq, rev, added_rev, kind, body, client_message_id, content_hash,
        session_id, system_event, created_at)
      values ($1::uuid, $2::uuid, $3::int, $4::bigint, $4::bigint, 'SYSTEM', $5, $1::uuid::text, '',
        $6::uuid, $7::"SystemEvent", greatest($8::timestamptz, clock_timestamp()))
      returning ${MESSAGE_COLUMNS}`
    const { id, lastActivityAt } = conversation
    const seq = ++conversation.seq
    const content = [body, sessionId, event]
    const parameters = [randomUUID(), id, seq, this.held.takeRevs(1), ...content, lastActivityAt.toISOString()]
    const message = this.record(await queryWithin<MessageRow>(tx, sql, parameters))
    conversation.lastActivityAt = message.createdAt
    return message
  }

  /** The newest SYSTEM message of the session; null where it was removed. */
  async lastNoteOf(sessionId: string): Promise<string | null> {
    const sql = `select id from messages where session_id = $1::uuid and kind = 'SYSTEM' order by seq desc limit 1`
    return (await queryWithin<{ id: string }>(this.held.tx, sql, [sessionId]))[0]?.id ?? null
  }

  async update(messageId: string, data: MessageUpdate): Promise<Message> {
    const { tx, conversation } = this.held
    if (data.body !== undefined) await this.keepRevision(messageId)
    const { sets, parameters } = assignments(
      [messageId, conversation.id, this.held.takeRevs(1)],
      [
        ['body', 'text', data.body],
        ['deleted_by_id', 'text', data.deletedAt === null ? null : data.deletedById],
      ],
    )
    if (data.editedAt) sets.push('edited_at = clock_timestamp()')
    if (data.deletedAt !== undefined) sets.push(`deleted_at = ${data.deletedAt ? 'clock_timestamp()' : 'null'}`)
    const sql = `update messages as m set ${['rev = $3::bigint', ...sets].join(', ')}
      where m.id = $1::uuid and m.conversation_id = $2::uuid returning ${MESSAGE_COLUMNS}`
    return this.record(await queryWithin<MessageRow>(tx, sql, parameters))
  }

  async reactionsOf(messageId: string, userId: string): Promise<string[]> {
    const sql = 'select emoji from reactions where message_id = $1::uuid and user_id = $2'
    return (await queryWithin<{ emoji: string }>(this.held.tx, sql, [messageId, userId])).map(row => row.emoji)
  }

  async addReaction(messageId: string, userId: string, emoji: string): Promise<Message> {
    const sql = `insert into reactions (message_id, user_id, emoji, created_at) values ($1::uuid, $2, $3, clock_timestamp())`
    await queryWithin(this.held.tx, sql, [messageId, userId, emoji])
    return this.update(messageId, {})
  }

  async removeReaction(messageId: string, userId: string, emoji: string): Promise<Message> {
    const sql = 'delete from reactions where message_id = $1::uuid and user_id = $2 and emoji = $3'
    await queryWithin(this.held.tx, sql, [messageId, userId, emoji])
    return this.update(messageId, {})
  }

  private async keepRevision(messageId: string): Promise<void> {
    const sql = `insert into message_revisions (message_id, number, body, created_at)
      select m.id, (select coalesce(max(r.number), 0) + 1 from message_revisions r where r.message_id = m.id),
        coalesce(m.body, ''), coalesce(m.edited_at, m.created_at)
      from messages m where m.id = $1::uuid and m.conversation_id = $2::uuid`
    await queryWithin(this.held.tx, sql, [messageId, this.held.conversation.id])
  }

  private record([row]: MessageRow[]): Message {
    if (!row) throw new Error('There is no such message to change.')
    const message = messageFromRow(row)
    this.held.record({ rev: message.rev, kind: 'message', message })
    return message
  }
}
