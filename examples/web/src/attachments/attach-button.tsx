import { ActionIcon, FileButton } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useRef } from 'react'
import { strings } from '../strings.js'

export const AttachButton = ({ onFiles }: { onFiles: (files: File[]) => void }) => {
  const reset = useRef<() => void>(null)
  const choose = (files: File[]) => {
    onFiles(files)
    // The same may be chosen again.
    reset.current?.()
  }
  return (
    <FileButton multiple resetRef={reset} onChange={choose}>
      {props => (
        <ActionIcon {...props} size="lg" variant="subtle" aria-label={strings.attachments.attach}>
          <IconPaperclip />
        </ActionIcon>
      )}
    </FileButton>
  )
}
