import type { EventBus } from '../events/event-bus.js'
import { isUuid } from '../limits/ids.js'
import { insertNotifications } from '../notifications/insert-notifications.store.js'
import type { NewNotification, Notification } from '../notifications/notification.js'
import { readAlerts } from '../notifications/read-alerts.store.js'
import type { Database, Transaction } from '../persistence/database.js'
import { recordWithin, runRecorded } from '../oversight/audit-record.store.js'
import type { AuditEntry } from '../audit-trail.js'
import type { Asker } from '../people/person.js'
import { queryWithin } from '../persistence/query.js'
import { CONVERSATION_COLUMNS, conversationFromRow, type ConversationRow } from './conversation-row.js'
import type { ConversationWriter, NewConversation, OpenConversation, Writing } from './conversation-writer.js'
import { DESK } from './desk-entry.js'
import { LockedConversation } from './locked-conversation.store.js'
import { insertConversation } from './insert-conversation.store.js'

interface NotifyingOptions {
  /** Whether notifications are pushed. */
  pushes: boolean
  /** Called after a commit with notifications. */
  onNotified: () => void
}

const QUIET: NotifyingOptions = { pushes: false, onNotified: () => {} }

export class StoredConversationWriter implements ConversationWriter {
  constructor(
    private readonly database: Database,
    private readonly bus: Pick<EventBus, 'publish'>,
    private readonly notifying = QUIET,
  ) {}

  async run<T>(work: (writing: Writing) => Promise<T>, asker?: Asker): Promise<T> {
    const write = async (tx: Transaction) => {
      const written = new StoredWriting(tx, this.notifying.pushes)
      const result = await work(written)
      await written.save()
      return { result, written }
    }
    const { result, written } = await runRecorded(
      this.database,
      asker,
      write,
      ({ written }) => written.opened()[0]?.conversation.id,
    )
    this.publish(written)
    return result
  }

  private publish(written: StoredWriting) {
    for (const opened of written.opened()) {
      const range = opened.range()
      if (range) this.bus.publish('conversation', opened.conversation.id, range)
      for (const userId of opened.newcomers) this.bus.publish('user', userId, { kind: 'conversations' })
    }
    for (const userId of written.notified) this.bus.publish('user', userId, { kind: 'notifications' })
    for (const userId of written.wallets) this.bus.publish('user', userId, { kind: 'wallet' })
    if (written.notified.size > 0) this.notifying.onNotified()
  }
}

class StoredWriting implements Writing {
  private readonly locked = new Map<string, LockedConversation>()
  readonly notified = new Set<string>()
  readonly wallets = new Set<string>()
  private lastLocked = ''

  constructor(
    readonly tx: Transaction,
    private readonly pushes: boolean,
  ) {}

  opened(): LockedConversation[] {
    return [...this.locked.values()]
  }

  async save(): Promise<void> {
    for (const opened of this.opened()) await opened.save()
  }

  async lockUsers(userIds: readonly string[]): Promise<void> {
    if (this.locked.size > 0) throw new Error('Users are locked before conversations.')
    await queryWithin(this.tx, 'select id from users where id = any($1::text[]) order by id for no key update', [
      userIds,
    ])
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

  async create(wanted: NewConversation): Promise<OpenConversation> {
    const row = await insertConversation(this.tx, wanted)
    if (!row) return this.openExisting(wanted)
    const created = this.keep(row, true)
    if (wanted.kind === 'SUPPORT') created.welcome(DESK)
    await created.addParticipants(wanted.participants, wanted.kind === 'GROUP' ? wanted.createdById : undefined)
    return created
  }

  findDirect(patientId: string, professionalId: string): Promise<string | null> {
    return this.findId('patient_id = $1 and professional_id = $2', patientId, professionalId)
  }

  findSupport(userId: string): Promise<string | null> {
    return this.findId('support_user_id = $1', userId)
  }

  async notify(notifications: NewNotification[]): Promise<Notification[]> {
    const added = await insertNotifications(this.tx, notifications, this.pushes)
    for (const { userId } of added) this.notified.add(userId)
    return added
  }

  tellWallets(userIds: readonly string[]): void {
    for (const userId of userIds) this.wallets.add(userId)
  }

  record(entry: AuditEntry): Promise<void> {
    return recordWithin(this.tx, entry)
  }

  async readAlerts(userId: string, messageId: string): Promise<void> {
    if (await readAlerts(this.tx, userId, messageId)) this.notified.add(userId)
  }

  private async findId(where: string, ...parameters: string[]): Promise<string | null> {
    const sql = `select id from conversations where ${where}`
    return (await queryWithin<{ id: string }>(this.tx, sql, parameters))[0]?.id ?? null
  }

  private async openExisting(wanted: NewConversation): Promise<OpenConversation> {
    const id =
      wanted.kind === 'DIRECT'
        ? await this.findDirect(wanted.patientId, wanted.professionalId)
        : wanted.kind === 'SUPPORT' && (await this.findSupport(wanted.supportUserId))
    const existing = id ? await this.open(id) : null
    if (!existing) throw new Error('The conversation was neither created nor found.')
    return existing
  }

  private keep(row: ConversationRow, created: boolean): LockedConversation {
    const locked = new LockedConversation(this, conversationFromRow(row), created)
    this.locked.set(locked.conversation.id, locked)
    return locked
  }
}
