import type { Writing } from '../conversations/conversation-writer.js'
import type { Services } from '../services.js'
import { type Session, sessionName } from '../sessions/session.js'

/** In the transaction of the session's end: what everyone owes for it goes to the professional. */
export const billSession = async (
  { ledger, payments }: Pick<Services, 'ledger' | 'payments'>,
  writing: Pick<Writing, 'tx' | 'tellWallets'>,
  { id, type, professionalId, rate }: Session,
): Promise<void> => {
  const owed = rate === null ? [] : await payments.owed(writing.tx, id)
  const [first, ...others] = owed
  if (!first || !rate) return
  const name = sessionName(type)
  const kind = name.charAt(0).toUpperCase() + name.slice(1)
  const earning = {
    userId: professionalId,
    kind: 'SESSION_EARNING' as const,
    amountMinor: owed.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    description: others.length === 0 ? `${kind} with ${first.name}` : `${kind} of a group`,
  }
  const charges = owed.map(({ userId, amountMinor, payee }) => ({
    userId,
    kind: 'SESSION_CHARGE' as const,
    amountMinor: -amountMinor,
    description: `${kind} with ${payee}`,
  }))
  await ledger.post(writing.tx, {
    // One charge for each session, whatever is retried.
    reference: `session:${id}`,
    sessionId: id,
    createdById: null,
    currency: rate.currency,
    entries: [...charges, earning],
  })
  writing.tellWallets([...owed.map(({ userId }) => userId), professionalId])
}
