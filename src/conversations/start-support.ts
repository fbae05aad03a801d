import { badInput, forbidden, notFound } from '../errors.js'
import { isAdmin, type Role, type Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { Started } from './direct-access.js'

type Needs = Pick<Services, 'conversations' | 'limits' | 'people' | 'writer'>

/** The viewer's SUPPORT conversation, or, for an admin, that of somebody else: created, found, or brought back. */
export const startSupport = async (needs: Needs, viewer: Asker, userId: string | null): Promise<Started> => {
  if (userId !== null && !isAdmin(viewer)) throw forbidden('Only admins name a user.')
  if (userId === viewer.userId) throw badInput('input.userId', 'This is yourself.')
  const user = await needs.people.find(userId ?? viewer.userId)
  if (!user?.active) throw notFound('user', 'input.userId')
  const role = (['PATIENT', 'PROFESSIONAL'] as const satisfies Role[]).find(one => user.roles.includes(one))
  if (!role) throw badInput('input.userId', 'An admin is at the desk: name a user.')
  if ((await needs.conversations.findSupport(user.id)) === null) await needs.limits.consume('starts', viewer.userId)
  return needs.writer.run(async writing => {
    const existing = await writing.findSupport(user.id)
    const found = existing === null ? null : await writing.open(existing)
    // There is one for each user: deleted by an admin for good, it would leave them without a desk.
    if (found?.conversation.status === 'DELETED') await found.updateConversation({ status: 'ACTIVE', statusById: null })
    if (found) return { conversation: { ...found.conversation }, created: false }
    const participants = [{ userId: user.id, role }]
    const { conversation, created } = await writing.create({ kind: 'SUPPORT', supportUserId: user.id, participants })
    return { conversation: { ...conversation }, created }
  }, viewer)
}
