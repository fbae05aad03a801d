import { isStorable } from './text.js'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const CONTROL = /\p{Cc}/u

/** Ids of conversations, messages and sessions, as they are given out: in lower case. */
export const isUuid = (id: string) => UUID.test(id)

/** Ids that the host system chose: of users, appointments, services. */
export const isExternalId = (id: string) =>
  id.length > 0 && id.length <= 128 && !CONTROL.test(id) && isStorable(id) && id.trim() === id
