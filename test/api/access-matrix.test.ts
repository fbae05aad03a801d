import { describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GraphQLObjectType } from 'graphql'
import type { ConflictReason, ErrorCode } from '../../src/errors.js'
import { buildSchema } from '../../src/graphql/schema.js'
import { cleanUp } from '../support/cleanup.js'
import { postGraphql, type GraphqlError, type Variables } from '../support/graphql-client.js'
import { make, TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { connectSocket, subscribeSse, type SocketClient } from '../support/subscription-client.js'
import type { Subscription, SubscriptionResult } from '../support/subscription.js'
import {
  confidentialOf,
  hiddenFrom,
  inventTalk,
  makeTalk,
  personalOf,
  stir,
  type Talk,
  withoutSession,
  withoutSpares,
  withSession,
} from '../support/talk.js'
import { signTestToken, tokenFor } from '../support/tokens.js'

/** As in production: a token can take from what the directory says of its person, and add nothing. */
const app = await startApp({ autoProvisionUsers: false })
const given = make(app)

/** Everything is asked of this talk. */
const talk = await makeTalk(given)
/** What is asked by those whose care relationship has ended is asked of theirs. */
const past = await makeTalk(given)
await given.care(past.patient, past.professional, false)
past.ended = true
/** The strangers have each other. */
const other = await makeTalk(given)
const somebody = await given.patient()
/** Takes no part in anything, as the other admin, but holds a grant for the patient of the talk. */
const granted = await given.person(['ADMIN'])
await granted.request('mutation ($i: RequestAccessInput!) { requestAccess(input: $i) { accessGrant { id } } }', {
  i: { subjectId: talk.patient.id, reason: 'To see what a grant opens', minutes: 240 },
})

/** What each wrote first is an emergency of their own, acknowledged: of those that are open an admin learns. */
for (const { conversationId, messages, patient, professional } of [talk, past, other])
  await app.database.call(
    `insert into emergencies (message_id, conversation_id, flagged_by_id, flagged_at, acknowledged_at, notified_at)
     select x.message_id::uuid, $1, x.user_id, now(), now(), now() from unnest($2::text[], $3::text[]) x(message_id, user_id)`,
    [conversationId, [messages.patient.kept, messages.professional.kept], [patient.id, professional.id]],
  )

/** Of each message that is kept: a file that was sent with it, one that its sender has not sent, and some that each are discarded once. */
const files = new Map<string, { sent: string; unsent: string; doomed: string[] }>()
for (const { conversationId, messages, patient, professional, words } of [talk, past, other])
  for (const [uploader, { kept }] of [
    [patient, messages.patient],
    [professional, messages.professional],
  ] as const) {
    const [sent, unsent] = [randomUUID(), randomUUID()]
    const doomed = Array.from({ length: 40 }, () => randomUUID())
    files.set(kept, { sent, unsent, doomed })
    await app.database.call(
      `insert into attachments (id, conversation_id, uploader_id, message_id, position, file_name, media_type, size_bytes, expires_at)
       select f.id::uuid, $1::uuid, $2, f.message_id::uuid, case when f.message_id is not null then 0 end, $3, 'text/plain', 1,
           now() + interval '1 day'
         from unnest($4::text[], $5::text[]) f(id, message_id)`,
      [conversationId, uploader.id, `${words} of ${conversationId}`, [sent, unsent, ...doomed], [kept]],
    )
  }

type Operation = 'query' | 'mutation' | 'subscription'
/**
 * OK: done; for a subscription: it tells of the talk.
 * OWN: a subscription that tells of what is the caller's, and nothing of the talk.
 * NOTHING: a subscription that begins, and has nothing to tell.
 */
type Outcome = 'OK' | 'OWN' | 'NOTHING' | ErrorCode | `${'CONFLICT' | 'FORBIDDEN'} ${ConflictReason}`

/** What a caller asks with: the talk, and which side of it is theirs, or would be. */
interface Scene {
  talk: Talk
  caller: TestPerson | null
  own: Talk['messages']['patient']
  others: Talk['messages']['patient']
  otherId: string
}
type Ask = (scene: Scene) => Variables

const isAdmin = (person: TestPerson | null) => person?.roles.includes('ADMIN') ?? false

const nothing: Ask = () => ({})
const input =
  (ask: Ask): Ask =>
  scene => ({ input: ask(scene) })
const conversationId: Ask = scene => ({ conversationId: scene.talk.conversationId })
const EURO = { amountMinor: 100, currency: 'EUR' }
const sessionId: Ask = scene => ({ sessionId: scene.talk.sessionId })
const bothIds: Ask = scene => ({ userIds: [scene.talk.patient.id, scene.talk.professional.id] })
const user: Ask = scene => ({ id: scene.otherId })
const send: Ask = input(scene => ({ ...conversationId(scene), body: 'Hello' }))
const sendTo: Ask = input(scene => ({ recipientId: scene.otherId, body: 'Hello' }))
const reply: Ask = input(scene => ({ ...conversationId(scene), body: 'Hello', replyToId: scene.others.kept }))
const sendAs: Ask = input(scene => ({ ...conversationId(scene), body: 'Hello', asRole: 'ADMIN' }))
const sessionWith: Ask = input(scene => ({ withUserId: scene.otherId, type: 'CHAT' }))
const sessionIn: Ask = input(scene => ({ ...conversationId(scene), type: 'CHAT' }))
const mark: Ask = input(conversationId)
const markThrough: Ask = input(scene => ({ ...conversationId(scene), throughMessageId: scene.others.kept }))
const signal: Ask = input(scene => ({ ...sessionId(scene), kind: 'OFFER', payload: scene.talk.words }))
const signalTo: Ask = input(scene => ({ ...sessionId(scene), kind: 'HANGUP', toUserId: scene.otherId }))
const typing: Ask = input(scene => ({ ...conversationId(scene), isTyping: true }))
const people: Ask = input(() => ({ users: [{ id: 'new', displayName: 'New', roles: ['PATIENT'] }] }))
const relation: Ask = input(({ talk, caller }) => ({
  patientId: talk.patient.id,
  professionalId: talk.professional.id,
  active: isAdmin(caller),
}))
const group: Ask = input(({ talk, caller }) => ({
  title: 'A group',
  participantIds: isAdmin(caller) ? [] : [talk.patient.id],
}))
const status = (status: string) => input(scene => ({ ...conversationId(scene), status }))
const token: Ask = input(({ caller }) => ({ token: caller?.token ?? given.admin.token }))
const settings: Ask = input(scene => ({ ...conversationId(scene), enabled: true }))
const own: Ask = input(scene => ({ messageId: scene.own.kept }))
const notice: Ask = input(scene => ({ userIds: [scene.otherId], title: 'Closed' }))
const foreignToken: Ask = input(() => ({ token: somebody.token }))

const attachment: Ask = scene => ({ id: files.get(scene.others.kept)?.sent ?? randomUUID() })
const ownFile: Ask = scene => ({ id: files.get(scene.own.kept)?.unsent ?? randomUUID() })
const fileIn = (side: 'own' | 'others', which: 'sent' | 'unsent' | 'doomed'): Ask =>
  input(scene => {
    const of = files.get(scene[side].kept)
    return { attachmentId: (which === 'doomed' ? of?.doomed.pop() : of?.[which]) ?? randomUUID() }
  })
const upload: Ask = input(scene => ({
  ...conversationId(scene),
  fileName: 'a.txt',
  mediaType: 'text/plain',
  sizeBytes: 1,
}))

const edit = (which: (scene: Scene) => string) => input(scene => ({ messageId: which(scene), body: 'Other words' }))
const remove = (which: (scene: Scene) => string) => input(scene => ({ messageId: which(scene) }))

const react = (which: (scene: Scene) => string, emoji = '👍') => input(scene => ({ messageId: which(scene), emoji }))

const NONE = 'NOT_FOUND'
const DENIED = 'FORBIDDEN'
const NO_TOKEN = 'UNAUTHENTICATED'
const SENT = 'CONFLICT ATTACHMENT_SENT'
const ENDED = 'CONFLICT CARE_RELATIONSHIP_ENDED'
const PARTED = 'FORBIDDEN CARE_RELATIONSHIP_ENDED'
const RUNNING = 'CONFLICT SESSION_ALREADY_ACTIVE'
const DELETED = 'CONFLICT MESSAGE_DELETED'

/** Where they differ: the patient's, and the professional's. */
type Outcomes = Outcome | readonly [Outcome, Outcome]

type Row = [
  requirement: string,
  operation: Operation,
  fieldAndCase: string,
  ask: Ask,
  nobody: Outcome,
  patient: Outcome,
  professional: Outcome,
  strangers: Outcomes,
  admin: Outcome,
  afterTheEnd: Outcomes,
]

// "nobody" has no token. The strangers are another patient and another professional, and the admin takes no part in anything.
// "afterTheEnd": a patient and a professional, asking of their own conversation once their care relationship has ended.
// prettier-ignore
const ROWS: Row[] = [
  //                                                                     nobody    patient professional strangers admin    afterTheEnd
  ['000.7',  'query', 'status', nothing,                                 'OK',     'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'me', nothing,                                     NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'user', user,                                      NO_TOKEN, 'OK',    'OK',    NONE,    'OK',     'OK'],
  ['000.7',  'query', 'presences', bothIds,                              NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'conversations', nothing,                          NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'conversations, with one of them', scene => ({ filter: { participantId: scene.otherId } }),
                                                                         NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'conversation', scene => ({ id: scene.talk.conversationId }),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'query', 'conversation, malformed id', () => ({ id: 'x' }), NO_TOKEN, NONE,    NONE,    NONE,    NONE,     NONE],
  ['000.7',  'query', 'history', conversationId,                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'query', 'history, behind a message', scene => ({ ...conversationId(scene), after: scene.talk.messageCursor }),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'query', 'unreadCounts', nothing,                           NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'sessions', nothing,                               NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'sessions, of the conversation', scene => ({ filter: conversationId(scene) }),
                                                                         NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'session', scene => ({ id: scene.talk.sessionId }),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'query', 'message', scene => ({ id: scene.own.kept }),      NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'query', 'message, a deleted one', scene => ({ id: scene.others.deleted }),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'query', 'unreadMessages', nothing,                         NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'unreadMessages, of the conversation', conversationId,
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'query', 'searchMessages', scene => ({ query: `"${scene.talk.words}" or ${scene.talk.deletedWords}` }),
                                                                         NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'searchMessages, in the conversation', scene => ({ query: 'confidential', ...conversationId(scene) }),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'query', 'contacts', nothing,                               NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['002.8',  'query', 'onlineUsers', nothing,                            NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['002.3',  'query', 'userHistory', nothing,                            NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['002.2',  'query', 'userHistory, of another', scene => ({ userId: scene.otherId }),
                                                                         NO_TOKEN, DENIED,  DENIED,  DENIED,  DENIED,   DENIED],
  ['002.4',  'query', 'chatUsers', nothing,                              NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['002.11', 'query', 'accessReport', nothing,                           NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['002.11', 'query', 'accessGrants', nothing,                           NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['002.11', 'query', 'accessGrants, of one person', scene => ({ subjectId: scene.talk.patient.id }),
                                                                         NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['002.11', 'mutation', 'requestAccess', input(() => ({ subjectId: somebody.id, reason: 'Only to see whether it works', minutes: 5 })),
                                                                         NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['002.11', 'mutation', 'endAccess', input(() => ({ id: randomUUID() })), NO_TOKEN, DENIED, DENIED, DENIED,  NONE,     DENIED],
  ['002.12', 'mutation', 'setLegalHold', input(scene => ({ ...conversationId(scene), hold: true, reason: 'A lawsuit is under way' })),
                                                                         NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['002.12', 'mutation', 'setLegalHold, of nothing', input(() => ({ conversationId: randomUUID(), hold: true, reason: 'A lawsuit is under way' })),
                                                                         NO_TOKEN, DENIED,  DENIED,  DENIED,  NONE,     DENIED],
  ['002.11', 'query', 'auditLog', nothing,                               NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['002.11', 'query', 'verifyAuditLog', nothing,                         NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['000.8',  'query', 'wallet', nothing,                                 NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.8',  'query', 'wallet, of another', scene => ({ userId: scene.otherId }), NO_TOKEN, DENIED, DENIED, DENIED, 'OK', DENIED],
  ['000.21', 'query', 'legalHolds', conversationId,                      NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['003.15', 'query', 'notifications', nothing,                          NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['003.11', 'query', 'openEmergencies', nothing,                        NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'query', 'connection', nothing,                             NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],

  ['001.2',  'mutation', 'startConversation', input(scene => ({ userId: scene.otherId })),
                                                                         NO_TOKEN, 'OK',    'OK',    DENIED,  DENIED,   'OK'],
  ['001.2',  'mutation', 'startConversation, with nobody', input(() => ({ userId: 'nobody' })),
                                                                         NO_TOKEN, NONE,    NONE,    NONE,    NONE,     NONE],
  ['001.2',  'mutation', 'startConversation, with oneself', input(scene => ({ userId: scene.caller?.id ?? '' })),
                                                             NO_TOKEN, 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT'],
  ['001.12', 'mutation', 'createSession, with somebody', sessionWith,    NO_TOKEN, 'OK',    'OK',    DENIED,  DENIED,   ENDED],
  ['001.12', 'mutation', 'createSession, in the conversation', sessionIn, NO_TOKEN, 'OK',   'OK',    NONE,    DENIED,   ENDED],
  ['002.14', 'mutation', 'createSession, while one runs', sessionIn,     NO_TOKEN, RUNNING, RUNNING, NONE,    DENIED,   ENDED],
  ['000.7',  'mutation', 'endSession', input(sessionId),                 NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.2',  'mutation', 'leaveSession', input(sessionId),               NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.2',  'mutation', 'joinSession', input(sessionId),                NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['000.9',  'mutation', 'setProfessionalProfile', input(scene => ({ userId: scene.talk.professional.id, specialty: 'Words' })),
                                                                         NO_TOKEN, DENIED,  'OK',    DENIED,  'OK',     [DENIED, 'OK']],
  ['000.9',  'mutation', 'setAccepting', input(() => ({ accepting: true })), NO_TOKEN, DENIED, 'OK',  [DENIED, 'OK'], DENIED, [DENIED, 'OK']],
  ['000.8',  'mutation', 'topUpWallet', input(scene => ({ userId: scene.talk.patient.id, amount: EURO, reference: randomUUID() })),
                                                                         NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['000.8',  'mutation', 'refundSession', input(scene => ({ ...sessionId(scene), reason: 'Words' })),
                                                                         NO_TOKEN, DENIED,  DENIED,  DENIED,  'CONFLICT SESSION_NOT_OVER', DENIED],
  ['000.18', 'mutation', 'sendSignal', signal,                           NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['000.18', 'mutation', 'sendSignal, to one', signalTo,                 NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['000.7',  'mutation', 'sendMessage', send,                            NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['001.2',  'mutation', 'sendMessage, to somebody', sendTo,             NO_TOKEN, 'OK',    'OK',    DENIED,  DENIED,   ENDED],
  ['001.12', 'mutation', 'sendMessage, as what they are not', sendAs,    NO_TOKEN, DENIED,  DENIED,  NONE,    DENIED,   DENIED],
  ['003.8',  'mutation', 'sendMessage, as a reply', reply,                NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['000.7',  'mutation', 'editMessage, an own one', edit(scene => scene.own.kept),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['000.7',  'mutation', 'editMessage, another’s', edit(scene => scene.others.kept),
                                                                         NO_TOKEN, DENIED,  DENIED,  NONE,    DENIED,   DENIED],
  ['002.14', 'mutation', 'editMessage, a deleted one', edit(scene => scene.own.deleted),
                                                                         NO_TOKEN, DELETED, DELETED, NONE,    DENIED,   DELETED],
  ['000.7',  'mutation', 'deleteMessage, an own one', remove(scene => scene.own.spare),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'mutation', 'deleteMessage, another’s', remove(scene => scene.others.kept),
                                                                         NO_TOKEN, DENIED,  DENIED,  NONE,    DENIED,   DENIED],
  ['003.10', 'mutation', 'restoreMessage, an own one', remove(scene => scene.own.spare),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['003.10', 'mutation', 'restoreMessage, another’s', remove(scene => scene.others.deleted),
                                                                         NO_TOKEN, DENIED,  DENIED,  NONE,    DENIED,   DENIED],
  ['000.16', 'mutation', 'react', react(scene => scene.others.kept),     NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['000.16', 'mutation', 'react, to a deleted one', react(scene => scene.others.deleted),
                                                                         NO_TOKEN, DELETED, DELETED, NONE,    DENIED,   DELETED],
  ['000.16', 'mutation', 'unreact', react(scene => scene.others.kept),   NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.16', 'mutation', 'unreact, what is no emoji', react(scene => scene.others.kept, 'x'),
                                                             NO_TOKEN, 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT'],
  ['000.7',  'mutation', 'markRead', mark,                               NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'mutation', 'markRead, through a message', markThrough,     NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'mutation', 'markDelivered', mark,                          NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'mutation', 'markDelivered, through a message', markThrough, NO_TOKEN, 'OK',   'OK',    NONE,    DENIED,   'OK'],
  ['000.7',  'mutation', 'setTyping', typing,                            NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['003.4',  'mutation', 'updateNotificationSettings', settings,         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['003.15', 'mutation', 'markNotificationsRead', nothing,               NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['003.15', 'mutation', 'markNotificationsRead, an invented one', input(() => ({ ids: [randomUUID()] })),
                                                                         NO_TOKEN, NONE,    NONE,    NONE,    NONE,     NONE],
  ['003.15', 'mutation', 'notify', notice,                               NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['003.11', 'mutation', 'flagEmergency', own,                           NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['003.11', 'mutation', 'acknowledgeEmergency, flagged by oneself', own, NO_TOKEN, DENIED, DENIED,  NONE,    DENIED,   DENIED],
  ['000.19', 'query', 'attachment', attachment,                          NO_TOKEN, 'OK',    'OK',    NONE,    NONE,     'OK'],
  ['000.19', 'query', 'attachment, one’s own, not sent', ownFile,         NO_TOKEN, 'OK',    'OK',    NONE,    NONE,     'OK'],
  ['000.19', 'query', 'attachment, another’s, not sent', scene => ({ id: files.get(scene.others.kept)?.unsent ?? randomUUID() }),
                                                                         NO_TOKEN, NONE,    NONE,    NONE,    NONE,     NONE],
  ['000.19', 'mutation', 'createUpload', upload,                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['000.19', 'mutation', 'discardAttachment, sent', fileIn('own', 'sent'), NO_TOKEN, SENT,   SENT,    NONE,    NONE,     SENT],
  ['000.19', 'mutation', 'discardAttachment, another’s', fileIn('others', 'unsent'),
                                                                         NO_TOKEN, NONE,    NONE,    NONE,    NONE,     NONE],
  ['000.19', 'mutation', 'discardAttachment, one’s own', fileIn('own', 'doomed'), NO_TOKEN, 'OK', 'OK', NONE, NONE,     'OK'],
  ['000.7',  'mutation', 'setPresence', input(() => ({ status: 'BUSY' })), NO_TOKEN, 'OK',  'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'mutation', 'renewToken', token,                            NO_TOKEN, 'OK',    'OK',    'OK',    'OK',     'OK'],
  ['000.7',  'mutation', 'renewToken, with another’s', foreignToken,      NO_TOKEN, DENIED,  DENIED,  DENIED,  DENIED,   DENIED],
  ['000.7',  'mutation', 'renewToken, with no token', input(() => ({ token: 'x' })),
                                                                         NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN],
  ['000.17', 'mutation', 'createGroup', group,                           NO_TOKEN, DENIED,  'OK',    DENIED,  'OK',     DENIED],
  ['002.5',  'mutation', 'startSupportConversation', nothing,            NO_TOKEN, 'OK',    'OK',    'OK',    'BAD_USER_INPUT', 'OK'],
  ['002.5',  'mutation', 'startSupportConversation, of somebody', input(scene => ({ userId: scene.talk.patient.id })),
                                                                         NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['003.12', 'mutation', 'updateConversation', input(scene => ({ ...conversationId(scene), description: 'Words' })),
                                                                         NO_TOKEN, DENIED,  'OK',    NONE,    DENIED,   [DENIED, 'OK']],
  ['003.2',  'mutation', 'setConversationStatus, archived', status('ARCHIVED'),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   ENDED],
  ['003.2',  'mutation', 'setConversationStatus, active', status('ACTIVE'), NO_TOKEN, 'OK', 'OK',    NONE,    DENIED,   'OK'],
  ['003.2',  'mutation', 'setConversationStatus, blocked', status('BLOCKED'), NO_TOKEN, 'OK', 'OK',  NONE,    DENIED,   'OK'],
  ['003.2',  'mutation', 'setConversationStatus, no longer blocked', status('ACTIVE'),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['002.7',  'mutation', 'addParticipants', input(scene => ({ ...conversationId(scene), userIds: [scene.otherId] })),
                                                                         NO_TOKEN, DENIED,  DENIED,  NONE,    DENIED,   DENIED],
  ['002.7',  'mutation', 'removeParticipants', input(scene => ({ ...conversationId(scene), userIds: [scene.otherId] })),
                                                                         NO_TOKEN, DENIED,  DENIED,  NONE,    DENIED,   DENIED],
  ['003.13', 'mutation', 'setRolePermissions', input(scene => ({ ...conversationId(scene), role: 'PATIENT', canSend: true })),
                                                                         NO_TOKEN, DENIED,  'OK',    [DENIED, NONE], DENIED, [DENIED, 'OK']],
  ['003.13', 'mutation', 'setParticipantPermissions', input(scene => ({ ...conversationId(scene), userId: scene.otherId, canSend: null })),
                                                                         NO_TOKEN, DENIED,  'OK',    [DENIED, NONE], DENIED, [DENIED, 'OK']],
  ['003.4',  'mutation', 'updateNotificationSettings', input(scene => ({ ...conversationId(scene), enabled: true })),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   'OK'],
  ['001.12', 'mutation', 'upsertUsers', people,                          NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],
  ['001.12', 'mutation', 'setCareRelationship', relation,                NO_TOKEN, DENIED,  DENIED,  DENIED,  'OK',     DENIED],

  ['004.4',  'subscription', 'messageAdded', conversationId,             NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   PARTED],
  ['004.4',  'subscription', 'messageAdded, behind a message', scene => ({ ...conversationId(scene), after: scene.talk.messageCursor }),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   PARTED],
  ['004.4',  'subscription', 'messageAdded, everywhere', nothing,        NO_TOKEN, 'OK',    'OK',    'OWN',   'NOTHING', 'NOTHING'],
  ['004.4',  'subscription', 'messageUpdated', conversationId,           NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   PARTED],
  ['004.4',  'subscription', 'messageUpdated, everywhere', nothing,      NO_TOKEN, 'OK',    'OK',    'OWN',   'NOTHING', 'NOTHING'],
  ['004.4',  'subscription', 'typing', conversationId,                   NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   PARTED],
  ['004.4',  'subscription', 'typing, everywhere', nothing,              NO_TOKEN, 'OK',    'OK',    'OWN',   'NOTHING', 'NOTHING'],
  ['004.4',  'subscription', 'presence', bothIds,                        NO_TOKEN, 'OK',    'OK',    'NOTHING', 'OK',   'OK'],
  ['004.4',  'subscription', 'presence, of everyone', nothing,           NO_TOKEN, 'OK',    'OK',    'OWN',   'NOTHING', 'OK'],
  ['004.4',  'subscription', 'inboxEvents', nothing,                     NO_TOKEN, 'OK',    'OK',    'OWN',   'OWN',    'OWN'],
  ['004.4',  'subscription', 'unreadCountsChanged', nothing,             NO_TOKEN, 'OK',    'OK',    'OWN',   'OWN',    'OWN'],
  ['003.15', 'subscription', 'notificationAdded', nothing,               NO_TOKEN, 'OK',    'OK',    'OWN',   'NOTHING', 'NOTHING'],
  ['004.4',  'subscription', 'receiptAdvanced', conversationId,          NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   PARTED],
  ['004.4',  'subscription', 'receiptAdvanced, everywhere', nothing,     NO_TOKEN, 'OK',    'OK',    'OWN',   'NOTHING', 'NOTHING'],
  ['004.4',  'subscription', 'sessionUpdated', sessionId,                NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   PARTED],
  ['004.4',  'subscription', 'sessionUpdated, everywhere', nothing,      NO_TOKEN, 'OK',    'OK',    'OWN',   'NOTHING', 'NOTHING'],
  ['000.8',  'subscription', 'walletChanged', nothing,                   NO_TOKEN, 'OK',    'OK',    'OWN',   'OWN',    'OWN'],
  ['000.18', 'subscription', 'callSignal', sessionId,                    NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   PARTED],
  ['000.19', 'subscription', 'attachmentUpdated', ownFile,               NO_TOKEN, 'OK',    'OK',    NONE,    NONE,     'OK'],
  ['004.4',  'subscription', 'conversationEvents', conversationId,       NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   PARTED],
  ['004.4',  'subscription', 'conversationEvents, behind an event', scene => ({ ...conversationId(scene), after: scene.talk.eventCursor }),
                                                                         NO_TOKEN, 'OK',    'OK',    NONE,    DENIED,   PARTED],
]

/** What a grant opens to an admin: to read, and to follow. For the rest they are an admin who takes no part. */
const UNDER_GRANT: Record<string, Outcome> = {
  conversation: 'OK',
  history: 'OK',
  'history, behind a message': 'OK',
  session: 'OK',
  attachment: 'OK',
  message: 'OK',
  'message, a deleted one': 'OK',
  'searchMessages, in the conversation': 'OK',
  'userHistory, of another': 'OK',
  messageAdded: 'OK',
  'messageAdded, behind a message': 'OK',
  messageUpdated: 'OK',
  typing: 'OK',
  receiptAdvanced: 'OK',
  sessionUpdated: 'OK',
  conversationEvents: 'OK',
  'conversationEvents, behind an event': 'OK',
}

const PERSON = 'id displayName roles active email avatarUrl presence { id online status lastSeenAt }'
const PART = `id conversationId user { ${PERSON} } role joinedAt deliveredThrough readThrough unreadCount canSend canViewHistory
  ownPermission { canSend canViewHistory } notificationsEnabled mutedUntil`
const MESSAGE = `id conversationId cursor sender { ${PERSON} } body clientMessageId session { id } conversation { id counterpart { id email } }`
/** And all that hangs on a message. */
const WHOLE = `${MESSAGE} deliveryStatus receipts { user { ${PERSON} } status deliveredAt readAt }
  reactions { emoji count viewerReacted users(first: 3) { ${PERSON} } } replyTo { id body } replies(first: 2) { edges { node { id body } } }
  revisions { body } appointment { title } prescription { medication }`
const SESSION = `id status conversation { id } patient { ${PERSON} } professional { ${PERSON} } participants { user { id email } }
  messages(last: 3) { edges { node { id body } } } endReason call { id iceServers { urls username credential } }
  refunded { amountMinor } viewerCost { amountMinor }`
const CONVERSATION = `id kind status roomType title description tags permissions { role canSend canViewHistory } participants { ${PART} } viewer { id } counterpart { ${PERSON} } lastMessage { ${MESSAGE} } unreadCount
  firstUnread { id body } messages(last: 3) { edges { node { ${MESSAGE} } } } activeSession { id } sessions(first: 3) { edges { node { id } } }`
const WALLET = `id balances { amountMinor } transactions { edges { node { id description sessionId session { ${SESSION} } } } }`
const NOTIFICATION = `id kind title actor { ${PERSON} } conversation { ${CONVERSATION} } message { ${MESSAGE} } session { ${SESSION} }`
const CHANGE = `... on MessageChanged { message { ${WHOLE} } } ... on ParticipantChanged { participant { ${PART} } }
  ... on ConversationChanged { conversation { ${CONVERSATION} } }`

/** As much as there is to see, so that whatever gets out is seen. */
const SELECTIONS: Record<string, string> = {
  ServiceStatus: 'status version activeConnections uptimeSeconds',
  ConnectionInfo: 'id transport connectedAt activeSubscriptions expiresAt',
  User: PERSON,
  Presence: `id user { ${PERSON} } online status lastSeenAt`,
  Conversation: CONVERSATION,
  ConversationConnection: `edges { node { ${CONVERSATION} } }`,
  Message: `${WHOLE} emergency { id flaggedBy { id email } }`,
  MessageConnection: `edges { node { ${WHOLE} } } eventCursor`,
  MessageMatchConnection: `edges { node { excerpt { text match } message { ${MESSAGE} } } }`,
  AuditEventConnection:
    'edges { node { sequence at actor { displayName } action outcome subjectUser { displayName } requestId hash } }',
  LegalHoldConnection: `edges { cursor node { isHeld reason at setBy { ${PERSON} } } }`,
  AuditVerification: 'intact checked firstBrokenSequence overdue',
  UserConnection: `edges { node { ${PERSON} } }`,
  ChatUserConnection: `edges { node { id user { ${PERSON} } conversation { ${CONVERSATION} } lastMessage { ${MESSAGE} } unreadCount } }`,
  AccessGrantConnection: `edges { node { id admin { ${PERSON} } subject { ${PERSON} } reason } }`,
  AccessGrantPayload: `accessGrant { id admin { ${PERSON} } subject { ${PERSON} } reason }`,
  Notification: NOTIFICATION,
  NotificationConnection: `edges { node { ${NOTIFICATION} } }`,
  MarkNotificationsReadPayload: `notifications { ${NOTIFICATION} } unreadCounts { notifications }`,
  NotifyPayload: 'notifications { id kind title actor { id } } message { id body }',
  // What each event may cost leaves no room for all of it.
  UnreadCounts: `id total notifications conversations { id title unreadCount counterpart { ${PERSON} } lastMessage { ${MESSAGE} } participants { ${PART} } }`,
  Session: SESSION,
  SessionConnection: `edges { node { ${SESSION} } }`,
  Participant: PART,
  SendSignalPayload: 'recipients',
  Attachment: 'id fileName mediaType sizeBytes status',
  DiscardAttachmentPayload: 'attachmentId',
  CreateUploadPayload: 'uploadUrl expiresAt attachment { id fileName status }',
  CallSignal: `sessionId kind payload from { ${PERSON} }`,
  Typing: `conversationId user { ${PERSON} } isTyping expiresAt`,
  ConversationEvent: `__typename cursor ${CHANGE}`,
  InboxEvent: `__typename ... on ConversationRemoved { conversationId } ... on ConversationChanged { conversation { ${CONVERSATION} } }`,
  ConversationPayload: `conversation { ${CONVERSATION} }`,
  StartConversationPayload: `conversation { ${CONVERSATION} } created`,
  SessionPayload: `session { ${SESSION} }`,
  UserPayload: `user { ${PERSON} professional { id specialty } }`,
  Wallet: WALLET,
  WalletPayload: `wallet { ${WALLET} }`,
  MessagePayload: `message { ${WHOLE} emergency { id flaggedBy { id email } acknowledgedBy { id } } }`,
  MarkPayload: `conversation { ${CONVERSATION} } participant { ${PART} }`,
  SetTypingPayload: 'typing { conversationId user { id } isTyping }',
  SetPresencePayload: 'presence { id status }',
  RenewTokenPayload: 'connection { id transport }',
  UpsertUsersPayload: `users { ${PERSON} }`,
  CareRelationshipPayload: `careRelationship { id patient { ${PERSON} } professional { ${PERSON} } active since }`,
}

/** Where who takes no part may see less than the type has; the id is what they asked with. */
const OWN_SELECTIONS: Record<string, string> = {
  // An event may cost less than a query.
  walletChanged: 'id balances { amountMinor }',
  setLegalHold: `conversation { kind status legalHold { reason at setBy { ${PERSON} } } }`,
}

const schema = buildSchema()
const roots: Record<Operation, GraphQLObjectType | null | undefined> = {
  query: schema.getQueryType(),
  mutation: schema.getMutationType(),
  subscription: schema.getSubscriptionType(),
}
const fieldOf = ([, , fieldAndCase]: Row) => fieldAndCase.split(',')[0] ?? ''

/** With the arguments that are given, and everything selected. */
const documentOf = (row: Row, variables: Variables): string => {
  const [, operation] = row
  const field = roots[operation]?.getFields()[fieldOf(row)]
  if (!field) throw new Error(`There is no ${operation} ${fieldOf(row)}.`)
  const args = field.args.filter(({ name }) => name in variables)
  const list = (parts: string[]) => (parts.length > 0 ? `(${parts.join(', ')})` : '')
  const declared = list(args.map(({ name, type }) => `$${name}: ${String(type)}`))
  const used = list(args.map(({ name }) => `${name}: $${name}`))
  const selection = OWN_SELECTIONS[field.name] ?? SELECTIONS[String(field.type).replace(/[[\]!]/g, '')] ?? 'id'
  return `${operation} ${declared} { ${field.name}${used} { ${selection} } }`
}

interface Caller {
  person: TestPerson | null
  talk: Talk
  side: 'patient' | 'professional'
  expected: Outcome
  /** What must not be found in any answer to them. */
  unknown: string[]
}

const secretsOf = (...talks: Talk[]) => talks.flatMap(talk => [...personalOf(talk), ...confidentialOf(talk)])

const outcomeFor = (side: 'patient' | 'professional', outcomes: Outcomes): Outcome =>
  typeof outcomes === 'string' ? outcomes : outcomes[side === 'patient' ? 0 : 1]

/** For the patient: what they may see, but for what each of the two knows alone. */
const underGrant = ([, operation, fieldAndCase, , , , , , admin]: Row): Caller => {
  const opened = operation === 'mutation' ? undefined : UNDER_GRANT[fieldAndCase]
  const hidden = [...hiddenFrom('professional', talk), ...talk.messages.professional.keys]
  const unknown = [...[past, other].flatMap(confidentialOf), ...(opened ? hidden : confidentialOf(talk))]
  return { person: granted, talk, side: 'professional', expected: opened ?? admin, unknown }
}

const outsidersOf = (row: Row): Caller[] => {
  const [, , , , nobody, , , strangers, admin, afterTheEnd] = row
  const ofStrangers = (side: 'patient' | 'professional') => ({
    side,
    talk,
    expected: outcomeFor(side, strangers),
    unknown: secretsOf(talk, past),
  })
  const ofFormer = (side: 'patient' | 'professional') => ({
    side,
    talk: past,
    expected: outcomeFor(side, afterTheEnd),
    unknown: hidden(side),
  })
  const hidden = (side: 'patient' | 'professional') => [...secretsOf(talk, other), ...hiddenFrom(side, past)]
  return [
    { person: null, talk, side: 'patient', expected: nobody, unknown: secretsOf(talk, past, other) },
    { person: other.patient, ...ofStrangers('patient') },
    { person: other.professional, ...ofStrangers('professional') },
    {
      person: given.admin,
      talk,
      side: 'patient',
      expected: admin,
      unknown: [talk, past, other].flatMap(confidentialOf),
    },
    underGrant(row),
    { person: past.patient, ...ofFormer('patient') },
    { person: past.professional, ...ofFormer('professional') },
  ]
}

const insidersOf = (row: Row): Caller[] => {
  const [, , , , , patient, professional] = row
  const hidden = (side: 'patient' | 'professional') => [...secretsOf(past, other), ...hiddenFrom(side, talk)]
  return [
    { person: talk.patient, talk, side: 'patient', expected: patient, unknown: hidden('patient') },
    { person: talk.professional, talk, side: 'professional', expected: professional, unknown: hidden('professional') },
  ]
}

const variablesOf = ([, , , ask]: Row, { person, talk, side }: Pick<Caller, 'person' | 'talk' | 'side'>) => {
  const otherSide = side === 'patient' ? 'professional' : 'patient'
  return ask({
    talk,
    caller: person,
    own: talk.messages[side],
    others: talk.messages[otherSide],
    otherId: talk[otherSide].id,
  })
}

/** What has to be so before anyone asks. */
const prepare = async (row: Row) => {
  const [, , fieldAndCase] = row
  if (/^createSession, (with|in)/.test(fieldAndCase)) await withoutSession(talk)
  if (/^restoreMessage/.test(fieldAndCase)) await withoutSpares(talk)
  if (/^(createSession, while|(end|join|leave|refund)Session|sessionUpdated|sendSignal|callSignal)/.test(fieldAndCase))
    await withSession(talk)
}

type Result = SubscriptionResult<Record<string, unknown>>

const nameOf = ({ extensions }: GraphqlError) =>
  extensions.reason === undefined ? extensions.code : `${extensions.code} ${extensions.reason}`

/** The field's data, or its error, which says no more than it has to. */
const outcomeOf = (row: Row, { data, errors }: Result): string => {
  if (!errors) {
    expect(data?.[fieldOf(row)]).toBeTruthy()
    return 'OK'
  }
  expect(data?.[fieldOf(row)] ?? null).toBeNull()
  expect(errors).toHaveLength(1)
  const [error] = errors
  if (!error) throw new Error('Unreachable')
  expect(Object.keys(error).filter(key => !['message', 'locations', 'path', 'extensions'].includes(key))).toEqual([])
  const { code, reason, field, sessionId, ...more } = error.extensions
  expect(more).toEqual({})
  if (field !== undefined) expect(field).toMatch(/^[a-zA-Z.]+$/)
  if (sessionId !== undefined) expect([code, reason]).toEqual(['CONFLICT', 'SESSION_ALREADY_ACTIVE'])
  // Nothing of the request or of what is stored is in the text.
  expect(error.message).toMatch(/^[A-Z][a-zA-Z ,:;]+\.$/)
  return nameOf(error)
}

const expectNothingOf = (unknown: string[], result: unknown) => {
  const text = JSON.stringify(result)
  expect(unknown.filter(secret => text.includes(secret))).toEqual([])
}

const sockets = new Map<string, Promise<SocketClient>>()
const everyone = [talk, past, other].flatMap(({ patient, professional }) => [patient, professional])
for (const person of [null, given.admin, granted, ...everyone])
  sockets.set(person?.id ?? '', connectSocket(app.url, person?.token ?? null))
await Promise.all(sockets.values())

const socketOf = async (person: TestPerson | null) => {
  const socket = await sockets.get(person?.id ?? '')
  if (!socket) throw new Error('There is no socket of this person.')
  return socket
}

type Perform = (person: TestPerson | null, document: string, variables: Variables) => Promise<Result>

const overHttp: Perform = (person, document, variables) =>
  postGraphql(app.url, person?.token ?? null, document, variables)

const overSocket: Perform = async (person, document, variables) =>
  (await socketOf(person)).subscribe<Record<string, unknown>>(document, variables).nextResult()

/** A talk of nobody, in the place of the real one. */
const invented = () => {
  const { cursors } = app.services
  return inventTalk(talk, id => ({ messageCursor: cursors.message(id, 1), eventCursor: cursors.event(id, 1) }))
}

const STATE = `query ($id: ID!) { conversation(id: $id) {
  status lastActivityAt unreadCount participants { deliveredThrough readThrough } activeSession { id } sessions { edges { node { id status } } }
  messages(last: 100) { edges { node { id body editedAt deletedAt } } }
} }`
const stateOfTalk = () => talk.patient.request(STATE, { id: talk.conversationId })

const nameOfTest = ([requirement, operation, fieldAndCase]: Row) => `${requirement} ${operation} ${fieldAndCase}`
const rowsOf = (...operations: Operation[]) =>
  ROWS.filter(row => operations.includes(row[1])).map(row => ({ name: nameOfTest(row), row }))

test('000.7 the matrix has every root field', () => {
  for (const operation of ['query', 'mutation', 'subscription'] as const) {
    const fields = Object.keys(roots[operation]?.getFields() ?? {})
    const listed = ROWS.filter(row => row[1] === operation).map(fieldOf)
    expect([...new Set(listed)].sort()).toEqual(fields.sort())
  }
})

describe.each([
  { transport: 'HTTP', perform: overHttp },
  { transport: 'WebSocket', perform: overSocket },
])('over $transport', ({ perform }) => {
  const expectOutcome = async (row: Row, caller: Caller) => {
    const variables = variablesOf(row, caller)
    const result = await perform(caller.person, documentOf(row, variables), variables)
    expect([caller.person?.roles, outcomeOf(row, result)]).toEqual([caller.person?.roles, caller.expected])
    expectNothingOf(caller.unknown, result)
    return result
  }

  test.each(rowsOf('query', 'mutation'))('$name', async ({ row }) => {
    await prepare(row)
    const before = await stateOfTalk()
    for (const outsider of outsidersOf(row)) await expectOutcome(row, outsider)
    // A refusal changes nothing.
    expect(await stateOfTalk()).toEqual(before)
    for (const insider of insidersOf(row)) {
      await prepare(row)
      await expectOutcome(row, insider)
    }
  })

  test.each(rowsOf('query', 'mutation').filter(({ row }) => row[7] === NONE))(
    '$name: what is hidden looks like what does not exist',
    async ({ row }) => {
      const absent = invented()
      for (const caller of [...outsidersOf(row), ...insidersOf(row)].filter(({ person }) => person)) {
        // Who is no patient and no professional is not heard at all.
        const expected = fieldOf(row) === 'createSession' && isAdmin(caller.person) ? DENIED : NONE
        const result = await expectOutcome(row, { ...caller, talk: absent, expected })
        if (caller.expected === NONE) expect(await expectOutcome(row, caller)).toMatchObject({ errors: result.errors })
      }
    },
  )
})

type Subscribe = (
  person: TestPerson | null,
  document: string,
  variables: Variables,
) => Promise<Subscription<Record<string, unknown>>>

const bySocket: Subscribe = async (person, document, variables) =>
  (await socketOf(person)).subscribe(document, variables)

const bySse: Subscribe = (person, document, variables) =>
  Promise.resolve(subscribeSse(app.url, person?.token ?? null, document, variables))

const until = async (fits: () => boolean) => {
  for (let tries = 0; !fits(); tries++) {
    if (tries === 1_000) throw new Error('Waited in vain.')
    await sleep(10)
  }
}

const running = (person: TestPerson | null) =>
  person === null
    ? 0
    : app.services.connections.ofUser(person.id).reduce((sum, connection) => sum + connection.activeSubscriptions, 0)

const mentions = (talk: Talk, event: unknown) => {
  const text = JSON.stringify(event)
  return [talk.conversationId, talk.patient.id, talk.professional.id].some(id => text.includes(id))
}

describe.each([
  { transport: 'WebSocket', subscribe: bySocket },
  { transport: 'SSE', subscribe: bySse },
])('over $transport', ({ subscribe }) => {
  const begin = async (row: Row, caller: Caller) => {
    const variables = variablesOf(row, caller)
    const subscription = await subscribe(caller.person, documentOf(row, variables), variables)
    cleanUp(() => {
      subscription.stop()
      return until(() => running(caller.person) === 0)
    })
    await until(() => subscription.waiting > 0 || running(caller.person) > 0)
    return { ...caller, subscription }
  }
  type Begun = Awaited<ReturnType<typeof begin>>

  /** One answer, and the end: a client does not come again. */
  const expectRefusal = async (row: Row, { person, expected, unknown, subscription }: Begun) => {
    const result = await subscription.nextResult()
    expect([person?.roles, outcomeOf(row, result)]).toEqual([person?.roles, expected])
    expectNothingOf(unknown, result)
    expect(await subscription.ended()).toEqual({ kind: 'COMPLETED' })
    expect(subscription.waiting).toBe(0)
    return result
  }

  const expectTold = async ({ person, unknown, subscription }: Begun, ofTalk: Talk) => {
    const events = await subscription.until(event => mentions(ofTalk, event))
    while (subscription.waiting > 0) events.push(await subscription.next())
    expectNothingOf(unknown, events)
    return [person?.roles, events.length]
  }

  const isRefusal = ({ expected }: Caller) => !['OK', 'OWN', 'NOTHING'].includes(expected)

  test.each(rowsOf('subscription'))('$name', async ({ row }) => {
    await prepare(row)
    const callers = await Promise.all([...outsidersOf(row), ...insidersOf(row)].map(caller => begin(row, caller)))
    await Promise.all(callers.filter(isRefusal).map(caller => expectRefusal(row, caller)))
    await Promise.all([stir(talk), stir(other)])
    for (const caller of callers.filter(({ expected }) => expected === 'OK')) await expectTold(caller, caller.talk)
    for (const caller of callers.filter(({ expected }) => expected === 'OWN')) {
      const { person, unknown, subscription } = caller
      if (person?.id === other.patient.id || person?.id === other.professional.id) await expectTold(caller, other)
      else while (subscription.waiting > 0) expectNothingOf(unknown, await subscription.next())
    }
    for (const { subscription, expected } of callers.filter(({ expected }) => expected === 'NOTHING'))
      expect([expected, subscription.waiting]).toEqual([expected, 0])
  })

  test.each(rowsOf('subscription').filter(({ row }) => row[7] === NONE))(
    '$name: what is hidden looks like what does not exist',
    async ({ row }) => {
      const absent = invented()
      for (const caller of [...outsidersOf(row), ...insidersOf(row)].filter(({ person }) => person)) {
        const result = await expectRefusal(row, await begin(row, { ...caller, talk: absent, expected: NONE }))
        if (caller.expected === NONE) expect(await expectRefusal(row, await begin(row, caller))).toEqual(result)
      }
    },
  )
})

test('000.7 a subscription is not for plain HTTP', async () => {
  for (const { row } of rowsOf('subscription'))
    for (const caller of [...outsidersOf(row), ...insidersOf(row)]) {
      const variables = variablesOf(row, caller)
      const answer = await postGraphql(app.url, caller.person?.token ?? null, documentOf(row, variables), variables)
      expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
      expect(answer.data ?? null).toBeNull()
    }
})

const inactive = await given.patient({ active: false })

describe('000.7 a token that does not hold', () => {
  const { id } = talk.patient
  const tokens = [
    { what: 'of an inactive person', token: inactive.token },
    { what: 'of nobody', token: tokenFor('nobody', { roles: ['ADMIN'] }) },
    { what: 'that ran out', token: tokenFor(id, { expiresIn: -3600 }) },
    {
      what: 'that somebody else signed',
      token: signTestToken({ sub: id }, 'another secret, of more than 32 characters'),
    },
    { what: 'that never ends', token: signTestToken({ sub: id, exp: null }) },
    { what: 'that is none', token: 'x.y.z' },
  ]
  test.each(tokens)('$what opens nothing', async ({ token }) => {
    const bearer = new TestPerson(app, id, '', [], token)
    for (const { row } of rowsOf('query', 'mutation')) {
      const variables = variablesOf(row, { person: bearer, talk, side: 'patient' })
      const answer = await bearer.ask(documentOf(row, variables), variables)
      expect(answer.status).toBe(401)
      expect(outcomeOf(row, answer)).toBe(NO_TOKEN)
      expectNothingOf(secretsOf(talk), answer)
    }
    await expect(bearer.connect()).rejects.toMatchObject({ code: 4403 })
    for (const { row } of rowsOf('subscription')) {
      const variables = variablesOf(row, { person: bearer, talk, side: 'patient' })
      const subscription = bearer.sse<Record<string, unknown>>(documentOf(row, variables), variables)
      expect(outcomeOf(row, await subscription.nextResult())).toBe(NO_TOKEN)
      expect(await subscription.ended()).toEqual({ kind: 'COMPLETED' })
    }
  })
})
