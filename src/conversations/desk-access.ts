import { isAdmin, type Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import { accessOf, actingIn, isDesk } from './conversation-access.js'
import { type Acting, denied } from './conversation-rules.js'
import type { OpenConversation } from './conversation-writer.js'

/**
 * Makes an admin a participant of the SUPPORT conversation in which they act. Whether they are one by now. For them the
 * conversation itself changes with it: they follow it already, and its `viewer` is theirs from now on.
 */
export const takeSeat = async (open: OpenConversation, { viewer, conversation, part }: Acting): Promise<boolean> => {
  if (!part || !isDesk(conversation, part)) return false
  const added = await open.addParticipants([{ userId: viewer.userId, role: 'ADMIN' }])
  if (added.length > 0) await open.updateConversation({})
  return true
}

/** As takeSeat, before a send or a mark, which know participants alone; refused where that would be. */
export const joinDesk = async (
  needs: Pick<Services, 'conversations' | 'writer'>,
  viewer: Viewer,
  conversationId: string,
  action: 'send' | 'mark',
): Promise<boolean> => {
  if (!isAdmin(viewer)) return false
  const found = await needs.conversations.findWithParticipant(conversationId, viewer.userId)
  if (found?.conversation.kind !== 'SUPPORT' || !accessOf(viewer, found.conversation, found.participant)) return false
  return needs.writer.run(async writing => {
    const open = await writing.open(conversationId)
    if (!open) return false
    const acting = await actingIn(open, viewer)
    const refusal = denied(action, acting)
    if (refusal) throw refusal
    return takeSeat(open, acting)
  })
}
