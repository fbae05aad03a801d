const MESSAGE = 'id seq body createdAt sender { id displayName }'

const SEND = `mutation Send($input: SendMessageInput!) { sendMessage(input: $input) { message { ${MESSAGE} } } }`
const ADDED = `subscription Added($conversationId: ID!) { messageAdded(conversationId: $conversationId) { ${MESSAGE} } }`
const PAGE = `query Page($conversationId: ID!, $before: String) {
  history(conversationId: $conversationId, last: 50, before: $before) {
    edges { cursor node { ${MESSAGE} } } pageInfo { hasPreviousPage startCursor } } }`
const WALK = `query Walk($conversationId: ID!, $before: String) {
  history(conversationId: $conversationId, last: 100, before: $before) {
    edges { cursor } pageInfo { hasPreviousPage startCursor } } }`

const SEARCH = `query Search($query: String!, $conversationId: ID) {
  searchMessages(query: $query, conversationId: $conversationId, first: 20) {
    edges { node { excerpt { text match } message { ${MESSAGE} } } } pageInfo { hasNextPage } } }`

type Operation = (variables: object) => string

/** Only the variables are made anew for each request. */
const operation = (operationName: string, query: string): Operation => {
  const head = JSON.stringify({ operationName, query }).slice(0, -1)
  return variables => `${head},"variables":${JSON.stringify(variables)}}`
}

export const send = operation('Send', SEND)
export const added = operation('Added', ADDED)
export const page = operation('Page', PAGE)
export const walk = operation('Walk', WALK)
export const search = operation('Search', SEARCH)

export const subscribeFrame = (id: string | number, payload: string): string =>
  `{"id":"${id}","type":"subscribe","payload":${payload}}`

export const SEQ = '"seq":'
const DIGITS = 9
const WORDS = ' Good morning, how did you sleep, and is the pain any better today?'

/** Every text of a run begins with the number of its send. */
export const bodyOf = (number: number): string => String(number).padStart(DIGITS, '0') + WORDS

export const wholeAt = (text: string, start: number) => {
  let value = 0
  for (let at = start; ; at++) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return value
    value = value * 10 + digit
  }
}

const after = (text: string, key: string) => {
  const at = text.indexOf(key)
  if (at === -1) throw new Error(`No ${key} in ${text.slice(0, 500)}`)
  return at + key.length
}

export const numberIn = (text: string): number => wholeAt(text, after(text, '"body":"'))
export const seqIn = (text: string): number => wholeAt(text, after(text, SEQ))

/** Of a frame {"id":"12","type":"next",…}: 12. */
export const idIn = (frame: string): number => wholeAt(frame, 7)
export const isComplete = (frame: string): boolean => frame.endsWith('"type":"complete"}')
