import { Histogram } from 'prom-client'

// Seconds.
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The messages that pass through this process, counted where they pass. */
export class Traffic {
  /** Sends that were answered with a stored message, repeated ones included. */
  acknowledged = 0
  /** New messages given to subscribers, replays included: one for each message and subscription. */
  delivered = 0

  readonly ackLatency = new Histogram({
    name: 'colloquy_message_ack_seconds',
    help: 'From the beginning of a send to its answer, after the commit.',
    buckets: BUCKETS,
    registers: [],
  })
  readonly deliveryLatency = new Histogram({
    name: 'colloquy_message_delivery_seconds',
    help:
      'From createdAt, by the database clock and before the commit, to when this process hands a live message to ' +
      'those who follow its conversation here: once for each message.',
    buckets: BUCKETS,
    registers: [],
  })

  acknowledge(sinceMs: number): void {
    this.acknowledged++
    this.ackLatency.observe((performance.now() - sinceMs) / 1000)
  }

  handOut(messages: readonly { createdAt: Date }[]): void {
    const now = Date.now()
    // Two clocks: the other may be ahead.
    for (const { createdAt } of messages) this.deliveryLatency.observe(Math.max(0, now - createdAt.getTime()) / 1000)
  }
}
