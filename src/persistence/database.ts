import type { Prisma, PrismaClient } from './generated/client.js'

export type Transaction = Prisma.TransactionClient

/** What is true. PostgreSQL, or PGlite in this process. */
export interface Database {
  /** For everyday reads and writes, one statement each. */
  readonly prisma: PrismaClient
  /** READ COMMITTED; run again on a deadlock or serialisation failure; UNAVAILABLE when the database does not answer. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /**
   * One statement, `$1` for parameters; int8 as number, timestamps as Date, enum arrays need a cast to text[].
   * Past the deadline its connection is destroyed and the call fails as a lost connection.
   */
  call<Row>(sql: string, parameters: unknown[], deadlineMs?: number): Promise<Row[]>
  /** As call, for a batch of writes: on connections of its own, so that no reading holds it up. */
  commit<Row>(sql: string, parameters: unknown[], deadlineMs: number): Promise<Row[]>
  close(): Promise<void>
}
