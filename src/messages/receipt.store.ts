import { PERSON_JSON } from '../people/person-row.js'
import type { Person } from '../people/person.js'
import type { Database } from '../persistence/database.js'
import type { Message } from './message.js'
import type { DeliveryStatus, Receipt } from './receipt.js'

type About = Pick<Message, 'conversationId' | 'seq' | 'senderId' | 'senderRole'>

/** Of messages k, the participants p that were recipients. In a SUPPORT conversation the admins are one, whenever they came. */
const RECIPIENTS = `from unnest($1::uuid[], $2::int[], $3::text[], $4::boolean[]) with ordinality k(conv, seq, sender, by_admin, ord)
  join conversations c on c.id = k.conv
  join participants p on p.conversation_id = k.conv and p.user_id is distinct from k.sender
  left join membership_periods y on y.conversation_id = k.conv and y.user_id = p.user_id
    and k.seq between y.from_seq and coalesce(y.through_seq, k.seq)
  cross join lateral (select c.kind = 'SUPPORT' and p.role = 'ADMIN' as is_desk,
    case when p.read_through >= k.seq then 2 when p.delivered_through >= k.seq then 1 else 0 end as stage) x
  where case when x.is_desk then not k.by_admin else y.user_id is not null end`

/** The least of those who still take part; the desk where it is a recipient, also before an admin came. */
const STATUSES_SQL = `select k.ord::int, least(min(x.stage) filter (where not x.is_desk and p.left_at is null),
    case when c.kind = 'SUPPORT' and not k.by_admin then coalesce(max(x.stage) filter (where x.is_desk), 0) end) as stage
  ${RECIPIENTS}
  group by k.ord, c.kind, k.by_admin`

const firstMark = (position: string) => `
  (select (extract(epoch from r.at) * 1000)::bigint from marks r
    where r.conversation_id = k.conv and r.user_id = p.user_id and r.${position} >= k.seq
    order by r.${position}, r.rev limit 1)`

/** A row for each message, whose receipts are one value: in a large group there are many. Row 0 holds the people. */
const RECEIPTS_SQL = `with found as materialized (
    select k.ord::int, p.user_id, x.is_desk, x.stage, p.joined_at, p.role, p.id,
      case when x.stage > 0 then ${firstMark('delivered_through')} end as delivered_at,
      case when x.stage > 1 then ${firstMark('read_through')} end as read_at
    ${RECIPIENTS})
  select ord, json_agg(json_build_array(user_id, is_desk, stage, delivered_at, read_at) order by joined_at, role, id) as recipients,
    null as people
  from found group by ord
  union all
  select 0, null, json_agg(${PERSON_JSON}) from users u where u.id in (select user_id from found)`

type Recipient = [userId: string, isDesk: boolean, stage: number, deliveredAt: number | null, readAt: number | null]

interface ReceiptsRow {
  ord: number
  recipients: Recipient[] | null
  people: Person[] | null
}

const STAGES = ['SENT', 'DELIVERED', 'READ'] as const

const statusOf = (stage: number): DeliveryStatus => STAGES[stage] ?? 'SENT'

const parametersOf = (about: readonly About[]) => [
  about.map(({ conversationId }) => conversationId),
  about.map(({ seq }) => seq),
  about.map(({ senderId }) => senderId),
  about.map(({ senderRole }) => senderRole === 'ADMIN'),
]

/** Derived from positions, from who took part when, and from the log of marks. */
export class ReceiptStore {
  constructor(private readonly database: Database) {}

  /** In the order of the messages. */
  async statuses(about: readonly About[]): Promise<DeliveryStatus[]> {
    const rows = await this.database.call<{ ord: number; stage: number | null }>(STATUSES_SQL, parametersOf(about))
    const stages = new Map(rows.map(({ ord, stage }) => [ord, stage ?? 0]))
    return about.map((_, index) => statusOf(stages.get(index + 1) ?? 0))
  }

  /** In the order of the messages. */
  async ofMessages(about: readonly About[]): Promise<Receipt[][]> {
    const rows = await this.database.call<ReceiptsRow>(RECEIPTS_SQL, parametersOf(about))
    const people = new Map(rows.flatMap(row => row.people ?? []).map(person => [person.id, person]))
    const recipients = new Map(rows.map(row => [row.ord, row.recipients ?? []]))
    return about.map((_, index) =>
      withOneDesk(recipients.get(index + 1) ?? []).flatMap(([userId, , stage, deliveredAt, readAt]) => {
        const user = people.get(userId)
        return user ? [{ user, status: statusOf(stage), deliveredAt: dateOf(deliveredAt), readAt: dateOf(readAt) }] : []
      }),
    )
  }
}

const dateOf = (ms: number | null) => (ms === null ? null : new Date(ms))

/** Of the admins of a support desk, the one who came furthest with the message, and of several the first. */
const withOneDesk = (recipients: Recipient[]): Recipient[] => {
  const desk = recipients.filter(([, isDesk]) => isDesk)
  if (desk.length < 2) return recipients
  const furthest = desk.reduce((best, one) => (isAhead(one, best) ? one : best))
  return [...recipients.filter(([, isDesk]) => !isDesk), furthest]
}

const isAhead = ([, , stage, deliveredAt, readAt]: Recipient, best: Recipient): boolean => {
  if (stage !== best[2]) return stage > best[2]
  return (readAt ?? deliveredAt ?? Infinity) < (best[4] ?? best[3] ?? Infinity)
}
