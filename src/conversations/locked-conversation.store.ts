import { randomUUID } from 'node:crypto'
import type { Change, ChangeRange } from '../events/topics.js'
import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from '../messages/message-row.js'
import type { Message } from '../messages/message.js'
import type { Role } from '../people/person.js'
import type { Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import { PARTICIPANT_COLUMNS, participantFromRow, type ParticipantRow } from './conversation-row.js'
import type { ConversationUpdate, MessageUpdate, OpenConversation, ParticipantUpdate } from './conversation-writer.js'
import type { Conversation, Participant } from './conversation.js'

/** Its counters live here until `save`, which writes the conversation's row once: nobody else sees it before the commit. */
export class LockedConversation implements OpenConversation {
  readonly conversation: Conversation
  /** Whose list of conversations got longer. */
  readonly newcomers = new Set<string>()
  private readonly firstRev: number
  private readonly changes = new Map<string, Change>()
  private moved = false

  constructor(
    private readonly tx: Transaction,
    stored: Conversation,
    readonly created: boolean,
  ) {
    this.conversation = { ...stored }
    this.firstRev = created ? stored.rev : stored.rev + 1
    this.moved = created
  }

  async participant(userId: string): Promise<Participant | null> {
    const sql = `select ${PARTICIPANT_COLUMNS} from participants p where p.conversation_id = $1::uuid and p.user_id = $2`
    return this.participantOf(await queryWithin<ParticipantRow>(this.tx, sql, [this.conversation.id, userId]))
  }

  async participants(): Promise<Participant[]> {
    const sql = `select ${PARTICIPANT_COLUMNS} from participants p
      where p.conversation_id = $1::uuid and p.left_at is null order by p.joined_at, p.role, p.id`
    return (await queryWithin<ParticipantRow>(this.tx, sql, [this.conversation.id])).map(participantFromRow)
  }

  async addParticipant(userId: string, role: Role): Promise<Participant> {
    const sql = `insert into participants as p (conversation_id, user_id, role, rev, access_rev)
      values ($1::uuid, $2, $3::"Role", $4::bigint, $4::bigint) returning ${PARTICIPANT_COLUMNS}`
    const { id } = this.conversation
    const rows = await queryWithin<ParticipantRow>(this.tx, sql, [id, userId, role, this.takeRev()])
    return this.startPeriod(this.recordParticipant(rows))
  }

  async updateParticipant(userId: string, data: ParticipantUpdate): Promise<Participant> {
    const { id, seq } = this.conversation
    const rev = this.takeRev()
    const { sets, parameters } = assignments([id, userId, rev], {
      visible_from_seq: data.visibleFromSeq,
      membership: data.membership,
    })
    if (data.leftAt !== undefined) sets.push(`left_at = ${data.leftAt === 'now' ? 'clock_timestamp()' : 'null'}`)
    if (data.membership !== undefined) sets.push('joined_at = clock_timestamp()')
    if (data.visibleFromSeq !== undefined || data.membership !== undefined) sets.push('access_rev = $3::bigint')
    const sql = `update participants as p set ${['rev = $3::bigint', ...sets].join(', ')}
      where p.conversation_id = $1::uuid and p.user_id = $2 returning ${PARTICIPANT_COLUMNS}`
    const participant = this.recordParticipant(await queryWithin<ParticipantRow>(this.tx, sql, parameters))
    if (data.leftAt === 'now')
      await queryWithin(
        this.tx,
        `update membership_periods set through_seq = $3::int
          where conversation_id = $1::uuid and user_id = $2 and through_seq is null`,
        [id, userId, seq],
      )
    return data.membership === undefined ? participant : this.startPeriod(participant)
  }

  async message(messageId: string): Promise<Message | null> {
    const sql = `select ${MESSAGE_COLUMNS} from messages m where m.id = $1::uuid and m.conversation_id = $2::uuid`
    const [row] = await queryWithin<MessageRow>(this.tx, sql, [messageId, this.conversation.id])
    return row ? messageFromRow(row) : null
  }

  async addSystemMessage(body: string, sessionId: string | null): Promise<Message> {
    const { id, lastActivityAt } = this.conversation
    const sql = `insert into messages as m (id, conversation_id, seq, rev, added_rev, kind, body, client_message_id, content_hash,
        session_id, created_at)
      values ($1::uuid, $2::uuid, $3::int, $4::bigint, $4::bigint, 'SYSTEM', $5, $1::uuid::text, '',
        $6::uuid, greatest($7::timestamptz, clock_timestamp()))
      returning ${MESSAGE_COLUMNS}`
    const seq = ++this.conversation.seq
    const parameters = [randomUUID(), id, seq, this.takeRev(), body, sessionId, lastActivityAt.toISOString()]
    const message = this.recordMessage(await queryWithin<MessageRow>(this.tx, sql, parameters))
    this.conversation.lastActivityAt = message.createdAt
    return message
  }

  async updateMessage(messageId: string, data: MessageUpdate): Promise<Message> {
    const { sets, parameters } = assignments([messageId, this.conversation.id, this.takeRev()], {
      body: data.body,
      deleted_by_id: data.deletedById,
    })
    if (data.editedAt) sets.push('edited_at = clock_timestamp()')
    if (data.deletedAt) sets.push('deleted_at = clock_timestamp()')
    const sql = `update messages as m set ${['rev = $3::bigint', ...sets].join(', ')}
      where m.id = $1::uuid and m.conversation_id = $2::uuid returning ${MESSAGE_COLUMNS}`
    return this.recordMessage(await queryWithin<MessageRow>(this.tx, sql, parameters))
  }

  updateConversation(data: ConversationUpdate): Promise<Conversation> {
    Object.assign(this.conversation, data, { ownRev: this.takeRev() })
    return Promise.resolve({ ...this.conversation })
  }

  async save(): Promise<void> {
    if (!this.moved) return
    const { id, seq, rev, ownRev, status, careEnded, activeSessionId, lastActivityAt } = this.conversation
    const sql = `update conversations set seq = $2::int, rev = $3::bigint, own_rev = $4::bigint,
      status = $5::"ConversationStatus", care_ended = $6::boolean, active_session_id = $7::uuid,
      last_activity_at = $8::timestamptz where id = $1::uuid`
    const parameters = [id, seq, rev, ownRev, status, careEnded, activeSessionId, lastActivityAt.toISOString()]
    await queryWithin(this.tx, sql, parameters)
  }

  /** All that was changed, or null. */
  range(): ChangeRange | null {
    const { conversation, firstRev } = this
    if (!this.moved) return null
    const changes = [...this.changes.values()]
    if (conversation.ownRev >= firstRev)
      changes.push({ rev: conversation.ownRev, kind: 'conversation', conversation: { ...conversation } })
    changes.sort((one, other) => one.rev - other.rev)
    return { first: firstRev, last: conversation.rev, changes }
  }

  private takeRev() {
    this.moved = true
    return ++this.conversation.rev
  }

  private async startPeriod(participant: Participant): Promise<Participant> {
    const sql = `insert into membership_periods (conversation_id, user_id, membership, from_seq)
      values ($1::uuid, $2, $3::int, $4::int)`
    const { id, seq } = this.conversation
    await queryWithin(this.tx, sql, [id, participant.userId, participant.membership, seq + 1])
    this.newcomers.add(participant.userId)
    return participant
  }

  private participantOf(rows: ParticipantRow[]) {
    return rows[0] ? participantFromRow(rows[0]) : null
  }

  private recordParticipant(rows: ParticipantRow[]): Participant {
    const participant = this.participantOf(rows)
    if (!participant) throw new Error('There is no such participant to change.')
    this.changes.set(`participant ${participant.userId}`, { rev: participant.rev, kind: 'participant', participant })
    return participant
  }

  private recordMessage([row]: MessageRow[]): Message {
    if (!row) throw new Error('There is no such message to change.')
    const message = messageFromRow(row)
    this.changes.set(`message ${message.id}`, { rev: message.rev, kind: 'message', message })
    return message
  }
}

/** Those that are given, as parameters behind the ones that there are. */
const assignments = (before: unknown[], values: Record<string, string | number | null | undefined>) => {
  const parameters = [...before]
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return { sets: given.map(([column, value]) => `${column} = $${parameters.push(value)}`), parameters }
}
