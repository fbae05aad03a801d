import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { RoleEnum } from '../graphql/enums.js'
import { PageInfoType } from '../graphql/page.types.js'
import { DateTime } from '../graphql/scalars.js'
import type { PageInfo } from '../paging/page.js'
import type { Person, Role } from './person.js'
import type { UserInput } from './upsert-users.js'

@ObjectType('User', { description: 'A person of the host system.' })
export class UserType {
  @Field(() => ID, { description: "The host system's own id for the person: the `sub` of their token." })
  id!: string

  @Field(() => String, { description: 'The name to show: 1 to 200 characters.' })
  displayName!: string

  @Field(() => [RoleEnum], { description: 'What the person may be; a conversation knows them under one of them.' })
  roles!: Role[]

  @Field(() => Boolean, { description: 'False: their tokens are refused and their connections closed.' })
  active!: boolean

  @Field(() => String, { nullable: true, description: 'An http or https URL of a picture.' })
  avatarUrl!: string | null
}

@ObjectType('UserEdge', { description: 'A place in a list of people.' })
export class UserEdgeType {
  @Field(() => String, { description: 'Marks the place by the person: a new name moves it.' })
  cursor!: string

  @Field(() => UserType, { description: 'The person.' })
  node!: Person
}

@ObjectType('UserConnection', { description: 'A page of people.' })
export class UserConnectionType {
  @Field(() => [UserEdgeType], { description: 'By `displayName`.' })
  edges!: UserEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo
}

@ObjectType('CareRelationship', {
  description: 'A patient and a professional who may, or might once, talk to each other.',
})
export class CareRelationshipType {
  @Field(() => ID, { description: 'One for each pair of patient and professional.' })
  id!: string

  @Field(() => Boolean, { description: 'Whether they may talk.' })
  active!: boolean

  @Field(() => DateTime, { description: 'When `active` last changed.' })
  since!: Date
}

@InputType('UserInput', { description: 'A person of the host system. What is omitted stays as it is; null clears it.' })
export class UserInputType implements UserInput {
  @Field(() => ID, {
    description:
      "The `sub` of the person's token: 1 to 128 characters without control characters or surrounding white space. Each id once in a call.",
  })
  id!: string

  @Field(() => String, { description: 'The name to show: 1 to 200 characters.' })
  displayName!: string

  @Field(() => [RoleEnum], {
    description: 'At least one, each once. Their connections that have another role are closed with 4403.',
  })
  roles!: Role[]

  @Field(() => String, { nullable: true, description: 'An email address of at most 254 characters.' })
  email?: string | null

  @Field(() => String, { nullable: true, description: 'An http or https URL of at most 2,048 characters.' })
  avatarUrl?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'False refuses their tokens and closes their connections with 4403. Omitted or null is true.',
  })
  active?: boolean | null = true
}

@InputType('UpsertUsersInput', { description: 'The people to create or replace.' })
export class UpsertUsersInputType {
  @Field(() => [UserInputType], { description: 'Up to 1,000: all are stored, or none.' })
  users!: UserInputType[]
}

@InputType('CareRelationshipInput', { description: 'Whether a patient and a professional may talk to each other.' })
export class CareRelationshipInputType {
  @Field(() => ID, { description: 'A user with the role PATIENT.' })
  patientId!: string

  @Field(() => ID, { description: 'Another user, with the role PROFESSIONAL.' })
  professionalId!: string

  @Field(() => Boolean, { description: 'Setting what is set already changes nothing.' })
  active!: boolean
}

@ObjectType('UpsertUsersPayload', { description: 'The people as they are stored now.' })
export class UpsertUsersPayloadType {
  @Field(() => [UserType], { description: 'In the order of the input.' })
  users!: Person[]
}

@ObjectType('CareRelationshipPayload', { description: 'The relationship as it is stored now.' })
export class CareRelationshipPayloadType {
  @Field(() => CareRelationshipType, { description: 'The relationship.' })
  careRelationship!: CareRelationshipType
}
