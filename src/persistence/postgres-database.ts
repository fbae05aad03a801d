import { createHash } from 'node:crypto'
import pg from 'pg'
import { ConnectionPool } from './connection-pool.js'
import type { Database, Transaction } from './database.js'
import { DeadlineError, isConnectionLost } from './database-errors.js'
import { PrismaClient } from './generated/client.js'
import { postgresAdapter } from './postgres-adapter.js'
import { runTransaction } from './transaction.js'

const STATEMENT_TIMEOUT_MS = 15_000
const LEASE_MS = 20_000
const CALL_DEADLINE_MS = 10_000
const CALL_CONNECTIONS = 6
const PRISMA_CONNECTIONS = 10

const INT8 = 20
const INT8_ARRAY = 1016

const parseTexts = pg.types.getTypeParser(1009 as number) as (text: string) => (string | null)[]
const parsers = new Map<number, (text: string) => unknown>([
  [INT8, Number],
  [INT8_ARRAY, text => parseTexts(text).map(item => (item === null ? null : Number(item)))],
])
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
}

const statementName = (sql: string) => createHash('md5').update(sql).digest('base64')

export class PostgresDatabase implements Database {
  readonly prisma: PrismaClient
  // Calls have connections of their own: transactions that wait for a lock do not hold them up.
  private readonly calls: ConnectionPool
  private readonly everyday: ConnectionPool

  constructor(url: string) {
    const limits = { statementTimeoutMs: STATEMENT_TIMEOUT_MS, leaseMs: LEASE_MS }
    this.calls = new ConnectionPool(url, { ...limits, maxConnections: CALL_CONNECTIONS })
    this.everyday = new ConnectionPool(url, { ...limits, maxConnections: PRISMA_CONNECTIONS })
    this.prisma = new PrismaClient({ adapter: postgresAdapter(this.everyday.pool) })
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return runTransaction(this.prisma, work)
  }

  async call<Row>(sql: string, parameters: unknown[], deadlineMs = CALL_DEADLINE_MS): Promise<Row[]> {
    const client = await this.calls.pool.connect()
    let late = false
    let broken = false
    const timer = setTimeout(() => {
      late = true
      client.release(true)
      this.calls.dropIdle()
      this.everyday.dropIdle()
    }, deadlineMs)
    try {
      const query = { name: statementName(sql), text: sql, values: parameters, types }
      return (await client.query<Row & pg.QueryResultRow>(query)).rows
    } catch (error) {
      broken = isConnectionLost(error)
      throw late ? new DeadlineError() : error
    } finally {
      clearTimeout(timer)
      if (!late) client.release(broken)
    }
  }

  async close() {
    await this.prisma.$disconnect()
    await Promise.all([this.calls.end(), this.everyday.end()])
  }
}
