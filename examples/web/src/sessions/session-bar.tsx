import { Alert, Button, Group, Paper } from '@mantine/core'
import type { SessionType } from '@colloquy/apollo'
import { useSession } from '@colloquy/apollo/react'
import { useState } from 'react'
import { CallView } from '../calls/call-view.js'
import { useCalls } from '../calls/call-provider.js'
import { errorText } from '../error-text.js'
import type { DemoPerson } from '../people.js'
import { showError } from '../show-error.js'
import { strings } from '../strings.js'
import { RunningSession } from './running-session.js'
import { SessionHistory } from './session-history.js'
import { useSessionOffer } from './session-offer.js'
import { SessionSummary } from './session-summary.js'
import { StartSession } from './start-session.js'

/** The session of a conversation: to start, while it runs, and what became of it. */
export const SessionBar = ({ conversationId, person }: { conversationId: string; person: DemoPerson }) => {
  const { conversation, offer, refetch } = useSessionOffer(conversationId)
  const running = useSession(conversationId)
  const calls = useCalls()
  const [endedHere, setEndedHere] = useState<string>()
  const [closed, setClosed] = useState<string>()
  const { session } = running
  if (!conversation || conversation.kind === 'SUPPORT' || running.status === 'LOADING') return null

  const start = async (type: SessionType) => {
    const { data } = await running.start(type)
    const started = data?.createSession?.session
    if (started && type !== 'CHAT') await calls.accept(started)
  }
  const isActive = session?.status === 'ACTIVE'
  return (
    <section aria-label={strings.sessions.region}>
      {running.status === 'ENDED' && (
        <Alert color="red" role="alert" radius={0} title={strings.sessions.stale}>
          <Group justify="space-between">
            {errorText(running.error)}
            <Button size="xs" onClick={running.reopen}>
              {strings.common.tryAgain}
            </Button>
          </Group>
        </Alert>
      )}
      <Paper px="md" py={6} radius={0} withBorder>
        <Group justify="space-between" gap="xs">
          {isActive && (
            <RunningSession
              running={running}
              session={session}
              person={person}
              role={conversation.viewer?.role ?? null}
              onEnded={() => setEndedHere(session.id)}
            />
          )}
          {!isActive && offer && running.status === 'LIVE' && (
            <StartSession offer={offer} start={start} onOpen={() => void refetch().catch(showError)} />
          )}
          <Group ms="auto">
            <SessionHistory conversationId={conversationId} />
          </Group>
        </Group>
      </Paper>
      <div role="status">
        {session && !isActive && closed !== session.id && (
          <SessionSummary
            session={session}
            takesFocus={endedHere === session.id}
            onClose={() => setClosed(session.id)}
          />
        )}
      </div>
      {calls.call?.conversationId === conversationId && <CallView call={calls.call} />}
    </section>
  )
}
