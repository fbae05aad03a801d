import { Ctx, Extensions, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { Participant } from './conversation.js'
import { ParticipantType } from './conversation.types.js'

@Resolver(() => ParticipantType)
export class ParticipantResolver {
  @Extensions({ shared: true })
  @FieldResolver(() => UserType, { description: 'The person.' })
  user(@Root() { userId }: Participant, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(userId)
  }

  @FieldResolver(() => Int, {
    description:
      'Others’ messages beyond this participant’s read position, counted as `Conversation.unreadCount` is; of an admin at the support desk, the desk’s.',
  })
  unreadCount(@Root() { conversationId, userId, role }: Participant, @Ctx() { services }: Context): Promise<number> {
    return services.loaders.unreadCount({ conversationId, userId, asAdmin: role === 'ADMIN' })
  }
}
