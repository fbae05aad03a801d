import { forbidden } from '../errors.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import { type Access, accessOf, type Shown, takesPart } from './conversation-access.js'
import type { Conversation, Participant } from './conversation.js'
import { accessFrom, type Reader } from './read-access.js'

type Needs = Pick<Services, 'grants' | 'loaders'>

export const mayNotRead = () => forbidden('You do not take part in this conversation.')

/** As what the viewer reads it; null for who may know no more of the conversation than its id, kind and status. */
export const findSight = async (needs: Needs, viewer: Reader, conversation: Shown): Promise<Access | null> => {
  if (conversation.access) return conversation.access
  const participant = await needs.loaders.participant({ conversationId: conversation.id, userId: viewer.userId })
  return accessFrom(needs, viewer, { conversation, participant })
}

/** As findSight, for what has to have a value. */
export const requireSight = async (needs: Needs, viewer: Reader, conversation: Shown): Promise<Access> => {
  const access = await findSight(needs, viewer, conversation)
  if (!access) throw mayNotRead()
  return access
}

/** Those that the viewer may read at this moment; none that they leave before it is answered takes the others with it. */
export const showSeen = async (needs: Needs, viewer: Reader, conversations: Conversation[]): Promise<Shown[]> => {
  const accesses = await Promise.all(conversations.map(conversation => findSight(needs, viewer, conversation)))
  return conversations.flatMap((conversation, index) => {
    const access = accesses[index]
    return access ? [{ ...conversation, access }] : []
  })
}

/** The viewer's row among the participants; null under a grant, and for an admin of the support desk who has none. */
export const readOwnParticipant = async (
  needs: Pick<Services, 'loaders'>,
  viewer: Viewer,
  conversation: Conversation,
): Promise<Participant | null> => {
  const participant = await needs.loaders.participant({ conversationId: conversation.id, userId: viewer.userId })
  return accessOf(viewer, conversation, participant) && takesPart(participant) ? participant : null
}
