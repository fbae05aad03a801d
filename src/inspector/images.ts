import { join } from 'node:path'
import type { Metadata, Sharp } from 'sharp'
import type { Findings } from './inspect-file.js'
import { readBy, Rejected, saysNoRoom } from './rejected.js'

export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif'

/** Of all frames together. */
export const MOST_PIXELS = 100_000_000
/** What a JPEG can have at most. Whole lines are kept in memory: a line of 100 megapixels takes gigabytes. */
const LONGEST_SIDE = 65_535
const MOST_FRAMES = 1_000
const MOST_OPTIMISED_PIXELS = 25_000_000
const THUMBNAIL_PIXELS = 320
const LOADERS = [
  'VipsForeignLoadJpegFile',
  'VipsForeignLoadPngFile',
  'VipsForeignLoadWebpFile',
  'VipsForeignLoadNsgifFile',
]

/** The library comes with the first image. */
const loadSharp = async () => {
  const { default: sharp } = await import('sharp')
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: LOADERS })
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}

const encode = (image: Sharp, type: ImageType, { width, height, chromaSubsampling }: Metadata): Sharp => {
  switch (type) {
    case 'image/jpeg':
      // A code made for this image is shorter by a tenth, and takes all of its coefficients into memory.
      return image.jpeg({
        quality: 90,
        optimiseCoding: width * height <= MOST_OPTIMISED_PIXELS,
        chromaSubsampling: chromaSubsampling === '4:4:4' ? '4:4:4' : '4:2:0',
      })
    case 'image/png':
      return image.png()
    case 'image/webp':
      return image.webp({ quality: 90, effort: 2 })
    case 'image/gif':
      // Each picture with its own palette, which is what it came with: nothing is to be approximated.
      return image.gif({ reuse: false, dither: 0 })
  }
}

/** Made anew from its pixels: of what else stood in the file nothing is left but the colour profile. */
export const inspectImage = (path: string, type: ImageType, workFolder: string): Promise<Findings> =>
  readBy(async () => {
    const sharp = await loadSharp()
    const found = await sharp(path, { pages: -1, limitInputPixels: false }).metadata()
    const { width, height, pageHeight = height, pages = 1 } = found
    if (width * height > MOST_PIXELS || pages > MOST_FRAMES || Math.max(width, pageHeight) > LONGEST_SIDE)
      throw new Rejected('TOO_LARGE')

    const options = { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true } as const
    const [contentPath, thumbnailPath] = [join(workFolder, 'content'), join(workFolder, 'thumbnail')]
    const image = sharp(path, { ...options, pages: -1 })
    if (pages === 1) image.autoOrient()
    if (found.space !== 'cmyk') image.keepIccProfile()
    if (found.depth === 'ushort') image.toColourspace(found.channels < 3 ? 'grey16' : 'rgb16')
    await encode(image, type, found).toFile(contentPath)
    await sharp(path, options)
      .autoOrient()
      .resize(THUMBNAIL_PIXELS, THUMBNAIL_PIXELS, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 75 })
      .toFile(thumbnailPath)
    const made = await sharp(contentPath).metadata()
    return { mediaType: type, contentPath, thumbnailPath, width: made.width, height: made.height }
  }, saysNoRoom)
