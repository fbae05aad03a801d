import type { Role, Viewer } from '../people/person.js'
import { type DirectNeeds, directConversationWith } from './direct-access.js'

export const startConversation = (
  needs: DirectNeeds,
  viewer: Viewer,
  input: { userId: string; asRole?: Role | null },
) => directConversationWith(needs, viewer, input.userId, input.asRole ?? null)
