import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { updateNotificationSettings } from './notification-settings.js'
import {
  ConversationPayloadType,
  NotificationSettingsInputType,
  ParticipantPermissionsInputType,
  RolePermissionsInputType,
} from './room.types.js'
import { setParticipantPermissions, setRolePermissions } from './set-permissions.js'

@Resolver()
export class PermissionsResolver {
  @Directive('@auth(requires: [PROFESSIONAL, ADMIN])')
  @Mutation(() => ConversationPayloadType, {
    nullable: true,
    description: 'What a role may do in a conversation, by professionals and admins who take part.',
  })
  async setRolePermissions(
    @Ctx() context: Context,
    @Arg('input', () => RolePermissionsInputType, { description: 'Where, which role, and what.' })
    input: RolePermissionsInputType,
  ): Promise<ConversationPayloadType> {
    return { conversation: await setRolePermissions(context.services, requireViewer(context), input) }
  }

  @Directive('@auth(requires: [PROFESSIONAL, ADMIN])')
  @Mutation(() => ConversationPayloadType, {
    nullable: true,
    description: 'Null gives a setting back to the role. By professionals and admins who take part.',
  })
  async setParticipantPermissions(
    @Ctx() context: Context,
    @Arg('input', () => ParticipantPermissionsInputType, { description: 'Where, who, and what.' })
    input: ParticipantPermissionsInputType,
  ): Promise<ConversationPayloadType> {
    return { conversation: await setParticipantPermissions(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => ConversationPayloadType, {
    nullable: true,
    description: 'The viewer’s own settings in a conversation. Emergencies are told of whatever they are.',
  })
  async updateNotificationSettings(
    @Ctx() context: Context,
    @Arg('input', () => NotificationSettingsInputType, { description: 'Where, and what.' })
    input: NotificationSettingsInputType,
  ): Promise<ConversationPayloadType> {
    return { conversation: await updateNotificationSettings(context.services, requireViewer(context), input) }
  }
}
