import { VisuallyHidden } from '@mantine/core'
import type { ChatMessage } from '@colloquy/apollo'
import { useEffect, useRef, useState } from 'react'
import { strings } from '../strings.js'
import { senderName, summaryOf } from './message-text.js'

/** Long enough to be noticed; then nobody comes upon it a second time. */
const STAYS_MS = 3_000
/** More at once are not read out. */
const MOST = 10

interface Props {
  messages: readonly ChatMessage[]
  viewerId: string
}

/** Reads out what others write. The list itself does not: what is scrolled to would be read out as if it were new. */
export const Announcer = ({ messages, viewerId }: Props) => {
  const newest = messages.at(-1)?.seq ?? 0
  const known = useRef(newest)
  const [after, setAfter] = useState(newest)
  useEffect(() => {
    setAfter(known.current)
    known.current = newest
    const timer = setTimeout(() => setAfter(newest), STAYS_MS)
    return () => clearTimeout(timer)
  }, [newest])
  const say = (message: ChatMessage) =>
    message.kind === 'SYSTEM'
      ? summaryOf(message)
      : strings.conversation.arrived(senderName(message, viewerId), summaryOf(message))
  // Of the messages as they are by now: one that was deleted says nothing any more.
  const fresh = messages.slice(-MOST).filter(({ seq, sender }) => seq > after && sender?.id !== viewerId)
  return <VisuallyHidden role="log">{fresh.map(say).join('\n')}</VisuallyHidden>
}
