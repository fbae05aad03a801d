import { useMutation } from '@apollo/client/react'
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { errorText } from '../error-text.js'
import { LeaveConversationDocument } from '../operations.js'
import { goTo, paths } from '../routes.js'
import { strings } from '../strings.js'

interface Props {
  conversationId: string
  /** The viewer's. */
  userId: string
  opened: boolean
  onClose: () => void
}

export const LeaveDialog = ({ conversationId, userId, opened, onClose }: Props) => {
  const [leave, { loading, error }] = useMutation(LeaveConversationDocument, {
    onCompleted: () => goTo(paths.home),
    // It is shown below.
    onError: () => {},
  })
  return (
    <Modal opened={opened} onClose={onClose} title={strings.inbox.menu.leave}>
      <Stack>
        <Text>{strings.inbox.menu.leaveQuestion}</Text>
        {error && (
          <Alert color="red" role="alert">
            {errorText(error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {strings.common.cancel}
          </Button>
          <Button
            color="red.9"
            loading={loading}
            onClick={() => void leave({ variables: { input: { conversationId, userIds: [userId] } } })}
          >
            {strings.inbox.menu.leave}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
