import { badInput, notFound } from '../errors.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import { findSessionAccess } from '../sessions/session-access.js'
import { MAX_SIGNAL_BYTES, type SignalKind } from './call.js'
import { findOthers } from './call-access.js'

type Needs = Pick<Services, 'calls' | 'conversations' | 'grants' | 'limits' | 'loaders' | 'sessions'>

export interface SendSignalInput {
  sessionId: string
  kind: SignalKind
  payload?: string | null
  toUserId?: string | null
}

const readPayload = ({ kind, payload = null }: SendSignalInput): string | null => {
  if (kind !== 'HANGUP' && !payload?.trim())
    throw badInput('input.payload', `The payload of ${kind} must not be empty.`)
  if (payload !== null && Buffer.byteLength(payload) > MAX_SIGNAL_BYTES)
    throw badInput('input.payload', `The payload must not be longer than ${MAX_SIGNAL_BYTES} bytes.`)
  return payload
}

const readAddressees = (others: string[], toUserId: string | null | undefined): string[] => {
  if (toUserId === null || toUserId === undefined) return others
  if (!others.includes(toUserId)) throw notFound('other participant', 'input.toUserId')
  return [toUserId]
}

/** Answers how many participants were connected to receive it. */
export const sendSignal = (needs: Needs, viewer: Asker, input: SendSignalInput): Promise<number> =>
  needs.calls.inTurn(viewer.userId, async () => {
    const payload = readPayload(input)
    await needs.limits.consume('signals', viewer.userId)
    const { session, ...access } = await findSessionAccess(needs, viewer, input.sessionId, 'input.sessionId')
    if (viewer.trail) viewer.trail.about.conversationId = session.conversationId
    const others = await findOthers(needs, session, { viewer, ...access }, 'input.sessionId')
    const toIds = readAddressees(others, input.toUserId)
    return needs.calls.send({ sessionId: session.id, fromId: viewer.userId, toIds, kind: input.kind, payload })
  })
