import type { Transaction } from './database.js'

const asNumber = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value)

/** As Database.call, within a transaction. Parameters need casts; an instant is given as its ISO text. */
export const queryWithin = async <Row>(tx: Transaction, sql: string, parameters: unknown[]): Promise<Row[]> => {
  const rows = await tx.$queryRawUnsafe<Record<string, unknown>[]>(sql, ...parameters)
  return rows.map(row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asNumber(value)])) as Row)
}
