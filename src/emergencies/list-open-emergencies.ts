import type { Reader } from '../conversations/read-access.js'
import { type Message, withoutText } from '../messages/message.js'
import { pageArgs, pagedForward, type Paged, type PageInput } from '../paging/page.js'
import { isAdmin } from '../people/person.js'
import type { Services } from '../services.js'
import type { OpenEmergency } from './open-emergencies.store.js'

/** What nobody has acknowledged, in the viewer's conversations; to an admin all, with the text of what is theirs to read. */
export const listOpenEmergencies = async (
  { cursors, openEmergencies }: Pick<Services, 'cursors' | 'openEmergencies'>,
  viewer: Reader,
  input: PageInput,
): Promise<Paged<Message> & { eventCursor: null }> => {
  const { limit, cursor } = pageArgs(input)
  const after = cursor === null ? null : cursors.readMessage(cursor)
  const found = await openEmergencies.list({ userId: viewer.userId, isAdmin: isAdmin(viewer), after, limit })
  const cursorOf = ({ message }: OpenEmergency) => cursors.message(message.conversationId, message.seq)
  const { edges, pageInfo } = pagedForward({ found, limit, after, cursorOf })
  return { edges: edges.map(edge => ({ ...edge, node: shownTo(viewer, edge.node) })), pageInfo, eventCursor: null }
}

/** What is read under a grant is recorded as its subject's. */
const shownTo = (viewer: Reader, { message, seen, grant }: OpenEmergency): Message => {
  if (seen) return message
  if (grant === null) return withoutText(message)
  viewer.grantedReads?.note({ ...grant, conversationId: message.conversationId }, undefined)
  return message
}
