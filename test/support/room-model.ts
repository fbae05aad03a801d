import type { TestRole } from './make.js'

export type Status = 'ACTIVE' | 'ARCHIVED' | 'BLOCKED' | 'DELETED'
export type Stage = 'SENT' | 'DELIVERED' | 'READ'
const STAGES: Stage[] = ['SENT', 'DELIVERED', 'READ']

export type Act =
  | { do: 'send' | 'note' }
  | { do: 'edit' | 'delete' | 'restore'; seq: number }
  | { do: 'mark'; kind: 'DELIVERED' | 'READ'; seq: number | null }
  | { do: 'join' | 'remove'; userId: string }
  | { do: 'permit'; userId: string; canSend?: boolean | null; canViewHistory?: boolean | null }
  | { do: 'permitRole'; role: TestRole; canSend?: boolean; canViewHistory?: boolean }
  | { do: 'status'; status: Status }

interface Message {
  seq: number
  /** Null for what the server wrote. */
  senderId: string | null
  deletedById: string | null
  /** Those who took part when it was sent, but for who sent it. */
  recipients: string[]
  byDesk: boolean
}

interface Mark {
  /** What moves at one time has one name; with a question mark, it may be several times. */
  name: string
  delivered: number
  read: number
}

interface Member {
  userId: string
  present: boolean
  joinings: number
  visibleFrom: number
  delivered: number
  read: number
  marks: Mark[]
  own: { canSend: boolean | null; canViewHistory: boolean | null }
}

export interface ModelReceipt {
  /** Any of them: of the support desk, those who came furthest. */
  userIds: string[]
  status: Stage
}

type Permission = 'canSend' | 'canViewHistory'

/** A conversation as the API's descriptions have it, and nothing else: no counter, no log, no order but that of the acts. */
export class RoomModel {
  status: Status = 'ACTIVE'
  statusById: string | null = null
  readonly messages: Message[] = []
  readonly members = new Map<string, Member>()
  private deletions = 0
  private readonly roles: Record<Permission, Set<TestRole>>

  constructor(
    readonly kind: 'DIRECT' | 'GROUP' | 'SUPPORT',
    /** Of everybody who may come. The admins are the desk of a SUPPORT conversation. */
    private readonly roleOf: ReadonlyMap<string, TestRole>,
    memberIds: string[],
  ) {
    const all: TestRole[] = ['PATIENT', 'PROFESSIONAL', 'ADMIN']
    this.roles = { canSend: new Set(all), canViewHistory: new Set(kind === 'GROUP' ? [] : all) }
    for (const userId of memberIds) this.join(userId)
  }

  /** Who takes part: of the support desk, every admin. */
  takesPart(userId: string): boolean {
    return this.isDesk(userId) || this.members.get(userId)?.present === true
  }

  /** What is deleted is there for who deleted it. */
  sees(userId: string): boolean {
    return this.takesPart(userId) && (this.status !== 'DELETED' || this.statusById === userId)
  }

  /** Equal as long as they have taken part and seen it without a break. */
  stayOf(userId: string): string {
    return `${this.members.get(userId)?.joinings ?? 0} ${this.deletions}`
  }

  present(): Member[] {
    return [...this.members.values()].filter(({ present }) => present)
  }

  visibleTo(userId: string): Message[] {
    const from = this.members.get(userId)?.visibleFrom ?? 1
    return this.sees(userId) ? this.messages.filter(({ seq }) => seq >= from) : []
  }

  unread(userId: string): Message[] {
    if (this.isDesk(userId)) return this.status === 'DELETED' ? [] : this.unreadByDesk()
    const member = this.members.get(userId)
    if (!member?.present || this.status === 'DELETED') return []
    return this.messages.filter(
      ({ seq, senderId, deletedById }) =>
        seq > member.read && seq >= member.visibleFrom && senderId !== userId && senderId !== null && !deletedById,
    )
  }

  /** What the user of a SUPPORT conversation wrote behind the desk's furthest position. */
  unreadByDesk(): Message[] {
    const read = Math.max(0, ...this.desk().map(member => member.read))
    return this.messages.filter(
      ({ seq, byDesk, senderId, deletedById }) => seq > read && !byDesk && senderId && !deletedById,
    )
  }

