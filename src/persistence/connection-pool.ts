import type { Socket } from 'node:net'
import pg from 'pg'

export interface PoolLimits {
  maxConnections: number
  /** Of one statement, and of an idle transaction; for a lock it is a third. 0: no limit. */
  statementTimeoutMs: number
  /** How long a connection may be in use before it is destroyed. 0: no limit. */
  leaseMs: number
}

const CONNECT_TIMEOUT_MS = 5_000
const IDLE_TIMEOUT_MS = 30_000
const KEEP_ALIVE_MS = 10_000
const END_TIMEOUT_MS = 3_000

const withSettings = (url: string, statementTimeoutMs: number) => {
  const given = /[?&]options=([^&]*)/.exec(url)?.[1] ?? ''
  const settings = [
    `-c statement_timeout=${statementTimeoutMs}`,
    `-c idle_in_transaction_session_timeout=${statementTimeoutMs}`,
    `-c lock_timeout=${Math.ceil(statementTimeoutMs / 3)}`,
    '-c default_transaction_isolation=read\\ committed',
    decodeURIComponent(given.replaceAll('+', ' ')),
    // Prisma's adapters read every timestamp as UTC, whatever its offset says.
    '-c TimeZone=UTC',
  ]
  return `${url}${url.includes('?') ? '&' : '?'}options=${encodeURIComponent(settings.join(' '))}`
}

// Unlike `end`, this does not wait for a server that no longer answers.
const destroy = (client: pg.ClientBase) => {
  ;(client as unknown as { connection: { stream: Socket } }).connection.stream.destroy()
}

/** Connections to PostgreSQL, whose loss never ends the process and which nothing keeps for ever. */
export class ConnectionPool {
  readonly pool: pg.Pool
  private readonly inUse = new Map<pg.PoolClient, NodeJS.Timeout | undefined>()
  private readonly idle = new Set<pg.PoolClient>()

  constructor(
    url: string,
    private readonly limits: PoolLimits,
  ) {
    this.pool = new pg.Pool({
      connectionString: withSettings(url, limits.statementTimeoutMs),
      fallback_application_name: 'colloquy',
      max: limits.maxConnections,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      idleTimeoutMillis: limits.leaseMs > 0 ? IDLE_TIMEOUT_MS : 0,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    })
    // What runs on a lost connection fails; without listeners the same error would end the process as well.
    this.pool.on('error', () => undefined)
    this.pool.on('connect', client => void client.on('error', () => undefined))
    this.pool.on('acquire', client => this.lease(client))
    this.pool.on('release', (_error, client) => {
      clearTimeout(this.inUse.get(client))
      this.inUse.delete(client)
      this.idle.add(client)
    })
    this.pool.on('remove', client => this.idle.delete(client))
  }

  /** When one falls silent, the others may have too: each would cost its user a deadline. */
  dropIdle() {
    for (const client of this.idle) destroy(client)
    this.idle.clear()
  }

  /** Lets what is under way finish, but does not wait for ever. */
  async end() {
    const timer = setTimeout(() => [...this.inUse.keys()].forEach(destroy), END_TIMEOUT_MS)
    await this.pool.end()
    clearTimeout(timer)
  }

  private lease(client: pg.PoolClient) {
    const { leaseMs } = this.limits
    this.idle.delete(client)
    this.inUse.set(client, leaseMs > 0 ? setTimeout(() => destroy(client), leaseMs) : undefined)
  }
}
