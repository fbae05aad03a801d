import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { EndNeeds } from '../sessions/end-session.js'
import { endWithLeaving } from '../sessions/end-with-people.js'
import { changeConversation, type ChangeNeeds } from './change-conversation.js'
import { farewell, findAccess, type Shown } from './conversation-access.js'
import { type Action, denied } from './conversation-rules.js'
import type { Participant } from './conversation.js'
import { findMembers, requireRoom } from './group-members.js'
import { notFound } from '../errors.js'

export interface ParticipantsInput {
  conversationId: string
  userIds: string[]
}

/** Who takes part already stays as they are. */
export const addParticipants = async (
  needs: ChangeNeeds & Pick<Services, 'people'>,
  viewer: Asker,
  { conversationId, userIds }: ParticipantsInput,
) => {
  // Who may not add anybody learns nothing of the people either.
  const access = await findAccess(needs, viewer, conversationId, () => notFound('conversation', 'input.conversationId'))
  const refusal = denied('addParticipants', { viewer, ...access })
  if (refusal) throw refusal
  const members = await findMembers(needs, viewer, 'input.userIds', userIds)
  return changeConversation(
    needs,
    viewer,
    conversationId,
    () => ['addParticipants'],
    async open => {
      const present = (await open.participants()).map(({ userId }) => userId)
      requireRoom('input.userIds', new Set([...present, ...userIds]).size)
      await open.addParticipants(members, viewer.userId)
    },
  )
}

/** Who takes no part stays away: nothing changes. Anyone may remove themselves. The session of who gives it goes with them. */
export const removeParticipants = async (
  needs: ChangeNeeds & EndNeeds,
  viewer: Asker,
  input: ParticipantsInput,
): Promise<Shown> => {
  const userIds = new Set(input.userIds)
  requireRoom('input.userIds', userIds.size)
  const others = [...userIds].some(userId => userId !== viewer.userId)
  const actions: Action[] = others ? ['removeParticipants'] : ['leave']
  let left: Participant | undefined
  const conversation = await changeConversation(
    needs,
    viewer,
    input.conversationId,
    () => actions,
    async (open, writing) => {
      await endWithLeaving(needs, writing, open, userIds, viewer)
      for (const { userId } of await open.participants()) {
        if (!userIds.has(userId)) continue
        const removed = await open.updateParticipant(userId, { leftAt: 'now' })
        if (userId === viewer.userId) left = removed
      }
    },
  )
  return left ? farewell(conversation, left) : conversation
}
