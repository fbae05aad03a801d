import { expect, test } from '@jest/globals'
import { backdate, findSession, setRate, start, topUp } from '../support/consultation.js'
import { onPostgres } from '../support/engine.js'
import { make, type TestPerson } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { startApp, type TestApp } from '../support/start-app.js'
import pg from 'pg'

const first = await startApp()
const apps: TestApp[] = [first]
while (apps.length < 4) apps.push(await startApp({}, { beside: first }))
const given = make(first)

interface Talk {
  patient: TestPerson
  professional: TestPerson
  conversationId: string
}

interface Counters {
  seq: number
  rev: number
  own_rev: number
  care_ended: boolean
  messages: number
  last: number
  marks: number
}

const countersOf = async (conversationId: string) => {
  const [counters] = await first.database.call<Counters>(
    `select c.seq, c.rev, c.own_rev, c.care_ended,
      (select count(*)::int from messages m where m.conversation_id = c.id) as messages,
      (select coalesce(max(m.seq), 0) from messages m where m.conversation_id = c.id) as last,
      (select count(*)::int from marks k where k.conversation_id = c.id) as marks
    from conversations c where c.id = $1`,
    [conversationId],
  )
  if (!counters) throw new Error('The conversation is gone.')
  return counters
}

/** Messages that stand behind the end of what allowed them. */
const behindTheEnd = (conversationId: string) =>
  first.database.call<{ seq: number }>(
    `select m.seq from messages m join conversations c on c.id = m.conversation_id
      join participants p on p.conversation_id = c.id and p.user_id = m.sender_id
    where c.id = $1 and (p.left_at is not null and m.added_rev > p.rev or c.care_ended and m.added_rev > c.own_rev)`,
    [conversationId],
  )

const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id seq } } }'
const READ = 'mutation ($id: ID!) { markRead(input: { conversationId: $id }) { participant { readThrough } } }'

interface Tally {
  acknowledged: Set<string>
  refusals: Set<string>
}

const note = (tally: Tally, errors: readonly { extensions: { code: string; reason?: string } }[] = []) => {
  for (const { extensions } of errors) tally.refusals.add(extensions.reason ?? extensions.code)
}

/** Sends and marks, over all apps in turn, until it is refused or has sent enough. */
const talkOn = async (tally: Tally, speaker: TestPerson, conversationId: string, offset: number) => {
  for (let count = 0; count < 25; count++) {
    const app = apps[(count + offset) % apps.length] ?? first
    const person = speaker.at(app)
    const { data, errors } = await person.ask<{ sendMessage: { message: { id: string } } | null }>(SEND, {
      input: { conversationId, body: `${offset} ${count}`, clientMessageId: `${offset}-${count}` },
    })
    if (data?.sendMessage) tally.acknowledged.add(data.sendMessage.message.id)
    note(tally, errors)
    if (errors) return
    if (count % 5 === 0) note(tally, (await person.ask(READ, { id: conversationId })).errors)
  }
}

const leave = (app: TestApp, { conversationId, patient }: Talk) =>
  app.services.writer.run(async writing => {
    const open = await writing.open(conversationId)
    await open?.updateParticipant(patient.id, { leftAt: 'now' })
  })

