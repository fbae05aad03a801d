import { badInput } from '../errors.js'

export interface TextLimits {
  /** In Unicode code points. */
  max: number
  /** 0 allows an empty text. */
  min?: number
}

/** Nothing of it is seen: white space, and what only steers how text is set. */
export const isInvisible = (text: string) => /^[\s\p{Z}\p{C}]*$/u.test(text)
const LONE_SURROGATE = /\p{Surrogate}/u

/** Whether PostgreSQL and every client can hold the text. */
export const isStorable = (text: string) => !text.includes('\u0000') && !LONE_SURROGATE.test(text)

export const codePoints = (text: string) => {
  let count = 0
  for (const _ of text) count++
  return count
}

/** The text without surrounding white space; throws BAD_USER_INPUT naming the field. */
export const cleanText = (field: string, value: string, { max, min = 1 }: TextLimits): string => {
  const text = value.trim()
  if (!isStorable(text)) throw badInput(field, 'The text contains a character that cannot be stored.')
  if (min > 0 && isInvisible(text)) throw badInput(field, 'The text must not be empty.')
  // A code point is one or two units: most texts need no counting.
  if (text.length <= max && text.length >= min * 2) return text
  const length = text.length > max * 2 ? text.length : codePoints(text)
  if (length > max) throw badInput(field, `The text must not be longer than ${max} characters.`)
  if (length < min) throw badInput(field, `The text must have at least ${min} characters.`)
  return text
}

/** As cleanText; what is omitted, null or blank becomes null. */
export const cleanOptionalText = (
  field: string,
  value: string | null | undefined,
  limits: TextLimits,
): string | null =>
  value === null || value === undefined || value.trim() === '' ? null : cleanText(field, value, limits)
