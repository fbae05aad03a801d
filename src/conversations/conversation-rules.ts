import { conflict, type DomainError, forbidden, notFound } from '../errors.js'
import { isAdmin, type Viewer } from '../people/person.js'
import type { Conversation, ConversationKind, ConversationStatus, Part } from './conversation.js'

/** As what somebody acts. */
export const STANDINGS = {
  PARTICIPANT: 'who takes part',
  GRANTED: 'an admin who holds an access grant for somebody who takes part: what that person sees',
  EITHER_SIDE: 'either side of a DIRECT conversation',
  PROFESSIONAL: 'who takes part in a GROUP as a professional',
  STAFF: 'a professional or an admin who takes part',
  ADMIN: 'an admin who takes part, under whatever profile',
  SENDER: 'who sent the message',
  DELETER: 'who deleted the message',
  STATUS_SETTER: 'who set the present status',
  ANY_ADMIN: 'any admin, whether they take part or not',
  ADMIN_CALLED: 'any admin, once the emergency was escalated',
} as const
export type Standing = keyof typeof STANDINGS

export interface Rule {
  /** One of these is enough. */
  who: readonly Standing[]
  kinds?: readonly ConversationKind[]
  /** Without them: in whatever status they see it. */
  statuses?: readonly ConversationStatus[]
  /** Not once the care relationship has ended. */
  inCare?: true
  /** Only with the permission to send. */
  sends?: true
  /** Not of a deleted message. */
  ofPresent?: true
  /** Not by who flagged the emergency. */
  notFlagger?: true
}

const OPEN = ['ACTIVE', 'ARCHIVED'] as const
const TAKING_MESSAGES = { statuses: OPEN, inCare: true } as const
const SENDING = { ...TAKING_MESSAGES, sends: true } as const

const table = <Name extends string>(rules: Record<Name, Rule>) => rules

/** Who may do what in a conversation that they see; docs/access.md prints it. */
export const RULES = table({
  read: { who: ['PARTICIPANT', 'GRANTED'] },
  mark: { who: ['PARTICIPANT'] },
  send: { who: ['PARTICIPANT'], ...SENDING },
  startSession: { who: ['EITHER_SIDE', 'PROFESSIONAL'], ...SENDING },
  endSession: { who: ['EITHER_SIDE', 'STAFF'] },
  call: { who: ['PARTICIPANT'], ...TAKING_MESSAGES },
  joinSession: { who: ['PARTICIPANT'], ...TAKING_MESSAGES },
  leaveSession: { who: ['PARTICIPANT'] },
  editMessage: { who: ['SENDER'], ...SENDING, ofPresent: true },
  deleteMessage: { who: ['SENDER', 'ADMIN'] },
  restoreMessage: { who: ['DELETER', 'ADMIN'], ...TAKING_MESSAGES },
  react: { who: ['PARTICIPANT'], ...SENDING, ofPresent: true },
  unreact: { who: ['PARTICIPANT'] },
  flagEmergency: { who: ['PARTICIPANT'], ...TAKING_MESSAGES, ofPresent: true },
  acknowledgeEmergency: { who: ['STAFF', 'ADMIN_CALLED'], notFlagger: true },
  updateConversation: { who: ['STAFF'] },
  archive: { who: ['PARTICIPANT'], ...SENDING },
  block: { who: ['EITHER_SIDE', 'STAFF'] },
  unblock: { who: ['STATUS_SETTER', 'ADMIN'], statuses: ['BLOCKED'] },
  deleteConversation: { who: ['STAFF'] },
  restoreConversation: { who: ['STATUS_SETTER'], statuses: ['DELETED'] },
  addParticipants: { who: ['STAFF'], kinds: ['GROUP'], statuses: OPEN },
  removeParticipants: { who: ['STAFF'], kinds: ['GROUP'] },
  leave: { who: ['PARTICIPANT'], kinds: ['GROUP'] },
  setPermissions: { who: ['STAFF'] },
  setNotifications: { who: ['PARTICIPANT'] },
  setLegalHold: { who: ['ANY_ADMIN'] },
})
export type Action = keyof typeof RULES

