import {
  chatError,
  SessionView,
  Store,
  type ChatClient,
  type ChatError,
  type Readable,
  type SessionType,
} from '@colloquy/apollo'
import { CallDocument, CallSignalDocument, SendSignalDocument, type SignalKind } from '../operations.js'
import { deviceProblem, hasDevices, openDevices, stopDevices, type DeviceProblem } from './devices.js'
import { Peer, type Link } from './peer.js'

export interface CallSession {
  id: string
  type: SessionType
  conversation: { id: string }
}

interface Person {
  id: string
  displayName: string
}

interface CallOther {
  user: Person
  link: Link
  media: MediaStream | null
}

export interface CallState {
  /** DEVICES: there is no microphone or camera to be had, and `problem` says why. OVER: `error` may say why. */
  status: 'OPENING' | 'DEVICES' | 'OPEN' | 'OVER'
  problem: DeviceProblem | null
  error: ChatError | null
  own: MediaStream | null
  hasMicrophone: boolean
  hasCamera: boolean
  others: readonly CallOther[]
}

const OPENING: CallState = {
  status: 'OPENING',
  problem: null,
  error: null,
  own: null,
  hasMicrophone: false,
  hasCamera: false,
  others: [],
}
const RENEW_BEFORE_MS = 60_000
const SHORTEST_PAUSE_MS = 5_000

/** The viewer's part in the call of a VOICE or VIDEO session that they are in. */
export class Call {
  readonly sessionId: string
  readonly conversationId: string
  readonly type: SessionType
  readonly #state = new Store(OPENING)
  readonly #peers = new Map<string, { user: Person; peer: Peer }>()
  readonly #session: SessionView
  #iceServers: RTCIceServer[] = []
  #renewing: ReturnType<typeof setTimeout> | undefined
  #signals: { unsubscribe(): void } | undefined

  constructor(
    private readonly client: ChatClient,
    private readonly viewerId: string,
    { id, type, conversation }: CallSession,
  ) {
    this.sessionId = id
    this.conversationId = conversation.id
    this.type = type
    this.#session = new SessionView(client, conversation.id)
    this.#session.state.subscribe(() => this.#followSession())
    globalThis.addEventListener('pagehide', this.hangUp)
    void this.open()
  }

  get state(): Readable<CallState> {
    return this.#state
  }

