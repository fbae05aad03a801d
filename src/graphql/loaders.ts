import { batched } from '../batched.js'
import type { ChargeKey } from '../billing/ledger.store.js'
import type { Share, WalletTransaction } from '../billing/ledger.js'
import type { Money } from '../billing/money.js'
import type { Conversation, Participant } from '../conversations/conversation.js'
import { type PartKey, partName, type SightKey, sightName } from '../conversations/part-key.js'
import type { Emergency } from '../emergencies/emergency.js'
import { notFound } from '../errors.js'
import type { Message } from '../messages/message.js'
import type { AccessGrant } from '../oversight/access-grant.js'
import type { Person } from '../people/person.js'
import type { ProfessionalProfile } from '../professionals/professional-profile.js'
import type { Services } from '../services.js'
import type { Session, SessionParticipant } from '../sessions/session.js'
import { byId, grouped, itself } from './load-many.js'
import { createMessageLoaders, type MessageLoaders, type MessageStores } from './message-loaders.js'

type Stores = MessageStores &
  Pick<
    Services,
    'people' | 'conversations' | 'emergencies' | 'grants' | 'sessions' | 'ledger' | 'payments' | 'profiles'
  >

/** One query for all that the same turn asks for. */
export interface Loaders extends MessageLoaders {
  person(id: string): Promise<Person>
  conversation(id: string): Promise<Conversation>
  /** Those who take part now. */
  participantsOf(conversationId: string): Promise<Participant[]>
  /** Also where they have left. */
  participant(key: PartKey): Promise<Participant | null>
  /** The newest that the user may see. */
  lastMessage(key: SightKey): Promise<Message | null>
  firstUnread(key: SightKey): Promise<Message | null>
  unreadCount(key: SightKey): Promise<number>
  emergency(messageId: string): Promise<Emergency | null>
  session(id: string): Promise<Session>
  accessGrant(id: string): Promise<AccessGrant>
  sessionParticipants(sessionId: string): Promise<SessionParticipant[]>
  /** Of one that is ACTIVE, up to now. */
  sessionCost(sessionId: string): Promise<Money | null>
  /** Null for who pays nothing. */
  share(key: ChargeKey): Promise<Share | null>
  charge(key: ChargeKey): Promise<WalletTransaction | null>
  profile(userId: string): Promise<ProfessionalProfile>
}

const chargeName = ({ sessionId, userId }: ChargeKey) => `${sessionId} ${userId}`

const required =
  <Value>(what: string, load: (id: string) => Promise<Value | null>) =>
  async (id: string): Promise<Value> => {
    const value = await load(id)
    if (value === null) throw notFound(what)
    return value
  }

export const createLoaders = (stores: Stores): Loaders => ({
  ...createMessageLoaders(stores),
  ...createOthers(stores),
})

const createOthers = ({
  people,
  conversations,
  emergencies,
  grants,
  sessions,
  ledger,
  payments,
  profiles,
}: Stores): Omit<Loaders, keyof MessageLoaders> => ({
  person: required('user', id => people.find(id)),
  conversation: required(
    'conversation',
    batched(
      byId(ids => conversations.findMany(ids)),
      itself,
    ),
  ),
  participantsOf: batched(
    grouped(
      ids => conversations.participantsOf(ids),
      part => part.conversationId,
    ),
    itself,
  ),
  participant: batched(async keys => {
    const found = new Map((await conversations.findParticipants(keys)).map(part => [partName(part), part]))
    return keys.map(key => found.get(partName(key)) ?? null)
  }, partName),
  lastMessage: batched(keys => conversations.lastMessages(keys), sightName),
  firstUnread: batched(keys => conversations.firstUnread(keys), sightName),
  unreadCount: batched(keys => conversations.unreadCounts(keys), sightName),
  emergency: batched(async messageIds => {
    const found = new Map((await emergencies.findMany(messageIds)).map(emergency => [emergency.messageId, emergency]))
    return messageIds.map(id => found.get(id) ?? null)
  }, itself),
  session: required(
    'session',
    batched(
      byId(ids => sessions.findMany(ids)),
      itself,
    ),
  ),
  accessGrant: required(
    'access grant',
    batched(
      byId(ids => grants.findMany(ids)),
      itself,
    ),
  ),
  sessionParticipants: batched(
    grouped(
      ids => sessions.participantsOf(ids),
      member => member.sessionId,
    ),
    itself,
  ),
  sessionCost: batched(ids => payments.costsNow(ids), itself),
  share: batched(keys => payments.sharesOf(keys), chargeName),
  charge: batched(keys => ledger.charges(keys), chargeName),
  profile: batched(ids => profiles.findMany(ids), itself),
})
