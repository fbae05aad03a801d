import { createHmac } from 'node:crypto'
import type { Config } from '../config.js'
import type { IceServer } from './call.js'

/** How long the credentials of a call hold. Who goes on for longer asks again. */
export const CREDENTIALS_HOLD_MS = 3_600_000

/** By coturn's REST scheme: the TURN server, which knows the secret, reads from the name until when it holds. */
const turnCredentials = (secret: string, userId: string, expiresAt: Date) => {
  const username = `${Math.floor(expiresAt.getTime() / 1000)}:${userId}`
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}

export const iceServersFor = ({ stunUrls, turn }: Config['calls'], userId: string, expiresAt: Date): IceServer[] => [
  ...(stunUrls.length > 0 ? [{ urls: stunUrls, username: null, credential: null }] : []),
  ...(turn ? [{ urls: turn.urls, ...turnCredentials(turn.secret, userId, expiresAt) }] : []),
]
