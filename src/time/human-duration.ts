import type { Milliseconds } from './milliseconds.js'

/**
 * Formats an age as kubectl prints it: `70s`, `3m10s`, `47h`, `2d1h`, `367d`.
 *
 * apimachinery: pkg/util/duration/duration.go HumanDuration, v1.32 (R-1010).
 */
export function humanDuration(ms: Milliseconds): string {
  const seconds = Math.trunc(ms / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.trunc(seconds / 60)
  if (minutes < 10) return withRest(minutes, 'm', seconds % 60, 's')
  if (minutes < 180) return `${minutes}m`
  const hours = Math.trunc(seconds / 3600)
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  if (hours < 192) return withRest(Math.trunc(hours / 24), 'd', hours % 24, 'h')
  if (hours < 2 * YEAR_HOURS) return `${Math.trunc(hours / 24)}d`
  const years = Math.trunc(hours / YEAR_HOURS)
  if (hours < 8 * YEAR_HOURS) return withRest(years, 'y', Math.trunc(hours / 24) % 365, 'd')
  return `${years}y`
}

const YEAR_HOURS = 365 * 24

const withRest = (whole: number, unit: string, rest: number, restUnit: string): string =>
  rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${restUnit}`
