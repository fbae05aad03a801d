import type { NotificationPartsFragment } from '../operations.js'
import { paths } from '../routes.js'
import { strings } from '../strings.js'

const { kinds, somebody } = strings.notifications

/** Of SYSTEM the host system's own words. */
export const notificationText = ({ kind, title, actor }: NotificationPartsFragment): string =>
  kind === 'SYSTEM' ? title : kinds[kind](actor?.displayName ?? somebody)

/** Where it leads; undefined where that is nowhere. */
export const notificationPath = ({ kind, conversation, message }: NotificationPartsFragment): string | undefined => {
  // An admin who takes no part acknowledges it at the desk.
  if (kind === 'EMERGENCY_ESCALATED') return paths.desk
  if (kind === 'ACCESS_GRANTED') return paths.account
  return conversation ? paths.conversation(conversation.id, message?.id) : undefined
}
