const KEY = 'colloquy:token'

/** Kept until the tab is closed. */
export const readToken = () => sessionStorage.getItem(KEY) ?? ''

export const storeToken = (token: string) => {
  if (token === '') sessionStorage.removeItem(KEY)
  else sessionStorage.setItem(KEY, token)
}

/** The token itself, however it was pasted. */
export const bareToken = (text: string) => text.replace(/^\s*bearer\s+/i, '').replace(/\s+/g, '')

interface Claims {
  sub?: string
  name?: string
  exp?: number
}

const claimsOf = (token: string): Claims | undefined => {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(part), character => character.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes)) as Claims
  } catch {
    return undefined
  }
}

/** What the token says of itself. Whether it holds, the server says. */
export const describeToken = (token: string): string => {
  if (token === '') return 'Without a token only public fields answer.'
  const claims = claimsOf(token)
  if (!claims) return 'This is no JWT: the server will refuse it.'
  const name = claims.name ?? claims.sub ?? 'nobody'
  if (claims.exp === undefined) return `${name}, without an end: the server will refuse it.`
  const end = new Date(claims.exp * 1000)
  return end.getTime() < Date.now()
    ? `${name}: ran out ${end.toLocaleString()}`
    : `${name}, until ${end.toLocaleString()}`
}
