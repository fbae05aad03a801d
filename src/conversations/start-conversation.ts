import type { Asker, Role } from '../people/person.js'
import { type DirectNeeds, directConversationWith } from './direct-access.js'

export const startConversation = (needs: DirectNeeds, viewer: Asker, input: { userId: string; asRole?: Role | null }) =>
  directConversationWith(needs, viewer, input.userId, input.asRole ?? null)
