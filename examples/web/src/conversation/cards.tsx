import { Group, Stack, Text } from '@mantine/core'
import { IconCalendarEvent, IconPill } from '@tabler/icons-react'
import type { ChatMessage } from '@colloquy/apollo'
import { dateTimeText, isSameDay, timeText } from '../date-text.js'
import { strings } from '../strings.js'

type Appointment = NonNullable<ChatMessage['appointment']>
type Prescription = NonNullable<ChatMessage['prescription']>

const texts = strings.conversation

const periodOf = ({ startsAt, endsAt }: Appointment) => {
  if (!endsAt) return dateTimeText(startsAt)
  return `${dateTimeText(startsAt)} – ${isSameDay(startsAt, endsAt) ? timeText(endsAt) : dateTimeText(endsAt)}`
}

export const AppointmentCard = ({ appointment }: { appointment: Appointment }) => (
  <Group wrap="nowrap" align="flex-start">
    <IconCalendarEvent aria-hidden />
    <Stack gap={0}>
      <Text size="xs">{texts.kinds.APPOINTMENT}</Text>
      <Text fw={600}>{appointment.title}</Text>
      <Text size="sm">{periodOf(appointment)}</Text>
      {appointment.location !== null && (
        <Text size="sm">
          {texts.where}: {appointment.location}
        </Text>
      )}
    </Stack>
  </Group>
)

export const PrescriptionCard = ({ prescription }: { prescription: Prescription }) => (
  <Group wrap="nowrap" align="flex-start">
    <IconPill aria-hidden />
    <Stack gap={0}>
      <Text size="xs">{texts.kinds.PRESCRIPTION}</Text>
      <Text fw={600}>{prescription.medication}</Text>
      <Text size="sm">
        {texts.dosage}: {prescription.dosage}
      </Text>
      {prescription.instructions !== null && (
        <Text size="sm">
          {texts.instructions}: {prescription.instructions}
        </Text>
      )}
    </Stack>
  </Group>
)
