import type { View } from './follow.js'

/** Awaits what a client shows, and its end. */
export class TestView<Shown> implements View<Shown> {
  readonly all: Shown[] = []
  readonly failed: Promise<unknown>
  fail!: (error: unknown) => void
  readonly #wakeUps = new Set<() => void>()

  constructor() {
    this.failed = new Promise(resolve => (this.fail = resolve))
  }

  readonly show = (shown: Shown): void => {
    this.all.push(shown)
    for (const wakeUp of this.#wakeUps) wakeUp()
  }

  /** The first that fits of what was shown, from the last on. */
  async shows(fits: (shown: Shown) => boolean): Promise<Shown> {
    for (let seen = Math.max(0, this.all.length - 1); ; seen++) {
      while (seen === this.all.length) await this.#change()
      const shown = this.all[seen] as Shown
      if (fits(shown)) return shown
    }
  }

  async #change(): Promise<void> {
    const change = new Promise<void>(resolve => this.#wakeUps.add(resolve))
    const failure = await Promise.race([change, this.failed])
    if (failure !== undefined) throw new Error('It failed.', { cause: failure })
    this.#wakeUps.clear()
  }
}
