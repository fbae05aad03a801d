import { badInput } from '../errors.js'
import { isInvisible } from '../limits/text.js'
import { EXTENSIONS, type MediaType } from './media-types.js'

/** Of most file systems. */
const MAX_BYTES = 255
/** With it what is seen is not what is there: `gpj.exe` reads `exe.jpg`. */
const STEERING = /[\u202a-\u202e\u2066-\u2069]/g
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/gu
const EXTENSION = /\.[^.\s]{1,16}$/u

/** As much of its beginning as has room, in whole characters. */
const cut = (text: string, maxBytes: number): string => {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > maxBytes) break
    end += character.length
  }
  return text.slice(0, end)
}

const shorten = (stem: string, extension: string) => cut(stem, MAX_BYTES - Buffer.byteLength(extension)) + extension

/** Without a path, and what cannot be seen, and no longer than 255 bytes in UTF-8: of a longer one the end of the stem goes. */
export const cleanFileName = (field: string, given: string): string => {
  const name = (given.split(/[/\\]/).at(-1) ?? '').replace(UNSEEN, '').replace(STEERING, '').trim()
  if (isInvisible(name) || /^\.+$/.test(name)) throw badInput(field, 'The name of the file must not be empty.')
  const [extension = ''] = EXTENSION.exec(name) ?? []
  const stem = name.slice(0, name.length - extension.length)
  return shorten(stem, extension)
}

/** Opened by it, a file is what it was found to be: `page.html` that is a PDF becomes `page.html.pdf`. */
export const nameAsType = (name: string, mediaType: MediaType): string => {
  const extensions = EXTENSIONS[mediaType]
  const [, given = ''] = /\.([^.]*)$/.exec(name) ?? []
  return extensions.includes(given.toLowerCase()) ? name : shorten(name, `.${extensions[0]}`)
}
