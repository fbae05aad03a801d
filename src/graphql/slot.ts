import type { PlannedField } from './plan.js'

export type Holder = Record<string | number, unknown>

/** A place in the answer: where a value goes, and the path of its errors. */
export class Slot {
  /** An error below has made it null. */
  nulled = false

  constructor(
    readonly prev: Slot | undefined,
    readonly key: string | number,
    readonly typename: string | undefined,
    readonly holder: Holder | unknown[],
    readonly nullable: boolean,
    readonly field: PlannedField,
  ) {}

  fill(value: unknown): void {
    ;(this.holder as Holder)[this.key] = this.nulled ? null : value
  }
}
