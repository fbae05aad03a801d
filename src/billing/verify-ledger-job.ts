import type { Done, Job } from '../jobs/job.js'
import type { Services } from '../services.js'

const DAY_MS = 86_400_000

async function* verify({ ledgerChecks }: Pick<Services, 'ledgerChecks'>): AsyncGenerator<Done> {
  const faults: string[] = []
  for await (const found of ledgerChecks.faults()) {
    faults.push(...found)
    yield { checks: 1, faults: found.length }
  }
  if (faults.length > 0) throw new Error(`The ledger is not right.\n${faults.join('\n')}`)
}

/** Adds up all of the ledger; changes nothing. */
export const verifyLedgerJob = (needs: Pick<Services, 'ledgerChecks'>): Job => ({
  name: 'verify-ledger',
  about: 'Adds up every wallet, every transaction and every session that is over; fails where anything is not right.',
  everyMs: DAY_MS,
  off: null,
  run: () => verify(needs),
  preview: () => verify(needs),
})
