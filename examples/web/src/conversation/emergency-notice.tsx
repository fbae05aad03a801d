import { Alert, Button, Text } from '@mantine/core'
import { IconUrgent } from '@tabler/icons-react'
import type { ChatMessage } from '@colloquy/apollo'
import { useState } from 'react'
import { timeText } from '../date-text.js'
import { strings } from '../strings.js'
import { showError } from '../show-error.js'
import { useThread, type Thread } from './thread.js'

type Emergency = NonNullable<ChatMessage['emergency']>

const texts = strings.conversation.emergency

const stateOf = ({ acknowledgedAt, acknowledgedBy, escalatedAt }: Emergency) => {
  if (acknowledgedAt !== null)
    return acknowledgedBy
      ? texts.acknowledgedBy(acknowledgedBy.displayName, timeText(acknowledgedAt))
      : texts.acknowledged(timeText(acknowledgedAt))
  return escalatedAt === null ? texts.waiting : texts.escalated
}

/** Professionals, outside the support desk, and administrators; never who called for help. */
const mayAcknowledge = ({ flaggedBy }: Emergency, { person, viewer, conversation }: Thread) => {
  if (flaggedBy.id === person.id) return false
  if (person.roles.includes('ADMIN')) return true
  return viewer?.role === 'PROFESSIONAL' && conversation?.kind !== 'SUPPORT'
}

interface Props {
  messageId: string
  emergency: Emergency
  tabIndex: number
}

export const EmergencyNotice = ({ messageId, emergency, tabIndex }: Props) => {
  const thread = useThread()
  const [isBusy, setBusy] = useState(false)
  const acknowledge = () => {
    setBusy(true)
    thread.actions
      .acknowledgeEmergency(messageId)
      .catch(showError)
      .finally(() => setBusy(false))
  }
  const isOpen = emergency.acknowledgedAt === null
  return (
    <Alert color="red" variant={isOpen ? 'filled' : 'outline'} title={texts.label} icon={<IconUrgent />} mb="xs" p="xs">
      <Text size="sm">{stateOf(emergency)}</Text>
      {isOpen && mayAcknowledge(emergency, thread) && (
        <Button
          mt="xs"
          size="xs"
          tabIndex={tabIndex}
          variant="white"
          color="red.9"
          loading={isBusy}
          onClick={acknowledge}
        >
          {texts.acknowledge}
        </Button>
      )}
    </Alert>
  )
}
