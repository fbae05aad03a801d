import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import { followPresence } from './follow-presence.js'
import type { Presence } from './presence.js'
import { PresenceType, SetPresenceInputType, SetPresencePayloadType } from './presence.types.js'
import { presenceFor, readPresences } from './read-presences.js'

@Resolver(() => PresenceType)
export class PresenceResolver {
  @Directive('@auth')
  @Query(() => [PresenceType], {
    description:
      'Up to 100 at once, in the order asked for, each once. People whom the viewer may not see are left out: they see those they share a conversation or a care relationship with; admins see everyone.',
  })
  presences(
    @Ctx() context: Context,
    @Arg('userIds', () => [ID], { description: 'At most 100; more are BAD_USER_INPUT.' }) userIds: string[],
  ): Promise<Presence[]> {
    return readPresences(context.services, requireViewer(context), userIds)
  }

  @Directive('@auth')
  @Mutation(() => SetPresencePayloadType, {
    nullable: true,
    description: 'Sets what others see while the viewer is online. It outlives the connection.',
  })
  async setPresence(
    @Ctx() context: Context,
    @Arg('input', () => SetPresenceInputType, { description: 'The status.' }) { status }: SetPresenceInputType,
  ): Promise<SetPresencePayloadType> {
    return { presence: await context.services.presence.choose(requireViewer(context).userId, status) }
  }

  @Directive('@auth')
  @Subscription(() => PresenceType, {
    subscribe: ({ args, context }: SubscribeResolverData<unknown, { userIds?: string[] | null }, Context>) =>
      followPresence(context.services, requireViewer(context), args.userIds ?? null, context.connection.queue),
    description:
      'The present state of each user at once, then every change; up to 100, and only people whom the viewer may see, for as long as they may. Without ids, everyone the viewer shares a conversation or a care relationship with, now and in future.',
  })
  presence(
    @Root() presence: Presence,
    @Arg('userIds', () => [ID], { nullable: true, description: 'At most 100; more are BAD_USER_INPUT.' })
    _userIds: string[] | null,
  ): Presence {
    return presence
  }

  @FieldResolver(() => ID, { description: "The user's id, so that a client's cache keeps one Presence for each user." })
  id(@Root() { userId }: Presence): string {
    return userId
  }

  @FieldResolver(() => UserType, { description: 'The person.' })
  user(@Root() { userId }: Presence, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(userId)
  }
}

@Resolver(() => UserType)
export class UserPresenceResolver {
  @FieldResolver(() => PresenceType, { description: 'Offline, and never seen, for those who may not see the person.' })
  presence(@Root() { id }: Person, @Ctx() context: Context): Promise<Presence> {
    return presenceFor(context.services, requireViewer(context), id)
  }
}
