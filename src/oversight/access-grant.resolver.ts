import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { AccessGrant } from './access-grant.js'
import {
  AccessGrantConnectionType,
  AccessGrantPayloadType,
  AccessGrantType,
  EndAccessInputType,
  RequestAccessInputType,
} from './access-grant.types.js'
import { endAccess, listAccessGrants, requestAccess } from './grant-access.js'

@Resolver(() => AccessGrantType)
export class AccessGrantResolver {
  @Directive('@auth')
  @Query(() => AccessGrantConnectionType, {
    description: 'Who could look at the viewer’s data under a grant, and why; newest first.',
  })
  accessReport(
    @Ctx() context: Context,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<AccessGrantConnectionType> {
    return listAccessGrants(context.services, { subjectId: requireViewer(context).userId }, page)
  }

  @Directive('@auth(requires: [ADMIN])')
  @Query(() => AccessGrantConnectionType, {
    description:
      'Who could look at whose data under a grant, until when, and why: every grant that there was; newest first. What is given has to hold together. What was read under each is in `auditLog`.',
  })
  accessGrants(
    @Ctx() { services }: Context,
    @Arg('subjectId', () => ID, { nullable: true, description: 'Whose data. Unknown: an empty page.' })
    subjectId: string | null,
    @Arg('adminId', () => ID, { nullable: true, description: 'Who may read. Unknown: an empty page.' })
    adminId: string | null,
    @Arg('active', () => Boolean, {
      nullable: true,
      description: 'True: those that are held now. False: those that are over, by their time or ended before it.',
    })
    active: boolean | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<AccessGrantConnectionType> {
    return listAccessGrants(services, { subjectId, adminId, active }, page)
  }

  @Directive('@auth(requires: [ADMIN])')
  @Mutation(() => AccessGrantPayloadType, {
    nullable: true,
    description:
      'Break-glass: opens a person’s messages to the admin for a time and a reason: `userHistory`, and their conversations, as far as they see them themselves, to be read and followed. What is followed ends with the grant: FORBIDDEN. The person is notified (ACCESS_GRANTED) and finds it in their `accessReport`.',
  })
  async requestAccess(
    @Ctx() context: Context,
    @Arg('input', () => RequestAccessInputType, { description: 'Whose data, why, and for how long.' })
    input: RequestAccessInputType,
  ): Promise<AccessGrantPayloadType> {
    return { accessGrant: await requestAccess(context.services, requireViewer(context), input) }
  }

  @Directive('@auth(requires: [ADMIN])')
  @Mutation(() => AccessGrantPayloadType, {
    nullable: true,
    description: 'Ends a grant before its time, by any admin. Ending one that is over changes nothing and returns it.',
  })
  async endAccess(
    @Ctx() context: Context,
    @Arg('input', () => EndAccessInputType, { description: 'The grant.' }) { id }: EndAccessInputType,
  ): Promise<AccessGrantPayloadType> {
    return { accessGrant: await endAccess(context.services, requireViewer(context), id) }
  }

  @FieldResolver(() => UserType, { description: 'Who may read.' })
  admin(@Root() { adminId }: AccessGrant, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(adminId)
  }

  @FieldResolver(() => UserType, { description: 'Whose data.' })
  subject(@Root() { subjectId }: AccessGrant, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(subjectId)
  }
}
