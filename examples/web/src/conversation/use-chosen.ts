import type { ChatMessage } from '@colloquy/apollo'
import { useState } from 'react'

/** A message that something is to be done with, as it is by now. */
export const useChosen = (messages: readonly ChatMessage[]) => {
  const [chosen, choose] = useState<ChatMessage | null>(null)
  // It may have gone from what is kept in the page, and what was written about it is not lost by that.
  const current = chosen && (messages.findLast(({ id }) => id === chosen.id) ?? chosen)
  return [current, choose] as const
}
