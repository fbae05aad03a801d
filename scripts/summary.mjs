import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

// What several runs came to. A test that was skipped fails it, but in the files that may: those that want what not every machine has.
const { values, positionals } = parseArgs({
  options: { 'may-skip': { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
})
const maySkip = ({ name }) => values['may-skip'].some(file => name.endsWith(`/${file}`))

const read = file => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    console.log(`There is no result in ${file}: that run did not come to its end.`)
    return { success: false, numPassedTests: 0, numFailedTests: 0, testResults: [] }
  }
}

const isLeftOut = ({ status }) =>
  status === 'pending' || status === 'todo' || status === 'skipped' || status === 'disabled'
const runs = positionals.map(read)
const suites = runs.flatMap(run => run.testResults)
const leftOut = suites.flatMap(suite =>
  suite.assertionResults
    .filter(isLeftOut)
    .map(test => ({ name: `${suite.name}: ${test.fullName}`, isAllowed: maySkip(suite) })),
)
const sum = field => runs.reduce((total, run) => total + run[field], 0)
// A suite that could not even be loaded has no tests to count.
const broken = suites.filter(
  suite => suite.status === 'failed' && suite.assertionResults.every(test => test.status !== 'failed'),
)

for (const { name, isAllowed } of leftOut) console.log(`Skipped${isAllowed ? ', as it may be' : ''}: ${name}`)
for (const test of runs.flatMap(({ secondTry = [] }) => secondTry))
  console.log(`Passed by itself, not beside others: ${test}`)
for (const suite of broken) console.log(`Failed to run: ${suite.name}`)
if (leftOut.some(({ isAllowed }) => !isAllowed) || runs.some(run => !run.success || run.numPassedTests === 0))
  process.exitCode = 1
console.log(`${sum('numPassedTests')} passed, ${sum('numFailedTests') + broken.length} failed`)
