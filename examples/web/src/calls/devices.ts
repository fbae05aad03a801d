export type DeviceProblem = 'REFUSED' | 'MISSING' | 'BUSY' | 'INSECURE'

const PROBLEMS: Record<string, DeviceProblem> = {
  NotAllowedError: 'REFUSED',
  NotFoundError: 'MISSING',
  OverconstrainedError: 'MISSING',
}

export const deviceProblem = (error: unknown): DeviceProblem =>
  (error instanceof Error ? PROBLEMS[error.name] : undefined) ?? 'BUSY'

/** Asks the person, the first time. */
export const openDevices = (withCamera: boolean): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({ audio: true, video: withCamera })

/** Browsers have none on a page without https. */
export const hasDevices = (): boolean => 'mediaDevices' in navigator

export const stopDevices = (media: MediaStream | null): void => {
  for (const track of media?.getTracks() ?? []) track.stop()
}
