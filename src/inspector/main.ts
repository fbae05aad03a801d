import { writeFile } from 'node:fs/promises'
import { inspectFile } from './inspect-file.js'
import type { Answer, Order } from './order.js'

const answerTo = async (order: Order): Promise<Answer> => {
  try {
    return { inspection: await inspectFile(order) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

// Where memory runs out, Linux ends this process and none that serves. Elsewhere there is no such file.
writeFile('/proc/self/oom_score_adj', '1000').catch(() => {})
// Whoever asked is gone.
process.on('disconnect', () => process.exit())
process.on('message', (order: Order) => void answerTo(order).then(answer => process.send?.(answer)))
