import { expect, test } from '@jest/globals'
import { Connection } from '../../src/connections/connection.js'
import { Connections } from '../../src/connections/connections.js'
import type { UserSignal } from '../../src/events/topics.js'
import type { Standing } from '../../src/people/people.store.js'
import type { Role } from '../../src/people/person.js'
import { StandingWatch } from '../../src/transport/standing-watch.js'
import { cleanUp } from '../support/cleanup.js'

const watchOf = (autoProvisionUsers: boolean, standings: Standing[]) => {
  const connections = new Connections()
  const listeners = { signal: (_: UserSignal) => {}, interrupted: () => {} }
  let failures = 0
  const warnings: string[] = []
  const watch = new StandingWatch(
    {
      config: { autoProvisionUsers },
      connections,
      bus: {
        subscribe: (_kind, _id, listener) => {
          listeners.signal = listener as (signal: UserSignal) => void
          return Promise.resolve(() => {})
        },
        onInterrupted: listener => {
          listeners.interrupted = listener
          return () => {}
        },
      },
      people: {
        standingOf: ids => {
          if (failures-- > 0) return Promise.reject(new Error('no database'))
          return Promise.resolve(standings.filter(({ id }) => ids.includes(id)))
        },
      },
      logger: {
        debug() {},
        info() {},
        warn: (_, text) => void warnings.push(text),
        error() {},
        child: () => undefined!,
      },
    },
    60_000,
  )
  cleanUp(() => watch.stop())
  const open = (userId: string, roles: Role[]) => {
    const connection = new Connection({ transport: 'WEBSOCKET', id: userId })
    connection.identify({ viewer: { userId, roles }, expiresAt: new Date(Date.now() + 60_000) })
    connections.identified(connection)
    cleanUp(() => connection.ended())
    return { connection, closed: new Promise<void>(resolve => connection.onClose(resolve)) }
  }
  const fail = (times: number) => (failures = times)
  return { open, fail, listeners, warnings }
}

const person = (id: string, roles: Role[], active = true): Standing => ({ id, roles, active })

test('where tokens bring the roles, only the directory takes them from a connection', async () => {
  const { open, listeners } = watchOf(true, [person('ana', ['PATIENT']), person('bo', ['PATIENT'], false)])
  const wide = open('ana', ['PATIENT', 'ADMIN'])
  const { signal } = listeners
  const inactive = open('bo', ['PATIENT'])
  listeners.interrupted()
  await inactive.closed
  expect(wide.connection.closed).toBe(false)
  signal({ kind: 'standing' })
  await wide.closed
})

test('where they do not, what is stored does', async () => {
  const { open } = watchOf(false, [person('ana', ['PATIENT'])])
  const narrow = open('ana', ['PATIENT'])
  await open('ana', ['PATIENT', 'ADMIN']).closed
  expect(narrow.connection.closed).toBe(false)
})

test('what could not be read is read again, with what was asked of it', async () => {
  const { open, fail, listeners, warnings } = watchOf(true, [person('ana', ['PATIENT'])])
  const wide = open('ana', ['PATIENT', 'ADMIN'])
  fail(2)
  listeners.signal({ kind: 'standing' })
  await wide.closed
  expect(warnings).toHaveLength(1)
})
