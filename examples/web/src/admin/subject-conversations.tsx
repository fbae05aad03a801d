import { Button, List, Loader, NavLink, Stack, Text } from '@mantine/core'
import { chatError } from '@colloquy/apollo'
import { useChatClient } from '@colloquy/apollo/react'
import { useCallback, useEffect } from 'react'
import { errorText } from '../error-text.js'
import { SubjectHistoryDocument, type SubjectHistoryQuery } from '../operations.js'
import { paths } from '../routes.js'
import { strings } from '../strings.js'
import { pageOf, usePages } from '../use-pages.js'

type Conversation = NonNullable<SubjectHistoryQuery['userHistory']>['edges'][number]['node']['conversation']

interface Props {
  subject: { id: string; displayName: string }
  /** The access has ended before its time. */
  onOver: () => void
}

const useConversationsOf = (userId: string) => {
  const client = useChatClient()
  const pages = usePages(
    useCallback(
      async (after: string | null) => {
        const variables = { userId, after }
        const { data } = await client.query({ query: SubjectHistoryDocument, variables, fetchPolicy: 'no-cache' })
        return pageOf(data?.userHistory)
      },
      [client, userId],
    ),
  )
  // The lists of the API are the admin's own: the subject's conversations are those of their messages.
  const conversations = new Map(pages.items.map(({ conversation }) => [conversation.id, conversation]))
  return { ...pages, conversations: [...conversations.values()] }
}

const nameOf = ({ title, participants }: Conversation) =>
  title ?? participants.map(({ user }) => user.displayName).join(', ')

export const SubjectConversations = ({ subject, onOver }: Props) => {
  const { conversations, after, isLoading, error, loadMore } = useConversationsOf(subject.id)
  const isRefused = error !== null && chatError(error).code === 'FORBIDDEN'
  useEffect(() => {
    if (isRefused) onOver()
    // Once, not with each rendering.
  }, [isRefused])
  return (
    <Stack gap="xs">
      <List listStyleType="none" withPadding={false} aria-label={strings.admin.read(subject.displayName)}>
        {conversations.map(conversation => (
          <List.Item key={conversation.id} styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}>
            <NavLink href={paths.conversation(conversation.id)} label={nameOf(conversation)} />
          </List.Item>
        ))}
      </List>
      {isLoading && <Loader aria-label={strings.common.loading} />}
      {error !== null && <Text role="alert">{errorText(error)}</Text>}
      {!isLoading && error === null && conversations.length === 0 && <Text>{strings.admin.noConversations}</Text>}
      {after !== null && !isLoading && (
        <Button variant="default" onClick={loadMore}>
          {strings.admin.more}
        </Button>
      )}
    </Stack>
  )
}
