import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { lockDataDir } from './data-dir-lock.js'
import type { Database, Transaction } from './database.js'
import { embeddedAdapter } from './embedded-adapter.js'
import { PrismaClient } from './generated/client.js'
import { runTransaction } from './transaction.js'

export interface EmbeddedOptions {
  /** Undefined: in memory. */
  dataDir?: string
  /** What `dump` returned: the database's first content. */
  content?: Blob
}

// Renamed when it is complete, so that a process killed during its first start leaves nothing half made.
const createFiles = async (path: string, content: Blob | undefined) => {
  const draft = `${path}.new`
  await rm(draft, { recursive: true, force: true })
  const client = await PGlite.create({ dataDir: draft, loadDataDir: content })
  await client.close()
  await rename(draft, path)
}

const openFiles = async (dataDir: string, content: Blob | undefined) => {
  const path = join(resolve(dataDir), 'db')
  if (!existsSync(path)) await createFiles(path, content)
  return PGlite.create({ dataDir: path, relaxedDurability: false })
}

/** PGlite in this process: one connection, and one process. */
export class EmbeddedDatabase implements Database {
  readonly prisma: PrismaClient

  private constructor(
    readonly client: PGlite,
    private readonly unlock: () => Promise<void>,
  ) {
    this.prisma = new PrismaClient({ adapter: embeddedAdapter(client) })
  }

  static async open({ dataDir, content }: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
    if (dataDir === undefined)
      return new EmbeddedDatabase(await PGlite.create({ loadDataDir: content }), () => Promise.resolve())
    const unlock = await lockDataDir(dataDir)
    try {
      return new EmbeddedDatabase(await openFiles(dataDir, content), unlock)
    } catch (error) {
      await unlock()
      throw error
    }
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return runTransaction(this.prisma, work)
  }

  // Without a deadline: no connection can be lost here, and a transaction in front ends by its own time limit.
  commit<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.call(sql, parameters)
  }

  async call<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return (await this.client.query<Row>(sql, parameters)).rows
  }

  dump(): Promise<Blob> {
    return this.client.dumpDataDir('none')
  }

  async close() {
    await this.prisma.$disconnect()
    await this.client.close()
    await this.unlock()
  }
}
