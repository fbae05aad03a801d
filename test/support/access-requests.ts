import type { About, Action } from '../../src/conversations/conversation-rules.js'
import type { Variables } from './graphql-client.js'
import type { Caller, Scene, Status } from './access-scenes.js'
import type { TestRole } from './make.js'

/** Somebody asks for something in a conversation. */
export interface Request {
  /** The root field, and which case of it. */
  name: string
  operation: 'query' | 'mutation' | 'subscription'
  /** Null where there is nothing to ask with. */
  ask: (scene: Scene, caller: Caller) => Variables | null
  selection?: string
  /** All of them have to be allowed. */
  actions: (scene: Scene) => Action[]
  about?: (scene: Scene, caller: Caller) => About
  /** Other roles are refused, whatever there is. */
  needs?: TestRole[]
  /** Afterwards, others of these requests may have other outcomes. */
  alters?: true
  /** A list, which shows something of the conversation or does not; PRESENT: nothing of a deleted one. */
  lists?: 'SEEN' | 'PRESENT'
}

const id: Request['ask'] = ({ id }) => ({ id })
const conversationId: Request['ask'] = ({ id }) => ({ conversationId: id })
const sessionId: Request['ask'] = ({ sessionId }) => (sessionId === null ? null : { sessionId })
const only =
  (...actions: Action[]) =>
  () =>
    actions

const read = (
  operation: 'query' | 'subscription',
  name: string,
  selection: string,
  ask: Request['ask'] = conversationId,
): Request => ({ name, operation, ask, selection, actions: only('read') })

const list = (lists: Request['lists'], name: string, selection: string, ask: Request['ask'] = () => ({})): Request => ({
  ...read('query', name, selection, ask),
  lists,
})

const mutation = (name: string, action: Action, ask: Request['ask'], more: Partial<Request> = {}): Request => ({
  name,
  operation: 'mutation',
  ask: (scene, caller) => {
    const input = ask(scene, caller)
    return input && { input }
  },
  actions: only(action),
  ...more,
})

const inConversation = (more: Variables) => (scene: Scene) => ({ conversationId: scene.id, ...more })

/** Which message: the caller's own, or that of another, who is the patient unless the caller is. */
type Which = 'own' | 'own deleted' | 'other' | 'other deleted'

const writerOf = ({ callers }: Scene, caller: Caller, which: Which): Caller | undefined =>
  which.startsWith('own') ? caller : callers.find(({ kept, person }) => kept && person !== caller.person)

const messageOf = (scene: Scene, caller: Caller, which: Which): string | undefined => {
  const writer = writerOf(scene, caller, which)
  return which.endsWith('deleted') ? writer?.deleted : writer?.kept
}

const ofMessage = (name: string, action: Action, whiches: Which[], more: Variables = {}, alters?: true): Request[] =>
  whiches.map(which => ({
    ...mutation(`${name}, ${which}`, action, (scene, caller) => {
      const messageId = messageOf(scene, caller, which)
      return messageId === undefined ? null : { messageId, ...more }
    }),
    ...(alters && { alters }),
    about: (scene, caller) => {
      const writerId = writerOf(scene, caller, which)?.person.id
      const deleted = which.endsWith('deleted')
      // What is there is restored, without effect, by who would have deleted it.
      return { senderId: writerId, flaggedById: deleted ? null : writerId, deleted, deletedById: writerId }
    },
  }))

/** What the change of a status takes. */
const statusActions = (from: Status, to: Status): Action[] => {
  if (from === to) return ['read']
  const leaving: Action[] = from === 'BLOCKED' ? ['unblock'] : from === 'DELETED' ? ['restoreConversation'] : []
  const coming: Action[] = to === 'BLOCKED' ? ['block'] : to === 'DELETED' ? ['deleteConversation'] : []
  return leaving.length + coming.length === 0 ? ['archive'] : [...leaving, ...coming]
}

const setStatus = (status: Status): Request => ({
  ...mutation(`setConversationStatus, ${status}`, 'archive', inConversation({ status })),
  actions: scene => statusActions(scene.status, status),
  alters: true,
})

/** Somebody who takes part, whom a professional may bring in. */
const colleagueOf = ({ callers }: Scene, caller: Caller) => {
  const others = callers.filter(one => one.as && !one.rowless && one !== caller)
  return (others.find(({ as }) => as === 'PROFESSIONAL') ?? others[0])?.person.id
}
const nobody = ({ callers }: Scene) => callers.find(({ relation }) => relation === 'strangePatient')?.person.id

const EDGES = 'edges { node { id } }'
const STAFF: TestRole[] = ['PROFESSIONAL', 'ADMIN']
const statuses = ['ACTIVE', 'ARCHIVED', 'BLOCKED', 'DELETED']

