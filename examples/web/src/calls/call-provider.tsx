import { Affix, Paper } from '@mantine/core'
import { JoinSessionDocument } from '@colloquy/apollo'
import { useChatClient } from '@colloquy/apollo/react'
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { DemoPerson } from '../people.js'
import { useRoute } from '../routes.js'
import { showError } from '../show-error.js'
import { Call, type CallSession } from './call.js'
import { CallView } from './call-view.js'
import { IncomingCall } from './incoming-call.js'
import { useRunningCalls } from './running-calls.js'

interface Joining extends CallSession {
  participants: readonly { leftAt: string | null; user: { id: string } }[]
}

interface Calls {
  /** The one that the viewer is in, on this page. */
  call: Call | null
  /** Joins the session too, where the viewer is not in it. */
  accept: (session: Joining) => Promise<void>
}

const CallsContext = createContext<Calls>({ call: null, accept: async () => {} })

export const useCalls = (): Calls => use(CallsContext)

const useCall = (person: DemoPerson): Calls => {
  const client = useChatClient()
  const [session, setSession] = useState<CallSession | null>(null)
  const [call, setCall] = useState<Call | null>(null)
  useEffect(() => {
    if (!session) return
    // Here, where it is hung up too: who has signed out while they joined is in no call.
    const opened = new Call(client, person.id, session)
    setCall(opened)
    const unsubscribe = opened.state.subscribe(() => {
      const { status, error } = opened.state.get()
      if (status !== 'OVER') return
      setSession(null)
      if (error) showError(error)
    })
    return () => {
      unsubscribe()
      opened.hangUp()
      setCall(null)
    }
  }, [client, person.id, session])
  return useMemo(() => {
    const accept = async (joining: Joining) => {
      const isIn = joining.participants.some(({ user, leftAt }) => user.id === person.id && leftAt === null)
      const variables = { input: { sessionId: joining.id } }
      if (!isIn) await client.mutate({ mutation: JoinSessionDocument, variables })
      setSession(joining)
    }
    return { call, accept }
  }, [call, client, person.id])
}

const useIncoming = (call: Call | null) => {
  const running = useRunningCalls()
  const [postponed, setPostponed] = useState<readonly string[]>([])
  const incoming = running.find(({ id }) => id !== call?.sessionId && !postponed.includes(id))
  return { incoming, postpone: (id: string) => setPostponed(before => [...before, id]) }
}

/** Keeps the viewer's call while they look at other conversations, and tells of those that they are called to. */
export const CallProvider = ({ person, children }: { person: DemoPerson; children: ReactNode }) => {
  const calls = useCall(person)
  const { incoming, postpone } = useIncoming(calls.call)
  const route = useRoute()
  const { call } = calls
  const isBeside = call && !(route.at === 'CONVERSATION' && route.id === call.conversationId)
  const accept = async (session: Joining) => {
    await calls.accept(session)
    // Who hangs up is not called again at once.
    postpone(session.id)
  }
  return (
    <CallsContext value={calls}>
      {children}
      <Affix position={{ bottom: 16, right: 16 }} withinPortal={false} maw="calc(100vw - 32px)">
        <div aria-live="assertive">
          {incoming && (
            <IncomingCall
              key={incoming.id}
              session={incoming}
              person={person}
              onAccept={() => accept(incoming)}
              onLater={() => postpone(incoming.id)}
            />
          )}
        </div>
        {isBeside && (
          <Paper shadow="lg" withBorder w={360} maw="100%">
            <CallView call={call} isSmall />
          </Paper>
        )}
      </Affix>
    </CallsContext>
  )
}
