import { moneyOf } from '../billing/money.js'
import type { Role } from '../people/person.js'
import type { Session, SessionParticipant, SessionStatus, SessionType } from './session.js'

/** Of `sessions s`; what a SessionRow needs. */
export const SESSION_COLUMNS = `s.id, s.conversation_id, s.type, s.status, s.patient_id, s.professional_id, s.appointment_id,
  s.service_id, s.started_at, s.ended_at, s.end_reason, s.stays, s.rate_minor, s.currency, s.cost_minor,
  case when s.rate_minor is not null then (
    select coalesce(sum(e.amount_minor), 0) from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
    where t.session_id = s.id and e.kind = 'REFUND' and e.amount_minor > 0)::bigint end as refunded_minor,
  greatest(0, floor(extract(epoch from coalesce(s.ended_at, clock_timestamp()) - s.started_at)))::int as duration_seconds`

export interface SessionRow {
  id: string
  conversation_id: string
  type: SessionType
  status: SessionStatus
  patient_id: string | null
  professional_id: string
  appointment_id: string | null
  service_id: string | null
  started_at: Date
  ended_at: Date | null
  end_reason: string | null
  duration_seconds: number
  stays: number
  rate_minor: number | null
  currency: string | null
  cost_minor: number | null
  refunded_minor: number | null
}

export const sessionFromRow = (row: SessionRow): Session => ({
  id: row.id,
  conversationId: row.conversation_id,
  type: row.type,
  status: row.status,
  patientId: row.patient_id,
  professionalId: row.professional_id,
  appointmentId: row.appointment_id,
  serviceId: row.service_id,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  endReason: row.end_reason,
  durationSeconds: row.duration_seconds,
  stays: row.stays,
  rate: moneyOf(row.rate_minor, row.currency),
  finalCost: moneyOf(row.cost_minor, row.currency),
  refunded: moneyOf(row.refunded_minor, row.currency),
})

export const SESSION_PARTICIPANT_COLUMNS = 'x.session_id, x.user_id, x.role, x.joined_at, x.left_at'

export interface SessionParticipantRow {
  session_id: string
  user_id: string
  role: Role
  joined_at: Date
  left_at: Date | null
}

/** One for each person, of a row for each of their stays; both by when they joined. */
export const sessionParticipantsFromRows = (rows: readonly SessionParticipantRow[]): SessionParticipant[] => {
  const found = new Map<string, SessionParticipant>()
  for (const { session_id: sessionId, user_id: userId, role, joined_at: joinedAt, left_at: leftAt } of rows) {
    const known = found.get(`${sessionId} ${userId}`)
    const stays = [...(known?.stays ?? []), { joinedAt, leftAt }]
    found.set(`${sessionId} ${userId}`, {
      sessionId,
      userId,
      role,
      joinedAt: known?.joinedAt ?? joinedAt,
      leftAt,
      stays,
    })
  }
  return [...found.values()]
}
