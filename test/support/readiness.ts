import { setTimeout as sleep } from 'node:timers/promises'

export interface Readiness {
  draining: boolean
  scanner: string
  parts: Record<string, boolean>
}

/** Asks the server until it is ready (200) or not (503). */
export const readiness = async (
  server: { readonly url: string },
  status: 200 | 503,
  patienceMs = 10_000,
): Promise<Readiness> => {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const response = await fetch(`${server.url}/health/ready`)
    const answer = (await response.json()) as Readiness
    if (response.status === status) return answer
    if (Date.now() > deadline) throw new Error(`/health/ready answers ${response.status}: ${JSON.stringify(answer)}`)
    await sleep(100)
  }
}
