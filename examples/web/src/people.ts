import { keepToken, type Role } from '@colloquy/apollo'

export interface DemoPerson {
  id: string
  displayName: string
  roles: Role[]
  /** Signed by the server, for some hours. */
  token: string
}

const KEY = 'colloquy.person'
/** Who signed in, drafts, and what waits to be sent. */
const OURS = /^colloquy[.-]/

export const fetchPeople = async (): Promise<DemoPerson[]> => {
  const response = await fetch(new URL('demo/people', document.baseURI))
  if (!response.ok) throw new Error(`The demo people: ${response.status}`)
  const { people } = (await response.json()) as { people: DemoPerson[] }
  return people
}

/** What a real application asks its own sign-in for. */
const fetchToken = async (id: string): Promise<string> => {
  const person = (await fetchPeople()).find(person => person.id === id)
  if (!person) throw new Error('There is nobody of that id any more.')
  return person.token
}

export const tokenSource = ({ id }: DemoPerson): (() => Promise<string>) => keepToken(() => fetchToken(id))

/** For as long as the tab is open: another may be somebody else. */
export const remembered = {
  read: () => sessionStorage.getItem(KEY),
  keep: (id: string) => sessionStorage.setItem(KEY, id),
  /** On a shared computer the next person finds no text. */
  forget: () => {
    for (const key of Object.keys(sessionStorage)) if (OURS.test(key)) sessionStorage.removeItem(key)
  },
}
