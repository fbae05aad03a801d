import { describe, expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { MemoryEventBus } from '../../src/events/memory-event-bus.js'
import { FaultyBus } from '../support/faulty-bus.js'
import { make, type MadeMessage } from '../support/make.js'
import { readMetrics } from '../support/read-metrics.js'
import { startApp } from '../support/start-app.js'

type Added = { messageAdded: Pick<MadeMessage, 'id'> }

const FOLLOW = 'subscription FollowMessages($id: ID!) { messageAdded(conversationId: $id) { id } }'
const EVENTS = `subscription FollowEvents($id: ID!) {
  conversationEvents(conversationId: $id) { __typename ... on MessageChanged { message { id } } }
}`
const STATUS = '{ status { activeConnections } }'

const CONNECTED = {
  sockets: 'colloquy_connections{transport="WEBSOCKET"}',
  streams: 'colloquy_connections{transport="SSE"}',
}
const ACKNOWLEDGED = 'colloquy_messages_acknowledged_total'
const DELIVERED = 'colloquy_messages_delivered_total'
const GAPS = 'colloquy_feed_gaps_healed_total'

const operation = (name: string, outcome = 'OK') =>
  `colloquy_operations_total{operation="${name}",outcome="${outcome}"}`

/** A socket's place is free a moment after its client knows that it is closed. */
const become = async (app: { url: string }, name: string, expected: number) => {
  for (let tries = 0; tries < 100 && (await readMetrics(app)).of(name) !== expected; tries++) await sleep(20)
  expect((await readMetrics(app)).of(name)).toBe(expected)
}

describe('000.15 monitoring', () => {
  test('000.15 counts move when people connect, send and receive', async () => {
    const app = await startApp()
    const { patient, professional, conversationId } = await make(app).talk()
    const before = await readMetrics(app)
    expect([before.of(CONNECTED.sockets), before.of(CONNECTED.streams), before.of('colloquy_feeds_open')]).toEqual([
      0, 0, 0,
    ])

    const socket = await professional.connect()
    const followed = socket.subscribe<Added>(FOLLOW, { id: conversationId })
    const events = patient.sse<{ conversationEvents: { __typename: string } }>(EVENTS, { id: conversationId })
    await events.until(({ conversationEvents }) => conversationEvents.__typename === 'CaughtUp')
    await become(app, operation('FollowMessages'), 1)
    for (const body of ['one', 'two', 'three']) await patient.send(conversationId, body)
    await followed.take(3)
    await events.take(3)

    const after = await readMetrics(app)
    expect({
      sockets: after.of(CONNECTED.sockets),
      streams: after.of(CONNECTED.streams),
      feeds: after.of('colloquy_feeds_open'),
      acknowledged: after.of(ACKNOWLEDGED) - before.of(ACKNOWLEDGED),
      ackLatencies: after.of('colloquy_message_ack_seconds_count'),
      delivered: after.of(DELIVERED) - before.of(DELIVERED),
      deliveryLatencies: after.of('colloquy_message_delivery_seconds_count'),
      followers: after.of(operation('FollowEvents')),
      sends: after.of('colloquy_group_commit_queued{queue="sends"}'),
      marks: after.of('colloquy_group_commit_queued{queue="marks"}'),
    }).toEqual({
      ...{ sockets: 1, streams: 1, feeds: 1, acknowledged: 3, ackLatencies: 3, delivered: 6, deliveryLatencies: 3 },
      ...{ followers: 1, sends: 0, marks: 0 },
    })
    expect(after.of('process_resident_memory_bytes')).toBeGreaterThan(0)

    expect(await patient.request(STATUS)).toEqual({ status: { activeConnections: 2 } })
    events.stop()
    await socket.close()
    await become(app, CONNECTED.sockets, 0)
    await become(app, CONNECTED.streams, 0)
    expect(await patient.request(STATUS)).toEqual({ status: { activeConnections: 0 } })
  })

  test('000.15 operations count by name and outcome, whatever the transport', async () => {
    const app = await startApp()
    const patient = await make(app).patient()
    const missing = 'query ReadMessage { conversation(id: "nothing") { id } }'
    await patient.ask(missing)
    await (await patient.connect()).subscribe(missing).nextResult()
    await patient.ask('query Me { me { id } }')
    await patient.ask('query Broken { me { nope } }')
    await patient.ask('query Broken { me')
    const { of, text } = await readMetrics(app)
    expect(of(operation('ReadMessage', 'NOT_FOUND'))).toBe(2)
    expect(of(operation('Me'))).toBe(1)
    expect(of(operation('other', 'GRAPHQL_VALIDATION_FAILED'))).toBe(1)
    expect(of(operation('other', 'GRAPHQL_PARSE_FAILED'))).toBe(1)
    expect(text).not.toContain('Broken')
  })

  test('000.15 what the bus loses shows as a healed gap', async () => {
    const app = await startApp({}, { bus: new FaultyBus(new MemoryEventBus(), ['DROP']) })
    const { patient, professional, conversationId } = await make(app).talk()
    const followed = (await professional.connect()).subscribe<Added>(FOLLOW, { id: conversationId })
    await become(app, 'colloquy_feeds_open', 1)
    await become(app, operation('FollowMessages'), 1)
    const { id } = await patient.send(conversationId)
    expect(await followed.next()).toEqual({ messageAdded: { id } })
    expect((await readMetrics(app)).of(GAPS)).toBe(1)
  })

  test('000.15 each server of a process counts for itself, in the format of Prometheus', async () => {
    const [one, other] = [await startApp(), await startApp()]
    const { patient, conversationId } = await make(one).talk()
    await patient.send(conversationId)
    expect((await readMetrics(one)).of(ACKNOWLEDGED)).toBe(1)
    const { response, of, text } = await readMetrics(other)
    expect(of(ACKNOWLEDGED)).toBe(0)
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    expect(text).toContain('# TYPE colloquy_message_delivery_seconds histogram')
  })
})
