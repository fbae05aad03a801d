import { randomUUID } from 'node:crypto'
import { isSeenBy } from '../conversations/conversation-row.js'
import { ownParts } from '../conversations/own-parts.js'
import type { Participant } from '../conversations/conversation.js'
import { isAdmin, type Viewer } from '../people/person.js'
import type { Database, Transaction } from '../persistence/database.js'
import { newestFirst, type NewestFirst, type NewestPage } from '../persistence/newest-first.js'
import { queryWithin } from '../persistence/query.js'
import {
  SESSION_COLUMNS,
  SESSION_PARTICIPANT_COLUMNS,
  sessionFromRow,
  sessionParticipantsFromRows,
  type SessionParticipantRow,
  type SessionRow,
} from './session-row.js'
import type { Session, SessionParticipant, SessionStatus } from './session.js'

const SEEN = `exists (select 1 from conversations c where c.id = s.conversation_id and ${isSeenBy('$1')})`

const WITHOUT_STANDING_SQL = `
  with gone as (
    select id, active from users where id = any($1::text[]) and not (active and 'PROFESSIONAL' = any(roles)))
  select s.conversation_id as "conversationId", g.id as "userId" from gone g join sessions s on s.professional_id = g.id
   where s.status = 'ACTIVE'
  union
  select s.conversation_id, g.id from gone g join session_participants x on x.user_id = g.id and x.left_at is null
    join sessions s on s.id = x.session_id
   where s.status = 'ACTIVE' and not g.active
  union
  select s.conversation_id, g.id from gone g join sessions s on s.patient_id = g.id
   where s.status = 'ACTIVE' and not g.active
  order by 1, 2`

export type NewSession = Pick<
  Session,
  'conversationId' | 'type' | 'patientId' | 'professionalId' | 'appointmentId' | 'serviceId' | 'rate'
>

export interface SessionEnd {
  status: Exclude<SessionStatus, 'ACTIVE'>
  reason: string | null
  /** Now without it. */
  at?: Date | null | undefined
}

export interface SessionQuery extends Pick<NewestFirst, 'after' | 'limit'> {
  /** Who takes part in the conversation. */
  viewer: Viewer
  conversationId: string | null
  statuses: Session['status'][] | null
  types: Session['type'][] | null
}

/** Sessions change under the lock of their conversation, in the transaction of a Writing. */
export class SessionStore {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<Session | null> {
    return (await this.findMany([id]))[0] ?? null
  }

  async findMany(ids: readonly string[]): Promise<Session[]> {
    const sql = `select ${SESSION_COLUMNS} from sessions s where s.id = any($1::uuid[])`
    return (await this.database.call<SessionRow>(sql, [ids])).map(sessionFromRow)
  }

  /** In the order in which they joined. */
  async participantsOf(sessionIds: readonly string[]): Promise<SessionParticipant[]> {
    const sql = `select ${SESSION_PARTICIPANT_COLUMNS} from session_participants x
      where x.session_id = any($1::uuid[]) order by x.joined_at, x.role, x.user_id`
    return sessionParticipantsFromRows(await this.database.call<SessionParticipantRow>(sql, [sessionIds]))
  }

  async list(query: SessionQuery): Promise<NewestPage<Session>> {
    const parameters: unknown[] = [query.viewer.userId, isAdmin(query.viewer)]
    const where = [SEEN]
    const only = (condition: string, value: unknown) => {
      if (value !== null) where.push(condition.replace('?', `$${parameters.push(value)}`))
    }
    only('s.conversation_id = ?::uuid', query.conversationId)
    only('s.status::text = any(?::text[])', query.statuses)
    only('s.type::text = any(?::text[])', query.types)
    const page = await newestFirst<SessionRow>(this.database, {
      columns: SESSION_COLUMNS,
      from: `${ownParts({ userId: '$1', asAdmin: '$2::boolean' })} p join sessions s on s.conversation_id = p.conversation_id`,
      where,
      parameters,
      at: 's.started_at',
      id: 's.id',
      after: query.after,
      limit: query.limit,
    })
    return { ...page, items: page.items.map(sessionFromRow) }
  }

  /**
   * Of these people those who are in a session though they are not active any more, or give one and are no professional. By
   * conversation.
   */
  withoutStanding(tx: Transaction, userIds: readonly string[]): Promise<{ conversationId: string; userId: string }[]> {
    return queryWithin(tx, WITHOUT_STANDING_SQL, [userIds])
  }

  /** Locks it. */
  async findWithin(tx: Transaction, id: string): Promise<Session | null> {
    const sql = `select ${SESSION_COLUMNS} from sessions s where s.id = $1::uuid for no key update`
    const [row] = await queryWithin<SessionRow>(tx, sql, [id])
    return row ? sessionFromRow(row) : null
  }

  async insert(
    tx: Transaction,
    session: NewSession,
    members: Pick<Participant, 'userId' | 'role'>[],
  ): Promise<Session> {
    const sql = `insert into sessions as s
        (id, conversation_id, type, patient_id, professional_id, appointment_id, service_id, rate_minor, currency,
          started_at, last_activity_at)
      select $1::uuid, $2::uuid, $3::"SessionType", $4, $5, $6, $7, $8::bigint, $9, now.at, now.at
      from (select clock_timestamp() as at) now returning ${SESSION_COLUMNS}`
    const { conversationId, type, patientId, professionalId, appointmentId, serviceId, rate } = session
    const of = [conversationId, type, patientId, professionalId, appointmentId, serviceId]
    const money = [rate && String(rate.amountMinor), rate && rate.currency]
    const stored = one(await queryWithin<SessionRow>(tx, sql, [randomUUID(), ...of, ...money]))
    for (const { userId, role } of members)
      await queryWithin(
        tx,
        `insert into session_participants (session_id, user_id, role, joined_at)
         select s.id, $2, $3::"Role", s.started_at from sessions s where s.id = $1::uuid`,
        [stored.id, userId, role],
      )
    return stored
  }

  /** At a moment that has passed, or now. What it costs is fixed. */
  async end(tx: Transaction, id: string, { status, reason, at = null }: SessionEnd): Promise<Session> {
    const sql = `update sessions s set status = $2::"SessionStatus", end_reason = $3, ended_at = ending.at,
        cost_minor = case when s.rate_minor is not null then (
          select coalesce(sum(c.amount_minor), 0) from session_charges(s.id, ending.at) c) end
      from (select date_trunc('milliseconds', coalesce($4::timestamptz, clock_timestamp())) as at) ending
      where s.id = $1::uuid returning ${SESSION_COLUMNS}`
    const ended = one(await queryWithin<SessionRow>(tx, sql, [id, status, reason, at?.toISOString() ?? null]))
    await queryWithin(
      tx,
      `update session_participants x set left_at = greatest(x.joined_at, s.ended_at)
       from sessions s where s.id = x.session_id and x.session_id = $1::uuid and (x.left_at is null or x.left_at > s.ended_at)`,
      [id],
    )
    return ended
  }
}

const one = ([row]: SessionRow[]): Session => {
  if (!row) throw new Error('The session was not stored.')
  return sessionFromRow(row)
}
