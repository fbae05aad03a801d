import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, type Registry } from 'prom-client'

const SECONDS_OF = { micro: 1e-6, nano: 1e-9 }

/** prom-client's own process metrics, by their names, without the observers that it never takes away. */
export const addProcessMetrics = (registry: Registry): (() => void) => {
  const registers = [registry]
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system CPU time.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage()
      this.reset()
      this.inc((user + system) * SECONDS_OF.micro)
    },
  })
  const startedAt = Date.now() / 1000 - process.uptime()
  gauge('process_start_time_seconds', 'Since 1970.', () => startedAt)
  gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss())
  gauge('nodejs_heap_size_total_bytes', 'Heap that is reserved.', () => process.memoryUsage().heapTotal)
  gauge('nodejs_heap_size_used_bytes', 'Heap that is in use.', () => process.memoryUsage().heapUsed)
  gauge('nodejs_external_memory_bytes', 'Memory beside the heap.', () => process.memoryUsage().external)

  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const lag = (percentile: number) => delay.percentile(percentile) * SECONDS_OF.nano
  gauge('nodejs_eventloop_lag_p50_seconds', 'Median since it was last asked for.', () => lag(50))
  // The last of the two that is asked.
  gauge('nodejs_eventloop_lag_p99_seconds', '99th percentile since it was last asked for.', () => {
    const seconds = lag(99)
    delay.reset()
    return seconds
  })
  return () => void delay.disable()
}
