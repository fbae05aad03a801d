import type { ChatClient, UnreadState } from '@colloquy/apollo'
import { useChatClient } from '@colloquy/apollo/react'
import { useEffect, useState } from 'react'
import {
  NotificationsDocument,
  type NotificationPartsFragment,
  type NotificationsQueryVariables,
} from '../operations.js'
import { showUnlessPassing } from '../show-error.js'

const PAGE = 100
const MOST_PAGES = 10

/** The API does not tell them apart: what else is unread is read, too. */
const readUrgent = async (client: ChatClient): Promise<NotificationPartsFragment[]> => {
  const found: NotificationPartsFragment[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const variables: NotificationsQueryVariables = { unreadOnly: true, first: PAGE, after }
    const answer = await client.query({ query: NotificationsDocument, variables, fetchPolicy: 'no-cache' })
    const { edges, pageInfo } = answer.data?.notifications ?? { edges: [] }
    found.push(...edges.map(({ node }) => node).filter(({ urgent }) => urgent))
    if (!pageInfo?.hasNextPage) break
    after = pageInfo.endCursor
  }
  return found
}

/** Those that nobody has seen to, live. */
export const useUrgentNotifications = (unread: UnreadState | null) => {
  const client = useChatClient()
  const [urgent, setUrgent] = useState<NotificationPartsFragment[]>([])
  useEffect(() => {
    let isOver = false
    readUrgent(client).then(
      found => isOver || setUrgent(found),
      (error: unknown) => isOver || showUnlessPassing(error),
    )
    return () => {
      isOver = true
    }
  }, [client, unread])
  return urgent
}
