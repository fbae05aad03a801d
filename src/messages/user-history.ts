import { forbidden } from '../errors.js'
import { isExternalId } from '../limits/ids.js'
import { pageArgs, pagedForward, type PageInput } from '../paging/page.js'
import { type Asker, isAdmin } from '../people/person.js'
import type { Services } from '../services.js'
import type { Direction, Message } from './message.js'
import type { MessagePage } from './read-history.js'

/** One's own, or, under a grant, somebody else's. */
export const listUserHistory = async (
  needs: Pick<Services, 'cursors' | 'grants' | 'messages' | 'people'>,
  viewer: Asker,
  { userId, direction }: { userId: string | null; direction: Direction },
  input: PageInput,
): Promise<MessagePage> => {
  const ownerId = userId ?? viewer.userId
  const { limit, cursor } = pageArgs(input)
  const after = cursor === null ? null : needs.cursors.readMessage(cursor)
  if (ownerId !== viewer.userId) {
    const accessGrantId =
      isAdmin(viewer) && isExternalId(ownerId) ? await needs.grants.heldFor(viewer.userId, ownerId) : null
    if (accessGrantId === null) throw forbidden('This needs an access grant for that person.')
    viewer.grantedReads?.note({ subjectUserId: ownerId, accessGrantId }, viewer.trail)
  }
  const owner = ownerId === viewer.userId ? viewer : await needs.people.find(ownerId)
  const asAdmin = owner?.roles.includes('ADMIN') ?? false
  const found = await needs.messages.ofUser({ userId: ownerId, asAdmin, direction, after, limit })
  const cursorOf = (message: Message) => needs.cursors.message(message.conversationId, message.seq)
  return { ...pagedForward({ found, limit, after, cursorOf }), eventCursor: null }
}
