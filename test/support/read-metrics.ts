/** What /metrics says, by name and labels as they stand there; 0 for what it does not name. */
export const readMetrics = async ({ url }: { url: string }) => {
  const response = await fetch(`${url}/metrics`)
  const text = await response.text()
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  const values = new Map(
    lines.map(line => {
      const end = line.lastIndexOf(' ')
      return [line.slice(0, end), Number(line.slice(end + 1))]
    }),
  )
  return { response, text, of: (name: string) => values.get(name) ?? 0 }
}
