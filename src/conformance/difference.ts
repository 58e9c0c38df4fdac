import type { Entry } from './aspects.js'

/** Something that a run of the model did otherwise than every real run. */
export interface Difference {
  /** What was compared: `phase`, `state app`, `count BackOff/spec.containers{app}`. */
  readonly aspect: string
  readonly problem: string
  /** Where the two first part, in seconds since creation; null: nowhere in particular. */
  readonly at: number | null
  /** The sequences that part: the nearest real run's, and the model's. */
  readonly expected?: readonly Entry[]
  readonly observed?: readonly Entry[]
}

/** A sequence on one line. */
export const showEntries = (entries: readonly Entry[]): string =>
  entries.map(({ t, value }) => `${t.toFixed(1)}s ${value}`).join(' → ')

/** The difference that comes first in time. */
export function firstDifference(differences: readonly Difference[]): Difference | undefined {
  let first: Difference | undefined
  for (const each of differences) {
    if (first === undefined || (each.at ?? Number.POSITIVE_INFINITY) < (first.at ?? Number.POSITIVE_INFINITY))
      first = each
  }
  return first
}
