import type { Change } from '../events/topics.js'
import type { Transaction } from '../persistence/database.js'
import type { Conversation } from './conversation.js'

/** A conversation under its lock, with the changes made to it so far. */
export interface Held {
  readonly tx: Transaction
  readonly conversation: Conversation
  /** The first of so many revs, taken one after the other. */
  takeRevs(count: number): number
  record(change: Change): void
  /** Their list of conversations got longer. */
  welcome(userId: string): void
}

/** A column's new value with its type; undefined: it stays. */
export type Assignment = [column: string, type: string, value: string | number | boolean | null | undefined]

/** Those that are given, as parameters behind the ones that there are. */
export const assignments = (before: unknown[], values: Assignment[]) => {
  const parameters = [...before]
  const given = values.filter(([, , value]) => value !== undefined)
  return { sets: given.map(([column, type, value]) => `${column} = $${parameters.push(value)}::${type}`), parameters }
}
