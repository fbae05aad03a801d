/** Reads a page and gives it away; true while there is more to read. */
export type Refill = () => Promise<boolean>

/** The places for pages that wait for a consumer, over all of its streams. */
export interface PageBudget {
  /** Null: a place is taken; else once one is left. */
  takePage(): Promise<void> | null
  releasePage(): void
}

/** Reads what is to be read rather than pushed, page by page, for as long as it is wanted. */
export class Refilling {
  refill: Refill | null = null
  private more = true
  private reading = false
  private closed = false
  private hasPlace = false

  constructor(
    private readonly budget: PageBudget,
    /** The consumer has taken all that it was given. */
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
        if (!this.hasPlace) {
          const turn = this.budget.takePage()
          if (turn) await turn
          this.hasPlace = true
          continue
        }
        this.more = false
        if (await this.refill()) this.more = true
      }
    } catch (error) {
      this.fail(error)
    } finally {
      this.reading = false
      if (this.closed || this.isWanted()) this.leavePlace()
    }
  }

  /** Nothing is read any more. */
  close(): void {
    this.closed = true
    if (!this.reading) this.leavePlace()
  }

  private leavePlace(): void {
    if (this.hasPlace) this.budget.releasePage()
    this.hasPlace = false
  }
}
