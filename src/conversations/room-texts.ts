import { badInput } from '../errors.js'
import { cleanOptionalText, cleanText } from '../limits/text.js'

const LONGEST_TITLE = 200
const LONGEST_DESCRIPTION = 2_000
const LONGEST_TAG = 50
const MOST_TAGS = 20

export const cleanTitle = (title: string) => cleanText('input.title', title, { max: LONGEST_TITLE })

export const cleanOptionalTitle = (title: string | null | undefined) =>
  cleanOptionalText('input.title', title, { max: LONGEST_TITLE })

export const cleanDescription = (description: string | null | undefined) =>
  cleanOptionalText('input.description', description, { max: LONGEST_DESCRIPTION })

/** Each once, in the order given. */
export const cleanTags = (tags: readonly string[] | null | undefined): string[] => {
  const cleaned = [...new Set((tags ?? []).map(tag => cleanText('input.tags', tag, { max: LONGEST_TAG })))]
  if (cleaned.length > MOST_TAGS) throw badInput('input.tags', `There are at most ${MOST_TAGS} tags.`)
  return cleaned
}
