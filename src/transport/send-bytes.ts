import type { FastifyReply } from 'fastify'
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Link } from '../attachments/downloads.js'
import type { ByteRange, FileKey } from '../attachments/file-storage.js'
import type { Services } from '../services.js'

/** Once the system has it, and its buffer can be used again; fails where the client is gone. */
const written = (raw: ServerResponse, piece: Buffer) =>
  new Promise<void>((resolve, reject) => {
    const gone = () => reject(new Error('The client is gone.'))
    if (raw.destroyed) return gone()
    raw.once('close', gone)
    raw.write(piece, error => {
      raw.removeListener('close', gone)
      if (error) reject(error)
      else resolve()
    })
  })

/** The bytes, as fast as the client takes them and for as long as it may have them. False where there are none. */
export const sendBytes = async (
  { files, downloads, logger }: Pick<Services, 'downloads' | 'files' | 'logger'>,
  reply: FastifyReply,
  link: Link,
  key: FileKey,
  range?: ByteRange,
): Promise<boolean> => {
  const pieces = await files.pieces(key, range)
  if (!pieces) {
    logger.error({ attachmentId: link.attachmentId }, 'A file is not where it is said to be')
    return false
  }
  const { raw } = reply.hijack()
  const unwatch = downloads.watch(link, () => raw.destroy())
  try {
    raw.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders)
    let left = Number(reply.getHeader('content-length') ?? Infinity)
    for await (const piece of pieces) {
      await written(raw, piece)
      left -= piece.length
    }
    if (left > 0 && left !== Infinity) throw new Error('The file is shorter than it is said to be.')
    raw.end()
  } catch (error) {
    if (!raw.destroyed) logger.error({ attachmentId: link.attachmentId, error }, 'A file could not be read to its end')
    raw.destroy()
  } finally {
    unwatch()
  }
  return true
}
