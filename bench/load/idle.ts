import { setTimeout as sleep } from 'node:timers/promises'
import type { Job, Outcome } from './job.js'
import { Reads } from './raw-socket.js'
import { type Subscriber, subscribeAll } from './subscribers.js'
import { mark } from './window.js'

const WARM_UP_CONVERSATIONS = 100

const heard = { delivered: () => {}, answered: () => {} }

const closeAll = (subscribers: Subscriber[]) => Promise.all(subscribers.map(({ socket }) => socket.close()))

/** The runner reads the server's memory at both marks: without sockets but after some, and with all. */
export const measureIdle = async (job: Job, settleMs: number): Promise<Outcome> => {
  const reads = new Reads()
  const warmUp = job.conversations.slice(0, WARM_UP_CONVERSATIONS)
  await closeAll(await subscribeAll(job.address, reads, warmUp, heard))
  await sleep(settleMs)
  await mark('begin')
  const cpu = process.cpuUsage()
  const from = performance.now()
  const subscribers = await subscribeAll(job.address, reads, job.conversations, heard)
  await sleep(settleMs)
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - from) / 1000
  await mark('end')
  await closeAll(subscribers)
  const loadCpuSeconds = (user + system) / 1e6
  return { seconds, operations: subscribers.length, result: 0, latencies: {}, loadCpuSeconds, violations: {} }
}
