import { describe, expect, test } from '@jest/globals'
import { readEmoji } from '../../src/messages/emoji.js'

const read = (text: string) => readEmoji('input.emoji', text)

describe('000.16 one emoji', () => {
  test.each([
    ['a plain one', '👍'],
    ['with a skin tone', '👍🏽'],
    ['that is a text without its selector', '\u2764\uFE0F'],
    ['a flag', '🇩🇪'],
    ['a flag of letters that are tags', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['a couple with two skin tones', '👩🏽‍❤️‍💋‍👨🏿'],
    ['a profession with a skin tone', '👩🏿‍⚕️'],
    ['a keycap', '1\uFE0F\u20E3'],
    ['of a sign', '#\uFE0F\u20E3'],
    ['a copyright sign as an emoji', '\u00A9\uFE0F'],
  ])('%s', (_what, emoji) => expect(read(emoji)).toBe(emoji))

  test.each([
    ['a heart', '\u2764', '\u2764\uFE0F'],
    ['a flaming heart', '\u2764\u200D🔥', '\u2764\uFE0F\u200D🔥'],
    ['a rainbow flag', '🏳\u200D🌈', '🏳\uFE0F\u200D🌈'],
    ['a keycap', '1\u20E3', '1\uFE0F\u20E3'],
    ['a hand with a skin tone and a selector too many', '\u261D\uFE0F🏽', '\u261D🏽'],
    ['a thumb with a selector too many', '👍\uFE0F', '👍'],
    ['a shrugging man', '🤷\u200D\u2642', '🤷\u200D\u2642\uFE0F'],
    ['white space around it', ' 👍\n', '👍'],
  ])('is the same however it is written: %s', (_what, given, emoji) => expect(read(given)).toBe(emoji))

  test.each([
    ['nothing', ''],
    ['a space', ' '],
    ['a letter', 'a'],
    ['a word', 'ok'],
    ['a digit', '1'],
    ['a digit with a selector', '1\uFE0F'],
    ['a heart as a text', '\u2764\uFE0E'],
    ['two emojis', '👍👍'],
    ['two flags', '🇩🇪🇫🇷'],
    ['half a flag', '🇩'],
    ['an emoji and a letter', '👍a'],
    ['an emoji and a joiner', '👍\u200D'],
    ['emojis that nobody joins', '🐈\u200D🍕'],
    ['a selector alone', '\uFE0F'],
    ['a tag alone', '\u{E0067}'],
    ['half a character', '\uD83D'],
    ['marks on an emoji', `👍${'\u0301'.repeat(1_000)}`],
    ['a family that is too large', '👨‍👩‍👧‍👦‍👨‍👩‍👧‍👦'],
  ])('is not %s', (_what, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
  })
})
