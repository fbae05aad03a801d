import { readFileSync, writeFileSync } from 'node:fs'
import { buildSchema, printApiSchema } from '../src/graphql/schema.js'

const file = new URL('../schema.graphql', import.meta.url)
const printed = printApiSchema(buildSchema())

const read = () => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

if (!process.argv.includes('--check')) writeFileSync(file, printed)
else if (read() !== printed) {
  console.error('schema.graphql is not what the sources give: run "npm run schema" and commit it.')
  process.exitCode = 1
}
