import type { Config } from '../config.js'
import { RateLimits } from '../limits/rate-limits.js'
import { sendMessage } from '../messages/send-message.js'
import { setCareRelationship } from '../people/set-care-relationship.js'
import { upsertUsers } from '../people/upsert-users.js'
import type { Services } from '../services.js'
import { canSignTokens, signToken } from '../transport/sign-token.js'
import { admin, ana, demoCare, demoConversation, demoPeople } from './people.js'

/** The admin comes last: while there are only others of the demo, a start before this one was cut off. */
const isNeeded = async ({ people }: Services) => {
  const ids = await people.someIds(demoPeople.length + 1)
  return ids.every(id => id !== admin.id && demoPeople.some(person => person.id === id))
}

/** Everything here may be done twice, also at once by two processes. */
const createDemo = async (services: Services) => {
  const needs = {
    ...services,
    limits: new RateLimits({ messagesPerMinute: 0, startsPerMinute: 0, signalsPerMinute: 0 }),
  }
  const directoryEntries = demoPeople.map(person => ({ ...person, active: true }))
  await upsertUsers(
    needs,
    directoryEntries.filter(person => person.id !== admin.id),
  )
  for (const care of demoCare) await setCareRelationship(needs, { ...care, active: true })
  for (const [index, { from, to, body }] of demoConversation.entries()) {
    const viewer = { userId: from.id, roles: from.roles, requestId: 'demo' }
    await sendMessage(needs, viewer, { recipientId: to.id, body, clientMessageId: `demo-${index + 1}` })
  }
  await upsertUsers(
    needs,
    directoryEntries.filter(person => person.id === admin.id),
  )
}

/** Makes demo people where there is nobody yet. Whether they are there. */
export const prepareDemo = async (services: Services): Promise<boolean> => {
  if (await isNeeded(services)) await createDemo(services)
  return (await services.people.findMany(demoPeople.map(person => person.id))).length === demoPeople.length
}

const QUERY =
  '{ me { displayName } conversations { edges { node { counterpart { displayName } lastMessage { body } unreadCount } } } }'

/** For a newcomer: who there is, a token for each, and a line to paste. */
export const describeDemo = (config: Config, url: string): string => {
  if (!canSignTokens(config)) return 'The demo people need tokens signed by the holder of your private key.\n'
  const tokens = new Map(
    demoPeople.map(({ id, displayName, roles }) => [id, signToken(config, { sub: id, name: displayName, roles })]),
  )
  const people = demoPeople.map(
    ({ id, displayName, roles }) => `${displayName} (${id}, ${roles.join(', ')})\n  ${tokens.get(id)}\n`,
  )
  const curl = [
    `curl -s ${url}/graphql`,
    `-H 'Content-Type: application/json'`,
    `-H 'Authorization: Bearer ${tokens.get(ana.id)}'`,
    `-d '${JSON.stringify({ query: QUERY })}'`,
  ].join(' ')
  return [
    '',
    'Demo people, and a token for each (12 hours):',
    '',
    ...people,
    `Try it as ${ana.displayName}:`,
    '',
    curl,
    '',
    ...(config.playground ? [`Or in a browser, with one of the tokens: ${url}/playground`, ''] : []),
    '',
  ].join('\n')
}
