import { useMutation, useQuery } from '@apollo/client/react'
import { Alert, Anchor, Button, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { useDidUpdate } from '@mantine/hooks'
import { AcknowledgeEmergencyDocument } from '@colloquy/apollo'
import { useUnreadCount } from '@colloquy/apollo/react'
import { IconUrgent } from '@tabler/icons-react'
import { useRef } from 'react'
import { dateTimeText } from '../date-text.js'
import { errorText } from '../error-text.js'
import { OpenEmergenciesDocument, type OpenEmergenciesQuery } from '../operations.js'
import { paths } from '../routes.js'
import { showError, showUnlessPassing } from '../show-error.js'
import { strings } from '../strings.js'

type Emergency = OpenEmergenciesQuery['openEmergencies']['edges'][number]['node']

const { admin } = strings
/** Nothing tells who takes no part that somebody took it on. */
const ASK_EVERY_MS = 15_000

const useOpenEmergencies = () => {
  // What the viewer may not read comes without its text: kept, it would hide what they may.
  const { data, error, refetch } = useQuery(OpenEmergenciesDocument, {
    fetchPolicy: 'no-cache',
    pollInterval: ASK_EVERY_MS,
  })
  const readAgain = () => void refetch().catch(showUnlessPassing)
  const unread = useUnreadCount()
  // It changes with what is escalated, and after each reconnect.
  useDidUpdate(readAgain, [unread])
  return { emergencies: data?.openEmergencies.edges.map(({ node }) => node), error, readAgain }
}

interface ItemProps {
  message: Emergency
  viewerId: string
  onAcknowledged: () => void
}

const EmergencyItem = ({ message, viewerId, onAcknowledged }: ItemProps) => {
  const [acknowledge, { loading }] = useMutation(AcknowledgeEmergencyDocument, {
    fetchPolicy: 'no-cache',
    onCompleted: onAcknowledged,
    onError: showError,
  })
  const { id, body, emergency, conversation } = message
  if (!emergency) return null
  const { flaggedBy, flaggedAt, escalatedAt } = emergency
  const takesPart = conversation.viewer !== null
  const mayAcknowledge = flaggedBy.id !== viewerId && (takesPart || escalatedAt !== null)
  return (
    <Alert role="presentation" color="red" variant="outline" icon={<IconUrgent />}>
      <Stack gap="xs" align="start">
        <Text fw={700}>{admin.flaggedBy(flaggedBy.displayName, dateTimeText(flaggedAt))}</Text>
        <Text size="sm">{body ?? (!takesPart && admin.hiddenText)}</Text>
        <Text size="sm">{escalatedAt === null ? admin.inTime : admin.escalated}</Text>
        <Group>
          {mayAcknowledge && (
            <Button
              size="xs"
              color="red.9"
              loading={loading}
              aria-label={admin.acknowledgeOf(flaggedBy.displayName)}
              onClick={() => void acknowledge({ variables: { input: { messageId: id } } })}
            >
              {admin.acknowledge}
            </Button>
          )}
          {takesPart && (
            <Anchor size="sm" href={paths.conversation(conversation.id, id)}>
              {admin.toConversation}
            </Anchor>
          )}
        </Group>
      </Stack>
    </Alert>
  )
}

/** Of all conversations, the oldest first, though the admin may not read them. */
export const OpenEmergencies = ({ viewerId }: { viewerId: string }) => {
  const { emergencies, error, readAgain } = useOpenEmergencies()
  const heading = useRef<HTMLHeadingElement>(null)
  return (
    <Stack component="section" gap="xs">
      <Title order={3} ref={heading} tabIndex={-1}>
        {admin.emergencies}
      </Title>
      {!emergencies && !error && <Loader aria-label={strings.common.loading} />}
      {error && (
        <Text role="alert">
          {errorText(error)} <Button onClick={readAgain}>{strings.common.tryAgain}</Button>
        </Text>
      )}
      <div role="status">{emergencies?.length === 0 && <Text>{admin.noEmergencies}</Text>}</div>
      <Stack component="ul" className="plain-list" gap="xs" aria-label={admin.emergencies}>
        {emergencies?.map(message => (
          <li key={message.id}>
            <EmergencyItem
              message={message}
              viewerId={viewerId}
              onAcknowledged={() => {
                heading.current?.focus()
                readAgain()
              }}
            />
          </li>
        ))}
      </Stack>
    </Stack>
  )
}
