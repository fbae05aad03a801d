import type { NewMessage } from '@colloquy/apollo'
import type { ChosenFile } from './use-uploads.js'

/** As many as a message holds. */
export const MOST_FILES = 10

const idsOf = (files: readonly ChosenFile[]) =>
  files.flatMap(({ attachmentId }) => (attachmentId === null ? [] : [attachmentId]))

/** What is sent with a text: each voice note for itself, everything else together, and the text with the last of them. */
export const fileMessages = (files: readonly ChosenFile[], text: NewMessage): NewMessage[] => {
  const { body, ...rest } = text
  const others = files.filter(({ seconds }) => seconds === null)
  const messages: NewMessage[] = files
    .filter(({ seconds }) => seconds !== null)
    .map(voice => ({ kind: 'VOICE', attachmentIds: idsOf([voice]) }))
  if (others.length > 0) {
    const areImages = others.every(({ file }) => file.type.startsWith('image/'))
    messages.push({ kind: areImages ? 'IMAGE' : 'FILE', attachmentIds: idsOf(others) })
  }
  return messages.map((message, index) =>
    index < messages.length - 1 ? message : { ...rest, ...message, ...(body && { body }) },
  )
}
