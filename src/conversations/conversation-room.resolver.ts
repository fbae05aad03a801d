import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { RoomTypeEnum } from '../graphql/enums.js'
import { DateTime } from '../graphql/scalars.js'
import type { Shown } from './conversation-access.js'
import { canSend } from './conversation-rules.js'
import type { Participant, RoomType } from './conversation.js'
import { ConversationType, ParticipantType } from './conversation.types.js'
import { canViewHistory } from './history-permission.js'
import { findSight, requireSight } from './read-own-part.js'
import { OwnPermissionType, RolePermissionType } from './room.types.js'

const ROLES = ['PATIENT', 'PROFESSIONAL', 'ADMIN'] as const

const isSeenBy = async (context: Context, conversation: Shown) =>
  (await findSight(context.services, requireViewer(context), conversation)) !== null

@Resolver(() => ConversationType)
export class ConversationRoomResolver {
  @FieldResolver(() => RoomTypeEnum, { description: 'What it is for.' })
  async roomType(@Root() conversation: Shown, @Ctx() context: Context): Promise<RoomType> {
    await requireSight(context.services, requireViewer(context), conversation)
    return conversation.roomType
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What it is called; null without a title: then `counterpart` names it, if there is one. Null also for who may not read the conversation.',
  })
  async title(@Root() conversation: Shown, @Ctx() context: Context): Promise<string | null> {
    return (await isSeenBy(context, conversation)) ? conversation.title : null
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What it is about; null without a description, and for who may not read the conversation.',
  })
  async description(@Root() conversation: Shown, @Ctx() context: Context): Promise<string | null> {
    return (await isSeenBy(context, conversation)) ? conversation.description : null
  }

  @FieldResolver(() => [String], { description: 'Words to find it by.' })
  async tags(@Root() conversation: Shown, @Ctx() context: Context): Promise<string[]> {
    await requireSight(context.services, requireViewer(context), conversation)
    return conversation.tags
  }

  @FieldResolver(() => [RolePermissionType], {
    description: 'What each role may do here; a participant’s own setting goes before their role’s.',
  })
  async permissions(@Root() conversation: Shown, @Ctx() context: Context): Promise<RolePermissionType[]> {
    await requireSight(context.services, requireViewer(context), conversation)
    const { sendRoles, historyRoles } = conversation
    return ROLES.map(role => ({
      role,
      canSend: sendRoles.includes(role),
      canViewHistory: historyRoles.includes(role),
    }))
  }
}

@Resolver(() => ParticipantType)
export class ParticipantPermissionsResolver {
  @Extensions({ shared: true })
  @FieldResolver(() => Boolean, {
    description:
      'What holds in the end: permission, the conversation’s status and the care relationship together. It changes with a ParticipantChanged or a ConversationChanged.',
  })
  async canSend(@Root() participant: Participant, @Ctx() { services }: Context): Promise<boolean> {
    return canSend(await services.loaders.conversation(participant.conversationId), participant)
  }

  @Extensions({ shared: true })
  @FieldResolver(() => Boolean, {
    description: 'Whether they see what was before them; otherwise nothing older than that, or their joining.',
  })
  async canViewHistory(@Root() participant: Participant, @Ctx() { services }: Context): Promise<boolean> {
    return canViewHistory(await services.loaders.conversation(participant.conversationId), participant)
  }

  @Extensions({ shared: true })
  @FieldResolver(() => OwnPermissionType, {
    nullable: true,
    description: 'This participant’s own setting, null where the role’s applies.',
  })
  ownPermission(@Root() { ownCanSend, ownCanViewHistory }: Participant): OwnPermissionType | null {
    if (ownCanSend === null && ownCanViewHistory === null) return null
    return { canSend: ownCanSend, canViewHistory: ownCanViewHistory }
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether there are notifications of the conversation. Null on others’ parts.',
  })
  notificationsEnabled(@Root() participant: Participant, @Ctx() { viewer }: Context): boolean | null {
    return viewer?.userId === participant.userId ? participant.notificationsEnabled : null
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'No notifications of the conversation until then. Null on others’ parts.',
  })
  mutedUntil(@Root() participant: Participant, @Ctx() { viewer }: Context): Date | null {
    return viewer?.userId === participant.userId ? participant.mutedUntil : null
  }
}
