import { Box, Center, Loader, Text } from '@mantine/core'
import { useConversation } from '@colloquy/apollo/react'
import { useEffect, useMemo, useState } from 'react'
import { DropZone } from '../attachments/drop-zone.js'
import { useUploads } from '../attachments/use-uploads.js'
import type { DemoPerson } from '../people.js'
import { SessionBar } from '../sessions/session-bar.js'
import { strings } from '../strings.js'
import { Announcer } from './announcer.js'
import { Composer } from './composer.js'
import { ConversationHeader } from './conversation-header.js'
import { EditForm } from './edit-form.js'
import { Ended } from './ended.js'
import { MessageList } from './message-list.js'
import { RemoveDialog } from './remove-dialog.js'
import { mayReadOn, readOnlyReason } from './standing.js'
import { ThreadContext } from './thread.js'
import { TypingIndicator } from './typing-indicator.js'
import { useAttended } from './use-attended.js'
import { useChosen } from './use-chosen.js'
import { useFirstUnread } from './use-first-unread.js'
import type { Target } from './use-jump.js'

interface Props {
  id: string
  person: DemoPerson
  /** To be shown first. */
  messageId?: string | undefined
}

type Opened = ReturnType<typeof useConversation>

/** Read is what somebody may have seen: the newest is in view, on a page that they look at. */
const useMarkRead = ({ actions, messages }: Opened, isAtNewest: boolean) => {
  const isAttended = useAttended()
  const newest = messages.at(-1)?.id
  useEffect(() => {
    if (isAttended && isAtNewest) void actions?.markRead()
  }, [actions, isAttended, isAtNewest, newest])
}

export const Conversation = ({ id, person, messageId }: Props) => {
  const opened = useConversation(id)
  const { status, error, conversation, participants, viewer, messages, pending, typing, actions, reopen } = opened
  const [replyTo, setReplyTo] = useChosen(messages)
  const [edited, setEdited] = useChosen(messages)
  const [removed, setRemoved] = useChosen(messages)
  const [isAtNewest, setAtNewest] = useState(false)
  const uploads = useUploads(id)
  const [target, setTarget] = useState<Target | null>(null)
  const firstUnreadSeq = useFirstUnread(opened, person.id)
  useMarkRead(opened, isAtNewest)
  const items = useMemo(() => [...messages, ...pending], [messages, pending])
  const readOnly = readOnlyReason(opened, person)

  const jumpTo = (id: string) => setTarget({ id, pages: 0 })
  useEffect(() => {
    if (messageId !== undefined) jumpTo(messageId)
  }, [messageId])

  const thread = useMemo(
    () =>
      actions && {
        ...{ person, actions, conversation, participants, viewer, maySend: readOnly === null },
        ...{ reply: setReplyTo, edit: setEdited, remove: setRemoved, jumpTo },
      },
    [person, actions, conversation, participants, viewer, readOnly],
  )
  if (!mayReadOn(opened)) return <Ended error={error} reopen={reopen} />
  if (!thread || status === 'LOADING')
    return (
      <Center flex={1}>
        <Loader aria-label={strings.common.loading} />
      </Center>
    )
  return (
    <ThreadContext value={thread}>
      <DropZone onFiles={files => readOnly === null && uploads.add(files)}>
        <ConversationHeader conversation={conversation} participants={participants} />
        <SessionBar conversationId={id} person={person} />
        {items.length === 0 ? (
          <Center flex={1}>
            <Text>{strings.conversation.empty}</Text>
          </Center>
        ) : (
          <MessageList
            items={items}
            hasOlder={opened.hasOlder}
            loadOlder={opened.loadOlder}
            viewerId={person.id}
            firstUnreadSeq={firstUnreadSeq}
            target={target}
            onTarget={setTarget}
            isAtNewest={isAtNewest}
            onAtNewest={setAtNewest}
          />
        )}
        <Announcer messages={messages} viewerId={person.id} />
        <TypingIndicator typing={typing} />
        <Box px="md" pb="md">
          {status === 'ENDED' && <Ended error={error} reopen={reopen} />}
          {readOnly !== null ? (
            <Text role="status">{strings.conversation.readOnly[readOnly]}</Text>
          ) : (
            <>
              {edited && <EditForm key={edited.id} message={edited} onDone={() => setEdited(null)} />}
              <Composer
                conversationId={id}
                isHidden={edited !== null}
                replyTo={replyTo && !replyTo.deletedAt ? replyTo : null}
                onReplyDone={() => setReplyTo(null)}
                uploads={uploads}
              />
            </>
          )}
        </Box>
        <RemoveDialog message={removed} onClose={() => setRemoved(null)} />
      </DropZone>
    </ThreadContext>
  )
}
