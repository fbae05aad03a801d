import { randomUUID } from 'node:crypto'
import type { EventBus } from '../events/event-bus.js'
import { isUuid } from '../limits/ids.js'
import type { Database, Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import { CONVERSATION_COLUMNS, conversationFromRow, type ConversationRow } from './conversation-row.js'
import type { ConversationWriter, NewConversation, OpenConversation, Writing } from './conversation-writer.js'
import { LockedConversation } from './locked-conversation.store.js'

export class StoredConversationWriter implements ConversationWriter {
  constructor(
    private readonly database: Database,
    private readonly bus: Pick<EventBus, 'publish'>,
  ) {}

  async run<T>(work: (writing: Writing) => Promise<T>): Promise<T> {
    const { result, written } = await this.database.transaction(async tx => {
      const written = new StoredWriting(tx)
      const result = await work(written)
      await written.save()
      return { result, written }
    })
    this.publish(written)
    return result
  }

  private publish(written: StoredWriting) {
    for (const opened of written.opened()) {
      const range = opened.range()
      if (range) this.bus.publish('conversation', opened.conversation.id, range)
      for (const userId of opened.newcomers) this.bus.publish('user', userId, { kind: 'conversations' })
    }
  }
}

class StoredWriting implements Writing {
  private readonly locked = new Map<string, LockedConversation>()
  private lastLocked = ''

  constructor(readonly tx: Transaction) {}

  opened(): LockedConversation[] {
    return [...this.locked.values()]
  }

  async save(): Promise<void> {
    for (const opened of this.opened()) await opened.save()
  }

  async lockUser(userId: string): Promise<boolean> {
    if (this.locked.size > 0) throw new Error('Users are locked before conversations.')
    const rows = await queryWithin(this.tx, 'select id from users where id = $1 for no key update', [userId])
    return rows.length > 0
  }

  async open(conversationId: string): Promise<OpenConversation | null> {
    const opened = this.locked.get(conversationId)
    if (opened) return opened
    if (!isUuid(conversationId)) return null
    if (conversationId < this.lastLocked) throw new Error('Conversations are opened in the order of their ids.')
    const sql = `select ${CONVERSATION_COLUMNS} from conversations c where c.id = $1::uuid for no key update`
    const [row] = await queryWithin<ConversationRow>(this.tx, sql, [conversationId])
    if (!row) return null
    this.lastLocked = conversationId
    return this.keep(row, false)
  }

  async create({ kind, patientId, professionalId, participants }: NewConversation): Promise<OpenConversation> {
    const sql = `insert into conversations as c (id, kind, patient_id, professional_id)
      values ($1::uuid, $2::"ConversationKind", $3, $4)
      on conflict (patient_id, professional_id) do nothing returning ${CONVERSATION_COLUMNS}`
    const parameters = [randomUUID(), kind, patientId ?? null, professionalId ?? null]
    const [row] = await queryWithin<ConversationRow>(this.tx, sql, parameters)
    if (!row) return this.openDirect(patientId ?? '', professionalId ?? '')
    const created = this.keep(row, true)
    for (const { userId, role } of participants) await created.addParticipant(userId, role)
    return created
  }

  async findDirect(patientId: string, professionalId: string): Promise<string | null> {
    const sql = 'select id from conversations where patient_id = $1 and professional_id = $2'
    const [row] = await queryWithin<{ id: string }>(this.tx, sql, [patientId, professionalId])
    return row?.id ?? null
  }

  private async openDirect(patientId: string, professionalId: string): Promise<OpenConversation> {
    const id = await this.findDirect(patientId, professionalId)
    const existing = id === null ? null : await this.open(id)
    if (!existing) throw new Error('The conversation was neither created nor found.')
    return existing
  }

  private keep(row: ConversationRow, created: boolean): LockedConversation {
    const locked = new LockedConversation(this.tx, conversationFromRow(row), created)
    this.locked.set(locked.conversation.id, locked)
    return locked
  }
}
