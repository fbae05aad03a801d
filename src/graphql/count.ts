import type { Variables } from './cost.js'

export interface Request {
  variables: Variables
  /** Each fragment is counted once in a request, however often it is spread. */
  fragments: Map<string, number>
}

/** A plain number wherever no variable has a say, so that most documents are counted once and for all. */
export type Count = number | ((request: Request) => number)

export const evaluate = (count: Count, request: Request) => (typeof count === 'number' ? count : count(request))

export const sum = (counts: Count[]): Count => {
  const fixed = counts.reduce<number>((total, count) => (typeof count === 'number' ? total + count : total), 0)
  const open = counts.filter(count => typeof count !== 'number')
  if (open.length === 0) return fixed
  return request => open.reduce((total, count) => total + count(request), fixed)
}

export const product = (left: Count, right: Count): Count =>
  typeof left === 'number' && typeof right === 'number'
    ? left * right
    : request => evaluate(left, request) * evaluate(right, request)

export const memoized = (name: string, count: Exclude<Count, number>, request: Request) => {
  const known = request.fragments.get(name)
  if (known !== undefined) return known
  const counted = count(request)
  request.fragments.set(name, counted)
  return counted
}
