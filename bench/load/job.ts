import type { Conversation } from '../world.js'

export type Work =
  | { kind: 'sends'; transport: 'ws' | 'http'; inFlight: number }
  | { kind: 'idle'; settleMs: number; collected: boolean }
  | { kind: 'pages'; deep: boolean; inFlight: number; sockets: number }
  | { kind: 'searches'; inFlight: number; sockets: number }

export interface Job {
  address: string
  databaseUrl: string
  conversations: Conversation[]
  /** Messages in each of them when the load begins. */
  before: number
  work: Work
  warmUpMs: number
  measureMs: number
}

/** What the load saw between its two marks. */
export interface Outcome {
  seconds: number
  /** By which CPU is divided. */
  operations: number
  /** What is compared. */
  result: number
  /** Milliseconds. */
  latencies: Record<string, { p50: number; p99: number }>
  loadCpuSeconds: number
  /** Of what was delivered, against what is stored; empty if all is well. */
  violations: Record<string, number>
}

/** The load marks where the measuring begins and ends, and goes on once the runner has read its meters. */
export type FromLoad = { mark: 'begin' | 'end' } | { outcome: Outcome } | { error: string }
export type ToLoad = { job: Job } | 'go'
