import { Alert, Button, Text } from '@mantine/core'
import type { ChatError } from '@colloquy/apollo'
import { errorText } from '../error-text.js'
import { strings } from '../strings.js'

interface Props {
  error: ChatError | null
  reopen: () => void
}

/** Nothing more comes, and why. */
export const Ended = ({ error, reopen }: Props) => (
  <Alert role="alert" color="red" variant="outline" title={strings.conversation.ended} m="md">
    <Text mb="xs">{errorText(error)}</Text>
    <Button variant="default" onClick={reopen}>
      {strings.conversation.reopen}
    </Button>
  </Alert>
)
