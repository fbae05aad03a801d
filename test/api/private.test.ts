import { expect, test } from '@jest/globals'
import { createLogger } from '../../src/logger.js'
import { make, type TestPerson } from '../support/make.js'
import { readMetrics } from '../support/read-metrics.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { makeTalk, stir, type Talk } from '../support/talk.js'
import { signTestToken, tokenFor } from '../support/tokens.js'

const SEND = `mutation Send($input: SendMessageInput!) { sendMessage(input: $input) { message { id body } } }`
const FOLLOW = 'subscription Follow { messageAdded { id body } }'

const runLogged = async () => {
  const lines: string[] = []
  const app = await startApp({}, { logger: createLogger('trace', { write: line => void lines.push(line) }) })
  return { app, lines }
}

/** What was answered to a request that was refused, or to a part of one. */
const errorsOf = (answer: { errors?: unknown }) => JSON.stringify(answer.errors ?? null)

const post = async (app: TestApp, token: string, body: string, path = '/graphql') => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(app.url + path, { method: 'POST', headers, body })
  return response.text()
}

/** Every way to be refused, each time with the words in it. */
const beRefused = async (app: TestApp, { patient, professional, conversationId, words }: Talk): Promise<string[]> => {
  const literal = JSON.stringify(words)
  const inputs = [
    { conversationId, body: words, kind: words },
    { conversationId, body: [words] },
    { conversationId, body: { [words]: words } },
    { conversationId, body: `${words}\u0000` },
    { conversationId, body: words.repeat(200) },
    { conversationId: words, body: words },
    { conversationId, body: words, asRole: 'ADMIN' },
    { recipientId: words, body: words },
    words,
  ]
  const documents = [
    `mutation { sendMessage(input: { conversationId: 1.5, body: ${literal} }) { nope } }`,
    `mutation { sendMessage(input: { conversationId: "x", body: ${literal}, kind: ${literal} }) { message { id } } }`,
    `mutation { sendMessage(input: { body: ${literal} ${literal} }) { message { id } } }`,
    `mutation { sendMessage(input: { body: ${literal}`,
    `query { conversation(id: ${literal}) { id } }`,
    `query { history(conversationId: "${conversationId}", after: ${literal}) { eventCursor } }`,
    `{ status(token: ${literal}) { status } }`,
    `mutation { sendMessage(input: ${literal}) { message { id } } }`,
    `mutation { sendMessage(input: { body: { words: ${literal} } }) { message { id } } }`,
    `mutation { sendMessage(input: { body: [${literal}, 1] }) { message { id } } }`,
    `query ($first: Int = ${literal}) { history(conversationId: "x", first: $first) { eventCursor } }`,
  ]
  const socket = await professional.connect()
  const refused = [
    ...inputs.map(input => patient.ask(SEND, { input })),
    ...inputs.map(input => socket.subscribe(SEND, { input }).nextResult()),
    ...documents.map(document => patient.ask(document)),
    ...documents.map(document => patient.sse(document).nextResult()),
  ]
  const errors = (await Promise.all(refused)).map(errorsOf)
  expect(errors.filter(error => error === 'null')).toEqual([])
  const malformed = [`{ "query": ${literal}`, `[${literal}]`, literal, `{ "query": ${literal} }`]
  for (const path of ['/graphql', `/graphql?query=${words}`, '/graphql/stream', `/nothing/${words}`])
    for (const body of malformed) errors.push(await post(app, patient.token, body, path))
  return errors
}

const badTokensOf = ({ id }: TestPerson) => [
  tokenFor(id, { expiresIn: -10 }),
  signTestToken({ sub: id }, 'another secret, of more than thirty-two characters'),
  signTestToken({ sub: id, roles: 'nobody knows' }),
  'no token at all, but private too',
]

const beTurnedAway = async (app: TestApp, person: TestPerson, tokens: string[]): Promise<string[]> => {
  const answers: string[] = []
  const renew = 'mutation ($token: String!) { renewToken(input: { token: $token }) { connection { id } } }'
  const socket = await person.connect()
  for (const token of tokens) {
    answers.push(await post(app, token, JSON.stringify({ query: '{ me { id } }' })))
    answers.push(await post(app, token, JSON.stringify({ query: '{ me { id } }' }), '/graphql/stream'))
    answers.push(errorsOf(await socket.subscribe(renew, { token }).nextResult()))
    const connectionParams = { authorization: `Bearer ${token}` }
    await person.connect({ connectionParams }).catch((closing: unknown) => {
      answers.push(JSON.stringify(closing))
    })
  }
  return answers
}

/** Nobody foresaw it: the database itself fails, and its errors quote what they were given. */
const failInside = async (app: TestApp, { patient, professional, conversationId, words }: Talk): Promise<string[]> => {
  const input = { conversationId, body: words }
  const socket = await professional.connect()
  await app.database.call(
    `create function tell_all() returns trigger language plpgsql as
      $$ begin raise exception 'No room for %', new.body using detail = new.body, hint = new.body; end $$`,
    [],
  )
  await app.database.call('create trigger tell before insert on messages for each row execute function tell_all()', [])
  const answers = [await patient.ask(SEND, { input }), await socket.subscribe(SEND, { input }).nextResult()]
  const { messages } = app.services
  messages.send = ({ body }) => Promise.reject(new SyntaxError(`What is ${body}?`))
  answers.push(await patient.ask(SEND, { input }))
  const errors = answers.map(errorsOf)
  for (const answer of errors) expect(answer).toContain('INTERNAL_SERVER_ERROR')
  return errors
}

test('no log line, no metric and no error holds a token or the text of a message', async () => {
  const { app, lines } = await runLogged()
  const talk = await makeTalk(make(app))
  const { patient, professional, words, deletedWords } = talk
  const socket = await patient.connect({ query: `?token=${patient.token}` })
  const followed = [socket.subscribe(FOLLOW), professional.sse(FOLLOW)]
  await stir(talk)
  for (const following of followed) await following.next()
  const tokens = badTokensOf(patient)
  const errors = [
    ...(await beRefused(app, talk)),
    ...(await beTurnedAway(app, professional, tokens)),
    ...(await failInside(app, talk)),
  ]
  socket.terminate()
  const { text } = await readMetrics(app)
  await app.stop()

  const secrets = [words, deletedWords, patient.token, professional.token, ...tokens]
  const told = [...lines, text, ...errors]
  for (const secret of secrets) expect(told.filter(line => line.includes(secret))).toEqual([])

  expect(text).toContain('operation="Send",outcome="INTERNAL_SERVER_ERROR"')
  const logged = lines.map(line => JSON.parse(line) as Record<string, unknown>)
  const ofOperations = logged.filter(({ msg }) =>
    /^(Request|Operation|Operation failed|Refused by the database)$/.test(String(msg)),
  )
  expect(new Set(ofOperations.map(({ msg }) => msg))).toEqual(new Set(['Request', 'Operation', 'Operation failed']))
  expect(ofOperations.filter(({ requestId }) => typeof requestId !== 'string')).toEqual([])
})
