import { ActionIcon, Group, List, Progress, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { strings } from '../strings.js'
import { fileSize } from './file-size.js'
import classes from './attachments.module.css'
import type { ChosenFile, Uploads } from './use-uploads.js'

const texts = strings.attachments

/** What is sent is heard before. */
const VoicePreview = ({ file }: { file: File }) => {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return <audio controls src={url} aria-label={texts.voice.listen} className={classes.audio} />
}

const Controls = ({ chosen, uploads }: { chosen: ChosenFile; uploads: Uploads }) => {
  const { key, status, file } = chosen
  const common = { variant: 'subtle', color: 'gray' } as const
  return (
    <Group gap={4} wrap="nowrap">
      {status === 'UPLOADING' && (
        <ActionIcon {...common} aria-label={texts.pause(file.name)} onClick={() => uploads.pause(key)}>
          <IconPlayerPause size={18} />
        </ActionIcon>
      )}
      {status === 'PAUSED' && (
        <ActionIcon {...common} aria-label={texts.resume(file.name)} onClick={() => uploads.resume(key)}>
          <IconPlayerPlay size={18} />
        </ActionIcon>
      )}
      {status === 'FAILED' && (
        <ActionIcon {...common} aria-label={texts.retry(file.name)} onClick={() => uploads.retry(chosen)}>
          <IconRefresh size={18} />
        </ActionIcon>
      )}
      <ActionIcon {...common} aria-label={texts.remove(file.name)} onClick={() => uploads.remove(key)}>
        <IconX size={18} />
      </ActionIcon>
    </Group>
  )
}

const Chosen = ({ chosen, uploads }: { chosen: ChosenFile; uploads: Uploads }) => {
  const { file, seconds, status, progress, error } = chosen
  return (
    <List.Item>
      <Group wrap="nowrap" justify="space-between">
        <div className={classes.chosen}>
          <Text size="sm" truncate>
            {file.name} ({fileSize(file.size)})
          </Text>
          {seconds !== null && <VoicePreview file={file} />}
          <Progress.Root size="sm">
            <Progress.Section value={progress * 100} aria-label={texts.uploading(file.name)} />
          </Progress.Root>
          <Text size="sm" role={status === 'FAILED' ? 'alert' : 'status'}>
            {error ?? texts.status[status]}
          </Text>
        </div>
        <Controls chosen={chosen} uploads={uploads} />
      </Group>
    </List.Item>
  )
}

/** What goes with the next message, and how far it has come. */
export const UploadTray = ({ uploads }: { uploads: Uploads }) =>
  uploads.files.length > 0 && (
    <List aria-label={texts.files} listStyleType="none" spacing="xs" mb="xs" className={classes.tray}>
      {uploads.files.map(chosen => (
        <Chosen key={chosen.key} chosen={chosen} uploads={uploads} />
      ))}
    </List>
  )
