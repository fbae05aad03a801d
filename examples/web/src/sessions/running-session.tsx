import { Button, Group, Text } from '@mantine/core'
import { costsOf, type ChatSession } from '@colloquy/apollo'
import type { useSession } from '@colloquy/apollo/react'
import { useState } from 'react'
import { moneyText } from '../money-text.js'
import { useCalls } from '../calls/call-provider.js'
import { durationText } from '../duration-text.js'
import { errorText } from '../error-text.js'
import type { DemoPerson } from '../people.js'
import { strings } from '../strings.js'
import { EndSession } from './end-session.js'
import { SessionIcon } from './session-icon.js'

interface Props {
  running: ReturnType<typeof useSession>
  session: ChatSession
  person: DemoPerson
  /** The viewer's role in the conversation; null: they only look on. */
  role: 'PATIENT' | 'PROFESSIONAL' | 'ADMIN' | null
  onEnded: () => void
}

const Running = ({ running, session, person }: Pick<Props, 'running' | 'session' | 'person'>) => {
  const { cost, viewerCost } = costsOf(running, person.id)
  const shown = session.patient || viewerCost === null ? cost : viewerCost
  return (
    <Group gap="xs" role="group" aria-label={strings.sessions.running}>
      <SessionIcon type={session.type} />
      <Text size="sm" fw={600}>
        {strings.sessions.types[session.type]}
      </Text>
      <Text size="sm" role="timer" aria-label={strings.sessions.time} aria-live="off">
        {durationText(running.seconds)}
      </Text>
      <Text size="sm">{shown ? strings.sessions.cost(moneyText(shown)) : strings.sessions.free}</Text>
    </Group>
  )
}

/** What runs, and what can be done about it. In a group patients come and go; the others end it. */
export const RunningSession = ({ running, session, person, role, onEnded }: Props) => {
  const calls = useCalls()
  const [error, setError] = useState<unknown>()
  const isIn = session.participants.some(({ user, leftAt }) => user.id === person.id && leftAt === null)
  const isGroup = session.patient === null
  const attempt = (work: Promise<unknown>) => {
    setError(undefined)
    work.catch(setError)
  }
  const end = async (reason?: string) => {
    await running.end(session.id, reason)
    onEnded()
  }
  const isOfCall = session.type !== 'CHAT' && calls.call?.sessionId !== session.id
  return (
    <>
      <Running running={running} session={session} person={person} />
      {role !== null && (
        <Group gap="xs">
          {isOfCall && (
            <Button size="xs" onClick={() => attempt(calls.accept(session))}>
              {strings.calls.join}
            </Button>
          )}
          {!isIn && session.type === 'CHAT' && (
            <Button size="xs" onClick={() => attempt(running.join(session.id))}>
              {session.rate && role === 'PATIENT'
                ? strings.sessions.joinFor(moneyText(session.rate))
                : strings.sessions.join}
            </Button>
          )}
          {isIn && isGroup && (
            <Button size="xs" variant="default" onClick={() => attempt(running.leave(session.id))}>
              {strings.sessions.leave}
            </Button>
          )}
          {(!isGroup || role !== 'PATIENT') && <EndSession end={end} />}
        </Group>
      )}
      {error !== undefined && (
        <Text size="sm" role="alert">
          {errorText(error)}
        </Text>
      )}
    </>
  )
}
