import type { Connection } from '../connections/connection.js'
import { badInput, forbidden } from '../errors.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import { bareToken } from './bearer.js'

/** The connection lives on under the new token, in its roles. */
export const renewToken = async (
  { authenticator }: Pick<Services, 'authenticator'>,
  viewer: Viewer,
  connection: Connection,
  given: string,
): Promise<Connection> => {
  const token = bareToken(given)
  if (token === undefined) throw badInput('input.token', 'The token must not be empty.')
  const identity = await authenticator.authenticate(token)
  if (identity.viewer.userId !== viewer.userId) throw forbidden('The new token is for somebody else.')
  connection.identify(identity)
  return connection
}
