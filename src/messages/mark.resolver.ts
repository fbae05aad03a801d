import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import type { Mark } from './mark.js'
import { advanceMark } from './advance-mark.js'
import { MarkInputType, MarkPayloadType } from './mark.types.js'

const answer = async (context: Context, kind: Mark['kind'], input: MarkInputType): Promise<MarkPayloadType> => {
  const participant = await advanceMark(context.services, requireViewer(context), kind, input)
  return { participant, conversation: await context.services.loaders.conversation(participant.conversationId) }
}

@Resolver()
export class MarkResolver {
  @Directive('@auth')
  @Mutation(() => MarkPayloadType, {
    nullable: true,
    description:
      'Moves the viewer’s position forward, never back: that message and all before it. Without a message, everything at the time of the request. What is read is delivered too; sending moves no position. It reads the viewer’s MESSAGE notification of the conversation, at the support desk every admin’s; of the other kinds none, EMERGENCY neither: those are read by `markNotificationsRead`, and by `acknowledgeEmergency`.',
  })
  markRead(
    @Ctx() context: Context,
    @Arg('input', () => MarkInputType, { description: 'How far.' }) input: MarkInputType,
  ): Promise<MarkPayloadType> {
    return answer(context, 'READ', input)
  }

  @Directive('@auth')
  @Mutation(() => MarkPayloadType, {
    nullable: true,
    description: 'As `markRead`, for what has arrived at the viewer’s device but may not have been read.',
  })
  markDelivered(
    @Ctx() context: Context,
    @Arg('input', () => MarkInputType, { description: 'How far.' }) input: MarkInputType,
  ): Promise<MarkPayloadType> {
    return answer(context, 'DELIVERED', input)
  }
}
