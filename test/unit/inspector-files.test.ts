import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { accepted, inspectWith, rejected, startInspector } from '../support/inspect.js'
import { DOCX, fixture, makeDocx, makePdf, makeWav, makeXlsx, XLSX } from '../support/make-files.js'
import { makeZip } from '../support/make-zip.js'

const inspect = inspectWith(startInspector())
const HIDDEN = makeZip([{ name: 'Main.class', content: 'hidden' }])
const cut = (bytes: Buffer, part: number) => bytes.subarray(0, Math.floor(bytes.length * part))

interface Found {
  mediaType: string
  seconds?: number
  size?: [width: number, height: number]
}

const RECORDINGS: [name: string, bytes: () => Buffer, found: Found][] = [
  ['an MP3', () => fixture('tone.mp3'), { mediaType: 'audio/mpeg', seconds: 2 }],
  ['an M4A', () => fixture('tone.m4a'), { mediaType: 'audio/mp4', seconds: 2 }],
  ['an OGG', () => fixture('tone.ogg'), { mediaType: 'audio/ogg', seconds: 2 }],
  ['a WAV', () => makeWav(2), { mediaType: 'audio/wav', seconds: 2 }],
  // A browser's recorder writes no duration anywhere.
  ["a browser's WebM voice note", () => fixture('voice-note.webm'), { mediaType: 'audio/webm', seconds: 1.2 }],
  ["a browser's MP4 voice note", () => fixture('voice-note.mp4'), { mediaType: 'audio/mp4', seconds: 1.2 }],
  [
    "a browser's WebM video",
    () => fixture('video-note.webm'),
    { mediaType: 'video/webm', seconds: 1.2, size: [320, 240] },
  ],
  [
    "a browser's MP4 video",
    () => fixture('video-note.mp4'),
    { mediaType: 'video/mp4', seconds: 1.2, size: [320, 240] },
  ],
]

describe.each(RECORDINGS)('%s', (_name, bytes, { mediaType, seconds, size: [width, height] = [null, null] }) => {
  test('001.10 the type is found from the bytes: it has a duration', async () => {
    const found = await accepted(inspect(bytes(), mediaType))
    expect(found).toMatchObject({ mediaType, width, height, sizeBytes: bytes().length, thumbnailPath: null })
    expect(found.durationSeconds).toBeCloseTo(seconds ?? 0, 0)
    expect(Math.abs((found.durationSeconds ?? 0) - (seconds ?? 0))).toBeLessThan(0.1)
  })

  test('001.10 the type is found from the bytes: by no other name', async () => {
    const others = ['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav', 'audio/webm', 'image/png', 'text/plain', DOCX]
    const answers = others.filter(other => other !== mediaType).map(other => rejected(inspect(bytes(), other)))
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['TYPE_MISMATCH']))
  })

  test('001.10 the type is found from the bytes: an archive behind it is found', async () => {
    expect(await rejected(inspect(Buffer.concat([bytes(), HIDDEN]), mediaType))).toBe('TYPE_NOT_ALLOWED')
    const after = Buffer.alloc(1_000, ' ')
    expect(await rejected(inspect(Buffer.concat([bytes(), HIDDEN, after]), mediaType))).toBe('TYPE_NOT_ALLOWED')
  })

  test('001.10 the type is found from the bytes: its beginning alone is malformed', async () => {
    expect(await rejected(inspect(bytes().subarray(0, 44), mediaType))).toBe('MALFORMED')
  })
})

test.each(['tone.m4a', 'voice-note.mp4', 'video-note.mp4', 'tone.ogg'])(
  '001.10 the type is found from the bytes: %s that is cut off is malformed',
  async name => {
    const mediaType = { m4a: 'audio/mp4', mp4: name.startsWith('video') ? 'video/mp4' : 'audio/mp4', ogg: 'audio/ogg' }[
      name.split('.')[1] as 'm4a' | 'mp4' | 'ogg'
    ]
    for (const part of [0.1, 0.5, 0.95])
      expect(await rejected(inspect(cut(fixture(name), part), mediaType))).toBe('MALFORMED')
  },
)

