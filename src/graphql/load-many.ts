export const itself = (id: string) => id

export const byId =
  <Value extends { id: string }>(load: (ids: string[]) => Promise<Value[]>) =>
  async (ids: string[]): Promise<(Value | null)[]> => {
    const found = new Map((await load(ids)).map(value => [value.id, value]))
    return ids.map(id => found.get(id) ?? null)
  }

export const grouped =
  <Value>(load: (ids: string[]) => Promise<Value[]>, idOf: (value: Value) => string) =>
  async (ids: string[]): Promise<Value[][]> => {
    const groups = new Map(ids.map(id => [id, [] as Value[]]))
    for (const value of await load(ids)) groups.get(idOf(value))?.push(value)
    return [...groups.values()]
  }
