import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChildInspector, type ChildLimits } from '../../src/attachments/child-inspector.js'
import type { FileInspector } from '../../src/attachments/inspection.js'
import { cleanUp } from './cleanup.js'

/** What an inspector is asked. */
export const fileOf = async (bytes: Buffer | string, mediaType: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'colloquy-test-'))
  cleanUp(() => rm(folder, { recursive: true }))
  const path = join(folder, 'upload')
  await writeFile(path, bytes)
  return [path, { fileName: 'a file', mediaType, sizeBytes: Buffer.byteLength(bytes) }, folder] as const
}

/** What it says of these bytes. */
export const inspectWith = (inspector: FileInspector) => async (bytes: Buffer | string, mediaType: string) =>
  inspector.inspect(...(await fileOf(bytes, mediaType)))

/** The process that inspects, without a server; ended after the test, or after the last one. */
export const startInspector = (limits?: ChildLimits) => {
  const inspector = new ChildInspector(limits)
  cleanUp(() => inspector.stop())
  return inspector
}

export type Inspect = ReturnType<typeof inspectWith>

/** Fails where it is rejected. */
export const accepted = async (inspected: ReturnType<Inspect>) => {
  const inspection = await inspected
  if (inspection.verdict === 'REJECTED') throw new Error(`It was rejected: ${inspection.rejection}`)
  return inspection
}

export const rejected = async (inspected: ReturnType<Inspect>) => {
  const inspection = await inspected
  return inspection.verdict === 'REJECTED' ? inspection.rejection : `READY as ${inspection.mediaType}`
}
