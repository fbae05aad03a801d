import { cleanOptionalText } from '../limits/text.js'
import { pageArgs, pagedForward, type Paged, type PageInput } from '../paging/page.js'
import type { Services } from '../services.js'
import { MAX_DISPLAY_NAME, type Person, type Role, type Viewer } from './person.js'

type Needs = Pick<Services, 'people' | 'cursors'>

interface Which {
  contactsOnly: boolean
  onlineWithinMs: number | null
  role: Role | null
  search: string | null
}

const listPeople = async (needs: Needs, viewer: Viewer, which: Which, input: PageInput): Promise<Paged<Person>> => {
  const { limit, cursor } = pageArgs(input)
  const afterId = cursor === null ? null : needs.cursors.readPerson(cursor)
  const found = await needs.people.list({ viewer, ...which, afterId, limit })
  return pagedForward({ found, limit, after: afterId, cursorOf: ({ id }) => needs.cursors.person(id) })
}

/** To whom the viewer may write: an admin to everyone, by the support desk. */
export const listContacts = (
  needs: Needs,
  viewer: Viewer,
  filter: { role?: Role | null; search?: string | null },
  input: PageInput,
): Promise<Paged<Person>> => {
  const search = cleanOptionalText('search', filter.search, { max: MAX_DISPLAY_NAME })
  return listPeople(
    needs,
    viewer,
    { contactsOnly: true, onlineWithinMs: null, role: filter.role ?? null, search },
    input,
  )
}

/** Whom the viewer may see, and who is online now. */
export const listOnline = (
  needs: Needs & Pick<Services, 'presence'>,
  viewer: Viewer,
  input: PageInput,
): Promise<Paged<Person>> => {
  const onlineWithinMs = needs.presence.deadAfterMs
  return listPeople(needs, viewer, { contactsOnly: false, onlineWithinMs, role: null, search: null }, input)
}
