import { PodwrightError } from '../errors/index.js'
import { LONGEST_SPAN_MS, type Milliseconds } from './milliseconds.js'

/** After the point: a whole number by itself has no leading zero. */
type Fraction = `${bigint}` | `0${bigint}` | `00${bigint}`
/** So many of a unit; `bigint`, other than `number`, is without blanks and exponents. */
type Of<Unit extends string> = `${bigint}${Unit}` | `${bigint}.${Fraction}${Unit}`

type Hours = `${bigint}h`
type Minutes = `${bigint}m`
type WholeMinutes = Hours | Minutes | `${Hours}${Minutes}`
type BelowMinutes = Of<'s'> | Of<'ms'> | `${bigint}s${Of<'ms'>}`
type UpToMinutes = Of<'h'> | Of<'m'> | `${Hours}${Of<'m'>}`

/** A first character that is a number by itself is no sign. */
type Unsigned = `${bigint}${string}`

/**
 * Text of a duration as Go writes and Kubernetes reads it, its units from large to small: `90s`, `1m30s`, `250ms`, `1.5h`. Blanks, signs
 * and exponents do not compile. What a program computes is whole milliseconds: `10 * i * 1000`, not a text that it puts together.
 */
export type DurationText = Unsigned & (UpToMinutes | BelowMinutes | `${WholeMinutes}${BelowMinutes}`)

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const TERM = /(\d+(?:\.\d+)?)(ms|s|m|h)/y

/**
 * Parses a duration such as `90s`, `1m30s`, `12.5s` or `250ms` into whole milliseconds.
 *
 * @throws PodwrightError `USAGE` when the text is no duration, is negative, or is longer than ten years.
 */
export function parseDuration(text: string, where?: string): Milliseconds {
  const ms = tryParseDuration(text)
  if (ms === undefined) {
    throw new PodwrightError({
      code: 'USAGE',
      ...(where === undefined ? {} : { where }),
      problem: `expected a duration, got ${JSON.stringify(text.slice(0, 80))}`,
      hint: 'write a number with a unit: 250ms, 12.5s, 10m, 1h30m',
    })
  }
  return ms
}

/** Like `parseDuration`, but answers undefined where the text is no duration. */
export function tryParseDuration(text: string): Milliseconds | undefined {
  if (text === '0') return 0
  if (text.length > 40) return undefined
  let total = 0
  let at = 0
  while (at < text.length) {
    TERM.lastIndex = at
    const match = TERM.exec(text)
    if (match === null) return undefined
    total += Number(match[1]) * UNIT_MS[match[2]]
    at = TERM.lastIndex
  }
  const ms = Math.round(total)
  return at > 0 && ms <= LONGEST_SPAN_MS ? ms : undefined
}

/**
 * Formats a span as Go's `time.Duration` prints it: `0s`, `250ms`, `1.5s`, `1m20s`, `1h0m0s`.
 *
 * Go: src/time/time.go Duration.String.
 */
export function formatDuration(ms: Milliseconds): string {
  if (ms < 0) return `-${formatDuration(-ms)}`
  if (ms === 0) return '0s'
  if (ms < 1000) return `${ms}ms`
  const hours = Math.floor(ms / 3_600_000)
  const minutes = Math.floor(ms / 60_000) % 60
  const seconds = `${(ms % 60_000) / 1000}s`
  if (hours > 0) return `${hours}h${minutes}m${seconds}`
  return minutes > 0 ? `${minutes}m${seconds}` : seconds
}
