/** What the test finds on the page. */
export interface CallPage {
  join: (who: { url: string; token: string; sessionId: string; viewerId: string }) => Promise<void>
  leave: () => void
  /** What was said by the data channel, and whatever else happened, in order. */
  happened: string[]
  /** Of the audio that arrived. */
  heard: () => Promise<{ packets: number; energy: number }>
}
