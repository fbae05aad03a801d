import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { ProfessionalProfile } from './professional-profile.js'
import {
  ProfessionalProfileInputType,
  ProfessionalProfileType,
  SetAcceptingInputType,
  UserPayloadType,
} from './professional-profile.types.js'
import { setAccepting, setProfile } from './set-profile.js'

@Resolver(() => UserType)
export class ProfessionalProfileResolver {
  @Directive('@auth(requires: [PROFESSIONAL, ADMIN])')
  @Mutation(() => UserPayloadType, {
    nullable: true,
    description: "One's own, or, for an admin, anyone's. BAD_USER_INPUT names the offending field.",
  })
  async setProfessionalProfile(
    @Ctx() context: Context,
    @Arg('input', () => ProfessionalProfileInputType, { description: 'What they offer.' })
    input: ProfessionalProfileInputType,
  ): Promise<UserPayloadType> {
    const { id } = await setProfile(context.services, requireViewer(context), input)
    return { user: await context.services.loaders.person(id) }
  }

  @Directive('@auth(requires: [PROFESSIONAL])')
  @Mutation(() => UserPayloadType, {
    nullable: true,
    description: 'Whether new sessions may be opened with the viewer, by anyone.',
  })
  async setAccepting(
    @Ctx() context: Context,
    @Arg('input', () => SetAcceptingInputType, { description: 'Whether they may.' }) input: SetAcceptingInputType,
  ): Promise<UserPayloadType> {
    const { id } = await setAccepting(context.services, requireViewer(context), input.accepting)
    return { user: await context.services.loaders.person(id) }
  }

  @FieldResolver(() => ProfessionalProfileType, {
    nullable: true,
    description: 'Null unless the user is a professional.',
  })
  professional(@Root() { id, roles }: Person, @Ctx() { services }: Context): Promise<ProfessionalProfile> | null {
    return roles.includes('PROFESSIONAL') ? services.loaders.profile(id) : null
  }
}
