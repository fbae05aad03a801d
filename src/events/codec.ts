import { SIGNAL_KINDS } from '../calls/call.js'
import type { Change, ChangeRange, TopicKind, Topics } from './topics.js'

type Json = Record<string, unknown>

/** What of a change has to be there, and what becomes a Date again. */
const SHAPES: Record<Change['kind'], { numbers: string[]; dates: string[] }> = {
  message: { numbers: ['seq', 'rev', 'addedRev'], dates: ['createdAt', 'editedAt', 'deletedAt'] },
  participant: {
    numbers: ['rev', 'membership', 'accessRev', 'visibleFromSeq', 'deliveredThrough', 'readThrough'],
    dates: ['mutedUntil', 'joinedAt', 'leftAt'],
  },
  conversation: { numbers: ['seq', 'rev', 'ownRev', 'firstSeq'], dates: ['createdAt', 'lastActivityAt'] },
}

class Malformed extends Error {}

const object = (value: unknown): Json => {
  if (typeof value !== 'object' || value === null) throw new Malformed()
  return value as Json
}

const requireNumber = (value: unknown): number => {
  if (!Number.isSafeInteger(value)) throw new Malformed()
  return value as number
}

const reviveDate = (value: unknown): Date | null => {
  if (value === null) return null
  if (typeof value !== 'string') throw new Malformed()
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) throw new Malformed()
  return date
}

const reviveChange = (value: unknown): Change => {
  const change = object(value)
  requireNumber(change.rev)
  const kind = change.kind as Change['kind']
  const shape = Object.hasOwn(SHAPES, String(kind)) ? SHAPES[kind] : undefined
  if (!shape) throw new Malformed()
  const entity = object(change[kind])
  if (typeof entity.id !== 'string') throw new Malformed()
  for (const field of shape.numbers) requireNumber(entity[field])
  for (const field of shape.dates) entity[field] = reviveDate(entity[field])
  return change as unknown as Change
}

const reviveRange = (range: Json): ChangeRange => {
  const first = requireNumber(range.first)
  const last = requireNumber(range.last)
  if (first > last || !Array.isArray(range.changes)) throw new Malformed()
  const changes = range.changes.map(reviveChange)
  // The newest rev always belongs to the newest change.
  if (Math.max(...changes.map(change => change.rev)) !== last) throw new Malformed()
  return { first, last, changes }
}

const isText = (value: unknown) => typeof value === 'string'
const isInstant = (value: unknown) =>
  value === null || (Number.isSafeInteger(value) && Math.abs(value as number) < 8.64e15)

const SIGNALS: Record<Exclude<TopicKind, 'conversation'>, Record<string, (value: unknown) => boolean>> = {
  typing: {
    conversationId: isText,
    userId: isText,
    isTyping: value => typeof value === 'boolean',
    expiresAt: isInstant,
  },
  user: { kind: isText },
  presence: { userId: isText },
  attachment: { kind: isText },
  call: {
    sessionId: isText,
    fromId: isText,
    toIds: value => Array.isArray(value) && value.every(isText),
    kind: value => SIGNAL_KINDS.some(kind => kind === value),
    payload: value => value === null || isText(value),
  },
}

const reviveSignal = (kind: Exclude<TopicKind, 'conversation'>, signal: Json): Json => {
  for (const [field, fits] of Object.entries(SIGNALS[kind])) if (!fits(signal[field])) throw new Malformed()
  return signal
}

export const encodeEvent = (event: Topics[TopicKind]): string => JSON.stringify(event)

/** Null for what is malformed: another version of the server may have sent it. */
export const decodeEvent = <K extends TopicKind>(kind: K, text: string): Topics[K] | null => {
  try {
    const event = object(JSON.parse(text))
    return (kind === 'conversation' ? reviveRange(event) : reviveSignal(kind, event)) as unknown as Topics[K]
  } catch {
    return null
  }
}
