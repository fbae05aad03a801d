import { type LeaseNeeds, UPLOAD_TIMINGS, UploadBusy, UploadLease, type UploadTimings } from './upload-lease.js'

/** One request at a time takes the bytes of an upload, at whatever process: who comes later asks who is there to let go. */
export class UploadLeases {
  private readonly held = new Map<string, UploadLease>()
  private readonly waiting = new Map<string, UploadLease>()

  constructor(
    private readonly needs: LeaseNeeds,
    readonly timings: UploadTimings = UPLOAD_TIMINGS,
  ) {}

  newLock(id: string): UploadLease {
    return new UploadLease(id, { ...this.needs, held: this.held, waiting: this.waiting }, this.timings)
  }

  /** What comes of the upload, while it is this process's; then an error. One that was frozen learns here what it lost. */
  async *guard(id: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const lease = this.held.get(id)
    for await (const chunk of bytes) {
      if (!lease || lease.isLost) throw new UploadBusy('The upload was lost to another request.')
      yield chunk
    }
  }

  /** Resolves once none is held here. */
  async released(): Promise<void> {
    await Promise.all([...this.held.values()].map(lease => lease.over))
  }
}
