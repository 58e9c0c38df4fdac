import { EPOCH_UNIX_MS, formatRfc1123, humanDuration, type Milliseconds } from '../time/index.js'

/**
 * Reads an instant as the API writes it, in milliseconds since t = 0. Absent, null and Go's zero time, 1 January of year 1,
 * are no instants: undefined, as is a text that is none.
 */
export function parseApiTime(text: string | null | undefined): Milliseconds | undefined {
  const match = TIME.exec(text ?? '')
  if (match === null) return undefined
  const [, year, month, day, hours, minutes, seconds, fraction, sign, zoneHours = '0', zoneMinutes = '0'] = match
  const days = daysSince1970(Number(year), Number(month), Number(day))
  const zone = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes))
  const wholeSeconds = days * 86_400 + Number(hours) * 3600 + (Number(minutes) - zone) * 60 + Number(seconds)
  if (wholeSeconds === ZERO_SECONDS) return undefined
  return wholeSeconds * 1000 + Math.floor(Number(`0.${fraction ?? '0'}`) * 1000) - EPOCH_UNIX_MS
}

/** The age of an instant as kubectl prints it, `<unknown>` for none. */
export function ageOf(text: string | null | undefined, now: Milliseconds): string {
  const instant = parseApiTime(text)
  return instant === undefined ? '<unknown>' : humanDuration(now - instant)
}

/** An instant in the form of `kubectl describe`; no instant is Go's zero time. */
export function describedTime(text: string | null | undefined): string {
  const instant = parseApiTime(text)
  return formatRfc1123(instant ?? ZERO_SECONDS * 1000 - EPOCH_UNIX_MS).replace(/ 1 (?=00:00:00)/, ' 0001 ')
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/

/** 0001-01-01T00:00:00Z, Go's zero time, in seconds since 1970. */
const ZERO_SECONDS = -62_135_596_800

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar: years begin in March, eras are 400 years. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
