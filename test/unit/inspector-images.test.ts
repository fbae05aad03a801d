import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import sharp from 'sharp'
import { hashOf } from '../support/bytes.js'
import { cleanUp } from '../support/cleanup.js'
import { accepted, inspectWith, rejected, startInspector } from '../support/inspect.js'
import { animated, noise, photograph, plain } from '../support/make-images.js'
import { makeZip } from '../support/make-zip.js'

const inspect = inspectWith(startInspector())
const read = (path: string | null) => readFileSync(path ?? '')

const IMAGES: [mediaType: string, make: () => Promise<Buffer>][] = [
  ['image/jpeg', () => noise(40, 30).jpeg().toBuffer()],
  ['image/png', () => noise(40, 30).png().toBuffer()],
  ['image/webp', () => noise(40, 30).webp().toBuffer()],
  ['image/gif', () => noise(40, 30).gif().toBuffer()],
]

describe.each(IMAGES)('%s', (mediaType, make) => {
  test('001.10 the type is found from the bytes: it is made anew, with a thumbnail, its dimensions and its hash', async () => {
    const found = await accepted(inspect(await make(), mediaType))
    const content = read(found.contentPath)
    expect(found).toMatchObject({ mediaType, width: 40, height: 30, durationSeconds: null, sizeBytes: content.length })
    expect(found.sha256).toBe(hashOf(content))
    expect(await sharp(content).metadata()).toMatchObject({ mediaType, width: 40, height: 30 })
    expect(await sharp(read(found.thumbnailPath)).metadata()).toMatchObject({ format: 'webp', width: 40, height: 30 })
  })

  test('001.10 the type is found from the bytes: what is hidden behind it, or before its data, is gone', async () => {
    const bytes = await make()
    const html = Buffer.from('<script>alert(1)</script>')
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, html.length + 2]), html])
    const head = mediaType === 'image/jpeg' ? Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2)]) : bytes
    const polyglot = Buffer.concat([head, html, makeZip([{ name: 'Main.class', content: 'hidden' }])])
    expect(polyglot.includes('PK\x05\x06')).toBe(true)
    const { contentPath } = await accepted(inspect(polyglot, mediaType))
    for (const hidden of ['PK\x05\x06', 'Main.class', '<script>'])
      expect(read(contentPath).includes(hidden)).toBe(false)
    await sharp(contentPath).stats()
  })

  test('001.10 the type is found from the bytes: by no other name', async () => {
    const bytes = await make()
    for (const [other] of IMAGES.filter(([other]) => other !== mediaType))
      expect(await rejected(inspect(bytes, other))).toBe('TYPE_MISMATCH')
    expect(await rejected(inspect(bytes, 'text/plain'))).toBe('TYPE_MISMATCH')
  })
})

// What is left of a GIF is shown as far as it goes, and given out as a whole one.
test.each(IMAGES.filter(([mediaType]) => mediaType !== 'image/gif'))(
  '001.10 the type is found from the bytes: %s that is cut off is malformed',
  async (mediaType, make) => {
    const bytes = await make()
    for (const part of [0.1, 0.5, 0.9])
      expect(await rejected(inspect(bytes.subarray(0, Math.floor(bytes.length * part)), mediaType))).toBe('MALFORMED')
  },
)

test('001.10 an archive in the colour profile of an image is found', async () => {
  const image = await plain(8, 8).withIccProfile('p3').jpeg().toBuffer()
  const { icc = Buffer.alloc(0) } = await sharp(image).metadata()
  const folder = await mkdtemp(join(tmpdir(), 'colloquy-test-'))
  cleanUp(() => rm(folder, { recursive: true }))
  const path = join(folder, 'profile.icc')
  const profile = Buffer.concat([icc, makeZip([{ name: 'META-INF/MANIFEST.MF', content: 'Main-Class: Main' }])])
  profile.writeUInt32BE(profile.length, 0)
  await writeFile(path, profile)
  const polyglot = await plain(8, 8).withIccProfile(path).jpeg().toBuffer()
  expect(polyglot.includes('PK\x05\x06')).toBe(true)
  expect(await rejected(inspect(polyglot, 'image/jpeg'))).toBe('TYPE_NOT_ALLOWED')
})