  /** Again after a problem with the devices, and without them where nothing helps. */
  async open(withDevices = true): Promise<void> {
    this.#show({ status: 'OPENING', problem: null })
    const own = withDevices ? await this.#openDevices() : null
    if (this.#state.get().status !== 'OPENING') return stopDevices(own)
    const has = (kind: string) => own?.getTracks().some(track => track.kind === kind) ?? false
    this.#show({ own, hasMicrophone: has('audio'), hasCamera: has('video') })
    try {
      await this.#readServers()
      if (this.#state.get().status === 'OPENING') this.#begin()
    } catch (error) {
      this.#end(chatError(error))
    }
  }

  readonly setMicrophone = (isOn: boolean): void => this.#turn('audio', isOn, { hasMicrophone: isOn })

  readonly setCamera = (isOn: boolean): void => this.#turn('video', isOn, { hasCamera: isOn })

  /** Leaves the call; the session goes on. */
  readonly hangUp = (): void => {
    if (this.#state.get().status === 'OPEN') this.#send('HANGUP')
    this.#end(null)
  }

  async #openDevices(): Promise<MediaStream | null> {
    try {
      if (hasDevices()) return await openDevices(this.type === 'VIDEO')
      this.#show({ status: 'DEVICES', problem: 'INSECURE' })
    } catch (error) {
      if (this.#state.get().status === 'OPENING') this.#show({ status: 'DEVICES', problem: deviceProblem(error) })
    }
    return null
  }

  #turn(kind: string, isOn: boolean, change: Partial<CallState>): void {
    const tracks =
      this.#state
        .get()
        .own?.getTracks()
        .filter(track => track.kind === kind) ?? []
    for (const track of tracks) track.enabled = isOn
    if (tracks.length > 0) this.#show(change)
  }

  /** Their credentials run out; a connection that stands is not touched by that. */
  async #readServers(): Promise<void> {
    const variables = { sessionId: this.sessionId }
    const { data } = await this.client.query({ query: CallDocument, variables, fetchPolicy: 'no-cache' })
    const { iceServers = [], expiresAt = '' } = data?.session?.call ?? {}
    this.#iceServers = iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username !== null && credential !== null ? { username, credential } : {}),
    }))
    for (const { peer } of this.#peers.values()) peer.renew(this.#iceServers)
    this.#renewLater(Date.parse(expiresAt) - Date.now() - RENEW_BEFORE_MS)
  }

  #renewLater(pauseMs: number): void {
    if (this.#state.get().status === 'OVER' || Number.isNaN(pauseMs)) return
    const renew = () => void this.#readServers().catch(() => this.#renewLater(SHORTEST_PAUSE_MS))
    this.#renewing = setTimeout(renew, Math.max(SHORTEST_PAUSE_MS, pauseMs))
  }

  #begin(): void {
    this.#show({ status: 'OPEN' })
    const { sessionId } = this
    this.#signals = this.client
      .subscribe({ query: CallSignalDocument, variables: { sessionId }, context: { queryDeduplication: false } })
      .subscribe({
        next: ({ data, error }) => {
          if (error) this.#end(chatError(error))
          else if (data) this.#peers.get(data.callSignal.from.id)?.peer.take(data.callSignal)
        },
        complete: () => this.#end(null),
      })
    this.#followSession()
  }

  #followSession(): void {
    const { session, error } = this.#session.state.get()
    if (error) return this.#end(error)
    if (!session) return
    if (session.id !== this.sessionId || session.status !== 'ACTIVE') return this.#end(null)
    if (this.#state.get().status !== 'OPEN') return
    const there = session.participants.filter(({ user, leftAt }) => leftAt === null && user.id !== this.viewerId)
    for (const { user } of there) if (!this.#peers.has(user.id)) this.#meet(user)
    for (const [id, { peer }] of this.#peers) {
      if (there.some(({ user }) => user.id === id)) continue
      peer.close()
      this.#peers.delete(id)
    }
    this.#showOthers()
  }

  #meet(user: Person): void {
    const peer = new Peer({
      iceServers: this.#iceServers,
      kinds: this.type === 'VIDEO' ? ['audio', 'video'] : ['audio'],
      media: this.#state.get().own,
      yields: this.viewerId < user.id,
      send: (kind, payload) => this.#send(kind, payload, user.id),
      changed: () => this.#showOthers(),
    })
    this.#peers.set(user.id, { user, peer })
  }

  /** One that is lost is made good by repeating the offer. */
  #send(kind: SignalKind, payload?: string, toUserId?: string): void {
    const input = { sessionId: this.sessionId, kind, payload, toUserId }
    this.client.mutate({ mutation: SendSignalDocument, variables: { input } }).catch(() => {})
  }

  #showOthers(): void {
    const others = [...this.#peers.values()].map(({ user, peer: { link, media } }) => ({ user, link, media }))
    this.#show({ others })
  }

  #show(change: Partial<CallState>): void {
    if (this.#state.get().status !== 'OVER') this.#state.set({ ...this.#state.get(), ...change })
  }

  #end(error: ChatError | null): void {
    if (this.#state.get().status === 'OVER') return
    globalThis.removeEventListener('pagehide', this.hangUp)
    clearTimeout(this.#renewing)
    this.#signals?.unsubscribe()
    this.#session.close()
    for (const { peer } of this.#peers.values()) peer.close()
    this.#peers.clear()
    stopDevices(this.#state.get().own)
    this.#show({ status: 'OVER', error, own: null, others: [] })
  }
}
