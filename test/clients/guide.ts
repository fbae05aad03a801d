import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { cleanUp } from '../support/cleanup.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const guide = readFileSync(join(root, 'docs', 'clients.md'), 'utf8')

/** The code blocks of a section of docs/clients.md, as they stand there. */
export const examples = (heading: string, language: string): string[] => {
  const section = guide.split(/^## /m).find(part => part.startsWith(`${heading}\n`))
  if (section === undefined) throw new Error(`docs/clients.md has no section "${heading}".`)
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, name, code = '']) =>
    name === language ? [code] : [],
  )
}

/** Files in a folder inside the repository, so that they find its packages. */
export const writeFiles = async (files: Record<string, string>): Promise<string> => {
  mkdirSync(join(root, '.tmp'), { recursive: true })
  const folder = await mkdtemp(join(root, '.tmp', 'example-'))
  cleanUp(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const PATIENCE_MS = 15_000

/** A program that runs until the end of the test, and what it prints. */
export const startExample = (command: string, args: string[], environment: Record<string, string>) => {
  const child = spawn(command, args, {
    cwd: root,
    // A group of its own: npx and sh have children.
    detached: true,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
  })
  const closed = once(child, 'close')
  const lines: string[] = []
  const errors: string[] = []
  const wakeUps = new Set<() => void>()
  createInterface(child.stdout).on('line', line => {
    lines.push(line)
    for (const wakeUp of wakeUps) wakeUp()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text))
  cleanUp(async () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await closed
  })

  /** The lines printed so far, once one of them holds the text. */
  const prints = (text: string) =>
    new Promise<string[]>((resolve, reject) => {
      const fail = () => reject(new Error(`${command} did not print ${text} but:\n${[...lines, ...errors].join('\n')}`))
      const timer = setTimeout(fail, PATIENCE_MS)
      const look = () => {
        if (!lines.some(line => line.includes(text))) return
        clearTimeout(timer)
        wakeUps.delete(look)
        resolve([...lines])
      }
      wakeUps.add(look)
      look()
    })
  return { prints, lines, type: (line: string) => child.stdin.write(`${line}\n`) }
}

/** The first of them that runs. */
export const findCommand = (candidates: string[][]): string | undefined =>
  candidates.find(([command = '', ...args]) => spawnSync(command, args).status === 0)?.[0]
