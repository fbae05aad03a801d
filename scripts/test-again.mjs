import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// What failed beside many other tests is tried once more by itself: on a busy machine a browser or a process may be late.
// What passes then is named in the summary: it is a test, or a promise, that has to be looked at.
const MOST_FILES = 5

const [file, ...options] = process.argv.slice(2)
const read = path => JSON.parse(readFileSync(path, 'utf8'))
const first = read(file)
const failed = first.testResults.filter(({ status }) => status === 'failed')
const files = [...new Set(failed.map(({ name }) => name))]
if (files.length === 0 || files.length > MOST_FILES) process.exit(1)

const output = `${file}.again`
rmSync(output, { force: true })
const script = join(fileURLToPath(new URL('.', import.meta.url)), 'test.mjs')
const args = [script, ...options, '--runInBand', '--json', `--outputFile=${output}`, '--', ...files]
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
if (status !== 0) process.exit(1)

const isFailed = test => test.status === 'failed'
const nameOf = ({ name }, { fullName }) => `${name}: ${fullName}`
const passedAgain = failed.flatMap(suite => suite.assertionResults.filter(isFailed).map(test => nameOf(suite, test)))
const again = read(output)
// A suite that could not be loaded the first time has its tests in the second result only.
const unloaded = failed.filter(suite => !suite.assertionResults.some(isFailed)).map(({ name }) => name)
const late = again.testResults.filter(({ name }) => unloaded.includes(name))
const lateTests = late.flatMap(suite => suite.assertionResults.map(test => nameOf(suite, test)))
writeFileSync(
  file,
  JSON.stringify({
    ...first,
    success: true,
    numFailedTests: 0,
    numPassedTests: first.numPassedTests + passedAgain.length + lateTests.length,
    testResults: [...first.testResults.filter(suite => !failed.includes(suite)), ...again.testResults],
    secondTry: [...passedAgain, ...lateTests],
  }),
)
