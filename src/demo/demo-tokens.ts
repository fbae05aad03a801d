import type { Services } from '../services.js'
import { signToken } from '../transport/sign-token.js'
import { demoPeople, isOfDemo, type DemoPerson } from './people.js'

export interface SignedInPerson extends DemoPerson {
  token: string
}

/**
 * The demo people, as far as they are there, each with a token for 12 hours. Where the secret was given, others can sign
 * tokens with it, too: once anybody else is there, nobody gets one, least of all the admin's. With the secret that was made
 * here only `npm run token` brings others, to try things out beside the demo.
 */
export const demoTokens = async ({
  config,
  people,
}: Pick<Services, 'config' | 'people'>): Promise<SignedInPerson[]> => {
  const some = await people.someIds(demoPeople.length + 1)
  if (config.jwt.secret !== undefined && !some.every(isOfDemo)) return []
  const found = new Set((await people.findMany(demoPeople.map(({ id }) => id))).map(({ id }) => id))
  return demoPeople
    .filter(({ id }) => found.has(id))
    .map(person => {
      const { id, displayName, roles } = person
      return { ...person, token: signToken(config, { sub: id, name: displayName, roles }) }
    })
}
