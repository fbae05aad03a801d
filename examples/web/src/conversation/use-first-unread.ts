import type { ConversationState } from '@colloquy/apollo'
import { useMemo, useRef } from 'react'

type Known = Pick<ConversationState, 'status' | 'messages' | 'viewer' | 'hasOlder'>

/** Where begins what was not read when the conversation was opened; null where nothing was, or it is older than what is here. */
export const useFirstUnread = ({ status, messages, viewer, hasOlder }: Known, viewerId: string): number | null => {
  const opened = useRef<{ readThrough: number; newest: number } | null>(null)
  if (status === 'LOADING') opened.current = null
  else opened.current ??= { readThrough: viewer?.readThrough ?? Infinity, newest: messages.at(-1)?.seq ?? 0 }
  const before = opened.current
  return useMemo(() => {
    if (!before) return null
    const [oldest] = messages
    if (hasOlder && oldest && oldest.seq > before.readThrough + 1) return null
    const unread = messages.find(
      ({ seq, kind, sender, deletedAt }) =>
        seq > before.readThrough &&
        seq <= before.newest &&
        kind !== 'SYSTEM' &&
        sender?.id !== viewerId &&
        deletedAt === null,
    )
    return unread?.seq ?? null
  }, [before, messages, hasOlder, viewerId])
}
