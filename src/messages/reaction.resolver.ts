import { Arg, Ctx, Directive, Extensions, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { Message } from './message.js'
import { MessagePayloadType, MessageType } from './message.types.js'
import { react, unreact } from './react.js'
import type { ReactionGroup } from './reaction.js'
import { ReactionGroupType, ReactionInputType } from './reaction.types.js'
import { readReactions, readReactors } from './read-reactions.js'

@Resolver(() => MessageType)
export class ReactionResolver {
  @Directive('@auth')
  @Mutation(() => MessagePayloadType, {
    nullable: true,
    description:
      'By who may send in the conversation. Up to 5 different emojis of one person on one message, beyond BAD_USER_INPUT; the same once more changes nothing. CONFLICT: MESSAGE_DELETED, CARE_RELATIONSHIP_ENDED, CONVERSATION_NOT_ACTIVE.',
  })
  async react(
    @Ctx() context: Context,
    @Arg('input', () => ReactionInputType, { description: 'The reaction.' }) input: ReactionInputType,
  ): Promise<MessagePayloadType> {
    return { message: await react(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => MessagePayloadType, {
    nullable: true,
    description: 'Takes the viewer’s own reaction back; where there is none, nothing changes.',
  })
  async unreact(
    @Ctx() context: Context,
    @Arg('input', () => ReactionInputType, { description: 'The reaction.' }) input: ReactionInputType,
  ): Promise<MessagePayloadType> {
    return { message: await unreact(context.services, requireViewer(context), input) }
  }

  @Extensions({ listSize: 5 })
  @FieldResolver(() => [ReactionGroupType], {
    description: 'By emoji, in the order in which each first came. A change of them is a change of the message.',
  })
  reactions(@Root() message: Message, @Ctx() context: Context): Promise<ReactionGroup[]> {
    return readReactions(context.services, requireViewer(context), message)
  }
}

@Resolver(() => ReactionGroupType)
export class ReactionGroupResolver {
  @FieldResolver(() => [UserType], { description: 'The first of them, by the time of their reactions.' })
  users(
    @Root() group: ReactionGroup,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many: 1 to 100, 20 where omitted.' })
    first: number | null,
  ): Person[] {
    return readReactors(group, first ?? 20)
  }
}
