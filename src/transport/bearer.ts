/** The token itself, given with or without "Bearer ". */
export const bareToken = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined
  const token = value.replace(/^\s*bearer(\s+|$)/i, '').trim()
  return token === '' ? undefined : token
}
