import type { Milliseconds } from '../time/index.js'

/** Formats an instant of virtual time to the millisecond, so that instants align on the right: `0.850s`, `1m30.000s`. */
export function formatInstant(instant: Milliseconds): string {
  const hours = Math.floor(instant / 3_600_000)
  const minutes = Math.floor(instant / 60_000) % 60
  const seconds = `${Math.floor(instant / 1000) % 60}.${`${instant % 1000}`.padStart(3, '0')}s`
  if (hours > 0) return `${hours}h${minutes}m${seconds}`
  return minutes > 0 ? `${minutes}m${seconds}` : seconds
}
