import type { Job } from './job.js'
import type { VacuumStore } from './vacuum.store.js'

const HOUR_MS = 3_600_000

/** The embedded database has nobody else who does it. */
export const vacuumJob = ({
  config,
  vacuums,
}: {
  config: { databaseUrl: string | undefined }
  vacuums: VacuumStore
}): Job => ({
  name: 'vacuum',
  about: 'Makes the room of what was removed free again, a table at a time: in the embedded database alone.',
  everyMs: HOUR_MS,
  off: config.databaseUrl === undefined ? null : 'PostgreSQL does it by itself',
  async *run() {
    for (const { name, rows } of await vacuums.dead()) {
      await vacuums.vacuum(name)
      yield { tables: 1, 'dead rows': rows }
    }
  },
  async *preview() {
    for (const { rows } of await vacuums.dead()) yield { tables: 1, 'dead rows': rows }
  },
})
