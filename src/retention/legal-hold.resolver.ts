import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { ConversationType } from '../conversations/conversation.types.js'
import type { Conversation } from '../conversations/conversation.js'
import { ConversationPayloadType } from '../conversations/room.types.js'
import { type Context, requireViewer } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { LegalHold } from './legal-hold.js'
import { LegalHoldConnectionType, LegalHoldEntryType, LegalHoldInputType, LegalHoldType } from './legal-hold.types.js'
import { listLegalHolds } from './list-legal-holds.js'
import { findLegalHold, setLegalHold } from './set-legal-hold.js'

@Resolver(() => ConversationType)
export class LegalHoldResolver {
  @Directive('@auth(requires: [ADMIN])')
  @Query(() => LegalHoldConnectionType, {
    description: 'All that was ever said of whether a conversation keeps everything: who, when and why. Newest first.',
  })
  legalHolds(
    @Ctx() { services }: Context,
    @Arg('conversationId', () => ID, { description: 'The conversation, whatever its status. Unknown: NOT_FOUND.' })
    conversationId: string,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<LegalHoldConnectionType> {
    return listLegalHolds(services, conversationId, page)
  }

  @Directive('@auth(requires: [ADMIN])')
  @Mutation(() => ConversationPayloadType, {
    nullable: true,
    description:
      'Under legal hold a conversation keeps everything, whatever retention says, until the hold is lifted: also a DELETED one, and what was said before it was edited or deleted. By any admin, who need not take part, and then selects the conversation’s id, kind, status and legalHold; those who take part are not told. With another reason it is held for that; saying the same again changes nothing.',
  })
  async setLegalHold(
    @Ctx() context: Context,
    @Arg('input', () => LegalHoldInputType, { description: 'Which, whether, and why.' }) input: LegalHoldInputType,
  ): Promise<ConversationPayloadType> {
    return { conversation: await setLegalHold(context.services, requireViewer(context), input) }
  }

  @FieldResolver(() => LegalHoldType, {
    nullable: true,
    description: 'Why it keeps everything; null where it does not, and for who is no admin.',
  })
  legalHold(@Root() conversation: Conversation, @Ctx() context: Context): Promise<LegalHold | null> {
    return findLegalHold(context.services, requireViewer(context), conversation)
  }
}

@Resolver(() => LegalHoldType)
export class LegalHoldFieldsResolver {
  @FieldResolver(() => UserType, { description: 'Who said so.' })
  setBy(@Root() { byId }: LegalHold, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(byId)
  }
}

@Resolver(() => LegalHoldEntryType)
export class LegalHoldEntryResolver {
  @FieldResolver(() => UserType, { description: 'Who said so.' })
  setBy(@Root() { byId }: LegalHold, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(byId)
  }
}