  receipts({ seq, recipients, byDesk }: Message): ModelReceipt[] {
    const own = recipients.map(userId => ({ userIds: [userId], status: this.stageOf(userId, seq) }))
    const desk = this.kind === 'SUPPORT' && !byDesk ? this.desk() : []
    if (desk.length === 0) return own
    const status = this.deskStage(seq)
    const furthest = desk.filter(({ userId }) => this.stageOf(userId, seq) === status)
    return [...own, { userIds: furthest.map(({ userId }) => userId), status }]
  }

  deliveryStatus({ seq, recipients, byDesk }: Message): Stage {
    const stages = recipients.filter(userId => this.takesPart(userId)).map(userId => this.stageOf(userId, seq))
    if (this.kind === 'SUPPORT' && !byDesk) stages.push(this.deskStage(seq))
    return STAGES.find(stage => stages.includes(stage)) ?? 'SENT'
  }

  /** Which mark delivered a message to the user, or had them read it. */
  markOf(userId: string, seq: number, kind: 'delivered' | 'read'): string | undefined {
    const name = this.members.get(userId)?.marks.find(mark => mark[kind] >= seq)?.name
    return name?.endsWith('?') ? `${name} ${seq} ${kind}` : name
  }

  /** Whether the rules let them. */
  may(userId: string, act: Act): boolean {
    if (act.do === 'note') return this.isOpen
    if (!this.sees(userId)) return false
    switch (act.do) {
      case 'send':
        return this.maySend(userId)
      case 'mark':
        return act.seq === null || this.messageFor(userId, act.seq) !== undefined
      case 'edit': {
        const message = this.messageFor(userId, act.seq)
        return message?.senderId === userId && !message.deletedById && this.maySend(userId)
      }
      case 'delete': {
        const message = this.messageFor(userId, act.seq)
        return message !== undefined && (message.senderId === userId || this.isDesk(userId))
      }
      case 'restore': {
        const message = this.messageFor(userId, act.seq)
        const by = message?.deletedById ?? message?.senderId
        return message !== undefined && this.isOpen && (by === userId || this.isDesk(userId))
      }
      case 'join':
        return this.kind === 'GROUP' && this.isOpen && this.isStaff(userId) && act.userId !== userId
      case 'remove':
        return this.kind === 'GROUP' && (act.userId === userId || this.isStaff(userId))
      case 'permit':
        return this.isStaff(userId) && this.members.get(act.userId)?.present === true && !this.isDesk(act.userId)
      case 'permitRole': {
        const blindsDesk = this.kind === 'SUPPORT' && act.role === 'ADMIN' && act.canViewHistory === false
        return this.isStaff(userId) && !blindsDesk
      }
      case 'status':
        return this.maySet(userId, act.status)
    }
  }

  /** `name` is that of the mark, if it is one. */
  apply(userId: string, act: Act, name: string): void {
    if (act.do !== 'note') this.takeSeat(userId)
    switch (act.do) {
      case 'send':
      case 'note':
        return this.add(act.do === 'send' ? userId : null)
      case 'edit':
        return
      case 'delete':
        return void (this.at(act.seq).deletedById ??= userId)
      case 'restore':
        return void (this.at(act.seq).deletedById = null)
      case 'mark':
        return this.mark(userId, act.kind, act.seq ?? this.messages.length, name)
      case 'join':
        return this.join(act.userId)
      case 'remove': {
        const member = this.members.get(act.userId)
        if (member) member.present = false
        return
      }
      case 'permit': {
        const { canSend, canViewHistory } = act
        return this.changePermissions(() => {
          const { own } = this.member(act.userId)
          if (canSend !== undefined) own.canSend = canSend
          if (canViewHistory !== undefined) own.canViewHistory = canViewHistory
        })
      }
      case 'permitRole':
        return this.changePermissions(() => {
          for (const what of ['canSend', 'canViewHistory'] as const)
            if (act[what] !== undefined) this.roles[what][act[what] ? 'add' : 'delete'](act.role)
        })
      case 'status':
        if (this.status === act.status) return
        this.status = act.status
        if (act.status === 'DELETED') this.deletions++
        this.statusById = userId
    }
  }

