import { badInput } from '../errors.js'
import { isStorable } from './text.js'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const CONTROL = /\p{Cc}/u

/** Ids of conversations, messages and sessions, as they are given out: in lower case. */
export const isUuid = (id: string) => UUID.test(id)

/** As it is given out; what is no such id stays as it is. */
export const asGivenOut = (id: string): string => {
  const lower = id.toLowerCase()
  return isUuid(lower) ? lower : id
}

/** Nobody's, and before all others. */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000'

/** Ids that the host system chose: of users, appointments, services. */
export const isExternalId = (id: string) =>
  id.length > 0 && id.length <= 128 && !CONTROL.test(id) && isStorable(id) && id.trim() === id

/** What is no such id is BAD_USER_INPUT. */
export const externalId = (field: string, id: string): string => {
  if (!isExternalId(id)) throw badInput(field, 'An id has 1 to 128 characters, none of them a control character.')
  return id
}

/** As externalId; what is omitted becomes null. */
export const optionalExternalId = (field: string, id: string | null | undefined): string | null =>
  id === null || id === undefined ? null : externalId(field, id)
