import { createColloquyClient } from '../colloquy-client.js'
import type { CallPage } from './call-on-page.js'
import { joinCall } from './join-call.js'

const happened: string[] = []
const audio = new Audio()
let connection: RTCPeerConnection | undefined
let leave = () => {}

const heard = async () => {
  const reports = [...((await connection?.getStats()) ?? new Map()).values()] as RTCInboundRtpStreamStats[]
  const inbound = reports.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
  return { packets: inbound?.packetsReceived ?? 0, energy: inbound?.totalAudioEnergy ?? 0 }
}

const join: CallPage['join'] = async ({ url, token, sessionId, viewerId }) => {
  const { client } = createColloquyClient({ url, getToken: () => token })
  const media = await navigator.mediaDevices.getUserMedia({ audio: true })
  const prepare = (made: RTCPeerConnection) => {
    connection = made
    for (const track of media.getTracks()) made.addTrack(track, media)
    const channel = made.createDataChannel('words', { negotiated: true, id: 0 })
    channel.onopen = () => channel.send(`I am ${viewerId}`)
    channel.onmessage = ({ data }) => happened.push(String(data))
  }
  const show = (stream: MediaStream) => {
    audio.srcObject = stream
    void audio.play()
  }
  const end = (error?: unknown) =>
    happened.push(error === undefined ? 'The session is over.' : `It failed: ${JSON.stringify(error)}`)
  leave = await joinCall(
    client,
    { sessionId, viewerId, prepare },
    { show, left: () => happened.push('They left.'), end },
  )
}

Object.assign(window, { callPage: { join, leave: () => leave(), happened, heard } satisfies CallPage })
