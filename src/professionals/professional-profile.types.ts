import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { MoneyInputType, MoneyType } from '../billing/money.types.js'
import { SessionTypeEnum } from '../graphql/enums.js'
import type { Person } from '../people/person.js'
import { UserType } from '../people/people.types.js'
import type { SessionType } from '../sessions/session.js'
import type { ProfessionalProfile, SessionRate } from './professional-profile.js'
import type { ProfileInput } from './set-profile.js'

@ObjectType('SessionRate', { description: 'What a kind of session costs.' })
export class SessionRateType implements SessionRate {
  @Field(() => SessionTypeEnum, { description: 'The kind of session.' })
  type!: SessionType

  @Field(() => MoneyType, { description: 'For a minute; in a group, for each patient.' })
  perMinute!: MoneyType
}

@ObjectType('ProfessionalProfile', { description: 'What somebody offers as a professional.' })
export class ProfessionalProfileType implements ProfessionalProfile {
  @Field(() => ID, { description: "The user's." })
  id!: string

  @Field(() => String, { nullable: true, description: 'What they practise: up to 200 characters.' })
  specialty!: string | null

  @Field(() => Boolean, {
    description: 'Whether new sessions may be opened with them now. At first, they may.',
  })
  acceptingSessions!: boolean

  @Field(() => [SessionTypeEnum], { description: 'The kinds that they offer. At first, all of them.' })
  sessionTypes!: SessionType[]

  @Field(() => [SessionRateType], {
    description: 'What a minute costs, for each type of session; a type without a rate is free.',
  })
  rates!: SessionRate[]
}

@InputType('SessionRateInput', { description: 'What a kind of session costs.' })
export class SessionRateInputType implements SessionRate {
  @Field(() => SessionTypeEnum, { description: 'The kind of session: each once.' })
  type!: SessionType

  @Field(() => MoneyInputType, {
    description: 'For a minute: from 1 to 1,000,000,000 in the smallest unit. What is free has no rate.',
  })
  perMinute!: MoneyInputType
}

@InputType('ProfessionalProfileInput', {
  description: 'What is omitted stays as it is. Sessions that run keep the rate with which they started.',
})
export class ProfessionalProfileInputType implements ProfileInput {
  @Field(() => ID, {
    nullable: true,
    description:
      'Whose: the viewer’s without it. Another’s is FORBIDDEN but to admins; who is no professional, BAD_USER_INPUT.',
  })
  userId?: string | null

  @Field(() => String, { nullable: true, description: 'Up to 200 characters; null clears it.' })
  specialty?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether new sessions may be opened with them, as by `setAccepting`; null: they may.',
  })
  acceptingSessions?: boolean | null

  @Field(() => [SessionTypeEnum], { nullable: true, description: 'The kinds that they offer; null: all of them.' })
  sessionTypes?: SessionType[] | null

  @Field(() => [SessionRateInputType], { nullable: true, description: 'In place of those before; null: all is free.' })
  rates?: SessionRateInputType[] | null
}

@InputType('SetAcceptingInput', { description: 'Whether new sessions may be opened.' })
export class SetAcceptingInputType {
  @Field(() => Boolean, { description: 'False: `createSession` is PROFESSIONAL_UNAVAILABLE. What runs goes on.' })
  accepting!: boolean
}

@ObjectType('UserPayload', { description: 'The person as they are now.' })
export class UserPayloadType {
  @Field(() => UserType, { description: 'The person.' })
  user!: Person
}
