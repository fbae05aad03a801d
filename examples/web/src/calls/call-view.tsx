import { ActionIcon, Alert, Button, Group, Stack, Text } from '@mantine/core'
import {
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconVideo,
  IconVideoOff,
  type TablerIcon,
} from '@tabler/icons-react'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { paths } from '../routes.js'
import { strings } from '../strings.js'
import type { Call, CallState } from './call.js'
import styles from './call-view.module.css'

const Media = ({ media, label, isOwn = false }: { media: MediaStream; label: string; isOwn?: boolean }) => {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = media
  }, [media])
  const className = isOwn ? styles.own : styles.video
  return <video ref={video} className={className} aria-label={label} autoPlay playsInline muted={isOwn} />
}

const Sound = ({ media }: { media: MediaStream }) => {
  const audio = useRef<HTMLAudioElement>(null)
  useEffect(() => {
    if (audio.current) audio.current.srcObject = media
  }, [media])
  return <audio ref={audio} autoPlay />
}

const Stage = ({ type, own, others }: Pick<CallState, 'own' | 'others'> & { type: Call['type'] }) => {
  if (type === 'VOICE') return others.map(({ user, media }) => media && <Sound key={user.id} media={media} />)
  return (
    <div className={styles.stage}>
      {others.map(
        ({ user, media }) =>
          media && <Media key={user.id} media={media} label={strings.calls.videoOf(user.displayName)} />,
      )}
      {own && <Media media={own} label={strings.calls.videoOf(strings.calls.you)} isOwn />}
    </div>
  )
}

interface SwitchProps {
  label: string
  isOn: boolean
  icons: readonly [on: TablerIcon, off: TablerIcon]
  onChange: (isOn: boolean) => void
}

const Switch = ({ label, isOn, icons: [On, Off], onChange }: SwitchProps) => (
  <ActionIcon
    size="lg"
    variant={isOn ? 'default' : 'filled'}
    color="gray.8"
    aria-label={label}
    aria-pressed={isOn}
    onClick={() => onChange(!isOn)}
  >
    {isOn ? <On size={20} /> : <Off size={20} />}
  </ActionIcon>
)

const Controls = ({ call, state: { own, hasMicrophone, hasCamera } }: { call: Call; state: CallState }) => (
  <Group gap="xs">
    {own && (
      <Switch
        label={strings.calls.microphone}
        isOn={hasMicrophone}
        icons={[IconMicrophone, IconMicrophoneOff]}
        onChange={call.setMicrophone}
      />
    )}
    {own && call.type === 'VIDEO' && (
      <Switch
        label={strings.calls.camera}
        isOn={hasCamera}
        icons={[IconVideo, IconVideoOff]}
        onChange={call.setCamera}
      />
    )}
    <Button
      color="red.9"
      size="sm"
      leftSection={<IconPhoneOff size={18} />}
      title={strings.calls.hangUpHint}
      onClick={call.hangUp}
    >
      {strings.calls.hangUp}
    </Button>
  </Group>
)

const Problem = ({ call, problem }: { call: Call; problem: NonNullable<CallState['problem']> }) => (
  <Alert color="yellow" role="alert">
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{strings.calls.problems[problem]}</Text>
      <Group gap="xs">
        <Button size="xs" onClick={() => void call.open()}>
          {strings.common.tryAgain}
        </Button>
        <Button size="xs" variant="default" onClick={() => void call.open(false)}>
          {strings.calls.withoutDevices}
        </Button>
      </Group>
    </Stack>
  </Alert>
)

const Links = ({ status, others }: CallState) => (
  <div role="status">
    {status === 'OPENING' && <Text size="sm">{strings.calls.opening}</Text>}
    {status === 'OPEN' && others.length === 0 && <Text size="sm">{strings.calls.nobody}</Text>}
    {others.map(({ user, link }) => (
      <Text key={user.id} size="sm">
        {strings.calls.links[link](user.displayName)}
      </Text>
    ))}
  </div>
)

/** The call that the viewer is in: beside its conversation, or small above everything else. */
export const CallView = ({ call, isSmall = false }: { call: Call; isSmall?: boolean }) => {
  const state = useSyncExternalStore(call.state.subscribe, call.state.get)
  const box = useRef<HTMLElement>(null)
  // What was clicked to get here is gone.
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus()
  }, [])
  return (
    <section ref={box} tabIndex={-1} aria-label={strings.calls.region}>
      <Stage type={call.type} own={state.own} others={state.others} />
      {state.problem && <Problem call={call} problem={state.problem} />}
      <Group justify="space-between" p="xs" gap="xs">
        <Links {...state} />
        {isSmall && (
          <Button component="a" href={paths.conversation(call.conversationId)} size="xs" variant="default">
            {strings.calls.toConversation}
          </Button>
        )}
        <Controls call={call} state={state} />
      </Group>
    </section>
  )
}
