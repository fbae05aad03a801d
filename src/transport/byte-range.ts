import type { IncomingHttpHeaders } from 'node:http'
import parseRange from 'range-parser'
import type { ByteRange } from '../attachments/file-storage.js'

const isNamed = (list: string, etag: string) =>
  list.trim() === '*' || list.split(',').some(one => one.trim().replace(/^W\//, '') === etag)

/** Whether the client has it already. */
export const isFresh = (headers: IncomingHttpHeaders, etag: string): boolean => {
  const known = headers['if-none-match']
  return known !== undefined && isNamed(known, etag)
}

/** The last so many bytes of a file that has fewer are all of it (RFC 9110, 14.1.2). */
const withinSize = (range: string, size: number) =>
  range.replace(/^bytes=-(\d+)$/, (whole, count: string) => (Number(count) > size ? 'bytes=0-' : whole))

/** The part that is asked for; null for all of it, which is also what several parts are answered with. */
export const findRange = (
  headers: IncomingHttpHeaders,
  size: number,
  etag: string,
): ByteRange | 'UNSATISFIABLE' | null => {
  const { range } = headers
  const condition = headers['if-range']
  // What the client has a part of is another file.
  if (range === undefined || (condition !== undefined && condition !== etag)) return null
  const found = parseRange(size, withinSize(range, size), { combine: true })
  if (found === -1) return 'UNSATISFIABLE'
  if (found === -2 || found.type !== 'bytes') return null
  const [one, ...others] = found
  return one && others.length === 0 ? { start: one.start, end: one.end } : null
}
