import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils'
import type pg from 'pg'

// PostgreSQL answers the COMMIT of a transaction in which a statement failed with a ROLLBACK, and no error.
const refuseAbortedCommit = (tx: Transaction): Transaction => {
  let aborted = false
  const watch =
    <T>(run: (query: SqlQuery) => Promise<T>) =>
    async (query: SqlQuery) => {
      if (query.sql === 'COMMIT' && aborted) {
        await run({ ...query, sql: 'ROLLBACK' })
        throw new Error('A statement of the transaction failed, so that nothing was stored.')
      }
      try {
        const result = await run(query)
        if (query.sql.startsWith('ROLLBACK TO ')) aborted = false
        return result
      } catch (error) {
        aborted = true
        throw error
      }
    }
  return Object.assign(tx, {
    queryRaw: watch(tx.queryRaw.bind(tx)),
    executeRaw: watch(tx.executeRaw.bind(tx)),
  })
}

/** Prisma's way to PostgreSQL. */
export const postgresAdapter = (pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory => {
  const factory = new PrismaPg(pool)
  return {
    provider: 'postgres',
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect()
      const startTransaction = adapter.startTransaction.bind(adapter)
      return Object.assign(adapter, {
        startTransaction: async () => refuseAbortedCommit(await startTransaction()),
        // The adapter's own splits scripts at each semicolon, those inside of functions too.
        executeScript: async (script: string) => {
          await pool.query(script)
        },
      })
    },
    connectToShadowDb: () => factory.connectToShadowDb(),
  }
}
