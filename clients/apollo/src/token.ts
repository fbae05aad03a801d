/** When a JSON Web Token runs out, in milliseconds since 1970; null where it does not say. */
export const expiryOf = (token: string): number | null => {
  try {
    const [, payload = ''] = token.split('.')
    const text = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    const { exp } = JSON.parse(text) as { exp?: unknown }
    return typeof exp === 'number' ? exp * 1000 : null
  } catch {
    return null
  }
}
