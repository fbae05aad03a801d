import type { StreamBudget } from '../events/event-stream.js'
import { FlushStream } from '../events/flush-stream.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'

type Needs = Pick<Services, 'ledger' | 'logger' | 'walletWatch'>

/** The viewer's own, now and whenever something came in or went out: by its owner's id. */
export const followWallet = async (
  { ledger, logger, walletWatch }: Needs,
  { userId }: Viewer,
  budget: StreamBudget,
): Promise<FlushStream<string>> => {
  let told: number | undefined
  const stream = new FlushStream<string>({
    budget,
    flush: async () => {
      const entries = await ledger.countEntries(userId)
      if (entries === told) return []
      told = entries
      return [userId]
    },
    onError: error => logger.warn({ error }, 'A wallet could not be read; it is read again.'),
  })
  return stream.open(async () => {
    const look = () => stream.touch(userId)
    stream.onEnd(await walletWatch.watch(userId, look))
    look()
  })
}
