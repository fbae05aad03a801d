import { Alert, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { SessionType } from '@colloquy/apollo'
import { useState, type SyntheticEvent } from 'react'
import { moneyText } from '../money-text.js'
import { errorText } from '../error-text.js'
import { strings } from '../strings.js'
import type { SessionOffer } from './session-offer.js'

interface Props {
  offer: SessionOffer
  start: (type: SessionType) => Promise<unknown>
  /** What is offered may have changed since. */
  onOpen: () => void
}

const Kinds = ({ offer, value, onChange }: { offer: SessionOffer; value?: string; onChange: (to: string) => void }) => (
  <Radio.Group label={strings.sessions.kind} value={value ?? null} onChange={onChange}>
    <Stack gap="xs" mt="xs">
      {offer.kinds.map(({ type, perMinute }) => (
        <Radio
          key={type}
          value={type}
          label={strings.sessions.types[type]}
          description={perMinute ? strings.sessions.perMinute(moneyText(perMinute)) : strings.sessions.free}
        />
      ))}
    </Stack>
  </Radio.Group>
)

const StartForm = ({ offer, start, onClose }: Omit<Props, 'onOpen'> & { onClose: () => void }) => {
  const [chosen, setChosen] = useState(offer.kinds[0]?.type)
  const [error, setError] = useState<unknown>()
  const [isStarting, setIsStarting] = useState(false)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!chosen) return
    setIsStarting(true)
    start(chosen)
      .then(onClose, setError)
      .finally(() => setIsStarting(false))
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Kinds offer={offer} value={chosen} onChange={type => setChosen(type as SessionType)} />
        <Text size="sm">{strings.sessions.charged}</Text>
        {error !== undefined && (
          <Alert color="red" role="alert">
            {errorText(error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {strings.common.cancel}
          </Button>
          <Button type="submit" loading={isStarting} disabled={!chosen}>
            {strings.sessions.startNow}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** A dialog tells what each kind costs before one is started. */
export const StartSession = ({ offer, start, onOpen }: Props) => {
  const [isOpened, { open, close }] = useDisclosure(false, { onOpen })
  const isPossible = offer.isAccepting && offer.kinds.length > 0
  return (
    <>
      {isPossible ? (
        <Button size="xs" variant="default" onClick={open}>
          {strings.sessions.start}
        </Button>
      ) : (
        <Text size="sm">{strings.sessions.unavailable(offer.professional.displayName)}</Text>
      )}
      <Modal opened={isOpened} onClose={close} title={strings.sessions.startWith(offer.professional.displayName)}>
        <StartForm offer={offer} start={start} onClose={close} />
      </Modal>
    </>
  )
}
