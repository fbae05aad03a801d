import { useMutation } from '@apollo/client/react'
import { Alert, Button, Group, NumberInput, Stack, Textarea } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { errorText } from '../error-text.js'
import { RequestAccessDocument } from '../operations.js'
import { strings } from '../strings.js'
import { PersonSelect } from './person-select.js'

const SHORTEST = 5
const USUAL = 30
const LONGEST = 240
const REASON = { minLength: 10, maxLength: 500 }

export const AskAccess = ({ onGiven }: { onGiven: () => void }) => {
  const [subjectId, setSubjectId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [minutes, setMinutes] = useState(USUAL)
  const [ask, { loading, error }] = useMutation(RequestAccessDocument, { fetchPolicy: 'no-cache' })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!subjectId) return
    ask({ variables: { input: { subjectId, reason: reason.trim(), minutes } } }).then(
      () => {
        setSubjectId(null)
        setReason('')
        onGiven()
      },
      // It is shown as `error`.
      () => {},
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <PersonSelect label={strings.admin.person} value={subjectId} onChange={setSubjectId} required />
        <Textarea
          label={strings.admin.reason}
          description={strings.admin.reasonHint}
          required
          {...REASON}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <NumberInput
          label={strings.admin.minutes}
          description={strings.admin.minutesHint}
          min={SHORTEST}
          max={LONGEST}
          allowDecimal={false}
          required
          value={minutes}
          onChange={value => setMinutes(Number(value))}
        />
        {error && (
          <Alert color="red" role="alert">
            {errorText(error)}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={loading}>
            {strings.admin.ask}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