test('001.10 a voice note that a browser calls a video is one, and no video is a voice note', async () => {
  expect(await accepted(inspect(fixture('voice-note.webm'), 'video/webm'))).toMatchObject({ mediaType: 'audio/webm' })
  expect(await accepted(inspect(fixture('voice-note.mp4'), 'video/mp4'))).toMatchObject({ mediaType: 'audio/mp4' })
  expect(await rejected(inspect(fixture('video-note.webm'), 'audio/webm'))).toBe('TYPE_MISMATCH')
  expect(await rejected(inspect(fixture('video-note.mp4'), 'audio/mp4'))).toBe('TYPE_MISMATCH')
})

test('001.10 films of other kinds are not allowed', async () => {
  expect(await rejected(inspect(fixture('film.mov'), 'video/mp4'))).toBe('TYPE_NOT_ALLOWED')
})

describe('a PDF', () => {
  test('001.10 the type is found from the bytes: it is taken as it is', async () => {
    const found = await accepted(inspect(makePdf(), 'application/pdf'))
    expect(found).toMatchObject({ mediaType: 'application/pdf', sizeBytes: makePdf().length, durationSeconds: null })
    expect(readFileSync(found.contentPath).equals(makePdf())).toBe(true)
    expect(await rejected(inspect(makePdf(), 'text/plain'))).toBe('TYPE_MISMATCH')
  })

  test('001.10 the type is found from the bytes: it begins at its beginning, ends at its end, and hides no archive', async () => {
    expect(await rejected(inspect(cut(makePdf(), 0.8), 'application/pdf'))).toBe('MALFORMED')
    const late = Buffer.concat([Buffer.from('\0'), makePdf()])
    expect(await rejected(inspect(late, 'application/pdf'))).toBe('MALFORMED')
    const trailing = Buffer.concat([makePdf(), Buffer.alloc(2_000, 'x')])
    expect(await rejected(inspect(trailing, 'application/pdf'))).toBe('MALFORMED')
    expect(await rejected(inspect(Buffer.concat([makePdf(), HIDDEN]), 'application/pdf'))).toBe('TYPE_NOT_ALLOWED')
    const within = makePdf(`${HIDDEN.toString('latin1')} %%EOF`)
    expect(await rejected(inspect(within, 'application/pdf'))).toBe('TYPE_NOT_ALLOWED')
  })
})

describe('a document', () => {
  test('001.10 the type is found from the bytes: DOCX and XLSX are taken, each by its own name', async () => {
    expect(await accepted(inspect(makeDocx(), DOCX))).toMatchObject({ mediaType: DOCX, sizeBytes: makeDocx().length })
    expect(await accepted(inspect(makeXlsx(), XLSX))).toMatchObject({ mediaType: XLSX })
    expect(await rejected(inspect(makeDocx(), XLSX))).toBe('TYPE_MISMATCH')
    expect(await rejected(inspect(makeXlsx(), DOCX))).toBe('TYPE_MISMATCH')
    expect(await rejected(inspect(makeDocx(), 'application/pdf'))).toBe('TYPE_MISMATCH')
  })

  test('001.10 the type is found from the bytes: no other archive is taken, and no macros', async () => {
    const refused = [
      makeZip([{ name: 'readme.txt', content: 'Hello' }]),
      makeZip([{ name: 'word/document.xml', content: '<document/>' }]),
      makeZip([{ name: 'META-INF/MANIFEST.MF', content: 'Main-Class: A' }]),
      makeDocx([{ name: 'word/vbaProject.bin', content: 'macros' }]),
      makeXlsx([{ name: 'xl/macrosheets/sheet1.xml', content: 'macros' }]),
    ]
    for (const bytes of refused) expect(await rejected(inspect(bytes, DOCX))).toBe('TYPE_NOT_ALLOWED')
  })

  test('001.10 the type is found from the bytes: what would unpack to too much is too large', async () => {
    const zeros = Buffer.alloc(32 * 1024 * 1024)
    const bomb = makeDocx([{ name: 'word/media/a.xml', content: zeros }])
    expect(bomb.length).toBeLessThan(100_000)
    expect(await rejected(inspect(bomb, DOCX))).toBe('TOO_LARGE')
    const huge = makeDocx([{ name: 'word/media/a.xml', content: 'a', claimedBytes: 4_000_000_000 }])
    expect(await rejected(inspect(huge, DOCX))).toBe('TOO_LARGE')
    const many = Array.from({ length: 10_001 }, (_, at) => ({ name: `word/${at}.xml`, content: '' }))
    expect(await rejected(inspect(makeDocx(many), DOCX))).toBe('TOO_LARGE')
  })

  test('001.10 the type is found from the bytes: tricks with names and places are malformed', async () => {
    const wrong = [
      [{ name: '../../etc/passwd', content: 'x' }],
      [{ name: '/etc/passwd', content: 'x' }],
      [{ name: 'C:/windows/x', content: 'x' }],
      // As the machine says that it has no room: then the file would be tried for ever.
      [{ name: '../ENOSPC: out of memory', content: 'x' }],
      [{ name: 'word\\document.xml', content: 'x' }],
      [{ name: 'WORD/document.xml', content: 'x' }],
      Array.from({ length: 20 }, (_, at) => ({
        name: `word/${at}`,
        content: Buffer.alloc(900, `${at}`),
        overlapping: true,
      })),
    ]
    for (const more of wrong) expect(await rejected(inspect(makeDocx(more), DOCX))).toBe('MALFORMED')
    for (const part of [0.3, 0.6, 0.95]) expect(await rejected(inspect(cut(makeDocx(), part), DOCX))).toBe('MALFORMED')
  })
})

