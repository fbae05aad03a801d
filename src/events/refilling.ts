/** Reads a page and gives it away; true while there is more to read. */
export type Refill = () => Promise<boolean>

/** Reads what is to be read rather than pushed, page by page, for as long as it is wanted. */
export class Refilling {
  refill: Refill | null = null
  private more = true
  private reading = false

  constructor(
    private readonly isWanted: () => boolean,
    private readonly fail: (error: unknown) => void,
  ) {}

  /** There is something to read again. */
  wake(): void {
    this.more = true
    void this.read()
  }

  async read(): Promise<void> {
    if (this.reading) return
    this.reading = true
    try {
      while (this.refill && this.more && this.isWanted()) {
        this.more = false
        if (await this.refill()) this.more = true
      }
    } catch (error) {
      this.fail(error)
    } finally {
      this.reading = false
    }
  }
}
