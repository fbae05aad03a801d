import type { ApolloClient } from '@apollo/client'
import {
  CallDocument,
  CallSignalDocument,
  SendSignalDocument,
  type CallSignalSubscription,
  type SignalKind,
} from '../operations.js'

export interface Joining {
  sessionId: string
  viewerId: string
  /** Adds tracks, and channels: to each connection anew. */
  prepare: (connection: RTCPeerConnection) => void
}

export interface CallView {
  /** The other's voice, and their face. */
  show: (media: MediaStream) => void
  /** The other hung up, and may come back. */
  left: () => void
  /** The session is over, or the viewer has no part in it any more: then with the error. */
  end: (error?: unknown) => void
}

/** An offer that nobody answers was lost, or nobody is there yet. */
const REPEAT_MS = 2_000
const RENEW_BEFORE_MS = 60_000

/** Joins the call of two people; throws where there is none. Leaves it by what it returns. */
export const joinCall = async (client: ApolloClient, { sessionId, viewerId, prepare }: Joining, view: CallView) => {
  const readCall = async () => {
    const { data } = await client.query({ query: CallDocument, variables: { sessionId }, fetchPolicy: 'network-only' })
    const call = data?.session?.call
    if (!call) throw new Error('This session has no call.')
    const iceServers = call.iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username !== null && credential !== null ? { username, credential } : {}),
    }))
    return { iceServers, renewInMs: Date.parse(call.expiresAt) - Date.now() - RENEW_BEFORE_MS }
  }
  // One that is lost is made good by repeating the offer.
  const send = (kind: SignalKind, payload?: string) =>
    client
      .mutate({ mutation: SendSignalDocument, variables: { input: { sessionId, kind, payload } } })
      .catch(() => undefined)

  let { iceServers, renewInMs } = await readCall()
  let offering = false

  const describe = async (of: RTCPeerConnection, kind: 'OFFER' | 'ANSWER') => {
    await of.setLocalDescription()
    void send(kind, of.localDescription?.sdp)
  }
  const connect = () => {
    const made = new RTCPeerConnection({ iceServers })
    made.ontrack = ({ streams: [stream] }) => stream && view.show(stream)
    made.onicecandidate = ({ candidate }) => void (candidate && send('CANDIDATE', JSON.stringify(candidate)))
    made.onconnectionstatechange = () => void (made.connectionState === 'failed' && made.restartIce())
    made.onnegotiationneeded = () => {
      offering = true
      void describe(made, 'OFFER').finally(() => (offering = false))
    }
    prepare(made)
    return made
  }
  let connection = connect()

  const receive = async ({ kind, payload, from }: CallSignalSubscription['callSignal']) => {
    if (kind === 'HANGUP') {
      connection.close()
      connection = connect()
      return view.left()
    }
    if (kind === 'CANDIDATE') return connection.addIceCandidate(JSON.parse(payload ?? '') as RTCIceCandidateInit)
    // Of two offers at once, that of the greater id holds.
    const collides = kind === 'OFFER' && (offering || connection.signalingState !== 'stable')
    if (collides && viewerId > from.id) return
    await connection.setRemoteDescription({ type: kind === 'OFFER' ? 'offer' : 'answer', sdp: payload ?? '' })
    if (kind === 'OFFER') await describe(connection, 'ANSWER')
  }

  let renewing: ReturnType<typeof setTimeout>
  const renewLater = () => {
    renewing = setTimeout(() => {
      const renew = async () => {
        ;({ iceServers, renewInMs } = await readCall())
        connection.setConfiguration({ iceServers })
      }
      // Without new ones the connection stands as it is; it is tried again.
      void renew()
        .catch(() => (renewInMs = REPEAT_MS))
        .finally(renewLater)
    }, renewInMs)
  }
  renewLater()
  const repeating = setInterval(() => {
    const { signalingState, localDescription } = connection
    if (signalingState === 'have-local-offer') void send('OFFER', localDescription?.sdp)
  }, REPEAT_MS)
  const stop = () => {
    clearInterval(repeating)
    clearTimeout(renewing)
    connection.close()
  }
  const end = (error?: unknown) => {
    stop()
    view.end(error)
  }
  const running = client.subscribe({ query: CallSignalDocument, variables: { sessionId } }).subscribe({
    next: ({ data, error }) => {
      if (error) end(error)
      // What does not fit belongs to an offer that was given up.
      else if (data) void receive(data.callSignal).catch(() => undefined)
    },
    complete: () => end(),
  })
  return () => {
    running.unsubscribe()
    stop()
    void send('HANGUP')
  }
}
