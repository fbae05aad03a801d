import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { findVisiblePerson, maySeeEmail } from './people-access.js'
import {
  CareRelationshipInputType,
  CareRelationshipPayloadType,
  CareRelationshipType,
  UpsertUsersInputType,
  UpsertUsersPayloadType,
  UserType,
} from './people.types.js'
import type { CareRelationship, Person } from './person.js'
import { setCareRelationship } from './set-care-relationship.js'
import { upsertUsers } from './upsert-users.js'

@Resolver(() => UserType)
export class UserResolver {
  @Directive('@auth')
  @Query(() => UserType, { description: 'The viewer.' })
  me(@Ctx() context: Context): Promise<Person> {
    return context.services.loaders.person(requireViewer(context).userId)
  }

  @Directive('@auth')
  @Query(() => UserType, {
    nullable: true,
    description:
      'NOT_FOUND for people whom the viewer may not see: they see themselves and those they share a conversation or a care relationship with; admins see everyone.',
  })
  user(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: "The host system's id for the person." }) id: string,
  ): Promise<Person> {
    return findVisiblePerson(context.services, requireViewer(context), id)
  }

  @Directive('@auth(requires: [ADMIN])')
  @Mutation(() => UpsertUsersPayloadType, {
    nullable: true,
    description:
      "The host system's directory: creates or replaces people, up to 1,000 at once, all or none. BAD_USER_INPUT names the offending field: `input.users.3.id`.",
  })
  async upsertUsers(
    @Ctx() context: Context,
    @Arg('input', () => UpsertUsersInputType, { description: 'The people.' }) input: UpsertUsersInputType,
  ): Promise<UpsertUsersPayloadType> {
    return { users: await upsertUsers(context.services, input.users, requireViewer(context)) }
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Null unless the viewer is that user, a professional in a DIRECT or GROUP conversation with them, or an admin.',
  })
  async email(@Root() person: Person, @Ctx() context: Context): Promise<string | null> {
    if (person.email === null) return null
    return (await maySeeEmail(context.services, requireViewer(context), person.id)) ? person.email : null
  }
}

@Resolver(() => CareRelationshipType)
export class CareRelationshipResolver {
  @Directive('@auth(requires: [ADMIN])')
  @Mutation(() => CareRelationshipPayloadType, {
    nullable: true,
    description:
      "Who may talk to whom. Ending it closes their DIRECT conversation to new messages at once, ends its session and the subscriptions to it; reading, marking and deleting one's own go on.",
  })
  async setCareRelationship(
    @Ctx() context: Context,
    @Arg('input', () => CareRelationshipInputType, { description: 'The pair.' }) input: CareRelationshipInputType,
  ): Promise<{ careRelationship: CareRelationship }> {
    return { careRelationship: await setCareRelationship(context.services, input, requireViewer(context)) }
  }

  @FieldResolver(() => UserType, { description: 'The one who is cared for.' })
  patient(@Root() { patientId }: CareRelationship, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(patientId)
  }

  @FieldResolver(() => UserType, { description: 'The one who cares.' })
  professional(@Root() { professionalId }: CareRelationship, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(professionalId)
  }
}
