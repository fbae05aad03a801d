import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef, useState } from 'react'
import { openConversation } from './open-conversation.js'
import type { MessagePartsFragment } from './operations.js'

/** The messages on the screen, what ended it, and how to get older ones or to begin anew. */
export const useConversation = (conversationId: string) => {
  const client = useApolloClient()
  const [messages, show] = useState<MessagePartsFragment[]>([])
  const [error, fail] = useState<unknown>()
  const [attempt, setAttempt] = useState(1)
  const opened = useRef<ReturnType<typeof openConversation>>(undefined)

  useEffect(() => {
    show([])
    fail(undefined)
    opened.current = openConversation(client, conversationId, { show, fail })
    return opened.current.close
  }, [client, conversationId, attempt])

  return { messages, error, older: () => opened.current?.older(), reopen: () => setAttempt(attempt + 1) }
}