test('001.10 a photograph is given out upright, and without where, when and by whom it was taken', async () => {
  const photo = await photograph(600, 400)
  for (const told of ['Jane Roe', 'secret place', '2026:11:21']) expect(photo.includes(told)).toBe(true)
  const found = await accepted(inspect(photo, 'image/jpeg'))
  expect(found).toMatchObject({ width: 400, height: 600 })
  for (const path of [found.contentPath, found.thumbnailPath]) {
    for (const told of ['Jane Roe', 'secret place', '2026:11:21', 'Exif']) expect(read(path).includes(told)).toBe(false)
    const { exif, xmp, iptc, orientation } = await sharp(read(path)).metadata()
    expect({ exif, xmp, iptc, orientation }).toEqual({})
  }
  expect(await sharp(read(found.thumbnailPath)).metadata()).toMatchObject({ width: 213, height: 320 })
})

test('001.10 an image is turned as it says, and not only told to be', async () => {
  const left = await plain(20, 20).png().toBuffer()
  const halves = plain(40, 20, 'blue').composite([{ input: left, left: 0, top: 0 }])
  const bytes = await halves.withMetadata({ orientation: 6 }).jpeg().toBuffer()
  const { contentPath } = await accepted(inspect(bytes, 'image/jpeg'))
  const { data, info } = await sharp(contentPath).raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 20, height: 40 })
  const pixel = (x: number, y: number) => [...data.subarray((y * 20 + x) * 3, (y * 20 + x) * 3 + 3)].map(v => v > 128)
  expect([pixel(10, 5), pixel(10, 35)]).toEqual([
    [true, false, false],
    [false, false, true],
  ])
})

test.each(['gif', 'webp'] as const)('001.10 an animated %s stays so', async format => {
  const bytes = await (await animated(40, 30)).toFormat(format, { delay: [100, 200], loop: 3 }).toBuffer()
  const found = await accepted(inspect(bytes, `image/${format}`))
  expect(found).toMatchObject({ width: 40, height: 30 })
  expect(await sharp(read(found.contentPath), { pages: -1 }).metadata()).toMatchObject({
    ...{ pages: 2, pageHeight: 30, loop: 3, delay: [100, 200] },
  })
})

test('001.10 colours stay what they are: profiles are kept, CMYK becomes what browsers show, 16 bits stay 16', async () => {
  const wide = await noise(40, 30).withIccProfile('p3').jpeg().toBuffer()
  const { icc } = await sharp(wide).metadata()
  const kept = await sharp((await accepted(inspect(wide, 'image/jpeg'))).contentPath).metadata()
  expect(kept.icc?.equals(icc ?? Buffer.alloc(0))).toBe(true)
  const cmyk = await plain(40, 30).toColourspace('cmyk').jpeg().toBuffer()
  expect((await sharp(cmyk).metadata()).space).toBe('cmyk')
  expect((await sharp((await accepted(inspect(cmyk, 'image/jpeg'))).contentPath).metadata()).space).toBe('srgb')
  const deep = await noise(40, 30).toColourspace('rgb16').png().toBuffer()
  expect((await sharp((await accepted(inspect(deep, 'image/png'))).contentPath).metadata()).depth).toBe('ushort')
})

test('001.10 an image of more than 100 megapixels is too large, however small its file, and in all its frames together', async () => {
  const bomb = await plain(10_001, 10_000).png().toBuffer()
  expect(bomb.length).toBeLessThan(2_000_000)
  expect(await rejected(inspect(bomb, 'image/png'))).toBe('TOO_LARGE')
  const frames = await (await animated(8_000, 7_000)).gif({ effort: 1 }).toBuffer()
  expect(await rejected(inspect(frames, 'image/gif'))).toBe('TOO_LARGE')
  expect(await accepted(inspect(await plain(10_000, 10_000).png().toBuffer(), 'image/png'))).toMatchObject({
    width: 10_000,
  })
})

test('001.10 an image with a side of more than 65,535 pixels is too large, for whole lines take memory', async () => {
  for (const [width, height] of [
    [65_536, 1],
    [1, 65_536],
  ] as const)
    expect(await rejected(inspect(await plain(width, height).png().toBuffer(), 'image/png'))).toBe('TOO_LARGE')
  const longest = await plain(65_535, 2).png().toBuffer()
  expect(await accepted(inspect(longest, 'image/png'))).toMatchObject({ width: 65_535, height: 2 })
})

test('001.10 what only begins as an image is malformed', async () => {
  const head = (await noise(40, 30).jpeg().toBuffer()).subarray(0, 20)
  expect(await rejected(inspect(Buffer.concat([head, Buffer.from('<html>')]), 'image/jpeg'))).toBe('MALFORMED')
  expect(await rejected(inspect('GIF89a=1;alert(1)', 'image/gif'))).toBe('MALFORMED')
})
