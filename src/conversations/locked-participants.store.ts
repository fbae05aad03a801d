import { queryWithin } from '../persistence/query.js'
import type { Role } from '../people/person.js'
import { endStay } from '../sessions/stay.store.js'
import { PARTICIPANT_COLUMNS, participantFromRow, type ParticipantRow } from './conversation-row.js'
import type { NewParticipant, ParticipantUpdate } from './conversation-writer.js'
import type { Participant } from './conversation.js'
import { assignments, type Held } from './held-conversation.store.js'
import { canViewHistory } from './history-permission.js'

/** The participants of a conversation under its lock. */
export class LockedParticipants {
  constructor(private readonly held: Held) {}

  async find(userId: string): Promise<Participant | null> {
    return (await this.select('and p.user_id = $2', userId))[0] ?? null
  }

  /** Those who take part now. */
  present(): Promise<Participant[]> {
    return this.select('and p.left_at is null order by p.joined_at, p.role, p.id')
  }

  async add(people: NewParticipant[]): Promise<Participant[]> {
    const wanted = new Map(people.map(person => [person.userId, person]))
    const known = await this.select('and p.user_id = any($2::text[])', [...wanted.keys()])
    for (const { userId } of known) wanted.delete(userId)
    const added = wanted.size > 0 ? await this.insert([...wanted.values()]) : []
    for (const before of known) {
      const person = people.find(({ userId }) => userId === before.userId)
      if (before.leftAt !== null && person) added.push(await this.readmit(before, person.role))
    }
    if (added.length > 0) await this.startPeriods(added)
    return added
  }

  async update(userId: string, data: ParticipantUpdate): Promise<Participant> {
    const { tx, conversation } = this.held
    const visibleFromSeq = data.visibleFromSeq ?? (await this.visibleBy(userId, data.ownCanViewHistory))
    const { sets, parameters } = assignments(
      [conversation.id, userId, this.held.takeRevs(1)],
      [
        ['visible_from_seq', 'int', visibleFromSeq],
        ['own_can_send', 'boolean', data.ownCanSend],
        ['own_can_view_history', 'boolean', data.ownCanViewHistory],
        ['notifications_enabled', 'boolean', data.notificationsEnabled],
        ['muted_until', 'timestamptz', data.mutedUntil && data.mutedUntil.toISOString()],
      ],
    )
    if (data.leftAt) sets.push('left_at = clock_timestamp()')
    if (visibleFromSeq !== undefined) sets.push('access_rev = $3::bigint')
    const sql = `update participants as p set ${['rev = $3::bigint', ...sets].join(', ')}
      where p.conversation_id = $1::uuid and p.user_id = $2 returning ${PARTICIPANT_COLUMNS}`
    const [participant] = this.record(await queryWithin<ParticipantRow>(tx, sql, parameters))
    if (!participant) throw new Error('There is no such participant to change.')
    if (data.leftAt) await this.endTheirTime(userId)
    return participant
  }

  /** After other roles see the history than before. */
  async applyHistoryRoles(before: Role[]): Promise<void> {
    const { tx, conversation } = this.held
    const changed = (await this.present()).filter(
      one => canViewHistory(conversation, one) !== canViewHistory({ historyRoles: before }, one),
    )
    if (changed.length === 0) return
    const sql = `update participants as p
      set rev = $2::bigint + x.ord - 1, access_rev = $2::bigint + x.ord - 1, visible_from_seq = x.visible::int
      from unnest($3::text[], $4::text[]) with ordinality x(user_id, visible, ord)
      where p.conversation_id = $1::uuid and p.user_id = x.user_id returning ${PARTICIPANT_COLUMNS}`
    const parameters = [
      conversation.id,
      this.held.takeRevs(changed.length),
      changed.map(({ userId }) => userId),
      changed.map(one => String(this.visibleFrom(canViewHistory(conversation, one)))),
    ]
    this.record(await queryWithin<ParticipantRow>(tx, sql, parameters))
  }

