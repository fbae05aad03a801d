import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { addParticipants, removeParticipants } from './change-participants.js'
import { StartConversationPayloadType } from './conversation.types.js'
import { createGroup } from './create-group.js'
import {
  ConversationPayloadType,
  CreateGroupInputType,
  ParticipantsInputType,
  SetConversationStatusInputType,
  StartSupportInputType,
  UpdateConversationInputType,
} from './room.types.js'
import { setConversationStatus } from './set-conversation-status.js'
import { startSupport } from './start-support.js'
import { updateConversation } from './update-conversation.js'

@Resolver()
export class RoomResolver {
  @Directive('@auth(requires: [PROFESSIONAL, ADMIN])')
  @Mutation(() => ConversationPayloadType, {
    nullable: true,
    description:
      'A GROUP conversation, in which the viewer takes part. RATE_LIMITED beyond the configured starts a minute. Repeated, it makes another.',
  })
  async createGroup(
    @Ctx() context: Context,
    @Arg('input', () => CreateGroupInputType, { description: 'With whom, and what it is called.' })
    input: CreateGroupInputType,
  ): Promise<ConversationPayloadType> {
    return { conversation: await createGroup(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => StartConversationPayloadType, {
    nullable: true,
    description:
      'The viewer’s SUPPORT conversation with the admins, or, for an admin, that of `userId`: created, or returned if there is one; one that an admin has deleted comes back.',
  })
  startSupportConversation(
    @Ctx() context: Context,
    @Arg('input', () => StartSupportInputType, { nullable: true, defaultValue: {}, description: 'Whose.' })
    input: StartSupportInputType | null,
  ): Promise<StartConversationPayloadType> {
    return startSupport(context.services, requireViewer(context), input?.userId ?? null)
  }

  @Directive('@auth')
  @Mutation(() => ConversationPayloadType, {
    nullable: true,
    description: 'By professionals and admins who take part; in a SUPPORT conversation by the desk alone.',
  })
  async updateConversation(
    @Ctx() context: Context,
    @Arg('input', () => UpdateConversationInputType, { description: 'What to change.' })
    input: UpdateConversationInputType,
  ): Promise<ConversationPayloadType> {
    return { conversation: await updateConversation(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => ConversationPayloadType, {
    nullable: true,
    description:
      'Archive, activate, block, or delete (recoverable). BLOCKED and DELETED take no messages, and end the session that runs, which is charged; only who blocked it, or an admin who takes part, lifts a block; only who deleted it finds it and brings it back.',
  })
  async setConversationStatus(
    @Ctx() context: Context,
    @Arg('input', () => SetConversationStatusInputType, { description: 'Which, and the status.' })
    input: SetConversationStatusInputType,
  ): Promise<ConversationPayloadType> {
    return { conversation: await setConversationStatus(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => ConversationPayloadType, {
    nullable: true,
    description:
      'To a GROUP, by professionals and admins who take part: a professional adds colleagues and patients in their care, an admin anyone, nobody themselves.',
  })
  async addParticipants(
    @Ctx() context: Context,
    @Arg('input', () => ParticipantsInputType, { description: 'Where, and whom.' }) input: ParticipantsInputType,
  ): Promise<ConversationPayloadType> {
    return { conversation: await addParticipants(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => ConversationPayloadType, {
    nullable: true,
    description:
      'Ends the removed person’s subscriptions to the conversation at once. By professionals and admins who take part; who takes no part stays away, without an error. The session that a removed person gives ends, and is charged. Anyone may remove themselves from a GROUP, and is answered with the conversation as they leave it: its own fields and who stays, but `viewer` null, nothing unread, and neither messages nor sessions.',
  })
  async removeParticipants(
    @Ctx() context: Context,
    @Arg('input', () => ParticipantsInputType, { description: 'Where, and whom.' }) input: ParticipantsInputType,
  ): Promise<ConversationPayloadType> {
    return { conversation: await removeParticipants(context.services, requireViewer(context), input) }
  }
}
