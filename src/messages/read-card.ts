import { badInput } from '../errors.js'
import { externalId } from '../limits/ids.js'
import { cleanOptionalText, cleanText } from '../limits/text.js'
import type { AppointmentCard, Message, MessageKind, PrescriptionCard } from './message.js'

export interface AppointmentCardInput {
  appointmentId: string
  title: string
  startsAt: Date
  endsAt?: Date | null
  location?: string | null
}

export interface PrescriptionCardInput {
  prescriptionId: string
  medication: string
  dosage: string
  instructions?: string | null
}

export interface CardInputs {
  appointment?: AppointmentCardInput | null
  prescription?: PrescriptionCardInput | null
}

const LINE = { max: 200 }
const PARAGRAPH = { max: 2_000 }

const readAppointment = (field: string, card: AppointmentCardInput): AppointmentCard => {
  const { startsAt } = card
  const endsAt = card.endsAt ?? null
  if (endsAt !== null && endsAt < startsAt)
    throw badInput(`${field}.endsAt`, 'An appointment does not end before it starts.')
  return {
    appointmentId: externalId(`${field}.appointmentId`, card.appointmentId),
    title: cleanText(`${field}.title`, card.title, LINE),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    location: cleanOptionalText(`${field}.location`, card.location, LINE),
  }
}

const readPrescription = (field: string, card: PrescriptionCardInput): PrescriptionCard => ({
  prescriptionId: externalId(`${field}.prescriptionId`, card.prescriptionId),
  medication: cleanText(`${field}.medication`, card.medication, LINE),
  dosage: cleanText(`${field}.dosage`, card.dosage, LINE),
  instructions: cleanOptionalText(`${field}.instructions`, card.instructions, PARAGRAPH),
})

/** The card of a message of that kind, which has the one of its name and no other; null where the kind has none. */
export const readCard = (kind: MessageKind, { appointment, prescription }: CardInputs): Message['card'] => {
  requireFit('input.appointment', kind === 'APPOINTMENT', appointment)
  requireFit('input.prescription', kind === 'PRESCRIPTION', prescription)
  if (appointment) return readAppointment('input.appointment', appointment)
  return prescription ? readPrescription('input.prescription', prescription) : null
}

const requireFit = (field: string, wanted: boolean, card: object | null | undefined) => {
  if (wanted && !card) throw badInput(field, 'A message of this kind needs it.')
  if (!wanted && card) throw badInput(field, 'It does not go with this kind of message.')
}

/** The card of an APPOINTMENT, with its instants. */
export const appointmentOf = ({ kind, card }: Pick<Message, 'kind' | 'card'>) => {
  if (kind !== 'APPOINTMENT' || card === null) return null
  const { startsAt, endsAt, ...rest } = card as AppointmentCard
  return { ...rest, startsAt: new Date(startsAt), endsAt: endsAt === null ? null : new Date(endsAt) }
}

export const prescriptionOf = ({ kind, card }: Pick<Message, 'kind' | 'card'>): PrescriptionCard | null =>
  kind === 'PRESCRIPTION' ? (card as PrescriptionCard | null) : null