  private async select(which: string, ...parameters: unknown[]): Promise<Participant[]> {
    const { tx, conversation } = this.held
    const sql = `select ${PARTICIPANT_COLUMNS} from participants p where p.conversation_id = $1::uuid ${which}`
    return (await queryWithin<ParticipantRow>(tx, sql, [conversation.id, ...parameters])).map(participantFromRow)
  }

  private async insert(people: NewParticipant[]): Promise<Participant[]> {
    const { tx, conversation } = this.held
    const sql = `insert into participants as p (conversation_id, user_id, role, rev, access_rev, visible_from_seq)
      select $1::uuid, x.user_id, x.role::"Role", $2::bigint + x.ord - 1, $2::bigint + x.ord - 1, x.visible::int
      from unnest($3::text[], $4::text[], $5::text[]) with ordinality x(user_id, role, visible, ord)
      order by x.ord returning ${PARTICIPANT_COLUMNS}`
    const sees = ({ role }: NewParticipant) => canViewHistory(conversation, { role, ownCanViewHistory: null })
    const parameters = [
      conversation.id,
      this.held.takeRevs(people.length),
      people.map(({ userId }) => userId),
      people.map(({ role }) => role),
      people.map(person => String(this.visibleFrom(sees(person)))),
    ]
    return this.record(await queryWithin<ParticipantRow>(tx, sql, parameters))
  }

  /** Their own permissions are as they were: nobody sheds one by leaving. */
  private async readmit({ userId, ownCanViewHistory }: Participant, role: Role): Promise<Participant> {
    const { tx, conversation } = this.held
    const sees = canViewHistory(conversation, { role, ownCanViewHistory })
    const sql = `update participants as p set rev = $3::bigint, access_rev = $3::bigint, role = $4::"Role",
      membership = p.membership + 1, visible_from_seq = $5::int, joined_at = clock_timestamp(), left_at = null
      where p.conversation_id = $1::uuid and p.user_id = $2 returning ${PARTICIPANT_COLUMNS}`
    const parameters = [conversation.id, userId, this.held.takeRevs(1), role, this.visibleFrom(sees)]
    const [participant] = this.record(await queryWithin<ParticipantRow>(tx, sql, parameters))
    if (!participant) throw new Error('There is no such participant to readmit.')
    return participant
  }

  /** Where what they see begins once this setting holds; undefined where it stays. */
  private async visibleBy(userId: string, ownCanViewHistory: boolean | null | undefined): Promise<number | undefined> {
    const before = ownCanViewHistory === undefined ? null : await this.find(userId)
    if (!before || ownCanViewHistory === undefined) return undefined
    const { conversation } = this.held
    const sees = canViewHistory(conversation, { ...before, ownCanViewHistory })
    return sees === canViewHistory(conversation, before) ? undefined : this.visibleFrom(sees)
  }

  private visibleFrom(seesHistory: boolean) {
    return seesHistory ? 1 : this.held.conversation.seq + 1
  }

  private async startPeriods(participants: Participant[]): Promise<void> {
    const { tx, conversation } = this.held
    const sql = `insert into membership_periods (conversation_id, user_id, membership, from_seq)
      select $1::uuid, x.user_id, x.membership::int, $2::int from unnest($3::text[], $4::text[]) x(user_id, membership)`
    const userIds = participants.map(({ userId }) => userId)
    const memberships = participants.map(({ membership }) => String(membership))
    await queryWithin(tx, sql, [conversation.id, conversation.seq + 1, userIds, memberships])
    for (const userId of userIds) this.held.welcome(userId)
  }

  private async endTheirTime(userId: string): Promise<void> {
    const { tx, conversation } = this.held
    if (conversation.activeSessionId !== null) await endStay(tx, conversation.activeSessionId, userId)
    const sql = `update membership_periods set through_seq = $3::int
      where conversation_id = $1::uuid and user_id = $2 and through_seq is null`
    await queryWithin(tx, sql, [conversation.id, userId, conversation.seq])
  }

  private record(rows: ParticipantRow[]): Participant[] {
    return rows.map(participantFromRow).map(participant => {
      this.held.record({ rev: participant.rev, kind: 'participant', participant })
      return participant
    })
  }
}
