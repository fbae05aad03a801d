import type { Work } from './load/job.js'
import type { ContenderName } from './options.js'
import type { Shape } from './world.js'

export const scenarioNames = [
  'sends-ws',
  'sends-http',
  'sends-ws-4',
  'fan-out',
  'idle',
  'idle-plain',
  'pages',
  'pages-deep',
  'searches',
  'retention',
] as const
export type ScenarioName = (typeof scenarioNames)[number]

export interface Scenario {
  title: string
  shape: Shape
  work: Work
  /** What is compared, and how ours shall compare with the limit. */
  unit: string
  aim: string | null
  /** Others cannot do it. */
  only?: readonly ContenderName[]
}

const direct = { people: 2, messages: 0 }

/** With everything smaller where it is only tried whether it runs. */
export const scenarioOf = (name: ScenarioName, smoke: boolean): Scenario => scenarios(smoke ? 1 / 8 : 1)[name]

const scenarios = (scale: number): Record<ScenarioName, Scenario> => ({
  'sends-ws': {
    title: 'Sends over WebSocket: 64 in flight, 200 conversations, two subscribers each',
    shape: { ...direct, conversations: 200 * scale },
    work: { kind: 'sends', transport: 'ws', inFlight: 64 },
    unit: 'messages/s',
    aim: '≥ 0.5',
  },
  'sends-http': {
    title: 'Sends over HTTP: 64 connections, 200 conversations, two subscribers each',
    shape: { ...direct, conversations: 200 * scale },
    work: { kind: 'sends', transport: 'http', inFlight: 64 },
    unit: 'messages/s',
    aim: '≥ 0.35',
  },
  'sends-ws-4': {
    title: 'Sends over WebSocket: 64 in flight, 4 conversations, two subscribers each',
    shape: { ...direct, conversations: 4 },
    work: { kind: 'sends', transport: 'ws', inFlight: 64 },
    unit: 'messages/s',
    aim: null,
  },
  'fan-out': {
    title: 'Fan-out: one conversation, 500 subscribers, 4 sends in flight',
    shape: { conversations: 1, people: Math.round(500 * scale), messages: 0 },
    work: { kind: 'sends', transport: 'ws', inFlight: 4 },
    unit: 'deliveries/s',
    aim: '≥ 0.66',
  },
  idle: {
    title: 'Idle memory, without garbage: 2,000 sockets with one subscription each',
    shape: { ...direct, conversations: 1_000 * scale },
    work: { kind: 'idle', settleMs: 10_000 * scale, collected: true },
    unit: 'KiB/subscriber',
    aim: '≤ 2',
  },
  'idle-plain': {
    title: 'Idle memory as it stands: 2,000 sockets with one subscription each',
    shape: { ...direct, conversations: 1_000 * scale },
    work: { kind: 'idle', settleMs: 10_000 * scale, collected: false },
    unit: 'KiB/subscriber',
    aim: '≤ 2',
  },
  pages: {
    title: 'Newest page: 50 messages of one of 200 conversations, 64 in flight',
    shape: { ...direct, conversations: 200 * scale, messages: 500, professionals: 32 * scale },
    work: { kind: 'pages', deep: false, inFlight: 64, sockets: 32 },
    unit: 'pages/s',
    aim: '≥ 0.5',
  },
  'pages-deep': {
    title: 'Deep page: 50 messages somewhere in 100,000, 64 in flight',
    shape: { ...direct, conversations: 1, messages: 100_000 * scale },
    work: { kind: 'pages', deep: true, inFlight: 64, sockets: 32 },
    unit: 'pages/s',
    aim: null,
  },
  searches: {
    title: 'Searches in 1,000,000 messages: half of 250 conversations, half of one of them, 1 in flight',
    shape: { ...direct, conversations: 1_000 * scale, messages: 1_000 * scale, professionals: 4, words: true },
    work: { kind: 'searches', inFlight: 1, sockets: 4 },
    unit: 'searches/s',
    aim: null,
    only: ['ours', 'before'],
  },
  retention: {
    title:
      'Sends over WebSocket, with and without 1,000,000 old messages being removed: 64 in flight, 200 conversations',
    shape: { ...direct, conversations: 200 * scale, messages: 5_000 * scale, daysOld: 800 },
    work: { kind: 'sends', transport: 'ws', inFlight: 64 },
    unit: 'messages/s',
    aim: null,
    only: ['ours', 'with-retention'],
  },
})
