import { badInput } from '../errors.js'
import type { MessageKind } from './message.js'

const FIELD = 'input.attachmentIds'

/** How many a message has, by its kind; of the other kinds none. */
const MOST: Partial<Record<MessageKind, number>> = { IMAGE: 10, FILE: 10, VOICE: 1 }

export const hasAttachments = (kind: MessageKind): boolean => MOST[kind] !== undefined

/** Of a message of that kind, in the order in which they are shown. Whether they are the sender's, and fit, is judged with the writing. */
export const readAttachmentIds = (kind: MessageKind, given: readonly string[]): string[] => {
  const most = MOST[kind] ?? 0
  if (most === 0 && given.length > 0) throw badInput(FIELD, 'They do not go with this kind of message.')
  if (most > 0 && given.length === 0) throw badInput(FIELD, 'A message of this kind needs them.')
  if (given.length > most) throw badInput(FIELD, `A message of this kind has ${most} at most.`)
  if (new Set(given).size < given.length) throw badInput(FIELD, 'One of them is there twice.')
  return [...given]
}
