import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'

@ObjectType('Emergency', { description: 'A message that somebody has to see to at once.' })
export class EmergencyType {
  @Field(() => DateTime, { description: 'When it was flagged: with the message, or later.' })
  flaggedAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When somebody took it on; null while nobody has.' })
  acknowledgedAt!: Date | null

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When all admins were alerted, because nobody had acknowledged it in time (5 minutes unless configured otherwise); null where they were not. From then on any admin may acknowledge it; before, only those who take part.',
  })
  escalatedAt!: Date | null
}

@InputType('EmergencyInput', { description: 'A message.' })
export class EmergencyInputType {
  @Field(() => ID, { description: 'The message. What the viewer may not see is NOT_FOUND.' })
  messageId!: string
}
