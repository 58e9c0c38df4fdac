import { PodwrightError } from '../errors/index.js'
import { type Milliseconds, parseDuration } from '../time/index.js'

/** Reads a duration that has to be longer than nothing. */
export function readHorizon(text: string, where: string): Milliseconds {
  const horizon = parseDuration(text, where)
  if (horizon > 0) return horizon
  throw new PodwrightError({ code: 'USAGE', where, problem: 'expected a horizon after the beginning, got 0' })
}

/** Reads a whole number within bounds, written plainly or as 0x…. */
export function readWhole(text: string, where: string, least: number, most: number): number {
  const number = /^-?\d{1,16}$/.test(text) || /^0x[0-9a-f]{1,13}$/i.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number
  const range = most === Number.MAX_SAFE_INTEGER ? '' : ` from ${least} to ${most}`
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected a whole number${range}, got ${JSON.stringify(text.slice(0, 80))}`,
  })
}

/** Reads a seed: any whole number. */
export const readSeed = (text: string, where: string): number =>
  readWhole(text, where, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)

/** Reads the name of a namespace (RFC 1123 label). */
export function readNamespace(text: string, where: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return text
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected the name of a namespace (lower-case letters, digits and -), got ${JSON.stringify(text.slice(0, 80))}`,
  })
}

/** Gathers the values of an option that may be given several times. */
export const collect = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value]
