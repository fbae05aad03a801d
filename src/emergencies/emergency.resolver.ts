import { Arg, Args, Ctx, Directive, Extensions, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import type { Message } from '../messages/message.js'
import { MessageConnectionType, MessagePayloadType, MessageType } from '../messages/message.types.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import { acknowledgeEmergency, flagEmergency } from './change-emergency.js'
import type { Emergency } from './emergency.js'
import { EmergencyInputType, EmergencyType } from './emergency.types.js'
import { listOpenEmergencies } from './list-open-emergencies.js'

@Resolver(() => EmergencyType)
export class EmergencyResolver {
  @Directive('@auth')
  @Query(() => MessageConnectionType, {
    description:
      'Emergencies that nobody has acknowledged, among the messages that the viewer may see in their conversations, by when they were flagged, the oldest first. Whoever comes back to a group sees none from before, not even one that they flagged themselves: it stays open for the others, and is escalated. An admin sees all of them, without the text (`body` null, and neither cards nor what they answer) unless they take part or hold a grant; nothing tells one who takes no part that it was acknowledged: they ask again.',
  })
  openEmergencies(
    @Ctx() context: Context,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<MessageConnectionType> {
    return listOpenEmergencies(context.services, requireViewer(context), page)
  }

  @Directive('@auth')
  @Mutation(() => MessagePayloadType, {
    nullable: true,
    description:
      'By anyone who takes part: alerts everyone else there, muted or not, by a notification of its own (EMERGENCY) in the place of a MESSAGE. Flagging a flagged message changes nothing and returns it. CONFLICT: MESSAGE_DELETED, CARE_RELATIONSHIP_ENDED, CONVERSATION_NOT_ACTIVE.',
  })
  async flagEmergency(
    @Ctx() context: Context,
    @Arg('input', () => EmergencyInputType, { description: 'The message.' }) input: EmergencyInputType,
  ): Promise<MessagePayloadType> {
    return { message: await flagEmergency(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => MessagePayloadType, {
    nullable: true,
    description:
      'By a professional or an admin who takes part and, after the escalation, by any admin, who is given no text; never by who flagged it: FORBIDDEN. What is no emergency is NOT_FOUND. It reads the viewer’s own notifications of it, EMERGENCY and EMERGENCY_ESCALATED; others’ stay until each of them reads theirs. Acknowledging it again changes nothing else and returns it.',
  })
  async acknowledgeEmergency(
    @Ctx() context: Context,
    @Arg('input', () => EmergencyInputType, { description: 'The message.' }) input: EmergencyInputType,
  ): Promise<MessagePayloadType> {
    return { message: await acknowledgeEmergency(context.services, requireViewer(context), input) }
  }

  @Extensions({ shared: true })
  @FieldResolver(() => ID, { description: 'The message’s.' })
  id(@Root() { messageId }: Emergency): string {
    return messageId
  }

  @Extensions({ shared: true })
  @FieldResolver(() => UserType, { description: 'Who flagged it.' })
  flaggedBy(@Root() { flaggedById }: Emergency, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(flaggedById)
  }

  @Extensions({ shared: true })
  @FieldResolver(() => UserType, { nullable: true, description: 'Who took it on; null while nobody has.' })
  acknowledgedBy(@Root() { acknowledgedById }: Emergency, @Ctx() { services }: Context): Promise<Person> | null {
    return acknowledgedById === null ? null : services.loaders.person(acknowledgedById)
  }
}

@Resolver(() => MessageType)
export class MessageEmergencyResolver {
  @Extensions({ shared: true })
  @FieldResolver(() => EmergencyType, { nullable: true, description: 'Null for what was never flagged as one.' })
  emergency(@Root() { id }: Message, @Ctx() { services }: Context): Promise<Emergency | null> {
    return services.loaders.emergency(id)
  }
}
