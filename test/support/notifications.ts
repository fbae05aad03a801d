import { setTimeout as sleep } from 'node:timers/promises'
import type { TestPerson } from './make.js'

export interface Told {
  id: string
  kind: string
  urgent: boolean
  title: string
  actor: { id: string } | null
  conversation: { id: string } | null
  message: { id: string; body: string | null } | null
  session: { id: string; status: string } | null
  createdAt: string
  readAt: string | null
}

export const FIELDS =
  'id kind urgent title actor { id } conversation { id } message { id body } session { id status } createdAt readAt'

/** The newest first. */
export const toldTo = async (person: TestPerson, unreadOnly = false): Promise<Told[]> => {
  const LIST = `query ($unreadOnly: Boolean) { notifications(unreadOnly: $unreadOnly, first: 100) { edges { node { ${FIELDS} } } } }`
  const { notifications } = await person.request<{ notifications: { edges: { node: Told }[] } }>(LIST, { unreadOnly })
  return notifications.edges.map(({ node }) => node)
}

export const kindsTold = async (person: TestPerson) => (await toldTo(person)).map(({ kind }) => kind)

/** Once there are so many. */
export const whenTold = async (person: TestPerson, count: number): Promise<Told[]> => {
  const found = await eventually(
    () => toldTo(person),
    told => told.length >= count,
  )
  return found
}

/** What is read as soon as it fits. */
export const eventually = async <T>(read: () => Promise<T>, fits: (value: T) => boolean): Promise<T> => {
  for (let tries = 0; ; tries++) {
    const value = await read()
    if (fits(value)) return value
    if (tries === 500) throw new Error(`Waited in vain; at last there was ${JSON.stringify(value)}`)
    await sleep(20)
  }
}

const HOUR_MS = 3_600_000

/** A process that makes no notification of a message by itself. */
export const SILENT = { afterMs: HOUR_MS, sweepEveryMs: HOUR_MS, quietForMs: HOUR_MS }
