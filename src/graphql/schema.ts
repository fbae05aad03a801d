import 'reflect-metadata'
import { printSchemaWithDirectives, MapperKind, mapSchema } from '@graphql-tools/utils'
import { GraphQLSchema, isAbstractType, isEnumType, type GraphQLTypeResolver } from 'graphql'
import { buildSchemaSync, getMetadataStorage, type PubSub } from 'type-graphql'
import { AttachmentEventsResolver } from '../attachments/attachment-events.resolver.js'
import { AttachmentFieldsResolver, MessageAttachmentsResolver } from '../attachments/attachment-fields.resolver.js'
import { AttachmentResolver } from '../attachments/attachment.resolver.js'
import { CallSignalResolver, SessionCallResolver } from '../calls/call.resolver.js'
import { TransactionResolver, WalletResolver } from '../billing/wallet.resolver.js'
import { ChatUserResolver } from '../conversations/chat-users.resolver.js'
import { ConversationEventsResolver } from '../conversations/conversation-events.resolver.js'
import { ConversationFieldsResolver } from '../conversations/conversation-fields.resolver.js'
import {
  ConversationRoomResolver,
  ParticipantPermissionsResolver,
} from '../conversations/conversation-room.resolver.js'
import { ConversationResolver } from '../conversations/conversation.resolver.js'
import { ParticipantResolver } from '../conversations/participant.resolver.js'
import { PermissionsResolver } from '../conversations/permissions.resolver.js'
import { RoomResolver } from '../conversations/room.resolver.js'
import { UnreadCountsResolver } from '../conversations/unread-counts.resolver.js'
import { EmergencyResolver, MessageEmergencyResolver } from '../emergencies/emergency.resolver.js'
import { MarkResolver } from '../messages/mark.resolver.js'
import { MessageEventsResolver } from '../messages/message-events.resolver.js'
import { MessageListsResolver } from '../messages/message-lists.resolver.js'
import { MessageResolver } from '../messages/message.resolver.js'
import { ReactionGroupResolver, ReactionResolver } from '../messages/reaction.resolver.js'
import { ReceiptResolver } from '../messages/receipt.resolver.js'
import { ThreadResolver } from '../messages/thread.resolver.js'
import { AccessGrantResolver } from '../oversight/access-grant.resolver.js'
import { AuditResolver } from '../oversight/audit.resolver.js'
import { NotificationResolver } from '../notifications/notification.resolver.js'
import { PeopleListsResolver } from '../people/people-lists.resolver.js'
import { CareRelationshipResolver, UserResolver } from '../people/people.resolver.js'
import { PresenceResolver, UserPresenceResolver } from '../presence/presence.resolver.js'
import { TypingResolver } from '../presence/typing.resolver.js'
import { ProfessionalProfileResolver } from '../professionals/professional-profile.resolver.js'
import { LegalHoldEntryResolver, LegalHoldFieldsResolver, LegalHoldResolver } from '../retention/legal-hold.resolver.js'
import { SearchResolver } from '../search/search.resolver.js'
import { SessionBillingResolver } from '../sessions/session-billing.resolver.js'
import { SessionEventsResolver } from '../sessions/session-events.resolver.js'
import { SessionParticipantResolver, SessionResolver } from '../sessions/session.resolver.js'
import { ConnectionResolver } from '../transport/connection.resolver.js'
import { ServiceStatusResolver } from '../transport/service-status.resolver.js'
import { createDirectives, enforceDirectives } from './directives.js'
import { ConflictReason, ErrorCode } from './error-enums.js'
import { SafeInt } from './scalars.js'

