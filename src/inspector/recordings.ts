import {
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputFormat,
  type InputTrack,
  MP3,
  MP4,
  OGG,
  WAVE,
  WEBM,
} from 'mediabunny'
import type { MediaType } from '../attachments/media-types.js'
import type { Findings } from './inspect-file.js'
import { readBy, Rejected } from './rejected.js'

export type Container = 'mp3' | 'wav' | 'ogg' | 'mp4' | 'webm'

interface Reading {
  format: InputFormat
  audio: MediaType
  /** Where there is a picture as well; null: not allowed. */
  video: MediaType | null
}

const READINGS: Readonly<Record<Container, Reading>> = {
  mp3: { format: MP3, audio: 'audio/mpeg', video: null },
  wav: { format: WAVE, audio: 'audio/wav', video: null },
  ogg: { format: OGG, audio: 'audio/ogg', video: null },
  mp4: { format: MP4, audio: 'audio/mp4', video: 'video/mp4' },
  webm: { format: WEBM, audio: 'audio/webm', video: 'video/webm' },
}
const MOST_TRACKS = 16

/** In seconds. What a recorder writes as it goes does not say how long it became: its last packet does. */
const endOf = async (track: InputTrack): Promise<number> => {
  const last = await new EncodedPacketSink(track).getPacket(Infinity)
  if (!last || last.data.length === 0) throw new Rejected('MALFORMED')
  return last.timestamp + last.duration
}

const sizeOf = async (track: InputTrack) =>
  track.isVideoTrack() ? { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() } : {}

/** Reads what says where everything is, and the last packet of each track; never the whole. */
export const inspectRecording = (path: string, container: Container): Promise<Findings> =>
  readBy(async () => {
    const { format, audio, video } = READINGS[container]
    const input = new Input({ source: new FilePathSource(path), formats: [format] })
    try {
      const tracks = await input.getTracks()
      if (tracks.length === 0 || tracks.length > MOST_TRACKS) throw new Rejected('MALFORMED')
      const picture = tracks.find(track => track.isVideoTrack())
      const mediaType = picture ? video : audio
      if (!mediaType) throw new Rejected('TYPE_NOT_ALLOWED')
      let durationSeconds = 0
      for (const track of tracks) durationSeconds = Math.max(durationSeconds, await endOf(track))
      return { mediaType, durationSeconds, ...(picture ? await sizeOf(picture) : {}) }
    } finally {
      input.dispose()
    }
  })
