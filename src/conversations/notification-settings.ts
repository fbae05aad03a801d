import { badInput } from '../errors.js'
import type { Asker } from '../people/person.js'
import { changeConversation, type ChangeNeeds } from './change-conversation.js'
import type { ParticipantUpdate } from './conversation-writer.js'
import type { Participant } from './conversation.js'

export interface NotificationSettingsInput {
  conversationId: string
  enabled?: boolean | null
  mutedUntil?: Date | null
}

/** PostgreSQL holds no later ones of four digits. */
const LATEST = Date.UTC(10_000, 0) - 1

const changeOf = (
  own: Participant,
  enabled = own.notificationsEnabled,
  mutedUntil: Date | null = own.mutedUntil,
): ParticipantUpdate | null =>
  enabled === own.notificationsEnabled && mutedUntil?.getTime() === own.mutedUntil?.getTime()
    ? null
    : { notificationsEnabled: enabled, mutedUntil }

/** The viewer's own, in one conversation; what is omitted stays. */
export const updateNotificationSettings = (needs: ChangeNeeds, viewer: Asker, input: NotificationSettingsInput) => {
  const { conversationId, enabled, mutedUntil } = input
  if (mutedUntil && !(mutedUntil.getTime() >= 0 && mutedUntil.getTime() <= LATEST))
    throw badInput('input.mutedUntil', 'Muting ends between 1970 and 9999.')
  return changeConversation(
    needs,
    viewer,
    conversationId,
    () => ['setNotifications'],
    async open => {
      const own = await open.participant(viewer.userId)
      const update = own && changeOf(own, enabled ?? undefined, mutedUntil)
      if (update) await open.updateParticipant(viewer.userId, update)
    },
  )
}
