import { LRUCache } from 'lru-cache'
import type { Config } from '../config.js'
import type { Identity } from '../connections/connection.js'
import { unauthenticated } from '../errors.js'
import type { PeopleStore } from '../people/people.store.js'
import type { Person, Role } from '../people/person.js'
import type { TokenClaims, TokenVerifier } from './token-verifier.js'

const CACHED_TOKENS = 5_000
const CACHED_FOR_MS = 5 * 60_000

interface Needs {
  config: Pick<Config, 'autoProvisionUsers'>
  tokens: TokenVerifier
  people: Pick<PeopleStore, 'find' | 'provision'>
}

/** Who a token stands for. Its signature is checked once; the person is read every time, so that deactivation counts at once. */
export class Authenticator {
  readonly #verified = new LRUCache<string, TokenClaims>({ max: CACHED_TOKENS })

  constructor(private readonly needs: Needs) {}

  /** Throws UNAUTHENTICATED; UNAVAILABLE where the database does not answer. */
  async authenticate(token: string): Promise<Identity> {
    const claims = await this.#claims(token)
    const person = await this.#person(claims)
    if (!person?.active) throw unauthenticated('The person is not known here, or not active.')
    return { viewer: { userId: person.id, roles: this.#roles(person, claims) }, expiresAt: claims.expiresAt }
  }

  async #claims(token: string): Promise<TokenClaims> {
    const known = this.#verified.get(token)
    if (known) return known
    const claims = await this.needs.tokens.verify(token)
    const ttl = Math.min(claims.expiresAt.getTime() - Date.now(), CACHED_FOR_MS)
    if (ttl >= 1) this.#verified.set(token, claims, { ttl: Math.floor(ttl) })
    return claims
  }

  #person({ userId, displayName, email, roles }: TokenClaims): Promise<Person | null> {
    const { people, config } = this.needs
    if (!config.autoProvisionUsers) return people.find(userId)
    return people.provision({
      id: userId,
      ...(displayName !== null && { displayName }),
      ...(email !== null && { email }),
      // Who comes with none that is known here has none, and what is stored stays.
      ...(roles !== null && roles.length > 0 && { roles }),
    })
  }

  #roles(person: Person, { roles: claimed }: TokenClaims): Role[] {
    return claimed === null ? person.roles : person.roles.filter(role => claimed.includes(role))
  }
}
