import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure, useWindowEvent } from '@mantine/hooks'
import { useChatClient } from '@colloquy/apollo/react'
import { useSyncExternalStore } from 'react'
import { strings } from './strings.js'

const useUnsent = (): number => {
  const { messages } = useChatClient().outbox
  return useSyncExternalStore(messages.subscribe, messages.get).length
}

interface DialogProps {
  opened: boolean
  onClose: () => void
  onSignOut: () => void
}

const SignOutDialog = ({ opened, onClose, onSignOut }: DialogProps) => {
  const unsent = useUnsent()
  return (
    <Modal opened={opened} onClose={onClose} title={strings.signIn.signOutTitle}>
      <Stack>
        <Text role="status">{strings.signIn.unsent(unsent)}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {strings.common.cancel}
          </Button>
          <Button color="red.9" onClick={onSignOut}>
            {strings.signIn.signOut}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Asks first, while there is something to lose. */
export const useSignOut = (onSignOut: () => void) => {
  const { outbox } = useChatClient()
  const [isAsking, { open, close }] = useDisclosure()
  // The tab's storage goes with the tab.
  useWindowEvent('beforeunload', event => {
    if (outbox.messages.get().length > 0) event.preventDefault()
  })
  return {
    signOut: () => (outbox.messages.get().length > 0 ? open() : onSignOut()),
    dialog: <SignOutDialog opened={isAsking} onClose={close} onSignOut={onSignOut} />,
  }
}
