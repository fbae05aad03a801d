import { readConfig } from '../src/config.js'
import { openDatabase } from '../src/persistence/open-database.js'
import { findLedgerFaults } from './ledger-faults.js'

// While the server runs on embedded parts its database is its own: stop it first.
const database = await openDatabase(readConfig())
try {
  const faults = await findLedgerFaults(database)
  for (const fault of faults) console.error(fault)
  console.log(faults.length === 0 ? 'The ledger is right.' : `The ledger has ${faults.length} faults.`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await database.close()
}
