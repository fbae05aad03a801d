import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'

const APPOINTMENT_ID = 'The host system’s id of the appointment'
const PRESCRIPTION_ID = 'The host system’s id of the prescription'
const AN_ID = '1 to 128 characters'
const A_LINE = '1 to 200 characters, shown as it is'

@ObjectType('AppointmentCard', { description: 'An appointment, as it was when the message was sent.' })
export class AppointmentCardType {
  @Field(() => ID, { description: `${APPOINTMENT_ID}.` })
  appointmentId!: string

  @Field(() => String, { description: 'What it is called.' })
  title!: string

  @Field(() => DateTime, { description: 'When it begins.' })
  startsAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it ends; null where that was not said.' })
  endsAt!: Date | null

  @Field(() => String, { nullable: true, description: 'Where it takes place; null where that was not said.' })
  location!: string | null
}

@ObjectType('PrescriptionCard', { description: 'A prescription, as it was when the message was sent.' })
export class PrescriptionCardType {
  @Field(() => ID, { description: `${PRESCRIPTION_ID}.` })
  prescriptionId!: string

  @Field(() => String, { description: 'What is to be taken.' })
  medication!: string

  @Field(() => String, { description: 'How much of it, and how often.' })
  dosage!: string

  @Field(() => String, { nullable: true, description: 'What else is to be minded; null where there is nothing.' })
  instructions!: string | null
}

@InputType('AppointmentCardInput', { description: 'An appointment to show in the conversation.' })
export class AppointmentCardInputType {
  @Field(() => ID, { description: `${APPOINTMENT_ID}: ${AN_ID}.` })
  appointmentId!: string

  @Field(() => String, { description: `What it is called: ${A_LINE}.` })
  title!: string

  @Field(() => DateTime, { description: 'When it begins.' })
  startsAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it ends: not before it begins.' })
  endsAt?: Date | null

  @Field(() => String, { nullable: true, description: `Where it takes place: ${A_LINE}.` })
  location?: string | null
}

@InputType('PrescriptionCardInput', { description: 'A prescription to show in the conversation.' })
export class PrescriptionCardInputType {
  @Field(() => ID, { description: `${PRESCRIPTION_ID}: ${AN_ID}.` })
  prescriptionId!: string

  @Field(() => String, { description: `What is to be taken: ${A_LINE}.` })
  medication!: string

  @Field(() => String, { description: `How much of it, and how often: ${A_LINE}.` })
  dosage!: string

  @Field(() => String, { nullable: true, description: 'What else is to be minded: 1 to 2,000 characters.' })
  instructions?: string | null
}
