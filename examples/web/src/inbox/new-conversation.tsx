import { ActionIcon, Modal, Tabs } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPencilPlus } from '@tabler/icons-react'
import type { DemoPerson } from '../people.js'
import { goTo, paths } from '../routes.js'
import { strings } from '../strings.js'
import { NewGroup } from './new-group.js'
import { NewTalk } from './new-talk.js'

const { start } = strings.inbox

/** With one person for everybody, with several for those who may. */
export const NewConversation = ({ person }: { person: DemoPerson }) => {
  const [isOpen, { open, close }] = useDisclosure()
  const onStarted = (id: string) => {
    close()
    goTo(paths.conversation(id))
  }
  const mayMakeGroups = person.roles.some(role => role !== 'PATIENT')
  return (
    <>
      <ActionIcon size="lg" aria-label={start.open} aria-haspopup="dialog" onClick={open}>
        <IconPencilPlus />
      </ActionIcon>
      <Modal
        opened={isOpen}
        onClose={close}
        title={start.open}
        // The conversation that was started has the focus then.
        returnFocus={false}
      >
        {mayMakeGroups ? (
          <Tabs defaultValue="person" keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="person">{start.person}</Tabs.Tab>
              <Tabs.Tab value="group">{start.group}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="person" pt="md">
              <NewTalk person={person} onStarted={onStarted} />
            </Tabs.Panel>
            <Tabs.Panel value="group" pt="md">
              <NewGroup onStarted={onStarted} />
            </Tabs.Panel>
          </Tabs>
        ) : (
          <NewTalk person={person} onStarted={onStarted} />
        )}
      </Modal>
    </>
  )
}
