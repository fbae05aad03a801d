import { forbidden } from '../errors.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import { accessOf, takesPart } from './conversation-access.js'
import type { Conversation, Part, Participant } from './conversation.js'

type Needs = Pick<Services, 'loaders'>

export const mayNotRead = () => forbidden('You do not take part in this conversation.')

/** As what the viewer reads it; null for who may know no more of the conversation than its id, kind and status. */
export const readOwnPart = async (needs: Needs, viewer: Viewer, conversation: Conversation): Promise<Part | null> => {
  const participant = await needs.loaders.participant({ conversationId: conversation.id, userId: viewer.userId })
  return accessOf(viewer, conversation, participant)?.part ?? null
}

/** As readOwnPart, for what has to have a value. */
export const requireOwnPart = async (needs: Needs, viewer: Viewer, conversation: Conversation): Promise<Part> => {
  const part = await readOwnPart(needs, viewer, conversation)
  if (!part) throw mayNotRead()
  return part
}

/** The viewer's row among the participants; null also for an admin of the support desk who has none. */
export const readOwnParticipant = async (
  needs: Needs,
  viewer: Viewer,
  conversation: Conversation,
): Promise<Participant | null> => {
  const participant = await needs.loaders.participant({ conversationId: conversation.id, userId: viewer.userId })
  return accessOf(viewer, conversation, participant) && takesPart(participant) ? participant : null
}
