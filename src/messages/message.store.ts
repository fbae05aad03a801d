import { batched } from '../batched.js'
import type { PublishChanges } from '../events/topics.js'
import { PERSON_JSON } from '../people/person-row.js'
import type { Database } from '../persistence/database.js'
import { judgeFailure } from '../persistence/database-errors.js'
import { GroupCommit, type GroupCommitLimits } from './group-commit.js'
import { type MessageRow, MESSAGE_COLUMNS, messageFromRow } from './message-row.js'
import type { Message } from './message.js'
import { type PageKey, readPages } from './message-page.store.js'
import {
  type NewMessage,
  type OutgoingMessage,
  prepareMessage,
  SEND_SQL,
  sendParameters,
  type SendRefusal,
  type SendRow,
  storedMessage,
} from './send-batch.js'
import { readUserHistory, type UserHistoryQuery } from './user-history.store.js'

const MAX_PAGES = 16
const COMMIT_DEADLINE_MS = 5_000
const BYTES_BESIDE_BODY = 300
/** At most, but for few: its texts are short. */
const BYTES_OF_A_CARD = 3_000
const BYTES_OF_AN_ID = 40

const bytesOf = ({ body, card, attachmentIds }: OutgoingMessage) =>
  Buffer.byteLength(body ?? '') +
  (card ? BYTES_OF_A_CARD : 0) +
  attachmentIds.length * BYTES_OF_AN_ID +
  BYTES_BESIDE_BODY

export type SendOutcome = { kind: 'STORED' | 'REPEATED'; message: Message } | { kind: 'REFUSED'; why: SendRefusal }

const pageName = ({ conversationId, from, through, limit }: PageKey) => `${conversationId} ${from} ${through} ${limit}`

/** A stretch of a conversation: both ends belong to it. */
export interface SeqRange {
  from: number
  through: number
}

export class MessageStore {
  private readonly commits: GroupCommit<OutgoingMessage, SendRow>
  private readonly pages: Record<'FIRST' | 'LAST', (key: PageKey) => Promise<Message[]>>

  constructor(
    private readonly database: Database,
    private readonly contentHashKey: string,
    private readonly publish: PublishChanges,
    limits?: Partial<GroupCommitLimits>,
  ) {
    this.commits = new GroupCommit<OutgoingMessage, SendRow>({
      run: (items, wait) => database.commit<SendRow>(SEND_SQL, sendParameters(items, wait), COMMIT_DEADLINE_MS),
      publish: (items, rows) => this.publishStored(items, rows),
      lane: item => item.conversationId,
      bytes: bytesOf,
      isBusy: row => row.o_outcome === 'BUSY',
      judge: judgeFailure,
      limits,
    })
    const pages = (end: 'FIRST' | 'LAST') => batched(keys => readPages(database, end, keys), pageName, MAX_PAGES)
    this.pages = { FIRST: pages('FIRST'), LAST: pages('LAST') }
  }

  get queuedSends() {
    return this.commits.queued
  }

  /** Answers after the commit. */
  async send(message: NewMessage): Promise<SendOutcome> {
    const item = prepareMessage(message, this.contentHashKey)
    const row = await this.commits.submit(item)
    if (row.o_outcome === 'BUSY') throw new Error('A busy lane was answered.')
    if (row.o_outcome === 'STORED') return { kind: 'STORED', message: storedMessage(item, row) }
    if (row.o_outcome !== 'REPEATED') return { kind: 'REFUSED', why: row.o_outcome }
    const first = await this.find(row.o_id ?? '')
    return first ? { kind: 'REPEATED', message: first } : { kind: 'REFUSED', why: 'NOT_FOUND' }
  }

  async find(id: string): Promise<Message | null> {
    return (await this.findMany([id]))[0] ?? null
  }

  /** With their senders. */
  async findMany(ids: string[]): Promise<Message[]> {
    const sql = `select ${MESSAGE_COLUMNS}, ${PERSON_JSON} as sender
      from messages m left join users u on u.id = m.sender_id where m.id = any($1::uuid[])`
    return (await this.database.call<MessageRow>(sql, [ids])).map(messageFromRow)
  }

  /** The first messages of the range, or its last; always by seq. Calls of the same turn are one query. */
  page(conversationId: string, range: SeqRange, limit: number, end: 'FIRST' | 'LAST'): Promise<Message[]> {
    return this.pages[end]({ conversationId, ...range, limit })
  }

  /** Of all the user's conversations, newest first; one more than asked for where there are more. */
  ofUser(query: UserHistoryQuery): Promise<Message[]> {
    return readUserHistory(this.database, query)
  }

  /** Null while the session has no message. */
  async rangeOfSession(sessionId: string): Promise<SeqRange | null> {
    const sql = 'select min(seq) as from, max(seq) as through from messages where session_id = $1'
    const [row] = await this.database.call<{ from: number | null; through: number | null }>(sql, [sessionId])
    return row && row.from !== null && row.through !== null ? { from: row.from, through: row.through } : null
  }

  private publishStored(items: OutgoingMessage[], rows: SendRow[]) {
    const stored = new Map<string, Message[]>()
    rows.forEach((row, index) => {
      const item = items[index]
      if (item === undefined || row.o_outcome !== 'STORED') return
      const message = storedMessage(item, row)
      const others = stored.get(item.conversationId)
      if (others) others.push(message)
      else stored.set(item.conversationId, [message])
    })
    for (const [conversationId, messages] of stored) this.publishAdded(conversationId, messages)
  }

  private publishAdded(conversationId: string, messages: Message[]) {
    const first = messages[0]
    const last = messages.at(-1)
    if (first === undefined || last === undefined) return
    const changes = messages.map(message => ({ rev: message.rev, kind: 'message' as const, message }))
    this.publish(conversationId, { first: first.rev, last: last.rev, changes })
  }
}
