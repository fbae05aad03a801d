import { Alert, Group, Text } from '@mantine/core'
import type { ChatSession } from '@colloquy/apollo'
import { useEffect, useRef } from 'react'
import { moneyText } from '../money-text.js'
import { durationText } from '../duration-text.js'
import { strings } from '../strings.js'

interface Props {
  session: ChatSession
  /** Whether it was ended here: what had the focus is gone. */
  takesFocus: boolean
  onClose: () => void
}

const endReasonText = (reason: string | null): string | null =>
  reason === null ? null : ((strings.sessions.endReasons as Record<string, string | undefined>)[reason] ?? reason)

/** What became of the session that has just ended. */
export const SessionSummary = ({ session, takesFocus, onClose }: Props) => {
  const { status, durationSeconds, cost, viewerCost, refunded, endReason } = session
  const shown = viewerCost ?? cost
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus) box.current?.focus()
  }, [takesFocus])
  const reason = endReasonText(endReason)
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="group"
      title={status === 'EXPIRED' ? strings.sessions.expired : strings.sessions.ended}
      withCloseButton
      closeButtonLabel={strings.sessions.closeSummary}
      onClose={onClose}
    >
      <Group gap="md">
        <Text size="sm">{strings.sessions.lasted(durationText(durationSeconds))}</Text>
        <Text size="sm">{shown ? strings.sessions.cost(moneyText(shown)) : strings.sessions.free}</Text>
        {refunded !== null && refunded.amountMinor > 0 && (
          <Text size="sm">{strings.sessions.refunded(moneyText(refunded))}</Text>
        )}
        {reason !== null && <Text size="sm">{strings.sessions.because(reason)}</Text>}
      </Group>
    </Alert>
  )
}
