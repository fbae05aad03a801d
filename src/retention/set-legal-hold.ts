import { actingIn } from '../conversations/conversation-access.js'
import { denied } from '../conversations/conversation-rules.js'
import type { Conversation } from '../conversations/conversation.js'
import { notFound } from '../errors.js'
import { cleanText } from '../limits/text.js'
import { isAdmin, type Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { LegalHold } from './legal-hold.js'

const REASON = { min: 10, max: 500 }

export interface LegalHoldInput {
  conversationId: string
  hold: boolean
  reason: string
}

type Needs = Pick<Services, 'legalHolds' | 'writer'>

/**
 * Under the conversation's lock, as removing is: what is there when this answers stays. Saying the same again changes nothing.
 * It takes no rev: who takes part is told nothing of it.
 */
export const setLegalHold = async (needs: Needs, asker: Asker, input: LegalHoldInput): Promise<Conversation> => {
  const { conversationId, hold: isHeld } = input
  const reason = cleanText('input.reason', input.reason, REASON)
  return needs.writer.run(async writing => {
    const open = await writing.open(conversationId)
    if (!open) throw notFound('conversation', 'input.conversationId')
    const refusal = denied('setLegalHold', await actingIn(open, asker))
    if (refusal) throw refusal
    const before = await needs.legalHolds.newestWithin(writing.tx, conversationId)
    const isSame = (before?.isHeld ?? false) === isHeld && (!isHeld || before?.reason === reason)
    if (!isSame) await needs.legalHolds.addWithin(writing.tx, { conversationId, isHeld, reason, byId: asker.userId })
    return { ...open.conversation }
  }, asker)
}

/** For admins, whether they take part or not; null for everybody else, and where there is none. */
export const findLegalHold = async (
  { legalHolds }: Pick<Services, 'legalHolds'>,
  viewer: Asker,
  { id }: Pick<Conversation, 'id'>,
): Promise<LegalHold | null> => (isAdmin(viewer) ? legalHolds.find(id) : null)
