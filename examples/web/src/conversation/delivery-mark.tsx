import { Box, Tooltip } from '@mantine/core'
import { IconCheck, IconChecks, IconEye } from '@tabler/icons-react'
import { deliveryStatus, type ChatMessage } from '@colloquy/apollo'
import { strings } from '../strings.js'
import { useThread } from './thread.js'

const ICONS = { SENT: IconCheck, DELIVERED: IconChecks, READ: IconEye }

/** How far one's own message has come. */
export const DeliveryMark = ({ message }: { message: ChatMessage }) => {
  const status = deliveryStatus(message, useThread())
  const Icon = ICONS[status]
  return (
    <Tooltip label={strings.conversation.delivery[status]}>
      <Box component="span" lh={0} role="img" aria-label={strings.conversation.delivery[status]}>
        <Icon size={16} aria-hidden />
      </Box>
    </Tooltip>
  )
}
