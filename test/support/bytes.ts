import { createHash, randomBytes } from 'node:crypto'

export const someBytes = (count: number) => randomBytes(count)

export const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export const hashOfStream = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}
