import { createHmac } from 'node:crypto'
import { type Push, PushFailure, type PushTransport } from './push-transport.js'

export interface WebhookOptions {
  url: string
  secret: string
}

const PREFIX = 'whsec_'

/** A secret as Standard Webhooks writes them is base64; any other is taken as it stands. */
const keyOf = (secret: string) =>
  secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret)

const headersOf = (id: string, body: string, secret: string) => {
  const timestamp = Math.floor(Date.now() / 1000).toString()
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'content-type': 'application/json',
    'user-agent': 'colloquy',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}

const codeOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : codeOf(error.cause)
}

/** POSTs to the host system, signed as https://www.standardwebhooks.com has it. */
export class WebhookTransport implements PushTransport {
  constructor(private readonly options: WebhookOptions) {}

  async deliver(push: Push, signal: AbortSignal): Promise<void> {
    const { id, kind, createdAt, ...about } = push
    const body = JSON.stringify({ type: 'notification', timestamp: createdAt, data: { id, kind, ...about } })
    const { ok, status } = await this.post(body, headersOf(id, body, this.options.secret), signal)
    if (!ok) throw new PushFailure(`HTTP ${status}`)
  }

  private async post(body: string, headers: Record<string, string>, signal: AbortSignal) {
    try {
      // A redirect would take the body to somebody else.
      const response = await fetch(this.options.url, { method: 'POST', headers, body, signal, redirect: 'manual' })
      await response.body?.cancel()
      return response
    } catch (error) {
      if (signal.aborted) throw new PushFailure('no answer in time')
      throw new PushFailure(codeOf(error) ?? 'no connection')
    }
  }
}
