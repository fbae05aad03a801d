import { withClient } from './fill.js'

export interface Database {
  name: string
  url: string
}

/** Databases of this run, on the server that the address names. */
export class Databases {
  readonly #made = new Set<string>()

  constructor(
    private readonly adminUrl: string,
    private readonly run: number,
  ) {}

  /** A copy of `template`, or an empty one. */
  async create(suffix: string, template = 'template0'): Promise<Database> {
    const name = `colloquy_bench_${this.run}_${suffix.replaceAll('-', '_')}`
    this.#made.add(name)
    await this.#sql(`create database ${name} template ${template}`)
    const url = new URL(this.adminUrl)
    url.pathname = `/${name}`
    return { name, url: url.href }
  }

  async drop(name: string): Promise<void> {
    await this.#sql(`drop database if exists ${name} with (force)`)
    this.#made.delete(name)
  }

  async dropAll(): Promise<void> {
    for (const name of this.#made) await this.drop(name)
  }

  #sql(sql: string) {
    return withClient(this.adminUrl, client => client.query(sql))
  }
}
