import type { Done } from './job.js'

/** A batch for each; one that fails holds up no other, and is told of at the end. */
export async function* eachApart<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<Done>,
  failed: string,
): AsyncGenerator<Done> {
  const failures: unknown[] = []
  for await (const item of items)
    yield await work(item).catch((error: unknown) => {
      failures.push(error)
      return {}
    })
  if (failures.length > 0) throw new AggregateError(failures, failed)
}
