import type { Config } from '../config.js'
import type { SignedInPerson } from './demo-tokens.js'

const QUERY =
  '{ me { displayName } conversations { edges { node { counterpart { displayName } lastMessage { body } unreadCount } } } }'

const curlLine = (url: string, token: string) =>
  [
    `curl -s ${url}/graphql`,
    `-H 'Content-Type: application/json'`,
    `-H 'Authorization: Bearer ${token}'`,
    `-d '${JSON.stringify({ query: QUERY })}'`,
  ].join(' ')

/** For a newcomer: where to look, who there is, a token for each, and a line to paste. */
export const describeDemo = ({ playground }: Config, url: string, people: readonly SignedInPerson[]): string => {
  const [first] = people
  if (!first) return ''
  return [
    `The web application: ${url}/ (open it in two windows, to be two people)`,
    ...(playground ? [`GraphiQL: ${url}/playground (with one of the tokens below)`] : []),
    '',
    'Demo people, and a token for each (12 hours):',
    '',
    ...people.map(({ id, displayName, roles, token }) => `${displayName} (${id}, ${roles.join(', ')})\n  ${token}\n`),
    `Try it as ${first.displayName}:`,
    '',
    curlLine(url, first.token),
    '',
    '',
  ].join('\n')
}
