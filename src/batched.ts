const MAX_BATCH = 500

interface Batch<Key, Value> {
  readonly keys: Key[]
  readonly values: Promise<Value[]>
  readonly byName: Map<string, Promise<Value>>
}

/**
 * Loads together what the same turn of the event loop asks for, each key once: `keyOf` tells equal keys, and `load` answers
 * in their order. Nothing is remembered beyond, so that subscriptions may use it as well.
 */
export const batched = <Key, Value>(
  load: (keys: Key[]) => Promise<Value[]>,
  keyOf: (key: Key) => string,
  maxBatch = MAX_BATCH,
): ((key: Key) => Promise<Value>) => {
  let batch: Batch<Key, Value> | undefined
  const begin = (): Batch<Key, Value> => {
    const keys: Key[] = []
    const turn = new Promise<void>(resolve => setImmediate(resolve))
    const values = turn.then(() => {
      if (batch?.keys === keys) batch = undefined
      return load(keys)
    })
    return { keys, values, byName: new Map() }
  }
  return key => {
    if (!batch || batch.keys.length >= maxBatch) batch = begin()
    const name = keyOf(key)
    const known = batch.byName.get(name)
    if (known) return known
    const index = batch.keys.push(key) - 1
    const value = batch.values.then(values => values[index] as Value)
    batch.byName.set(name, value)
    return value
  }
}
