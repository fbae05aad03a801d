import { createHash } from 'node:crypto'
import pg from 'pg'
import { ConnectionPool } from './connection-pool.js'
import type { Database, Transaction } from './database.js'
import { DeadlineError, isConnectionLost } from './database-errors.js'
import { PrismaClient } from './generated/client.js'
import { parseTimestamp, TIMESTAMPTZ } from './parse-timestamp.js'
import { postgresAdapter } from './postgres-adapter.js'
import { runTransaction } from './transaction.js'

const STATEMENT_TIMEOUT_MS = 15_000
const LEASE_MS = 20_000
const CALL_DEADLINE_MS = 10_000
const CALL_CONNECTIONS = 6
// Sends and marks, each with a lane for what is locked.
const COMMIT_CONNECTIONS = 4
const PRISMA_CONNECTIONS = 10

const INT8 = 20
const INT8_ARRAY = 1016

const parseTexts = pg.types.getTypeParser(1009 as number) as (text: string) => (string | null)[]
const parsers = new Map<number, (text: string) => unknown>([
  [INT8, Number],
  [TIMESTAMPTZ, parseTimestamp],
  [INT8_ARRAY, text => parseTexts(text).map(item => (item === null ? null : Number(item)))],
])
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
}

export class PostgresDatabase implements Database {
  readonly prisma: PrismaClient
  // Calls have connections of their own: transactions that wait for a lock do not hold them up.
  private readonly calls: ConnectionPool
  private readonly commits: ConnectionPool
  private readonly everyday: ConnectionPool
  private readonly statements = new Map<string, string>()

  constructor(url: string) {
    const limits = { statementTimeoutMs: STATEMENT_TIMEOUT_MS, leaseMs: LEASE_MS }
    this.calls = new ConnectionPool(url, { ...limits, maxConnections: CALL_CONNECTIONS })
    this.commits = new ConnectionPool(url, { ...limits, maxConnections: COMMIT_CONNECTIONS })
    this.everyday = new ConnectionPool(url, { ...limits, maxConnections: PRISMA_CONNECTIONS })
    this.prisma = new PrismaClient({ adapter: postgresAdapter(this.everyday.pool) })
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return runTransaction(this.prisma, work)
  }

  call<Row>(sql: string, parameters: unknown[], deadlineMs = CALL_DEADLINE_MS): Promise<Row[]> {
    return this.query(this.calls, sql, parameters, deadlineMs)
  }

  commit<Row>(sql: string, parameters: unknown[], deadlineMs: number): Promise<Row[]> {
    return this.query(this.commits, sql, parameters, deadlineMs)
  }

  async close() {
    await this.prisma.$disconnect()
    await Promise.all(this.pools.map(pool => pool.end()))
  }

  private get pools() {
    return [this.calls, this.commits, this.everyday]
  }

  private async query<Row>(pool: ConnectionPool, sql: string, values: unknown[], deadlineMs: number): Promise<Row[]> {
    const client = await pool.pool.connect()
    let late = false
    let broken = false
    const timer = setTimeout(() => {
      late = true
      client.release(true)
      for (const pool of this.pools) pool.dropIdle()
    }, deadlineMs)
    try {
      const query = { name: this.statementName(sql), text: sql, values, types }
      return (await client.query<Row & pg.QueryResultRow>(query)).rows
    } catch (error) {
      broken = isConnectionLost(error)
      throw late ? new DeadlineError() : error
    } finally {
      clearTimeout(timer)
      if (!late) client.release(broken)
    }
  }

  private statementName(sql: string): string {
    const name = this.statements.get(sql) ?? createHash('md5').update(sql).digest('base64')
    this.statements.set(sql, name)
    return name
  }
}
