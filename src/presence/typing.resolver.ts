import {
  Arg,
  Ctx,
  Directive,
  Extensions,
  FieldResolver,
  ID,
  Mutation,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import { followTypingEverywhere, followTypingIn } from './follow-typing.js'
import { setTyping } from './set-typing.js'
import type { Typing } from './typing.js'
import { SetTypingInputType, SetTypingPayloadType, TypingType } from './typing.types.js'

interface TypingArgs {
  conversationId?: string | null
}

@Resolver(() => TypingType)
export class TypingResolver {
  @Extensions({ audited: false })
  @Directive('@auth')
  @Mutation(() => SetTypingPayloadType, {
    nullable: true,
    description:
      'Expires by itself after 6 seconds; a client repeats it while the person types. Over a WebSocket it also ends with that. CONFLICT where the viewer may not send: CARE_RELATIONSHIP_ENDED, CONVERSATION_NOT_ACTIVE.',
  })
  async setTyping(
    @Ctx() context: Context,
    @Arg('input', () => SetTypingInputType, { description: 'Where, and whether.' }) input: SetTypingInputType,
  ): Promise<SetTypingPayloadType> {
    return { typing: await setTyping(context.services, requireViewer(context), input, context.connection) }
  }

  @Directive('@auth')
  @Subscription(() => TypingType, {
    subscribe: ({ args: { conversationId }, context }: SubscribeResolverData<unknown, TypingArgs, Context>) => {
      const { services, connection } = context
      const viewer = requireViewer(context)
      return typeof conversationId === 'string'
        ? followTypingIn(services, viewer, conversationId, connection.queue)
        : followTypingEverywhere(services, viewer, connection.queue)
    },
    description:
      "Others' typing, never the viewer's own; a stop is always sent, also when they vanish. Without a conversation, in all of the viewer's.",
  })
  typing(
    @Root() typing: Typing,
    @Arg('conversationId', () => ID, { nullable: true, description: 'One conversation only.' })
    _conversationId: string | null,
  ): Typing {
    return typing
  }

  @FieldResolver(() => UserType, { description: 'Who types.' })
  user(@Root() { userId }: Typing, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(userId)
  }
}
