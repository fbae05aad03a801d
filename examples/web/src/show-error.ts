import { chatError, isPassing } from '@colloquy/apollo'
import { notifications } from '@mantine/notifications'
import { errorText } from './error-text.js'

export const showFailure = (message: string): void => {
  notifications.show({ color: 'red', message })
}

/** For what was asked for in passing, and has no place of its own to say so. */
export const showError = (error: unknown): void => showFailure(errorText(error))

/** For what nobody asked for: of a connection that is lost the banner tells, and what comes after it reads again. */
export const showUnlessPassing = (error: unknown): void => {
  if (!isPassing(chatError(error))) showError(error)
}
