/** When a CronJob runs: the values of each field that match, or a fixed interval. */
export type Schedule =
  | {
      readonly minutes: ReadonlySet<number>
      readonly hours: ReadonlySet<number>
      readonly days: ReadonlySet<number>
      readonly months: ReadonlySet<number>
      readonly weekdays: ReadonlySet<number>
      /** Whether the field is `*`: with both days and weekdays given either is enough. */
      readonly isAnyDay: boolean
      readonly isAnyWeekday: boolean
    }
  | { readonly everySeconds: number }

interface Field {
  readonly name: string
  readonly least: number
  readonly most: number
  readonly names?: readonly string[]
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: MONTHS },
  { name: 'day of week', least: 0, most: 6, names: WEEKDAYS },
]

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

/** A schedule that was read, with the zone that it names itself; or what is wrong with it. */
export type ReadSchedule =
  | { readonly schedule: Schedule; readonly zone: string | undefined }
  | { readonly problem: string }

/**
 * Reads the schedule of a CronJob: five fields or a descriptor, after `TZ=ZONE ` if there is one (CJ-1).
 *
 * Kubernetes reads it with robfig/cron v3 ParseStandard: Sunday is 0 and not 7, `?` is `*`, names have three letters.
 */
export function readSchedule(text: string): ReadSchedule {
  const zoned = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(text)
  const zone = zoned?.[1]
  const plain = (zoned?.[2] ?? text).trim()
  const every = /^@every (.+)$/.exec(plain)
  if (every !== null) {
    const everySeconds = secondsOf(every[1])
    return everySeconds === undefined
      ? { problem: `failed to parse duration ${plain}` }
      : { schedule: { everySeconds }, zone }
  }
  if (plain.startsWith('@') && DESCRIPTORS[plain] === undefined) return { problem: `unrecognized descriptor: ${plain}` }
  const words = (DESCRIPTORS[plain] ?? plain).split(/\s+/).filter(word => word !== '')
  if (words.length !== FIELDS.length)
    return { problem: `expected exactly 5 fields, found ${words.length}: [${words.join(' ')}]` }
  const sets: ReadonlySet<number>[] = []
  for (const [i, word] of words.entries()) {
    const values = readField(word, FIELDS[i])
    if (values === undefined) return { problem: `expected a ${FIELDS[i].name}, got ${word}` }
    sets.push(values)
  }
  const [minutes, hours, days, months, weekdays] = sets
  const [isAnyDay, isAnyWeekday] = [words[2], words[4]].map(word => /(^|,)[*?](\/1)?(,|$)/.test(word))
  return { schedule: { minutes, hours, days, months, weekdays, isAnyDay, isAnyWeekday }, zone }
}

/** A list of values, ranges and steps; undefined: it is none. */
function readField(text: string, field: Field): ReadonlySet<number> | undefined {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const [range, stepText, ...rest] = part.split('/')
    const step = stepText === undefined ? 1 : Number(/^\d{1,4}$/.exec(stepText)?.[0])
    const bounds = readRange(range, field, stepText !== undefined)
    if (bounds === undefined || !(step > 0) || rest.length > 0) return undefined
    for (let value = bounds[0]; value <= bounds[1]; value += step) values.add(value)
  }
  return values
}

/** A single value with a step goes on to the end of the field. */
function readRange(text: string, field: Field, hasStep: boolean): readonly [number, number] | undefined {
  if (text === '*' || text === '?') return [field.least, field.most]
  const [first, last, ...rest] = text.split('-').map(word => readValue(word, field))
  if (first === undefined || rest.length > 0) return undefined
  if (!text.includes('-')) return [first, hasStep ? field.most : first]
  return last === undefined || last < first ? undefined : [first, last]
}

function readValue(text: string, { least, most, names }: Field): number | undefined {
  const named = names?.indexOf(text.toLowerCase()) ?? -1
  const value = named >= 0 ? named + least : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : undefined
}

/** Go's durations, `1h30m`, in whole seconds, one at least. */
function secondsOf(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|m|s|ms))+$/.test(text)) return undefined
  let seconds = 0
  for (const [, amount, , unit] of text.matchAll(/(\d+(\.\d+)?)(ms|h|m|s)/g)) seconds += Number(amount) * UNITS[unit]
  return Math.max(1, Math.floor(seconds))
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 }
