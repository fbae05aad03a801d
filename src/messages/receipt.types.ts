import { Field, ObjectType } from 'type-graphql'
import { DeliveryStatusEnum } from '../graphql/enums.js'
import { DateTime } from '../graphql/scalars.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { DeliveryStatus, Receipt } from './receipt.js'

@ObjectType('Receipt', { description: 'How far a message has come with one of its recipients.' })
export class ReceiptType implements Receipt {
  @Field(() => UserType, { description: 'The recipient; of the support desk, the admin who came furthest.' })
  user!: Person

  @Field(() => DeliveryStatusEnum, { description: 'How far it has come with them.' })
  status!: DeliveryStatus

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was marked as delivered, or as read before that; null while it is SENT.',
  })
  deliveredAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When it was marked as read; null until then.' })
  readAt!: Date | null
}
