import { Arg, Args, Ctx, Directive, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { actionsOf } from '../graphql/audit-fields.js'
import type { Context } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { AccessGrant } from './access-grant.js'
import { AccessGrantType } from './access-grant.types.js'
import type { AuditEvent } from './audit-event.js'
import { AuditEventConnectionType, AuditEventType, AuditFilterType, AuditVerificationType } from './audit.types.js'
import { readAudit } from './read-audit.js'

@Resolver(() => AuditEventType)
export class AuditResolver {
  @Directive('@auth(requires: [ADMIN])')
  @Query(() => AuditEventConnectionType, {
    description:
      'What was read, written and refused, and by whom; newest first. Each event is here once it is part of the chain: within two seconds.',
  })
  auditLog(
    @Ctx() { services }: Context,
    @Arg('filter', () => AuditFilterType, { nullable: true, defaultValue: {}, description: 'Which events.' })
    filter: AuditFilterType | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<AuditEventConnectionType> {
    return readAudit(services, filter, page, actionsOf(schema))
  }

  @Directive('@auth(requires: [ADMIN])')
  @Query(() => AuditVerificationType, {
    description:
      'Follows the whole chain from its beginning. A chain without a secret shows edits by hand, not one that was rewritten as a whole: keep heads elsewhere.',
  })
  verifyAuditLog(@Ctx() { services }: Context): Promise<AuditVerificationType> {
    return services.auditStore.verify()
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'Who did it. Null for the system itself.' })
  actor(@Root() { actorId }: AuditEvent, @Ctx() { services }: Context): Promise<Person> | null {
    return actorId === null ? null : services.loaders.person(actorId)
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description:
      'Whose data it was. In a DIRECT conversation its patient, in a SUPPORT conversation its user, in a GROUP nobody but who was named; what was read under an access grant is the grant’s subject’s, whoever’s conversation it was. Elsewhere who was named: of `requestAccess` and `endAccess` the grant’s subject. Null where it was nobody’s.',
  })
  subjectUser(@Root() { subjectUserId }: AuditEvent, @Ctx() { services }: Context): Promise<Person> | null {
    return subjectUserId === null ? null : services.loaders.person(subjectUserId)
  }

  @FieldResolver(() => AccessGrantType, {
    nullable: true,
    description:
      'The grant under which it was read, or that was given or ended. Null where none was needed: of `accessGrants` and refusals, too.',
  })
  accessGrant(@Root() { accessGrantId }: AuditEvent, @Ctx() { services }: Context): Promise<AccessGrant> | null {
    return accessGrantId === null ? null : services.loaders.accessGrant(accessGrantId)
  }
}
