import type { Database } from './database.js'

/** A list whose order is a time and an id, both descending. */
export interface NewestFirst {
  columns: string
  from: string
  where: string[]
  /** Of `where`. */
  parameters: unknown[]
  /** The columns of the order. */
  at: string
  id: string
  /** The page begins behind this place. */
  after: { at: Date; id: string } | null
  limit: number
}

export interface NewestPage<T> {
  items: T[]
  hasNextPage: boolean
  hasPreviousPage: boolean
}

const position = (list: NewestFirst, comparison: '<' | '>=') => {
  const { after, at, id, where, parameters } = list
  if (!after) return { where, parameters }
  const place = parameters.length
  return {
    where: [...where, `(${at}, ${id}) ${comparison} ($${place + 1}::timestamptz, $${place + 2}::uuid)`],
    parameters: [...parameters, after.at.toISOString(), after.id],
  }
}

/** What the cursor names, or something above it, lies before the page. */
const hasBefore = async (database: Database, list: NewestFirst): Promise<boolean> => {
  if (!list.after) return false
  const { where, parameters } = position(list, '>=')
  return (await database.call(`select 1 from ${list.from} where ${where.join(' and ')} limit 1`, parameters)).length > 0
}

export const newestFirst = async <Row>(database: Database, list: NewestFirst): Promise<NewestPage<Row>> => {
  const { where, parameters } = position(list, '<')
  const sql = `select ${list.columns} from ${list.from} where ${where.join(' and ')}
    order by ${list.at} desc, ${list.id} desc limit ${list.limit + 1}`
  const [rows, hasPreviousPage] = await Promise.all([database.call<Row>(sql, parameters), hasBefore(database, list)])
  return { items: rows.slice(0, list.limit), hasNextPage: rows.length > list.limit, hasPreviousPage }
}
