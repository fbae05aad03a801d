import type { CallSignalSubscription, SignalKind } from '../operations.js'

type Signal = CallSignalSubscription['callSignal']
export type Link = 'RINGING' | 'CONNECTING' | 'CONNECTED' | 'RECONNECTING' | 'LEFT'

interface PeerOptions {
  iceServers: RTCIceServer[]
  kinds: readonly ('audio' | 'video')[]
  /** The viewer's own; null: they only watch and listen. */
  media: MediaStream | null
  /** Of two offers at once, theirs holds. */
  yields: boolean
  send: (kind: SignalKind, payload?: string) => void
  changed: () => void
}

/** An offer that nobody answers was lost, or nobody is there yet. */
const REPEAT_MS = 2_000

/** The page that made a description: another after a reload. */
const originOf = (description: string | null | undefined) => /^o=\S+ (\S+)/m.exec(description ?? '')?.[1]

/** The media between the viewer and one other person, by perfect negotiation. */
export class Peer {
  link: Link = 'RINGING'
  media: MediaStream | null = null
  #connection: RTCPeerConnection
  #isOffering = false
  #isClosed = false
  #queue: Promise<void> = Promise.resolve()
  readonly #repeating: ReturnType<typeof setInterval>

  constructor(private readonly options: PeerOptions) {
    this.#connection = this.#connect()
    this.#repeating = setInterval(() => this.#repeat(), REPEAT_MS)
  }

  /** One after the other; what does not fit belongs to an offer that was given up. */
  take(signal: Signal): void {
    this.#queue = this.#queue.then(() => this.#receive(signal)).catch(() => undefined)
  }

  renew(iceServers: RTCIceServer[]): void {
    this.options.iceServers = iceServers
    this.#connection.setConfiguration({ iceServers })
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#repeating)
    this.#connection.close()
  }

  #connect(): RTCPeerConnection {
    const { iceServers, kinds, media, send } = this.options
    const made = new RTCPeerConnection({ iceServers })
    made.ontrack = ({ streams: [stream] }) => this.#show({ media: stream ?? null })
    made.onicecandidate = ({ candidate }) => candidate && send('CANDIDATE', JSON.stringify(candidate))
    made.onconnectionstatechange = () => this.#followState(made)
    made.onnegotiationneeded = () => void this.#describe(made, 'OFFER')
    for (const kind of kinds) {
      const track = media?.getTracks().find(track => track.kind === kind)
      if (track && media) made.addTransceiver(track, { streams: [media] })
      else made.addTransceiver(kind, { direction: 'recvonly' })
    }
    return made
  }

  #reset(link: Link): void {
    this.#connection.close()
    this.#connection = this.#connect()
    this.#show({ link, media: null })
  }

  #followState(made: RTCPeerConnection): void {
    const { connectionState } = made
    if (connectionState === 'failed') made.restartIce()
    if (connectionState === 'connected') this.#show({ link: 'CONNECTED' })
    else if (this.link === 'CONNECTED' && made === this.#connection) this.#show({ link: 'RECONNECTING' })
  }

  async #describe(of: RTCPeerConnection, kind: 'OFFER' | 'ANSWER'): Promise<void> {
    this.#isOffering ||= kind === 'OFFER'
    try {
      await of.setLocalDescription()
      this.options.send(kind, of.localDescription?.sdp)
    } catch {
      // It was closed meanwhile, or the other's offer came first.
    } finally {
      if (kind === 'OFFER') this.#isOffering = false
    }
  }

  async #receive({ kind, payload }: Signal): Promise<void> {
    if (this.#isClosed) return
    if (kind === 'HANGUP') return this.#reset('LEFT')
    if (kind === 'CANDIDATE') return this.#connection.addIceCandidate(JSON.parse(payload ?? '') as RTCIceCandidateInit)
    const before = originOf(this.#connection.currentRemoteDescription?.sdp)
    if (kind === 'OFFER' && before !== undefined && before !== originOf(payload)) this.#reset('CONNECTING')
    const collides = kind === 'OFFER' && (this.#isOffering || this.#connection.signalingState !== 'stable')
    if (collides && !this.options.yields) return
    await this.#connection.setRemoteDescription({ type: kind === 'OFFER' ? 'offer' : 'answer', sdp: payload ?? '' })
    if (this.link === 'RINGING' || this.link === 'LEFT') this.#show({ link: 'CONNECTING' })
    if (kind === 'OFFER') await this.#describe(this.#connection, 'ANSWER')
  }

  #repeat(): void {
    const { signalingState, localDescription } = this.#connection
    if (signalingState === 'have-local-offer') this.options.send('OFFER', localDescription?.sdp)
  }

  #show(change: { link?: Link; media?: MediaStream | null }): void {
    Object.assign(this, change)
    this.options.changed()
  }
}
