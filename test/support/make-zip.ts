import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  name: string
  content: Buffer | string
  /** What the directory says of it, where that is not so. */
  claimedBytes?: number
  /** All of them lie where the first one lies. */
  overlapping?: boolean
}

const record = (signature: string, fields: [bytes: 2 | 4, value: number][], rest = Buffer.alloc(0)) => {
  const parts = fields.map(([bytes, value]) => {
    const part = Buffer.alloc(bytes)
    part.writeUIntLE(value, 0, bytes)
    return part
  })
  return Buffer.concat([Buffer.from(signature, 'latin1'), ...parts, rest])
}

/** An archive as a client, or somebody with bad intentions, would make it. */
export const makeZip = (entries: readonly ZipEntry[]): Buffer => {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, claimedBytes, overlapping } of entries) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const fileName = Buffer.from(name)
    const common: [2 | 4, number][] = [
      ...([
        [2, 20],
        [2, 0x0800],
        [2, 8],
        [2, 0],
        [2, 0x21],
        [4, crc32(bytes)],
        [4, packed.length],
        [4, claimedBytes ?? bytes.length],
        [2, fileName.length],
        [2, 0],
      ] as [2 | 4, number][]),
    ]
    const at = overlapping ? 0 : offset
    directory.push(record('PK\x01\x02', [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]], fileName))
    if (overlapping && local.length > 0) continue
    local.push(record('PK\x03\x04', common, fileName), packed)
    offset += 30 + fileName.length + packed.length
  }
  const index = Buffer.concat(directory)
  const end = record('PK\x05\x06', [
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, index.length],
    [4, offset],
    [2, 0],
  ])
  return Buffer.concat([...local, index, end])
}
