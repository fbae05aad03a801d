import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as runtime from '@prisma/schema-engine-wasm/schema_engine_bg'

interface Exports {
  __wbindgen_start(): void
}

// Node has it; the types of Node 20 lack it.
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>
  Instance: new (module: object, imports: Record<string, object>) => { exports: Exports }
}

// The package's types leave it out.
const { __wbg_set_wasm: setWasm } = runtime as unknown as { __wbg_set_wasm: (exports: Exports) => void }

const modulePath = () =>
  createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')

// The engine leaves the timers of its time limits behind, which would keep the process alive for 10 s.
const unrefTimers = ([name, value]: [string, unknown]) => {
  if (!name.startsWith('__wbg_setTimeout_')) return [name, value]
  return [name, (work: () => void, ms: number) => setTimeout(work, ms).unref()]
}

const start = async () => {
  const module = await WebAssembly.compile(await readFile(modulePath()))
  const imports = Object.fromEntries(Object.entries(runtime).map(unrefTimers)) as object
  const { exports } = new WebAssembly.Instance(module, { './schema_engine_bg.js': imports })
  setWasm(exports)
  exports.__wbindgen_start()
}

// The package itself keeps its instance in a module's variable: a second one in this process would break the first.
let started: Promise<void> | undefined

/** Prisma's schema engine, in WebAssembly: it writes and applies migrations without a binary. */
export const createSchemaEngine = async (
  adapter: SqlMigrationAwareDriverAdapterFactory,
  datamodels: [path: string, text: string][] = [['schema.prisma', 'datasource db { provider = "postgresql" }']],
): Promise<runtime.SchemaEngine> => {
  started ??= start()
  await started
  return runtime.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter))
}
