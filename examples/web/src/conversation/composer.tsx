import { ActionIcon, Alert, Button, CloseButton, Group, Text } from '@mantine/core'
import { IconSend2 } from '@tabler/icons-react'
import type { ChatMessage } from '@colloquy/apollo'
import { useEffect, useRef, useState } from 'react'
import { AttachButton } from '../attachments/attach-button.js'
import { fileMessages, MOST_FILES } from '../attachments/file-messages.js'
import { UploadTray } from '../attachments/upload-tray.js'
import type { Uploads } from '../attachments/use-uploads.js'
import { VoiceRecorder } from '../attachments/voice-recorder.js'
import { strings } from '../strings.js'
import { EmergencyToggle } from './emergency-toggle.js'
import { isSendable, isTooLong, MessageField } from './message-field.js'
import { senderName, summaryOf } from './message-text.js'
import { useThread } from './thread.js'
import { useDraft } from './use-draft.js'

const texts = strings.conversation

interface Props {
  conversationId: string
  /** While something else stands in its place: what was begun here waits. */
  isHidden: boolean
  replyTo: ChatMessage | null
  onReplyDone: () => void
  uploads: Uploads
}

const ReplyBar = ({ message, onCancel }: { message: ChatMessage; onCancel: () => void }) => {
  const { person } = useThread()
  return (
    <Group wrap="nowrap" mb="xs" justify="space-between">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={600}>
          {texts.replyingTo(senderName(message, person.id))}
        </Text>
        <Text size="sm" truncate>
          {summaryOf(message)}
        </Text>
      </div>
      <CloseButton aria-label={texts.cancelReply} onClick={onCancel} />
    </Group>
  )
}

const EmergencyBar = ({ onCancel }: { onCancel: () => void }) => (
  <Alert color="red" variant="outline" mb="xs" p="xs">
    <Group justify="space-between">
      <Text size="sm">{texts.emergency.armed}</Text>
      <Button size="compact-sm" variant="default" onClick={onCancel}>
        {texts.emergency.disarm}
      </Button>
    </Group>
  </Alert>
)

/** Writes something new, or a reply. */
export const Composer = ({ conversationId, isHidden, replyTo, onReplyDone, uploads }: Props) => {
  const { person, actions } = useThread()
  const [text, setText] = useDraft(person.id, conversationId)
  const [isEmergency, setEmergency] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const replyToId = replyTo?.id

  useEffect(() => {
    if (replyToId !== undefined && !isHidden) field.current?.focus()
  }, [replyToId, isHidden])

  const { files } = uploads
  const areReady = files.length <= MOST_FILES && files.every(({ status }) => status === 'READY')
  const maySend = files.length > 0 ? areReady && !isTooLong(text) : isSendable(text)
  const send = () => {
    if (!maySend) return
    const message = { body: text.trim(), emergency: isEmergency, replyToId }
    for (const one of files.length > 0 ? fileMessages(files, message) : [message]) actions.send(one)
    uploads.clear()
    setText('')
    setEmergency(false)
    onReplyDone()
    field.current?.focus()
  }
  return (
    <form
      hidden={isHidden}
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      {replyTo && <ReplyBar message={replyTo} onCancel={onReplyDone} />}
      {isEmergency && <EmergencyBar onCancel={() => setEmergency(false)} />}
      <UploadTray uploads={uploads} />
      {files.length > 0 && !areReady && (
        <Text size="sm" mb="xs">
          {files.length > MOST_FILES ? strings.attachments.tooMany : strings.attachments.waitForUploads}
        </Text>
      )}
      <Group align="flex-end" gap={4} wrap="nowrap">
        <AttachButton onFiles={uploads.add} />
        <VoiceRecorder onRecorded={(file, seconds) => uploads.add([file], seconds)} />
        <EmergencyToggle isOn={isEmergency} onChange={setEmergency} />
        <MessageField
          field={field}
          label={texts.message}
          value={text}
          onChange={changed => {
            setText(changed)
            actions.setTyping(changed !== '')
          }}
          onSubmit={send}
          onEscape={onReplyDone}
          onFiles={uploads.add}
          onBlur={() => actions.setTyping(false)}
        />
        <ActionIcon type="submit" size="lg" aria-label={texts.send} disabled={!maySend}>
          <IconSend2 />
        </ActionIcon>
      </Group>
    </form>
  )
}
