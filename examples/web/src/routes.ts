import { useHash } from '@mantine/hooks'

export type Route =
  | { at: 'HOME' }
  /** With a message: there it opens. */
  | { at: 'CONVERSATION'; id: string; messageId?: string }
  | { at: 'ACCOUNT' }
  | { at: 'DESK' }
  | { at: 'AUDIT' }
  | { at: 'ACCESS' }

export const paths = {
  home: '#/',
  conversation: (id: string, messageId?: string) => `#/conversations/${id}${messageId ? `/${messageId}` : ''}`,
  account: '#/account',
  desk: '#/desk',
  audit: '#/audit',
  access: '#/access',
}

const parse = (hash: string): Route => {
  const [, first, second, third] = hash.split('/')
  if (first === 'conversations' && second) return { at: 'CONVERSATION', id: second, ...(third && { messageId: third }) }
  if (first === 'account') return { at: 'ACCOUNT' }
  if (first === 'desk') return { at: 'DESK' }
  if (first === 'audit') return { at: 'AUDIT' }
  if (first === 'access') return { at: 'ACCESS' }
  return { at: 'HOME' }
}

export const useRoute = (): Route => parse(useHash({ getInitialValueInEffect: false })[0])

export const goTo = (path: string): void => {
  window.location.hash = path
}
