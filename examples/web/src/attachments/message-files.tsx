import { Button, Image, Modal, Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconFile } from '@tabler/icons-react'
import type { AttachmentPartsFragment, ChatMessage } from '@colloquy/apollo'
import { showError } from '../show-error.js'
import { strings } from '../strings.js'
import classes from './attachments.module.css'
import { fileSize } from './file-size.js'
import { useAttachmentUrls } from './use-attachment-urls.js'

const texts = strings.attachments

interface Props {
  attachment: AttachmentPartsFragment
  tabIndex: number
}

const LARGEST_WIDTH = 320
/** Of what can be hit with a finger, however small the picture. */
const SMALLEST_WIDTH = 64

const shownWidth = (width: number | null) => Math.max(SMALLEST_WIDTH, Math.min(LARGEST_WIDTH, width ?? LARGEST_WIDTH))

/** The server says that it is to be saved: the page stays. */
const save = (url: string | null) => {
  if (url) window.location.assign(url)
}

const Picture = ({ attachment, tabIndex }: Props) => {
  const { id, fileName, width, height } = attachment
  const { url, thumbnailUrl, renew } = useAttachmentUrls(id)
  const [isOpen, { open, close }] = useDisclosure(false)
  const show = () => {
    renew().then(open, showError)
  }
  return (
    <>
      <UnstyledButton
        className={classes.picture}
        w={shownWidth(width)}
        tabIndex={tabIndex}
        aria-label={texts.show(fileName)}
        onClick={show}
      >
        {/* Its place is kept until it is there. */}
        <img
          src={thumbnailUrl ?? url ?? undefined}
          alt=""
          width={width ?? undefined}
          height={height ?? undefined}
          onError={() => void renew().catch(() => {})}
        />
      </UnstyledButton>
      <Modal opened={isOpen} onClose={close} title={fileName} size="auto">
        <Image src={url} alt={fileName} fit="contain" mah="75dvh" />
      </Modal>
    </>
  )
}

const Sound = ({ attachment, tabIndex }: Props) => {
  const { url, renew } = useAttachmentUrls(attachment.id)
  return (
    <audio
      controls
      preload="metadata"
      className={classes.audio}
      src={url ?? undefined}
      tabIndex={tabIndex}
      aria-label={attachment.fileName}
      onError={() => void renew().catch(() => {})}
    />
  )
}

const Video = ({ attachment, tabIndex }: Props) => {
  const { url, renew } = useAttachmentUrls(attachment.id)
  return (
    <video
      controls
      preload="metadata"
      className={classes.video}
      width={attachment.width ?? undefined}
      height={attachment.height ?? undefined}
      src={url ?? undefined}
      tabIndex={tabIndex}
      aria-label={attachment.fileName}
      onError={() => void renew().catch(() => {})}
    />
  )
}

const OtherFile = ({ attachment, tabIndex }: Props) => {
  const { id, fileName, sizeBytes } = attachment
  const { renew } = useAttachmentUrls(id)
  const size = fileSize(sizeBytes)
  return (
    <Button
      variant="default"
      h="auto"
      py={6}
      maw="100%"
      leftSection={<IconFile />}
      rightSection={<IconDownload size={18} />}
      tabIndex={tabIndex}
      onClick={() => void renew().then(save, showError)}
    >
      <Stack gap={0} align="flex-start" miw={0}>
        <Text size="sm" truncate maw="14rem">
          <VisuallyHidden component="span">{texts.download} </VisuallyHidden>
          {fileName}
        </Text>
        <Text size="xs">{size}</Text>
      </Stack>
    </Button>
  )
}

const viewOf = ({ mediaType }: AttachmentPartsFragment) => {
  if (mediaType.startsWith('image/')) return Picture
  if (mediaType.startsWith('audio/')) return Sound
  return mediaType.startsWith('video/') ? Video : OtherFile
}

/** What a message holds beside its text. */
export const MessageFiles = ({ message, tabIndex }: { message: ChatMessage; tabIndex: number }) => (
  <Stack gap="xs" align="flex-start">
    {message.attachments.map(attachment => {
      const View = viewOf(attachment)
      return <View key={attachment.id} attachment={attachment} tabIndex={tabIndex} />
    })}
  </Stack>
)