const RESOLVERS = [
  ServiceStatusResolver,
  UserResolver,
  CareRelationshipResolver,
  PeopleListsResolver,
  PresenceResolver,
  UserPresenceResolver,
  ConversationResolver,
  ConversationFieldsResolver,
  ConversationRoomResolver,
  UnreadCountsResolver,
  ParticipantResolver,
  ParticipantPermissionsResolver,
  RoomResolver,
  PermissionsResolver,
  ConversationEventsResolver,
  ChatUserResolver,
  MessageResolver,
  MessageListsResolver,
  ThreadResolver,
  ReceiptResolver,
  ReactionResolver,
  ReactionGroupResolver,
  MessageEventsResolver,
  MarkResolver,
  EmergencyResolver,
  MessageEmergencyResolver,
  NotificationResolver,
  SearchResolver,
  AuditResolver,
  AccessGrantResolver,
  LegalHoldResolver,
  LegalHoldFieldsResolver,
  LegalHoldEntryResolver,
  SessionResolver,
  SessionParticipantResolver,
  SessionEventsResolver,
  SessionCallResolver,
  CallSignalResolver,
  SessionBillingResolver,
  ProfessionalProfileResolver,
  WalletResolver,
  TransactionResolver,
  AttachmentResolver,
  AttachmentFieldsResolver,
  MessageAttachmentsResolver,
  AttachmentEventsResolver,
  TypingResolver,
  ConnectionResolver,
] as const

const DESCRIPTION = `Messages between patients and professionals.

A token goes with every request: \`Authorization: Bearer …\`, or \`authorization\` in a WebSocket's connection parameters. Each error has a code in \`extensions.code\` (\`ErrorCode\`), and where an input is to blame its name in \`extensions.field\`. Ids that this service made are UUIDs in small letters, and are taken in capitals as well; the host system’s stay as they are. Lists are pages with opaque cursors. What is live begins anew after a reconnect; \`conversationEvents\` and \`messageAdded\` go on behind the cursor given as \`after\`. On a WebSocket a query begins once the subscriptions sent before it have begun: what is queried then and what is told afterwards leave no gap.`

const ROOTS: Readonly<Record<string, string>> = {
  Query: 'Reading.',
  Mutation:
    'Each takes one input, answers with its own payload, and is null when it fails, so that several in one request fail alone.',
  Subscription:
    'Each ends with FORBIDDEN when the viewer loses access to what it follows, and with UNAUTHENTICATED when their token does not hold any more.',
}

// Every subscription brings its own `subscribe`.
const NO_PUB_SUB: PubSub = {
  publish: () => {
    throw new Error('Nothing is published through type-graphql.')
  },
  subscribe: () => {
    throw new Error('A subscription needs its own subscribe.')
  },
}

/** type-graphql drops enums and scalars that no field reaches, and fails on a directive that names an enum. */
const complete = (schema: GraphQLSchema): GraphQLSchema => {
  const role = schema.getType('Role')
  if (!isEnumType(role)) throw new Error('The schema has no enum Role.')
  const config = schema.toConfig()
  return new GraphQLSchema({
    ...config,
    description: DESCRIPTION,
    types: [...config.types, ErrorCode, ConflictReason, SafeInt],
    directives: [...config.directives, ...createDirectives(role)],
  })
}

/** type-graphql gives arguments in reverse, and describes no root. */
const tidy = (schema: GraphQLSchema): GraphQLSchema =>
  mapSchema(schema, {
    [MapperKind.COMPOSITE_FIELD]: field => ({
      ...field,
      args: Object.fromEntries(Object.entries(field.args ?? {}).reverse()),
    }),
    [MapperKind.ROOT_OBJECT]: type => {
      type.description ??= ROOTS[type.name]
      return type
    },
  })

/** Without it type-graphql puts a resolver around every property, which every object of an answer pays for. */
const readProperties = () => {
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true
}

/** type-graphql makes a promise of every answer. */
const resolveTypesAtOnce = (schema: GraphQLSchema) => {
  const { interfaceTypes, unions } = getMetadataStorage()
  for (const { name, resolveType } of [...interfaceTypes, ...unions]) {
    const type = schema.getType(name)
    if (isAbstractType(type)) type.resolveType = resolveType as GraphQLTypeResolver<unknown, unknown>
  }
}

/** Throws where a root field has neither @auth nor @public. */
export const buildSchema = (resolvers: readonly object[] = RESOLVERS): GraphQLSchema => {
  readProperties()
  const built = buildSchemaSync({
    // type-graphql wants a tuple that is not empty.
    resolvers: resolvers as unknown as Parameters<typeof buildSchemaSync>[0]['resolvers'],
    pubSub: NO_PUB_SUB,
    validate: false,
  })
  resolveTypesAtOnce(built)
  return enforceDirectives(tidy(complete(built)))
}

/** schema.graphql. */
export const printApiSchema = (schema: GraphQLSchema): string => `${printSchemaWithDirectives(schema)}\n`