/** Somebody, and their part in the conversation in which they act; null where they take none. */
export interface Acting {
  viewer: Viewer
  conversation: Conversation
  part: Part | null
  /** The part of whom an admin's grant is for. */
  granted?: Part
}

/** What the action is about, beside the conversation. */
export interface About {
  senderId?: string | null
  deleted?: boolean
  deletedById?: string | null
  flaggedById?: string | null
  escalated?: boolean
}

/** Whether the conversation is there for them: what is deleted is there for who deleted it. */
export const isSeen = ({ status, statusById }: Conversation, { userId }: Pick<Part, 'userId'>): boolean =>
  status !== 'DELETED' || statusById === userId

const isStaff = (viewer: Viewer, { kind }: Conversation, { role }: Part) =>
  isAdmin(viewer) || (role === 'PROFESSIONAL' && kind !== 'SUPPORT')

const stands = (standing: Standing, { viewer, conversation, part, granted }: Acting, about: About): boolean => {
  if (standing === 'GRANTED') return granted !== undefined && isAdmin(viewer) && isSeen(conversation, granted)
  if (standing === 'ANY_ADMIN') return isAdmin(viewer)
  if (standing === 'ADMIN_CALLED') return about.escalated === true && isAdmin(viewer)
  if (!part || !isSeen(conversation, part)) return false
  switch (standing) {
    case 'PARTICIPANT':
      return true
    case 'EITHER_SIDE':
      return conversation.kind === 'DIRECT'
    case 'PROFESSIONAL':
      return conversation.kind === 'GROUP' && part.role === 'PROFESSIONAL'
    case 'STAFF':
      return isStaff(viewer, conversation, part)
    case 'ADMIN':
      return isAdmin(viewer)
    case 'SENDER':
      return about.senderId === part.userId
    case 'DELETER':
      return about.deletedById === part.userId
    case 'STATUS_SETTER':
      return conversation.statusById === part.userId
  }
}

/** Why the action is refused; null where it is allowed. Decided under the conversation's lock where it changes anything. */
export const denied = (action: Action, acting: Acting, about: About = {}): DomainError | null => {
  const rule: Rule = RULES[action]
  if (rule.notFlagger && about.flaggedById === acting.viewer.userId) return forbidden('Somebody else has to do this.')
  if (!rule.who.some(standing => stands(standing, acting, about))) return strangerDenied(acting)
  const { conversation, part } = acting
  if (rule.kinds && !rule.kinds.includes(conversation.kind))
    return forbidden('In this kind of conversation nobody may do this.')
  if (rule.ofPresent && about.deleted) return conflict('MESSAGE_DELETED', 'The message was deleted.')
  if (rule.inCare && conversation.careEnded) return careEnded()
  if (rule.statuses && !rule.statuses.includes(conversation.status))
    return conflict('CONVERSATION_NOT_ACTIVE', 'The status of the conversation does not allow this.')
  if (rule.sends && !(part && hasSendPermission(conversation, part)))
    return forbidden('You may not send in this conversation.')
  return null
}

/** Who may know of the conversation learns that they may not; others, that there is none. */
const strangerDenied = ({ viewer, conversation, part }: Acting): DomainError =>
  isAdmin(viewer) || (part && isSeen(conversation, part)) ? forbidden('You may not do this.') : notFound('conversation')

export const careEnded = () => conflict('CARE_RELATIONSHIP_ENDED', 'The care relationship has ended.')

const hasSendPermission = ({ sendRoles }: Conversation, { role, ownCanSend }: Part) =>
  ownCanSend ?? sendRoles.includes(role)

/** What holds in the end: permission, status and care relationship together. */
export const canSend = (conversation: Conversation, part: Part): boolean =>
  part.leftAt === null &&
  denied('send', { viewer: { userId: part.userId, roles: [part.role] }, conversation, part }) === null
