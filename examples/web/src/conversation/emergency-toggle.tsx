import { ActionIcon, Button, Group, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUrgent } from '@tabler/icons-react'
import { strings } from '../strings.js'

const texts = strings.conversation.emergency

interface Props {
  isOn: boolean
  onChange: (isOn: boolean) => void
}

/** Nobody alerts everybody by a slip of the finger. */
export const EmergencyToggle = ({ isOn, onChange }: Props) => {
  const [isAsking, { open, close }] = useDisclosure(false)
  const confirm = () => {
    onChange(true)
    close()
  }
  return (
    <>
      <ActionIcon
        size="lg"
        variant={isOn ? 'filled' : 'subtle'}
        color="red"
        aria-label={texts.label}
        aria-pressed={isOn}
        onClick={() => (isOn ? onChange(false) : open())}
      >
        <IconUrgent />
      </ActionIcon>
      <Modal opened={isAsking} onClose={close} title={texts.confirmTitle}>
        <Text>{texts.confirmText}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {strings.common.cancel}
          </Button>
          <Button color="red" onClick={confirm}>
            {texts.confirm}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
