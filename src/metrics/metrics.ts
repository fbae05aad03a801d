import { Counter, Gauge, Registry } from 'prom-client'
import type { Connections } from '../connections/connections.js'
import type { JobRuns } from '../jobs/job-runs.js'
import { addJobMetrics } from './job-metrics.js'
import type { OperationCounts } from './operation-counts.js'
import { addProcessMetrics } from './process-metrics.js'
import type { Traffic } from './traffic.js'
import type { UploadTraffic } from './upload-traffic.js'

export interface MetricsSources {
  traffic: Traffic
  uploadTraffic: Readonly<UploadTraffic>
  operations: OperationCounts
  connections: Pick<Connections, 'countOf'>
  messages: { readonly queuedSends: number }
  marks: { readonly queuedMarks: number }
  audit: { readonly queued: number; readonly lost: number }
  notifier: { readonly queued: number }
  pushWorker: { readonly depths: { readonly waiting: number; readonly givenUp: number } }
  calls: { readonly sent: number; readonly following: number }
  feeds: { readonly openFeeds: number; readonly gapsHealed: number }
  jobRuns: JobRuns
}

/** What this process tells Prometheus: numbers, and no label that holds what a person wrote, or who it was. */
export class Metrics {
  readonly #registry = new Registry()
  readonly stop: () => void

  constructor(sources: MetricsSources) {
    this.stop = addProcessMetrics(this.#registry)
    this.#addMessages(sources)
    this.#addOperations(sources.operations)
    this.#addConnections(sources.connections)
    this.#addQueues(sources)
    this.#addNotifications(sources)
    this.#addFeeds(sources)
    this.#addCalls(sources)
    this.#addUploads(sources)
    this.#addAudit(sources)
    addJobMetrics(this.#registry, sources.jobRuns)
  }

  get contentType() {
    return this.#registry.contentType
  }

  /** In Prometheus's text format. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }

  #addMessages({ traffic }: MetricsSources): void {
    this.#counter(
      'colloquy_messages_acknowledged_total',
      'Sends answered with a stored message, repeated ones included.',
      () => traffic.acknowledged,
    )
    this.#counter(
      'colloquy_messages_delivered_total',
      'New messages given to subscribers, once for each subscription.',
      () => traffic.delivered,
    )
    this.#registry.registerMetric(traffic.ackLatency)
    this.#registry.registerMetric(traffic.deliveryLatency)
  }

  #addOperations(operations: OperationCounts): void {
    new Counter({
      name: 'colloquy_operations_total',
      help: 'Operations by name and outcome: OK, or the code of the first error. A subscription counts as it begins.',
      labelNames: ['operation', 'outcome'],
      registers: [this.#registry],
      collect() {
        this.reset()
        for (const { count, ...labels } of operations.entries()) this.inc(labels, count)
      },
    })
  }

  #addConnections(connections: MetricsSources['connections']): void {
    new Gauge({
      name: 'colloquy_connections',
      help: 'Live connections: WebSockets and event streams.',
      labelNames: ['transport'],
      registers: [this.#registry],
      collect() {
        for (const transport of ['WEBSOCKET', 'SSE'] as const) this.set({ transport }, connections.countOf(transport))
      },
    })
  }

  #addQueues({ messages, marks }: MetricsSources): void {
    new Gauge({
      name: 'colloquy_group_commit_queued',
      help: 'What waits for the database or is being committed.',
      labelNames: ['queue'],
      registers: [this.#registry],
      collect() {
        this.set({ queue: 'sends' }, messages.queuedSends)
        this.set({ queue: 'marks' }, marks.queuedMarks)
      },
    })
  }

  #addNotifications({ notifier, pushWorker }: MetricsSources): void {
    new Gauge({
      name: 'colloquy_notifier_queued',
      help: 'Conversations with new messages that nobody was notified of yet.',
      registers: [this.#registry],
      collect() {
        this.set(notifier.queued)
      },
    })
    new Gauge({
      name: 'colloquy_push_deliveries',
      help: 'Pushed notifications of the whole installation, as this process read it last: waiting, or given up and kept.',
      labelNames: ['state'],
      registers: [this.#registry],
      collect() {
        this.set({ state: 'waiting' }, pushWorker.depths.waiting)
        this.set({ state: 'given_up' }, pushWorker.depths.givenUp)
      },
    })
  }

  #addAudit({ audit }: MetricsSources): void {
    this.#counter(
      'colloquy_audit_lost_total',
      'Reads and refusals that nobody recorded: alarm on any.',
      () => audit.lost,
    )
    new Gauge({
      name: 'colloquy_audit_queued',
      help: 'Reads and refusals that are not stored yet.',
      registers: [this.#registry],
      collect() {
        this.set(audit.queued)
      },
    })
  }

  #addFeeds({ feeds }: MetricsSources): void {
    this.#counter(
      'colloquy_feed_gaps_healed_total',
      'How often the database brought what the bus had not.',
      () => feeds.gapsHealed,
    )
    new Gauge({
      name: 'colloquy_feeds_open',
      help: 'Conversations that are followed here.',
      registers: [this.#registry],
      collect() {
        this.set(feeds.openFeeds)
      },
    })
  }

  #addCalls({ calls }: MetricsSources): void {
    this.#counter('colloquy_call_signals_total', 'Signals of calls handed on.', () => calls.sent)
    new Gauge({
      name: 'colloquy_calls_followed',
      help: 'Subscriptions to the signals of calls.',
      registers: [this.#registry],
      collect() {
        this.set(calls.following)
      },
    })
  }

  #addUploads({ uploadTraffic }: MetricsSources): void {
    this.#counter('colloquy_upload_bytes_total', 'Bytes of uploads stored.', () => uploadTraffic.bytes)
    new Gauge({
      name: 'colloquy_uploads_under_way',
      help: 'Requests that bring bytes of uploads.',
      registers: [this.#registry],
      collect() {
        this.set(uploadTraffic.underWay)
      },
    })
  }

  /** Read when it is asked for, so that what is counted costs an increment. */
  #counter(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  }
}
