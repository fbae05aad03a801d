import { useMutation } from '@apollo/client/react'
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useEffect, useReducer } from 'react'
import { durationText } from '../duration-text.js'
import { errorText } from '../error-text.js'
import { EndAccessDocument } from '../operations.js'
import { strings } from '../strings.js'
import type { Grant } from './running-grants.js'
import { SubjectConversations } from './subject-conversations.js'

const TICK_MS = 1_000

const useSecondsLeft = (expiresAt: string, onOver: () => void): number => {
  const [, tick] = useReducer((count: number) => count + 1, 0)
  const left = Math.max(0, Math.round((Date.parse(expiresAt) - Date.now()) / 1000))
  const isOver = left === 0
  useEffect(() => {
    const timer = setInterval(tick, TICK_MS)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (isOver) onOver()
    // Once, not with each rendering.
  }, [isOver])
  return left
}

/** One running access: its time left, its end, and what it opens. */
export const GrantCard = ({ grant, onOver }: { grant: Grant; onOver: () => void }) => {
  const { id, subject, reason, expiresAt } = grant
  const left = useSecondsLeft(expiresAt, onOver)
  const [end, { loading, error }] = useMutation(EndAccessDocument, { fetchPolicy: 'no-cache' })
  const endNow = () => void end({ variables: { input: { id } } }).then(onOver, () => {})
  if (left === 0) return null
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={4}>{subject.displayName}</Title>
          <Text role="timer" aria-live="off">
            {strings.admin.left(durationText(left))}
          </Text>
        </Group>
        <Text>{reason}</Text>
        <SubjectConversations subject={subject} onOver={onOver} />
        {error && <Text role="alert">{errorText(error)}</Text>}
        <Group>
          <Button color="red.9" loading={loading} onClick={endNow}>
            {strings.admin.endAccess(subject.displayName)}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
