import { MAX_PAGE } from '../paging/page.js'
import { PERSON_JSON } from '../people/person-row.js'
import type { Person } from '../people/person.js'
import type { Database } from '../persistence/database.js'
import type { ReactionGroup, ReactionsKey } from './reaction.js'

/** A row for each of the first who reacted; each person comes with the first of their rows. */
const REACTIONS_SQL = `
  select x.ord, x.emoji, x.count, x."viewerReacted", x.user_id as "userId",
    case when row_number() over (partition by x.user_id) = 1 then
      (select ${PERSON_JSON} from users u where u.id = x.user_id) end as person
  from (
    select k.ord::int, r.emoji, r.user_id, (count(*) over alike)::int as count,
      bool_or(r.user_id = k.viewer) over alike as "viewerReacted", min(r.created_at) over alike as since,
      row_number() over (alike order by r.created_at, r.user_id) as place
    from unnest($1::uuid[], $2::text[]) with ordinality k(message, viewer, ord)
    join reactions r on r.message_id = k.message
    window alike as (partition by k.ord, r.emoji)) x
  where x.place <= ${MAX_PAGE}
  order by x.ord, x.since, x.emoji, x.place`

interface ReactionRow extends Omit<ReactionGroup, 'reactors'> {
  ord: number
  userId: string
  person: Person | null
}

export class ReactionStore {
  constructor(private readonly database: Database) {}

  /** In the order of the keys; of each message by the first of the same emoji. */
  async ofMessages(keys: readonly ReactionsKey[]): Promise<ReactionGroup[][]> {
    const parameters = [keys.map(key => key.messageId), keys.map(key => key.viewerId)]
    const rows = await this.database.call<ReactionRow>(REACTIONS_SQL, parameters)
    const people = new Map(rows.flatMap(({ userId, person }) => (person ? [[userId, person]] : [])))
    const groups = keys.map(() => new Map<string, ReactionGroup>())
    for (const { ord, emoji, count, viewerReacted, userId } of rows) {
      const ofMessage = groups[ord - 1]
      const group = ofMessage?.get(emoji) ?? { emoji, count, viewerReacted, reactors: [] }
      ofMessage?.set(emoji, group)
      const person = people.get(userId)
      if (person) group.reactors.push(person)
    }
    return groups.map(ofMessage => [...ofMessage.values()])
  }
}
