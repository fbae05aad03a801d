import type { PGlite, PGliteInterface, Transaction } from '@electric-sql/pglite'
import type {
  SqlMigrationAwareDriverAdapterFactory,
  Transaction as AdapterTransaction,
} from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'

const queryable = (client: PGliteInterface | Transaction) => new PrismaPGlite(client as PGlite).connect()

// The adapter's own reports a failed COMMIT as a success.
const startTransaction = (client: PGliteInterface) =>
  new Promise<AdapterTransaction>((resolve, reject) => {
    const done = client.transaction(async tx => {
      let finish = () => {}
      const finished = new Promise<void>(ended => (finish = ended))
      resolve(
        Object.assign(await queryable(tx), {
          options: { usePhantomQuery: true },
          commit: () => {
            finish()
            return done
          },
          rollback: async () => {
            await tx.rollback()
            finish()
            await done
          },
        }),
      )
      await finished
    })
    done.catch(reject)
  })

/** Prisma's way to PGlite. */
export const embeddedAdapter = (client: PGliteInterface): SqlMigrationAwareDriverAdapterFactory => ({
  provider: 'postgres',
  adapterName: 'pglite',
  connect: async () =>
    Object.assign(await queryable(client), {
      startTransaction: () => startTransaction(client),
      // The adapter's own does not wait for the script.
      executeScript: async (script: string) => {
        await client.exec(script)
      },
    }),
  connectToShadowDb: () => Promise.reject(new Error('The embedded database has no shadow.')),
})
