/** A value that changes, as React's `useSyncExternalStore` wants it. */
export interface Readable<Value> {
  readonly get: () => Value
  /** Returns what ends it. */
  readonly subscribe: (listener: () => void) => () => void
}

export class Store<Value> implements Readable<Value> {
  readonly #listeners = new Set<() => void>()
  #value: Value

  constructor(value: Value) {
    this.#value = value
  }

  readonly get = (): Value => this.#value

  readonly subscribe = (listener: () => void): (() => void) => {
    // Of its own, so that one listener given twice is two.
    const own = () => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  set(value: Value): void {
    if (Object.is(value, this.#value)) return
    this.#value = value
    for (const listener of [...this.#listeners]) listener()
  }
}
