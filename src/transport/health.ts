export type Probe = () => Promise<boolean>

/** Of the scanner for malware: without its answer files wait, and everything else goes on. */
export type ScannerState = 'ok' | 'failing' | 'skipped'

export interface HealthReport {
  ok: boolean
  parts: Record<string, boolean>
  scanner: ScannerState
}

const PROBE_LIMIT_MS = 2_000
// However often anyone asks, the parts are not asked more often than this.
const FRESH_MS = 250

/** Whether what this process needs answers. */
export class Health {
  readonly #startedAt = Date.now()
  #draining = false
  #latest: { at: number; report: Promise<HealthReport> } | undefined

  constructor(
    private readonly probes: Readonly<Record<string, Probe>>,
    /** Null: there is none. */
    private readonly scanner: Probe | null,
  ) {}

  get uptimeSeconds() {
    return Math.floor((Date.now() - this.#startedAt) / 1000)
  }

  /** From now on not ready: a balancer sends nobody here any more. */
  drain(): void {
    this.#draining = true
  }

  get draining() {
    return this.#draining
  }

  check(): Promise<HealthReport> {
    const now = Date.now()
    if (!this.#latest || now - this.#latest.at > FRESH_MS) this.#latest = { at: now, report: this.#probe() }
    return this.#latest.report
  }

  async ready(): Promise<HealthReport> {
    const report = await this.check()
    return { ...report, ok: report.ok && !this.#draining }
  }

  async #probe(): Promise<HealthReport> {
    const [scanner, ...answers] = await Promise.all([
      this.#probeScanner(),
      ...Object.entries(this.probes).map(async ([name, probe]) => [name, await answersInTime(probe)] as const),
    ])
    return { ok: answers.every(([, answer]) => answer), parts: Object.fromEntries(answers), scanner }
  }

  async #probeScanner(): Promise<ScannerState> {
    if (!this.scanner) return 'skipped'
    return (await answersInTime(this.scanner)) ? 'ok' : 'failing'
  }
}

const answersInTime = async (probe: Probe): Promise<boolean> => {
  const { promise, timer } = afterLimit()
  try {
    return await Promise.race([probe(), promise])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

const afterLimit = () => {
  let timer: NodeJS.Timeout | undefined
  const promise = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), PROBE_LIMIT_MS)
  })
  return { promise, timer }
}
