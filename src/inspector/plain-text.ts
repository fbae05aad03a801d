import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

/** ACTIVE: a browser or a shell would see more in it than a text. */
export type TextKind = 'PLAIN' | 'ACTIVE' | 'NONE'

const SNIFFED_CHARACTERS = 1_024
const ENCODINGS = [
  { encoding: 'utf-16le', mark: Buffer.from([0xff, 0xfe]) },
  { encoding: 'utf-16be', mark: Buffer.from([0xfe, 0xff]) },
]

// A text has tabs, ends of lines and of pages, and no other of the C0 characters.

const CONTROLS = /[\0-\x08\x0b\x0e-\x1f\x7f]/

/** By what https://mimesniff.spec.whatwg.org (7.1) takes for HTML, XML or PostScript; and SVG, RTF, and scripts with their interpreter. */
const ACTIVE = [
  /^\s*<(?:!doctype\s+(?:html|svg)|!--|\?xml|\?php)/i,
  /^\s*<(?:html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg|math|img|object|embed)[\s/>]/i,
  /^%!PS/,
  /^\{\\rtf/,
  /^#!/,
]

const encodingOf = async (path: string) => {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return ENCODINGS.find(({ mark }) => mark.equals(buffer))?.encoding ?? 'utf-8'
  } finally {
    await file.close()
  }
}

/** Reads as far as it is a text. One that is no plain text may still be a PDF. */
export const sniffText = async (path: string): Promise<TextKind> => {
  const decoder = new TextDecoder(await encodingOf(path), { fatal: true })
  let beginning = ''
  const isText = (text: string) => {
    if (beginning.length < SNIFFED_CHARACTERS) beginning += text.slice(0, SNIFFED_CHARACTERS)
    return !CONTROLS.test(text)
  }
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
      if (!isText(decoder.decode(chunk, { stream: true }))) return 'NONE'
    if (!isText(decoder.decode())) return 'NONE'
  } catch (error) {
    if (error instanceof TypeError) return 'NONE'
    throw error
  }
  if (beginning === '' || beginning.startsWith('%PDF-')) return 'NONE'
  return ACTIVE.some(pattern => pattern.test(beginning)) ? 'ACTIVE' : 'PLAIN'
}
