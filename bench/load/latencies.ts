/** In milliseconds. */
export class Latencies {
  readonly #values: number[] = []

  get count(): number {
    return this.#values.length
  }

  add(value: number): void {
    this.#values.push(value)
  }

  percentiles(): { p50: number; p99: number } {
    const sorted = Float64Array.from(this.#values).sort()
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
    return { p50: at(0.5), p99: at(0.99) }
  }
}
