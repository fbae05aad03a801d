import { setTimeout as sleep } from 'node:timers/promises'
import type { FromLoad, Job, ToLoad } from './job.js'

export const tell = (message: FromLoad): void => void process.send?.(message)

const heardGo = () =>
  new Promise<void>(resolve => {
    const listen = (message: ToLoad) => {
      if (message !== 'go') return
      process.removeListener('message', listen)
      resolve()
    }
    process.on('message', listen)
  })

/** The runner reads its meters before this goes on. */
export const mark = async (which: 'begin' | 'end'): Promise<void> => {
  const go = heardGo()
  tell({ mark: which })
  await go
}

/** The time in which is measured: what goes on before it warms up. */
export class Window {
  #from = Number.POSITIVE_INFINITY
  #through = Number.POSITIVE_INFINITY
  loadCpuSeconds = 0

  holds(time: number): boolean {
    return time >= this.#from && time <= this.#through
  }

  get seconds(): number {
    return (this.#through - this.#from) / 1000
  }

  async pass({ warmUpMs, measureMs }: Job): Promise<void> {
    await sleep(warmUpMs)
    await mark('begin')
    const cpu = process.cpuUsage()
    this.#from = performance.now()
    await sleep(measureMs)
    this.#through = performance.now()
    const { user, system } = process.cpuUsage(cpu)
    this.loadCpuSeconds = (user + system) / 1e6
    await mark('end')
  }
}
