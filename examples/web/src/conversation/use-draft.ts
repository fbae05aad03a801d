import { useState } from 'react'

/** What was written and not sent, for as long as the tab is open. */
export const useDraft = (personId: string, conversationId: string) => {
  const key = `colloquy.draft ${personId} ${conversationId}`
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '')
  const keep = (changed: string) => {
    setText(changed)
    if (changed === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, changed)
  }
  return [text, keep] as const
}
