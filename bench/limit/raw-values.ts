/** Values as PostgreSQL writes them: nothing is parsed that only goes on into JSON. */
export const asText = { getTypeParser: () => (value: string) => value }

/** `2026-11-21 09:30:00.12+00` as `2026-11-21T09:30:00.120Z`; the sessions are in UTC. */
export const isoTime = (text: string): string => {
  const fraction = text.slice(20, text.indexOf('+'))
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.padEnd(3, '0')}Z`
}

export const inUtc = (databaseUrl: string): string => {
  const url = new URL(databaseUrl)
  url.searchParams.set('options', '-c timezone=UTC')
  return url.href
}
