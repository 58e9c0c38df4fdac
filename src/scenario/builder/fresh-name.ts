import { PodwrightError } from '../../errors/index.js'

/**
 * A name that is not taken yet; another one does not compile, and the compiler's message says why. Names that the compiler does not
 * know are checked when the builder runs.
 */
export type FreshName<Name extends string, Taken extends string> = string extends Taken
  ? Name
  : Name extends Taken
    ? `"${Name}" is taken`
    : Name

/** Refuses a name that is taken, or none at all. */
export function checkFresh(name: string, taken: readonly string[], where: string, what: string): void {
  if (typeof name !== 'string' || name === '') {
    throw new PodwrightError({ code: 'SCENARIO_INVALID', where, problem: `expected the name of a ${what}, got none` })
  }
  if (!taken.includes(name)) return
  const problem = `expected every ${what} once, got ${JSON.stringify(name)} a second time`
  throw new PodwrightError({ code: 'SCENARIO_INVALID', where, problem })
}