  private get isOpen() {
    return this.status === 'ACTIVE' || this.status === 'ARCHIVED'
  }

  private isDesk(userId: string) {
    return this.kind === 'SUPPORT' && this.roleOf.get(userId) === 'ADMIN'
  }

  private isStaff(userId: string) {
    return this.isDesk(userId) || (this.kind !== 'SUPPORT' && this.roleOf.get(userId) === 'PROFESSIONAL')
  }

  private desk() {
    return [...this.members.values()].filter(({ userId }) => this.isDesk(userId))
  }

  private member(userId: string): Member {
    const member = this.members.get(userId)
    if (!member) throw new Error('There is no such member.')
    return member
  }

  private at(seq: number): Message {
    const message = this.messages[seq - 1]
    if (!message) throw new Error('There is no such message.')
    return message
  }

  private messageFor(userId: string, seq: number) {
    return this.visibleTo(userId).find(message => message.seq === seq)
  }

  private allows(what: Permission, userId: string): boolean {
    const role = this.roleOf.get(userId)
    return this.members.get(userId)?.own[what] ?? (role !== undefined && this.roles[what].has(role))
  }

  private maySend(userId: string): boolean {
    return this.isOpen && this.allows('canSend', userId)
  }

  private maySet(userId: string, to: Status): boolean {
    const from = this.status
    if (from === to) return true
    if (from === 'BLOCKED' && this.statusById !== userId && !this.isDesk(userId)) return false
    if (to === 'BLOCKED') return this.kind === 'DIRECT' || this.isStaff(userId)
    if (to === 'DELETED') return this.isStaff(userId)
    return !this.isOpen || this.maySend(userId)
  }

  private add(senderId: string | null): void {
    const present = this.present().filter(({ userId }) => userId !== senderId && !this.isDesk(userId))
    const recipients = present.map(({ userId }) => userId)
    const byDesk = senderId !== null && this.isDesk(senderId)
    this.messages.push({ seq: this.messages.length + 1, senderId, deletedById: null, recipients, byDesk })
    if (this.status === 'ARCHIVED') [this.status, this.statusById] = ['ACTIVE', null]
  }

  private mark(userId: string, kind: 'DELIVERED' | 'READ', through: number, name: string): void {
    const member = this.member(userId)
    member.delivered = Math.max(member.delivered, through)
    if (kind === 'READ') member.read = Math.max(member.read, through)
    member.marks.push({ name, delivered: member.delivered, read: member.read })
  }

  private join(userId: string): void {
    const known = this.members.get(userId)
    if (known?.present) return
    const own = { canSend: null, canViewHistory: null }
    const member: Member = known ?? {
      userId,
      present: true,
      joinings: 0,
      visibleFrom: 1,
      delivered: 0,
      read: 0,
      marks: [],
      own,
    }
    this.members.set(userId, member)
    member.present = true
    member.joinings++
    member.visibleFrom = this.visibleFrom(member)
  }

  /** An admin becomes a participant with the first write or mark. */
  takeSeat(userId: string): void {
    if (this.isDesk(userId)) this.join(userId)
  }

  private changePermissions(change: () => void): void {
    const present = this.present()
    const before = present.map(member => this.allows('canViewHistory', member.userId))
    change()
    present.forEach((member, index) => {
      if (before[index] !== this.allows('canViewHistory', member.userId)) member.visibleFrom = this.visibleFrom(member)
    })
  }

  private visibleFrom(member: Member) {
    return this.allows('canViewHistory', member.userId) ? 1 : this.messages.length + 1
  }

  private stageOf(userId: string, seq: number): Stage {
    const { delivered, read } = this.member(userId)
    return read >= seq ? 'READ' : delivered >= seq ? 'DELIVERED' : 'SENT'
  }

  private deskStage(seq: number): Stage {
    const stages = this.desk().map(({ userId }) => this.stageOf(userId, seq))
    return STAGES.findLast(stage => stages.includes(stage)) ?? 'SENT'
  }
}
