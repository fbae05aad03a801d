import type { AttachmentRejection } from '../attachments/attachment.js'

/** The file is not what may be given out. */
export class Rejected extends Error {
  constructor(readonly rejection: AttachmentRejection) {
    super(rejection)
  }
}

const OF_THE_MACHINE = new Set(['ENOSPC', 'ENOMEM', 'EDQUOT', 'EMFILE', 'ENFILE', 'EIO'])
/** What sharp says of it, which knows no codes and quotes no file. */
const NO_ROOM = /No space left|out of memory|Input\/output error|Disk quota exceeded/i

/** By its code: a message may quote a name that stands in the file. */
const isOfTheMachine = (error: unknown) => OF_THE_MACHINE.has(String((error as NodeJS.ErrnoException).code))

export const saysNoRoom = (error: unknown) => error instanceof Error && NO_ROOM.test(error.message)

/** For what a library makes of a file's bytes: where it cannot read them, they are at fault, unless the machine is. */
export const readBy = async <T>(parse: () => Promise<T>, isExcused = isOfTheMachine): Promise<T> => {
  try {
    return await parse()
  } catch (error) {
    if (error instanceof Rejected || isExcused(error)) throw error
    throw new Rejected('MALFORMED')
  }
}
