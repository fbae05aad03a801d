import sharp, { type Sharp } from 'sharp'

/** Noise is packed badly, as a photograph is. */
export const noise = (width: number, height: number): Sharp =>
  sharp({
    create: { width, height, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 30 }, background: 'red' },
    limitInputPixels: false,
  })

export const plain = (width: number, height: number, background = 'red'): Sharp =>
  sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false })

/** Of two pictures. */
export const animated = async (width: number, height: number): Promise<Sharp> =>
  sharp([await plain(width, height).png().toBuffer(), await plain(width, height, 'blue').png().toBuffer()], {
    join: { animated: true },
  })

/** As a telephone takes one: it lies on its side, and says where it was taken, by whom and when. */
export const photograph = (width: number, height: number): Promise<Buffer> =>
  noise(width, height)
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Camera', Artist: 'Jane Roe', DateTime: '2026:11:21 08:00:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '0/1 7/1 0/1' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>secret place</a></x:xmpmeta>')
    .jpeg()
    .toBuffer()
