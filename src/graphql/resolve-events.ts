import type { FormattedExecutionResult as Result } from 'graphql'
import type { Context } from './context.js'
import type { Variables } from './cost.js'
import type { Sharing } from './sharing.js'

/** Never throws, nor rejects. */
type Make = (event: unknown) => Result | Promise<Result>

/** From an event to its result as JSON. */
type Resolve = (event: unknown) => string | Promise<string>

export const resolveAlone =
  (make: Make): Resolve =>
  event => {
    const result = make(event)
    return result instanceof Promise ? result.then(made => JSON.stringify(made)) : JSON.stringify(result)
  }

/** Takes what another subscriber was given, where the viewer may have it. */
export const resolveShared = (make: Make, sharing: Sharing, variables: Variables, context: Context): Resolve => {
  const question = sharing.question(variables)
  const alone = resolveAlone(make)
  return event => {
    if (!isObject(event) || !admits(sharing, context)) return alone(event)
    const text = sharing.results.get(event, question, () => make(event))
    if (text === null || typeof text === 'string') return text ?? alone(event)
    return text.then(shared => shared ?? alone(event))
  }
}

const isObject = (event: unknown): event is object => typeof event === 'object' && event !== null

const admits = (sharing: Sharing, context: Context): boolean => {
  try {
    sharing.admit(context)
    return true
  } catch {
    return false
  }
}
