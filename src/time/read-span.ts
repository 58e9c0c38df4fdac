import { PodwrightError } from '../errors/index.js'
import { type DurationText, parseDuration } from './duration.js'
import { LONGEST_SPAN_MS, type Milliseconds } from './milliseconds.js'

/** How long, as the fluent words take it: a text that the compiler checks, such as `90s` or `1m30s`, or whole milliseconds. */
export type Span = DurationText | Milliseconds

/**
 * Reads a span of time as whole milliseconds; `where` names the word that it was given to.
 *
 * @throws PodwrightError `USAGE` for what is no duration, is negative, no whole number, or longer than ten years.
 */
export function readSpan(span: Span, where: string): Milliseconds {
  if (typeof span === 'string') return parseDuration(span, where)
  if (Number.isInteger(span) && span >= 0 && span <= LONGEST_SPAN_MS) return span
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected a duration or whole milliseconds, got ${String(span).slice(0, 80)}`,
    hint: "write a number with a unit: '250ms', '12.5s', '10m', '1h30m'",
  })
}
