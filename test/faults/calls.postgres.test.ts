import { expect, test } from '@jest/globals'
import { onPostgres } from '../support/engine.js'
import { make } from '../support/make.js'
import { follow, type Followed, FOLLOW, SEND, sendSignal, type Sent, untilHeard } from '../support/signals.js'
import { startApp } from '../support/start-app.js'
import { serverEnvironment, startProcess } from '../support/start-process.js'

onPostgres('calls over two processes', () => {
  const callTimings = { renewEveryMs: 200, holdsForMs: 1_500 }
  const patienceMs = 15_000

  /** Real: the process, PostgreSQL, Redis. The professional is at the other one. */
  const setUp = async () => {
    const app = await startApp({}, { callTimings })
    const other = await startProcess(
      serverEnvironment(app.config.databaseUrl, {
        LOG_LEVEL: 'silent',
        TIMINGS: JSON.stringify({ callTimings }),
      }),
      'test/support/timed-server.mjs',
    )
    const given = make(app)
    const { patient, professional: elsewhere } = await given.pair()
    const sessionId = await given.session(patient, elsewhere, 'VOICE')
    const professional = elsewhere.at(other)
    const events = await follow(professional, sessionId)
    await untilHeard(patient, professional, events, sessionId)
    const untilRecipients = async (count: number) => {
      const deadline = Date.now() + patienceMs
      while ((await sendSignal(patient, { sessionId, kind: 'HANGUP' })) !== count)
        expect(Date.now()).toBeLessThan(deadline)
    }
    return { other, patient, professional, sessionId, events, untilRecipients }
  }

  test('000.18 signals go both ways in order, and each person counts once wherever they are', async () => {
    const { other, patient, professional, sessionId, events } = await setUp()
    const back = await follow(patient, sessionId)
    const backElsewhere = await follow(patient.at(other), sessionId)
    await untilHeard(professional, patient, back, sessionId)
    await untilHeard(professional, patient, backElsewhere, sessionId)
    expect(await sendSignal(professional, { sessionId, kind: 'OFFER', payload: 'v=0' })).toBe(1)
    for (const heard of [back, backElsewhere]) {
      const told = await heard.until(({ callSignal }) => callSignal.kind === 'OFFER')
      expect(told.at(-1)).toEqual({
        callSignal: { sessionId, kind: 'OFFER', payload: 'v=0', from: { id: professional.id } },
      })
    }
    const socket = await patient.connect()
    const payloads = Array.from({ length: 50 }, (_, index) => `candidate ${index}`)
    await Promise.all(
      payloads.map(payload => socket.request<Sent>(SEND, { input: { sessionId, kind: 'CANDIDATE', payload } })),
    )
    expect((await events.take(50)).map(({ callSignal }) => callSignal.payload)).toEqual(payloads)
  })

  test('000.18 the end of the session ends what is followed at the other process', async () => {
    const { patient, sessionId, events } = await setUp()
    await patient.request('mutation ($id: ID!) { endSession(input: { sessionId: $id }) { session { id } } }', {
      id: sessionId,
    })
    expect(await events.ended()).toEqual({ kind: 'COMPLETED' })
  })

  test('000.18 who was at a killed process counts no more, and who was at a frozen one counts again', async () => {
    const { other, patient, professional, sessionId, events, untilRecipients } = await setUp()
    await untilRecipients(1)
    process.kill(other.pid, 'SIGSTOP')
    await untilRecipients(0)
    process.kill(other.pid, 'SIGCONT')
    await untilRecipients(1)
    await sendSignal(patient, { sessionId, kind: 'OFFER', payload: 'after the frost' })
    await events.until(({ callSignal }) => callSignal.payload === 'after the frost')
    const stream = professional.sse<Followed>(FOLLOW, { sessionId })
    await untilHeard(patient, professional, stream, sessionId)
    await other.kill('SIGKILL')
    await untilRecipients(0)
  })
})
