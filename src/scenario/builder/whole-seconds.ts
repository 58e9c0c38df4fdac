import { PodwrightError } from '../../errors/index.js'
import { formatDuration, readSpan, type Span } from '../../time/index.js'

/** Reads a grace period as seconds: the API knows no finer one. */
export function wholeSeconds(span: Span, where: string): number {
  const ms = readSpan(span, where)
  if (ms % 1000 === 0) return ms / 1000
  throw new PodwrightError({
    code: 'SCENARIO_INVALID',
    where,
    problem: `expected whole seconds, the API knows no finer grace period, got ${formatDuration(ms)}`,
  })
}