export const REQUESTS: Request[] = [
  read('query', 'conversation', 'id unreadCount participants { id }', id),
  read('query', 'history', EDGES),
  {
    ...read('query', 'legalHolds, of one', 'edges { node { reason } }'),
    actions: only('setLegalHold'),
    needs: ['ADMIN'],
  },
  read('query', 'message', 'id body', ({ alarm }) => ({ id: alarm })),
  read('query', 'unreadMessages, of one', EDGES),
  read('query', 'searchMessages, in one', 'edges { node { rank } }', ({ id, word }) => ({
    query: word,
    conversationId: id,
  })),
  read('query', 'session', 'id', ({ sessionId }) => (sessionId === null ? null : { id: sessionId })),
  list('SEEN', 'conversations', EDGES, () => ({ filter: { statuses } })),
  list('SEEN', 'sessions', EDGES, ({ id, sessionId }) =>
    sessionId === null ? null : { filter: { conversationId: id } },
  ),
  list('PRESENT', 'searchMessages', 'edges { node { message { id } } }', ({ word }) => ({ query: word })),
  list('PRESENT', 'unreadMessages', EDGES),
  list('PRESENT', 'userHistory', EDGES),
  list('PRESENT', 'unreadCounts', 'conversations { id }'),
  read('subscription', 'conversationEvents', 'cursor'),
  read('subscription', 'messageAdded', 'id'),
  read('subscription', 'messageUpdated', 'id'),
  read('subscription', 'receiptAdvanced', 'id'),
  read('subscription', 'typing', 'isTyping'),
  read('subscription', 'sessionUpdated', 'id', sessionId),
  { ...read('subscription', 'callSignal', 'kind', sessionId), actions: only('call') },

  mutation('markRead', 'mark', conversationId),
  mutation('markDelivered', 'mark', ({ id, alarm }) => ({ conversationId: id, throughMessageId: alarm })),
  mutation('sendMessage', 'send', inConversation({ body: 'Hello' }), { alters: true }),
  mutation(
    'sendMessage, a reply',
    'send',
    ({ id, alarm }) => ({ conversationId: id, body: 'Hello', replyToId: alarm }),
    {
      alters: true,
    },
  ),
  mutation('createUpload', 'send', inConversation({ fileName: 'a.txt', mediaType: 'text/plain', sizeBytes: 1 })),
  mutation('setTyping', 'send', inConversation({ isTyping: true })),
  mutation('createSession', 'startSession', inConversation({ type: 'CHAT' }), { needs: ['PATIENT', 'PROFESSIONAL'] }),
  mutation('joinSession', 'joinSession', sessionId),
  mutation('leaveSession', 'leaveSession', sessionId, { alters: true }),
  mutation('sendSignal', 'call', ({ sessionId }) => (sessionId === null ? null : { sessionId, kind: 'HANGUP' })),
  mutation('endSession', 'endSession', sessionId, { alters: true }),
  ...ofMessage('editMessage', 'editMessage', ['own', 'own deleted', 'other'], { body: 'Other words' }),
  ...ofMessage('deleteMessage', 'deleteMessage', ['own', 'other'], {}, true),
  ...ofMessage('restoreMessage', 'restoreMessage', ['own', 'own deleted', 'other deleted'], {}, true),
  ...ofMessage('react', 'react', ['own', 'other', 'other deleted'], { emoji: '👍' }),
  ...ofMessage('unreact', 'unreact', ['other', 'other deleted'], { emoji: '👍' }),
  ...ofMessage('flagEmergency', 'flagEmergency', ['own', 'other', 'other deleted']),
  ...ofMessage('acknowledgeEmergency', 'acknowledgeEmergency', ['own', 'other'], {}, true),
  mutation('acknowledgeEmergency, escalated', 'acknowledgeEmergency', ({ alarm }) => ({ messageId: alarm }), {
    alters: true,
    about: ({ callers }) => ({
      flaggedById: callers.find(({ relation }) => relation === 'patient')?.person.id,
      escalated: true,
    }),
  }),
  mutation('updateConversation', 'updateConversation', inConversation({ description: 'Words' })),
  setStatus('ACTIVE'),
  setStatus('ARCHIVED'),
  setStatus('BLOCKED'),
  setStatus('DELETED'),
  mutation('addParticipants', 'addParticipants', (scene, caller) => ({
    conversationId: scene.id,
    userIds: [colleagueOf(scene, caller)],
  })),
  mutation('removeParticipants', 'removeParticipants', scene => ({
    conversationId: scene.id,
    userIds: [nobody(scene)],
  })),
  mutation(
    'removeParticipants, oneself',
    'leave',
    ({ id }, { person }) => ({ conversationId: id, userIds: [person.id] }),
    { alters: true },
  ),
  mutation('setRolePermissions', 'setPermissions', inConversation({ role: 'PATIENT', canSend: true }), {
    needs: STAFF,
  }),
  mutation(
    'setParticipantPermissions',
    'setPermissions',
    ({ id, callers }) => ({
      conversationId: id,
      userId: callers.find(({ relation }) => relation === 'patient')?.person.id,
      canSend: null,
    }),
    { needs: STAFF },
  ),
  mutation('setLegalHold', 'setLegalHold', inConversation({ hold: true, reason: 'A lawsuit is under way' }), {
    needs: ['ADMIN'],
    selection: 'conversation { id kind status legalHold { reason } }',
  }),
  mutation('updateNotificationSettings', 'setNotifications', inConversation({ enabled: true })),
]

export const fieldOf = ({ name }: Request) => name.split(',')[0] ?? ''

/** Root fields of no conversation that is there already, or of more than the table is about: elsewhere each has its own tests. */
export const ELSEWHERE = {
  query: [
    ...[
      'status',
      'me',
      'user',
      'presences',
      'contacts',
      'onlineUsers',
      'connection',
      'notifications',
      'accessReport',
      'wallet',
    ],
    ...['chatUsers', 'openEmergencies', 'auditLog', 'verifyAuditLog', 'accessGrants', 'attachment'],
  ],
  mutation: [
    ...['startConversation', 'createGroup', 'startSupportConversation', 'setPresence', 'renewToken', 'upsertUsers'],
    ...['setCareRelationship', 'notify', 'markNotificationsRead', 'requestAccess', 'endAccess'],
    ...['setProfessionalProfile', 'setAccepting', 'topUpWallet', 'refundSession', 'discardAttachment'],
  ],
  subscription: [
    ...['presence', 'notificationAdded', 'inboxEvents', 'unreadCountsChanged', 'attachmentUpdated', 'walletChanged'],
  ],
}
