import { pageArgs, pagedForward, type Paged, type PageInput } from '../paging/page.js'
import { type Message, withoutText } from '../messages/message.js'
import { isAdmin, type Viewer } from '../people/person.js'
import type { Services } from '../services.js'

/** What nobody has acknowledged, in the viewer's conversations; to an admin all, with the text of what is theirs to read. */
export const listOpenEmergencies = async (
  { cursors, openEmergencies }: Pick<Services, 'cursors' | 'openEmergencies'>,
  viewer: Viewer,
  input: PageInput,
): Promise<Paged<Message> & { eventCursor: null }> => {
  const { limit, cursor } = pageArgs(input)
  const after = cursor === null ? null : cursors.readMessage(cursor)
  const found = await openEmergencies.list({ userId: viewer.userId, isAdmin: isAdmin(viewer), after, limit })
  const shown = found.map(({ message, readable }) => (readable ? message : withoutText(message)))
  const cursorOf = (message: Message) => cursors.message(message.conversationId, message.seq)
  return { ...pagedForward({ found: shown, limit, after, cursorOf }), eventCursor: null }
}
