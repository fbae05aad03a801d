import { open } from 'node:fs/promises'
import { Rejected } from './rejected.js'

const BEGINNING = Buffer.from('%PDF-')
/** Readers look for the end within the last KiB. */
const TAIL_BYTES = 1_024

/** From its first byte to its end it is a PDF: nothing before it, little behind it. */
export const checkPdf = async (path: string): Promise<void> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const head = await file.read(Buffer.alloc(BEGINNING.length), 0, BEGINNING.length, 0)
    const tail = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, Math.max(0, size - TAIL_BYTES))
    if (!head.buffer.equals(BEGINNING) || !tail.buffer.includes('%%EOF') || !tail.buffer.includes('startxref'))
      throw new Rejected('MALFORMED')
  } finally {
    await file.close()
  }
}
