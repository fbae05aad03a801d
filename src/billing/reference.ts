import { conflict } from '../errors.js'
import { cleanText } from '../limits/text.js'

const LONGEST = 200

/** The host system's name for what it asks: each kind of transaction has names of its own. */
export const checkReference = (kind: 'top-up' | 'refund', reference: string): string =>
  `${kind}:${cleanText('input.reference', reference, { max: LONGEST })}`

export const referenceReused = () =>
  conflict('IDEMPOTENCY_KEY_REUSED', 'The reference was used for something else.', { field: 'input.reference' })
