import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { AuditEvent } from './audit-event.js'
import { AuditEventConnectionType, AuditEventType, AuditFilterType, AuditVerificationType } from './audit.types.js'
import { readAudit } from './read-audit.js'

@Resolver(() => AuditEventType)
export class AuditResolver {
  @Directive('@auth(requires: [ADMIN])')
  @Query(() => AuditEventConnectionType, {
    description:
      'What was read, written and refused, and by whom; newest first. Writes are there at once, reads and refusals within a second, and all of it becomes part of the chain within another.',
  })
  auditLog(
    @Ctx() { services }: Context,
    @Arg('filter', () => AuditFilterType, { nullable: true, defaultValue: {}, description: 'Which events.' })
    filter: AuditFilterType | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<AuditEventConnectionType> {
    return readAudit(services, filter, page)
  }

  @Directive('@auth(requires: [ADMIN])')
  @Query(() => AuditVerificationType, {
    description:
      'Follows the whole chain from its beginning, or from the anchor that was left where its oldest events were removed. A chain without a secret shows edits by hand, not one that was rewritten as a whole: keep heads elsewhere.',
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
    description: 'Whose data it was: who was named, or the patient of the conversation. Null where it was nobody’s.',
  })
  subjectUser(@Root() { subjectUserId }: AuditEvent, @Ctx() { services }: Context): Promise<Person> | null {
    return subjectUserId === null ? null : services.loaders.person(subjectUserId)
  }
}
