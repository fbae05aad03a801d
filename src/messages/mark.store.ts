import type { Participant } from '../conversations/conversation.js'
import type { Change, PublishChanges } from '../events/topics.js'
import type { Role } from '../people/person.js'
import type { Database } from '../persistence/database.js'
import { judgeFailure } from '../persistence/database-errors.js'
import type { Mark, MarkOutcome } from './mark.js'
import { GroupCommit, type GroupCommitLimits } from './group-commit.js'

const COMMIT_DEADLINE_MS = 5_000
const BYTES_OF_A_MARK = 200

interface MarkRow {
  o_outcome: 'MARKED' | 'NOT_FOUND' | 'NO_MESSAGE' | 'BUSY'
  o_moved: boolean
  o_rev: number
  o_id: string
  o_role: Role
  o_membership: number
  o_access_rev: number
  o_visible_from_seq: number
  o_delivered_through: number
  o_read_through: number
  o_own_can_send: boolean | null
  o_own_can_view_history: boolean | null
  o_notifications_enabled: boolean
  o_muted_until: Date | null
  o_joined_at: Date
  /** Whose notifications of the conversation were read with it. */
  o_told: string[]
}

const SQL = 'select * from advance_marks($1, $2, $3, $4, $5, $6)'

const participantOf = (mark: Mark, row: MarkRow): Participant => ({
  id: row.o_id,
  conversationId: mark.conversationId,
  userId: mark.userId,
  role: row.o_role,
  rev: row.o_rev,
  membership: row.o_membership,
  accessRev: row.o_access_rev,
  visibleFromSeq: row.o_visible_from_seq,
  deliveredThrough: row.o_delivered_through,
  readThrough: row.o_read_through,
  ownCanSend: row.o_own_can_send,
  ownCanViewHistory: row.o_own_can_view_history,
  notificationsEnabled: row.o_notifications_enabled,
  mutedUntil: row.o_muted_until,
  joinedAt: row.o_joined_at,
  leftAt: null,
})

/** Positions of participants. They move forward only. */
export class MarkStore {
  private readonly commits: GroupCommit<Mark, MarkRow>

  constructor(
    private readonly database: Database,
    private readonly publish: PublishChanges,
    private readonly onNotificationsRead: (userId: string) => void,
    limits?: Partial<GroupCommitLimits>,
  ) {
    this.commits = new GroupCommit<Mark, MarkRow>({
      run: (marks, wait) => this.commit(marks, wait),
      publish: (marks, rows) => {
        this.publishMoved(marks, rows)
        for (const userId of new Set(rows.flatMap(row => row.o_told))) this.onNotificationsRead(userId)
      },
      lane: mark => mark.conversationId,
      bytes: () => BYTES_OF_A_MARK,
      isBusy: row => row.o_outcome === 'BUSY',
      judge: judgeFailure,
      limits,
    })
  }

  get queuedMarks() {
    return this.commits.queued
  }

  /** Answers after the commit. */
  async advance(mark: Mark): Promise<MarkOutcome> {
    const row = await this.commits.submit(mark)
    if (row.o_outcome === 'BUSY') throw new Error('A busy lane was answered.')
    return row.o_outcome === 'MARKED'
      ? { kind: 'MARKED', participant: participantOf(mark, row), moved: row.o_moved }
      : { kind: row.o_outcome }
  }

  private commit(marks: Mark[], wait: boolean): Promise<MarkRow[]> {
    const parameters = [
      wait,
      marks.map(mark => mark.conversationId),
      marks.map(mark => mark.userId),
      marks.map(mark => mark.throughMessageId),
      marks.map(mark => mark.kind === 'READ'),
      marks.map(mark => mark.requestId),
    ]
    return this.database.commit<MarkRow>(SQL, parameters, COMMIT_DEADLINE_MS)
  }

  private publishMoved(marks: Mark[], rows: MarkRow[]) {
    // Several marks of one participant move it once: the last of equal revs stands for all.
    const moved = new Map<string, Map<number, Change>>()
    rows.forEach((row, index) => {
      const mark = marks[index]
      if (mark === undefined || row.o_outcome !== 'MARKED' || !row.o_moved) return
      const changes = moved.get(mark.conversationId) ?? new Map<number, Change>()
      changes.set(row.o_rev, { rev: row.o_rev, kind: 'participant', participant: participantOf(mark, row) })
      moved.set(mark.conversationId, changes)
    })
    for (const [conversationId, byRev] of moved) {
      const changes = [...byRev.values()].sort((one, other) => one.rev - other.rev)
      this.publish(conversationId, { first: changes[0]?.rev ?? 0, last: changes.at(-1)?.rev ?? 0, changes })
    }
  }
}
