import { badInput } from '../errors.js'
import { isExternalId, isUuid } from '../limits/ids.js'

type Value = string | number

/** Lists whose order is a time and an id, both descending. */
export type ListKind = 'conversations' | 'sessions' | 'notifications' | 'grants' | 'chatUsers'

export interface ListPosition {
  at: Date
  id: string
}

/** Among matches: the best first, of equals the newest. */
export interface MatchPosition extends ListPosition {
  rank: number
  seq: number
}

const MESSAGE = 'm'
const EVENT = 'e'
const PERSON = 'u'
const MATCH = 'r'
const AUDIT = 'a'
const TRANSACTION = 't'
const LEGAL_HOLD = 'h'
const LISTS: Record<ListKind, string> = {
  conversations: 'c',
  sessions: 's',
  notifications: 'n',
  grants: 'g',
  chatUsers: 'd',
}
const LONGEST = 1_000
/** Of a year of four digits: PostgreSQL does not read the longer ones that a Date writes. */
const LATEST = Date.UTC(10_000, 0) - 1

const encode = (values: Value[]) => Buffer.from(JSON.stringify(values)).toString('base64url')

const decode = (cursor: string): unknown[] => {
  if (cursor.length > LONGEST || !/^[\w-]+$/.test(cursor)) return []
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(values) ? values : []
  } catch {
    return []
  }
}

/** Of a seq, the next one included, which PostgreSQL holds in four bytes. */
const LAST_SEQ = 2 ** 31 - 2

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isSeq = (value: unknown): value is number => isCount(value) && value <= LAST_SEQ

/** Cursors are opaque to clients. Each names its kind and the epoch of the history that it belongs to. */
export class Cursors {
  constructor(readonly epoch: string) {}

  message(conversationId: string, seq: number): string {
    return this.messagesOf(conversationId)(seq)
  }

  /** For many messages of a conversation. */
  messagesOf(conversationId: string): (seq: number) => string {
    const before = JSON.stringify([MESSAGE, this.epoch, conversationId]).slice(0, -1)
    return seq => Buffer.from(`${before},${seq}]`).toString('base64url')
  }

  /** Of another kind, another history, or malformed: BAD_USER_INPUT. */
  readMessage(cursor: string, field = 'after'): { conversationId: string; seq: number } {
    const [kind, epoch, conversationId, seq] = decode(cursor)
    if (kind !== MESSAGE || epoch !== this.epoch || !isId(conversationId) || !isSeq(seq)) throw refused(field)
    return { conversationId, seq }
  }

  event(conversationId: string, rev: number): string {
    return encode([EVENT, this.epoch, conversationId, rev])
  }

  /** `sameHistory` is false where the cursor is from before a backup was restored. Malformed: BAD_USER_INPUT. */
  readEvent(cursor: string, field = 'after'): { conversationId: string; rev: number; sameHistory: boolean } {
    const [kind, epoch, conversationId, rev] = decode(cursor)
    if (kind !== EVENT || !isId(conversationId) || !isCount(rev)) throw refused(field)
    return { conversationId, rev, sameHistory: epoch === this.epoch }
  }

  /** In a list of people by name: the person who stands there. */
  person(id: string): string {
    return encode([PERSON, this.epoch, id])
  }

  readPerson(cursor: string, field = 'after'): string {
    const [kind, epoch, id] = decode(cursor)
    if (kind !== PERSON || epoch !== this.epoch || typeof id !== 'string' || !isExternalId(id)) throw refused(field)
    return id
  }

  /** In what a search found. `search` stands for what was looked for, and where. */
  match(search: string, { rank, at, seq, id }: MatchPosition): string {
    return encode([MATCH, this.epoch, search, rank, at.getTime(), seq, id])
  }

  /** Of another search: BAD_USER_INPUT. */
  readMatch(search: string, cursor: string, field = 'after'): MatchPosition {
    const [kind, epoch, of, rank, at, seq, id] = decode(cursor)
    const isOfIt = kind === MATCH && epoch === this.epoch && of === search
    if (!isOfIt || typeof rank !== 'number' || !isTime(at) || !isCount(seq) || !isId(id)) throw refused(field)
    return { rank, at: new Date(at), seq, id }
  }

  audit(sequence: number): string {
    return encode([AUDIT, this.epoch, sequence])
  }

  readAudit(cursor: string, field = 'after'): number {
    const [kind, epoch, sequence] = decode(cursor)
    if (kind !== AUDIT || epoch !== this.epoch || !isCount(sequence)) throw refused(field)
    return sequence
  }

  /** In the wallet of that person. */
  transaction(userId: string, number: number): string {
    return this.numbered(TRANSACTION, userId, number)
  }

  readTransaction(cursor: string, userId: string, field?: string): number {
    return this.readNumbered(TRANSACTION, userId, cursor, field)
  }

  /** Among the holds of that conversation. */
  legalHold(conversationId: string, number: number): string {
    return this.numbered(LEGAL_HOLD, conversationId, number)
  }

  readLegalHold(cursor: string, conversationId: string, field?: string): number {
    return this.readNumbered(LEGAL_HOLD, conversationId, cursor, field)
  }

  private numbered(kind: string, of: string, number: number): string {
    return encode([kind, this.epoch, of, number])
  }

  private readNumbered(kind: string, of: string, cursor: string, field = 'after'): number {
    const [found, epoch, whose, number] = decode(cursor)
    if (found !== kind || epoch !== this.epoch || whose !== of || !isSeq(number)) throw refused(field)
    return number
  }

  list(kind: ListKind, { at, id }: ListPosition): string {
    return encode([LISTS[kind], this.epoch, at.getTime(), id])
  }

  readList(kind: ListKind, cursor: string, field = 'after'): ListPosition {
    const [found, epoch, at, id] = decode(cursor)
    if (found !== LISTS[kind] || epoch !== this.epoch || !isTime(at) || !isId(id)) throw refused(field)
    return { at: new Date(at), id }
  }
}

const isTime = (value: unknown): value is number => isCount(value) && value <= LATEST

const isId = (value: unknown): value is string => typeof value === 'string' && isUuid(value)

const refused = (field: string) => badInput(field, 'This is not a cursor of this list.')
