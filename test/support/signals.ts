import type { TestPerson } from './make.js'
import type { Subscription } from './subscription.js'

export interface Followed {
  callSignal: { sessionId: string; kind: string; payload: string | null; from: { id: string } }
}

export interface Sent {
  sendSignal: { recipients: number }
}

export const FOLLOW =
  'subscription ($sessionId: ID!) { callSignal(sessionId: $sessionId) { sessionId kind payload from { id } } }'
export const SEND = 'mutation ($input: SignalInput!) { sendSignal(input: $input) { recipients } }'

export const follow = async (viewer: TestPerson, sessionId: string) =>
  (await viewer.connect()).subscribe<Followed>(FOLLOW, { sessionId })

/** How many were connected to receive it. */
export const sendSignal = async (sender: TestPerson, input: Record<string, unknown>) =>
  (await sender.request<Sent>(SEND, { input })).sendSignal.recipients

/** Once it resolves the receiver follows, and nothing waits. Others hear nothing of it. */
export const untilHeard = async (
  sender: TestPerson,
  receiver: TestPerson,
  events: Subscription<Followed>,
  sessionId: string,
) => {
  const send = (kind: string, payload: string) =>
    sendSignal(sender, { sessionId, kind, payload, toUserId: receiver.id })
  let heard = false
  const first = events.next().finally(() => (heard = true))
  while (!heard) await send('CANDIDATE', 'Is anybody there?')
  await first
  await send('HANGUP', 'Heard.')
  await events.until(({ callSignal: { payload } }) => payload === 'Heard.')
}
