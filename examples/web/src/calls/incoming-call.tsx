import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { moneyText } from '../money-text.js'
import { errorText } from '../error-text.js'
import type { DemoPerson } from '../people.js'
import { goTo, paths } from '../routes.js'
import { strings } from '../strings.js'
import type { RunningCall } from './running-calls.js'

interface Props {
  session: RunningCall
  person: DemoPerson
  onAccept: () => Promise<void>
  onLater: () => void
}

const nameOf = ({ professional, patient, conversation }: RunningCall, viewerId: string) =>
  professional.id === viewerId ? (patient?.displayName ?? conversation.title ?? '') : professional.displayName

/** A call that runs, and that the viewer is not in. */
export const IncomingCall = ({ session, person, onAccept, onLater }: Props) => {
  const [error, setError] = useState<unknown>()
  const [isJoining, setIsJoining] = useState(false)
  const title = strings.calls.incoming[session.type === 'VIDEO' ? 'VIDEO' : 'VOICE'](nameOf(session, person.id))
  const paysOnJoining = session.patient === null && session.conversation.viewer?.role === 'PATIENT'
  const accept = () => {
    setIsJoining(true)
    onAccept()
      .then(() => goTo(paths.conversation(session.conversation.id)), setError)
      .finally(() => setIsJoining(false))
  }
  return (
    <Paper component="section" aria-label={title} shadow="lg" withBorder p="md" w={360} maw="100%" mb="xs">
      <Stack gap="xs">
        <Text fw={600}>{title}</Text>
        <Text size="sm">
          {paysOnJoining && session.rate
            ? strings.calls.incomingCosts(moneyText(session.rate))
            : strings.calls.incomingHint}
        </Text>
        {error !== undefined && <Text size="sm">{errorText(error)}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onLater}>
            {strings.calls.later}
          </Button>
          <Button loading={isJoining} onClick={accept}>
            {strings.calls.accept}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
