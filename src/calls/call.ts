export const SIGNAL_KINDS = ['OFFER', 'ANSWER', 'CANDIDATE', 'HANGUP'] as const
export type SignalKind = (typeof SIGNAL_KINDS)[number]

/** In UTF-8. */
export const MAX_SIGNAL_BYTES = 64 * 1024

/** What one person's browser tells those of others. It is handed on, and nothing of it is kept. */
export interface CallSignal {
  sessionId: string
  fromId: string
  /** Who took part when it was sent: it is told to nobody else. */
  toIds: string[]
  kind: SignalKind
  payload: string | null
}

export interface IceServer {
  urls: string[]
  username: string | null
  credential: string | null
}

/** What a client needs to join the media of a session. */
export interface Call {
  /** The session's. */
  id: string
  iceServers: IceServer[]
  expiresAt: Date
}
