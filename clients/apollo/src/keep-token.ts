import { expiryOf } from './token.js'

const SPARE_MS = 60_000

const lasts = (token: string) => {
  const expiry = expiryOf(token)
  return expiry === null || expiry - Date.now() > SPARE_MS
}

/** A `getToken` that fetches one only where the last runs out within a minute; whoever asks meanwhile gets the same. */
export const keepToken = (fetchToken: () => Promise<string>): (() => Promise<string>) => {
  let kept: Promise<string> | undefined
  return async () => {
    const before = kept
    const token = await before?.catch(() => undefined)
    if (token !== undefined && lasts(token)) return token
    if (!kept || kept === before) kept = fetchToken()
    return kept
  }
}