test('while memberships and relationships end, nothing is stored behind the end and no number is left out', async () => {
  const talks: Talk[] = await Promise.all(Array.from({ length: 8 }, () => given.talk()))
  const before = await Promise.all(talks.map(talk => countersOf(talk.conversationId)))
  const tally: Tally = { acknowledged: new Set(), refusals: new Set() }
  const speaking = talks.flatMap(({ patient, professional, conversationId }, index) =>
    [0, 1, 2].flatMap(copy => [
      talkOn(tally, patient, conversationId, index * 6 + copy),
      talkOn(tally, professional, conversationId, index * 6 + 3 + copy),
    ]),
  )
  const ending = talks.slice(0, 6).map(async (talk, index) => {
    // Begins once there is something to end in the middle of.
    while ((await countersOf(talk.conversationId)).seq < 10 + index) await talk.professional.send(talk.conversationId)
    if (index % 2) await leave(apps[index % apps.length] ?? first, talk)
    else await given.care(talk.patient, talk.professional, false)
  })
  await Promise.all([...speaking, ...ending])

  expect([...tally.refusals].sort()).toEqual(['CARE_RELATIONSHIP_ENDED', 'NOT_FOUND'])
  for (const [index, { conversationId }] of talks.entries()) {
    const after = await countersOf(conversationId)
    expect(after.seq).toBe(after.messages)
    expect(after.last).toBe(after.messages)
    const ends = index < 6 ? 1 : 0
    expect(after.rev - (before[index]?.rev ?? 0)).toBe(after.messages + after.marks + ends)
    expect(await behindTheEnd(conversationId)).toEqual([])
  }
  const stored = await first.database.call<{ id: string }>('select id from messages', [])
  const ids = new Set(stored.map(message => message.id))
  expect([...tally.acknowledged].filter(id => !ids.has(id))).toEqual([])
}, 120_000)

onPostgres('a transaction frozen on one conversation', () => {
  test('slows no other, and what waited for it comes in order', async () => {
    const frozen = await given.talk()
    const others = await Promise.all([1, 2, 3].map(() => given.talk()))
    const holder = new pg.Client(first.config.databaseUrl)
    await holder.connect()
    await holder.query('begin')
    await holder.query('select 1 from conversations where id = $1 for no key update', [frozen.conversationId])
    const socket = await frozen.patient.connect()
    let answered = 0
    const waiting = Array.from({ length: 20 }, (_, index) =>
      socket
        .request<{ sendMessage: { message: { seq: number } } }>(SEND, {
          input: { conversationId: frozen.conversationId, body: String(index) },
        })
        .then(({ sendMessage }) => {
          answered++
          return sendMessage.message.seq
        }),
    )
    for (let round = 0; round < 10; round++)
      await Promise.all(others.map(talk => talk.patient.send(talk.conversationId, String(round))))
    expect(answered).toBe(0)
    await holder.query('rollback')
    await holder.end()
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })
})

onPostgres('who is deactivated in several sessions', () => {
  test('waits for every conversation before any wallet', async () => {
    const professional = await given.professional()
    await setRate(professional, 600)
    const patients = await Promise.all([1, 2, 3].map(() => given.patient()))
    const people = [professional, ...patients]
    for (const { id } of people) await topUp(given.admin, id, { amountMinor: 1, currency: 'EUR' }, `${id} opens it`)
    await Promise.all(patients.map(patient => given.care(patient, professional)))
    const sessions = await Promise.all(patients.map(patient => start(patient, { withUserId: professional.id })))
    await Promise.all(sessions.map(({ id }) => backdate(first.database, id, 60)))

    const holder = new pg.Client(first.config.databaseUrl)
    await holder.connect()
    await holder.query('begin')
    const LAST = `select 1 from conversations where professional_id = $1 order by id desc limit 1 for no key update`
    await holder.query(LAST, [professional.id])
    const { id, displayName, roles } = professional
    const deactivated = given.admin.request(
      'mutation ($input: UpsertUsersInput!) { upsertUsers(input: $input) { users { active } } }',
      { input: { users: [{ id, displayName, roles, active: false }] } },
    )
    const WAITING = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
      and query like '%from conversations%'`
    await eventually(
      () => first.database.call(WAITING, []),
      rows => rows.length > 0,
    )
    const FREE = 'select 1 from wallets where user_id = any($1) for no key update skip locked'
    const free = await holder.query(FREE, [people.map(one => one.id)])
    await holder.query('rollback')
    await holder.end()
    await deactivated
    expect(free.rowCount).toBe(people.length)
    for (const [index, patient] of patients.entries())
      expect(await findSession(patient, sessions[index]?.id ?? '')).toMatchObject({
        status: 'ENDED',
        cost: { amountMinor: 600 },
      })
  })
})
