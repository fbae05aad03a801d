import type { Change, ChangeRange } from '../events/topics.js'
import type { SystemEvent } from '../messages/message.js'
import { queryWithin } from '../persistence/query.js'
import type {
  ConversationUpdate,
  MessageUpdate,
  NewParticipant,
  OpenConversation,
  ParticipantUpdate,
  Writing,
} from './conversation-writer.js'
import type { Conversation } from './conversation.js'
import type { Held } from './held-conversation.store.js'
import { additionsOf } from '../notifications/notices.js'
import { LockedMessages } from './locked-messages.store.js'
import { LockedParticipants } from './locked-participants.store.js'

const SAVE_SQL = `update conversations set seq = $2::int, rev = $3::bigint, own_rev = $4::bigint,
  status = $5::"ConversationStatus", status_by_id = $6, room_type = $7::"RoomType", title = $8, description = $9,
  tags = $10::text[], send_roles = $11::text[]::"Role"[], history_roles = $12::text[]::"Role"[], care_ended = $13::boolean,
  active_session_id = $14::uuid, last_activity_at = $15::timestamptz where id = $1::uuid`

const nameOf = (change: Change) => {
  if (change.kind === 'message') return `message ${change.message.id}`
  return change.kind === 'participant' ? `participant ${change.participant.userId}` : 'conversation'
}

/** Its counters live here until `save`, which writes the conversation's row once: nobody else sees it before the commit. */
export class LockedConversation implements OpenConversation, Held {
  readonly conversation: Conversation
  /** Whose list of conversations got longer. */
  readonly newcomers = new Set<string>()
  private readonly firstRev: number
  private readonly changes = new Map<string, Change>()
  private readonly members = new LockedParticipants(this)
  private readonly messages = new LockedMessages(this)
  private moved = false

  constructor(
    private readonly writing: Pick<Writing, 'tx' | 'notify'>,
    stored: Conversation,
    readonly created: boolean,
  ) {
    this.conversation = { ...stored }
    this.firstRev = created ? stored.rev : stored.rev + 1
    this.moved = created
  }

  get tx() {
    return this.writing.tx
  }

  participant(userId: string) {
    return this.members.find(userId)
  }

  participants() {
    return this.members.present()
  }

  async addParticipants(people: NewParticipant[], by?: string) {
    const added = await this.members.add(people)
    if (this.conversation.kind === 'GROUP') await this.writing.notify(additionsOf(this.conversation.id, added, by))
    return added
  }

  updateParticipant(userId: string, data: ParticipantUpdate) {
    return this.members.update(userId, data)
  }

  message(messageId: string) {
    return this.messages.find(messageId)
  }

  deletionOf(messageId: string) {
    return this.messages.deletionOf(messageId)
  }

  async addSystemMessage(body: string, sessionId: string | null, event?: SystemEvent) {
    if (this.conversation.status === 'ARCHIVED') await this.updateConversation({ status: 'ACTIVE', statusById: null })
    return this.messages.addSystem({ body, sessionId, event: event ?? null })
  }

  updateMessage(messageId: string, data: MessageUpdate) {
    return this.messages.update(messageId, data)
  }

  async touchSession(sessionId: string) {
    const note = await this.messages.lastNoteOf(sessionId)
    if (note !== null) await this.messages.update(note, {})
    await this.updateConversation({})
  }

  reactionsOf(messageId: string, userId: string) {
    return this.messages.reactionsOf(messageId, userId)
  }

  addReaction(messageId: string, userId: string, emoji: string) {
    return this.messages.addReaction(messageId, userId, emoji)
  }

  removeReaction(messageId: string, userId: string, emoji: string) {
    return this.messages.removeReaction(messageId, userId, emoji)
  }

  async updateConversation(data: ConversationUpdate): Promise<Conversation> {
    const { historyRoles } = this.conversation
    Object.assign(this.conversation, data, { ownRev: this.takeRevs(1) })
    if (data.historyRoles) await this.members.applyHistoryRoles(historyRoles)
    return { ...this.conversation }
  }

  async save(): Promise<void> {
    if (!this.moved) return
    const { id, seq, rev, ownRev, status, statusById, roomType, title, description, tags } = this.conversation
    const { sendRoles, historyRoles, careEnded, activeSessionId, lastActivityAt } = this.conversation
    const counters = [id, seq, rev, ownRev]
    const room = [status, statusById, roomType, title, description, tags, sendRoles, historyRoles]
    const parameters = [...counters, ...room, careEnded, activeSessionId, lastActivityAt.toISOString()]
    await queryWithin(this.tx, SAVE_SQL, parameters)
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

  takeRevs(count: number) {
    this.moved = true
    const first = this.conversation.rev + 1
    this.conversation.rev += count
    return first
  }

  record(change: Change) {
    this.changes.set(nameOf(change), change)
  }

  welcome(userId: string) {
    this.newcomers.add(userId)
  }
}