describe('a text', () => {
  const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])

  test('001.10 the type is found from the bytes: what looks like something else at first is still a text', async () => {
    const texts = [
      'Grüße\r\n\tЗдравствуйте',
      '\ufeffHello',
      'BMI 31',
      'MZ is a mark',
      "It's free",
      'GIFs',
      '<3 you',
      'a < b',
    ]
    for (const text of texts) expect(await rejected(inspect(text, 'text/plain'))).toBe('READY as text/plain')
    expect(await rejected(inspect(utf16('Grüße'), 'text/plain'))).toBe('READY as text/plain')
    const long = Buffer.from('é'.repeat(200_001))
    expect(await rejected(inspect(long, 'text/plain'))).toBe('READY as text/plain')
  })

  test('001.10 the type is found from the bytes: pages, drawings and scripts are not allowed, whatever they are called', async () => {
    const active = [
      ...['<!DOCTYPE html><p>', ' \n<HTML>', '<script>alert(1)</script>', '<p >', '<!-- -->', '\ufeff<body>'],
      ...[
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<?xml version="1.0"?><svg/>',
        '#!/bin/sh',
        '{\\rtf1}',
        '%!PS-Adobe',
      ],
      utf16('<script>alert(1)</script>'),
    ]
    for (const bytes of active)
      for (const claimed of ['text/plain', 'image/png', 'application/pdf'])
        expect(await rejected(inspect(bytes, claimed))).toBe('TYPE_NOT_ALLOWED')
  })

  test('001.10 the type is found from the bytes: no text has control characters, or no characters', async () => {
    const wrong = ['', 'a\0b', '\x1b[2J', 'a\x7f', Buffer.from('Grüße', 'latin1'), Buffer.from('abc\xc3', 'latin1')]
    for (const bytes of wrong) expect(await rejected(inspect(bytes, 'text/plain'))).toBe('MALFORMED')
    expect(await rejected(inspect(Buffer.concat([utf16('ab'), Buffer.from([0])]), 'text/plain'))).toBe('MALFORMED')
    expect(await rejected(inspect('Hello', 'image/png'))).toBe('TYPE_MISMATCH')
  })
})

test('001.10 programs and archives are not allowed, whatever they are called', async () => {
  const programs = [
    readFileSync(process.execPath).subarray(0, 100_000),
    Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), Buffer.alloc(1_000)]),
    Buffer.from('1f8b0800000000000003cb48cdc9c9070086a6103605000000', 'hex'),
    Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(100)]),
    Buffer.concat([Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'), Buffer.alloc(100)]),
  ]
  for (const bytes of programs)
    for (const claimed of ['text/plain', 'image/jpeg', 'audio/mpeg', 'application/pdf', DOCX])
      expect(await rejected(inspect(bytes, claimed))).toBe('TYPE_NOT_ALLOWED')
})

test('001.10 what is nothing that is known is malformed', async () => {
  const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 251))
  expect(await rejected(inspect(bytes, 'image/png'))).toBe('MALFORMED')
  expect(await rejected(inspect(bytes, 'audio/mpeg'))).toBe('MALFORMED')
})
