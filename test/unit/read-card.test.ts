import { describe, expect, test } from '@jest/globals'
import { DomainError } from '../../src/errors.js'
import type { MessageKind } from '../../src/messages/message.js'
import { type CardInputs, readCard } from '../../src/messages/read-card.js'

const startsAt = new Date('2026-11-21T09:00:00.000Z')
const appointment = { appointmentId: 'a-1', title: ' Check-up ', startsAt }
const prescription = { prescriptionId: 'p-1', medication: 'Ibuprofen', dosage: '400 mg', instructions: '  ' }

const fieldOf = (kind: MessageKind, input: CardInputs) => {
  try {
    return readCard(kind, input)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'BAD_USER_INPUT') return error.details.field
    throw error
  }
}

describe('003.6 cards', () => {
  test('are kept as they are given, without white space around them', () => {
    expect(readCard('APPOINTMENT', { appointment })).toEqual({
      appointmentId: 'a-1',
      title: 'Check-up',
      startsAt: '2026-11-21T09:00:00.000Z',
      endsAt: null,
      location: null,
    })
    expect(readCard('PRESCRIPTION', { prescription })).toEqual({ ...prescription, instructions: null })
    expect(readCard('TEXT', {})).toBeNull()
  })

  test.each<[string, MessageKind, CardInputs]>([
    ['input.appointment', 'APPOINTMENT', {}],
    ['input.appointment', 'TEXT', { appointment }],
    ['input.prescription', 'APPOINTMENT', { appointment, prescription }],
    ['input.prescription', 'PRESCRIPTION', { prescription: null }],
    ['input.appointment', 'PRESCRIPTION', { appointment, prescription }],
    ['input.appointment.appointmentId', 'APPOINTMENT', { appointment: { ...appointment, appointmentId: ' ' } }],
    ['input.appointment.title', 'APPOINTMENT', { appointment: { ...appointment, title: ' ' } }],
    ['input.appointment.endsAt', 'APPOINTMENT', { appointment: { ...appointment, endsAt: new Date(0) } }],
    ['input.appointment.location', 'APPOINTMENT', { appointment: { ...appointment, location: 'x'.repeat(201) } }],
    ['input.prescription.prescriptionId', 'PRESCRIPTION', { prescription: { ...prescription, prescriptionId: '' } }],
    ['input.prescription.medication', 'PRESCRIPTION', { prescription: { ...prescription, medication: '' } }],
    ['input.prescription.dosage', 'PRESCRIPTION', { prescription: { ...prescription, dosage: '\u0000' } }],
    [
      'input.prescription.instructions',
      'PRESCRIPTION',
      { prescription: { ...prescription, instructions: 'x'.repeat(2_001) } },
    ],
  ])('a wrong one is refused with its field, %s', (field, kind, input) => {
    expect(fieldOf(kind, input)).toBe(field)
  })
})
