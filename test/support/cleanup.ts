import { afterAll, afterEach, beforeEach } from '@jest/globals'
import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

type Cleanup = () => unknown

const ofTest: Cleanup[] = []
const ofFile: Cleanup[] = []
const LONGEST_CLEANUP_MS = 15_000
let inTest = false

/** Node keeps some that were destroyed while they connected in its list. */
const destroyedSockets = () =>
  (process as unknown as { _getActiveHandles(): unknown[] })
    ._getActiveHandles()
    .filter(handle => handle instanceof Socket && handle.destroyed).length

const openSockets = () =>
  process.getActiveResourcesInfo().filter(name => name === 'TCPSocketWrap' || name === 'TCPServerWrap').length -
  destroyedSockets()

const openBefore = openSockets()

/** Undone after the present test; after the last one when it is called from outside a test. The newest first. */
export const cleanUp = (cleanup: Cleanup): void => {
  ;(inTest ? ofTest : ofFile).push(cleanup)
}

const within = async (work: unknown) => {
  const giveUp = new AbortController()
  const late = sleep(LONGEST_CLEANUP_MS, undefined, { signal: giveUp.signal }).then(() => {
    throw new Error(`Something did not close within ${LONGEST_CLEANUP_MS} ms.`)
  })
  try {
    await Promise.race([work, late])
  } finally {
    giveUp.abort()
    late.catch(() => {})
  }
}

const run = async (cleanups: Cleanup[]) => {
  const failures: unknown[] = []
  for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop())
    await within(cleanup()).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '))
}

beforeEach(() => {
  inTest = true
})

afterEach(async () => {
  inTest = false
  await run(ofTest)
})

afterAll(async () => {
  await run(ofFile)
  // A closed socket leaves the list a moment after its last event.
  for (let tries = 0; openSockets() > openBefore && tries < 100; tries++) await sleep(20)
  const left = openSockets() - openBefore
  if (left > 0) throw new Error(`The tests of this file left ${left} sockets or servers open.`)
})
