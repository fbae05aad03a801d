import { ActionIcon, Group, Text } from '@mantine/core'
import { IconMicrophone, IconPlayerStopFilled, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { showFailure } from '../show-error.js'
import { strings } from '../strings.js'

const texts = strings.attachments.voice

/** Safari knows only the second. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4']

interface Recording {
  recorder: MediaRecorder
  startedAt: number
}

const release = ({ recorder }: Recording) => {
  if (recorder.state !== 'inactive') recorder.stop()
  for (const track of recorder.stream.getTracks()) track.stop()
}

const start = async (): Promise<Recording> => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const recorder = new MediaRecorder(stream, { mimeType: TYPES.find(type => MediaRecorder.isTypeSupported(type)) })
  recorder.start()
  return { recorder, startedAt: Date.now() }
}

const finish = (recording: Recording): Promise<File> =>
  new Promise(resolve => {
    const { recorder } = recording
    recorder.ondataavailable = ({ data }) => {
      const [type = ''] = recorder.mimeType.split(';')
      resolve(new File([data], `${texts.fileName}.${type === 'audio/mp4' ? 'm4a' : 'webm'}`, { type }))
    }
    release(recording)
  })

const useSecondsSince = (recording: Recording | null) => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!recording) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [recording])
  return recording ? Math.max(0, Math.round((now - recording.startedAt) / 1_000)) : 0
}

/** Nobody is listened to once the conversation is left, nor when the microphone is allowed only then. */
const useRecording = () => {
  const [recording, setRecording] = useState<Recording | null>(null)
  const [isAsking, setAsking] = useState(false)
  useEffect(() => {
    if (!isAsking) return
    let isWanted = true
    start()
      .then(
        started => (isWanted ? setRecording(started) : release(started)),
        () => isWanted && showFailure(texts.refused),
      )
      .finally(() => setAsking(false))
    return () => {
      isWanted = false
    }
  }, [isAsking])
  useEffect(() => {
    if (recording) return () => release(recording)
  }, [recording])
  return { recording, record: () => setAsking(true), end: () => setRecording(null) }
}

/** Records until it is stopped; what was recorded is heard before it is sent. */
export const VoiceRecorder = ({ onRecorded }: { onRecorded: (file: File, seconds: number) => void }) => {
  const { recording, record, end } = useRecording()
  const seconds = useSecondsSince(recording)
  const stop = async () => {
    if (!recording) return
    end()
    onRecorded(await finish(recording), (Date.now() - recording.startedAt) / 1_000)
  }
  if (!recording)
    return (
      <ActionIcon size="lg" variant="subtle" aria-label={texts.record} onClick={record}>
        <IconMicrophone />
      </ActionIcon>
    )
  return (
    <Group gap={4} wrap="nowrap">
      <Text size="sm">{texts.recording(seconds)}</Text>
      <ActionIcon size="lg" color="red" aria-label={texts.stop} onClick={() => void stop()} autoFocus>
        <IconPlayerStopFilled />
      </ActionIcon>
      <ActionIcon size="lg" variant="subtle" color="gray" aria-label={texts.discard} onClick={end}>
        <IconX />
      </ActionIcon>
    </Group>
  )
}
