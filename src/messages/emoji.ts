import { badInput } from '../errors.js'

/** The longest, of families and flags, have 28 units. */
const LONGEST = 40

// One of those that Unicode recommends for interchange: each is a single grapheme. The flag v is not in the literals of ES2023.
const ONE_EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v')

const EMOJI_SELECTOR = '\uFE0F'
/** Shown as a text where nothing else is said; a skin tone says enough. */
const TEXT_BY_DEFAULT = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu

/** Some keyboards leave the selectors out: with them all, the same emoji is the same text. */
const qualified = (text: string) =>
  text.replaceAll(EMOJI_SELECTOR, '').replace(TEXT_BY_DEFAULT, character => character + EMOJI_SELECTOR)

/** Exactly one emoji, written in full; anything else is BAD_USER_INPUT. */
export const readEmoji = (field: string, input: string): string => {
  const text = input.trim()
  const emoji = text.length <= LONGEST ? qualified(text) : ''
  if (!ONE_EMOJI.test(emoji)) throw badInput(field, 'This has to be exactly one emoji.')
  return emoji
}
