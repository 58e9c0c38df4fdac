import { EPOCH_UNIX_MS, type Milliseconds } from './milliseconds.js'

/**
 * Formats an instant as `metav1.Time` serialises it: RFC 3339 in UTC, whole seconds, truncated.
 *
 * `Date` is closed to the core, so the calendar is computed here (days to civil date, proleptic Gregorian).
 */
export function formatTimestamp(instant: Milliseconds): string {
  const seconds = Math.floor((EPOCH_UNIX_MS + instant) / 1000)
  const { year, month, day } = civilDate(Math.floor(seconds / 86_400))
  const rest = ((seconds % 86_400) + 86_400) % 86_400
  return `${year}-${two(month)}-${two(day)}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}Z`
}

/** Formats an instant as Go's RFC1123Z does, the form `kubectl describe` prints: `Wed, 01 Jan 2025 00:00:05 +0000`. */
export function formatRfc1123(instant: Milliseconds): string {
  const seconds = Math.floor((EPOCH_UNIX_MS + instant) / 1000)
  const days = Math.floor(seconds / 86_400)
  const { year, month, day } = civilDate(days)
  const rest = ((seconds % 86_400) + 86_400) % 86_400
  const clock = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`
  return `${WEEKDAYS[(((days + 4) % 7) + 7) % 7]}, ${two(day)} ${MONTHS[month - 1]} ${year} ${clock} +0000`
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`)

/** Days since 1970-01-01 to year, month, day: eras of 400 years, years that begin in March. */
export function civilDate(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  }
}
