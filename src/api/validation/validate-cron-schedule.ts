import type { CronJobSpec } from '../../model/index.js'
import { type FieldErrors, invalid, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { goQuote } from './go-text.js'

/** kubernetes: pkg/apis/batch/validation/validation.go validateScheduleFormat, 1.31 and later. */
export function validateCronSchedule({ schedule }: CronJobSpec, path: FieldPath, errors: FieldErrors): void {
  const at = path.child('schedule')
  if (schedule === '') return void errors.push(required(at))
  const problem = scheduleProblem(schedule)
  if (problem !== undefined) errors.push(invalid(at, schedule, problem))
  if (schedule.includes('TZ')) {
    errors.push(invalid(at, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'))
  }
}

const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

interface Bounds {
  readonly low: number
  readonly high: number
  readonly names?: readonly string[]
}

const FIELDS: readonly Bounds[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 6, names: DAYS },
]

/** robfig/cron v3 ParseStandard: says what is wrong with a schedule, or undefined. */
function scheduleProblem(text: string): string | undefined {
  let schedule = text
  if (schedule.startsWith('TZ=') || schedule.startsWith('CRON_TZ='))
    schedule = schedule.slice(schedule.indexOf(' ') + 1).trim()
  if (schedule.startsWith('@every ')) {
    const problem = durationProblem(schedule.slice('@every '.length))
    return problem && `failed to parse duration ${schedule}: time: ${problem}`
  }
  if (schedule.startsWith('@')) {
    return DESCRIPTORS.includes(schedule) ? undefined : `unrecognized descriptor: ${schedule}`
  }
  const fields = schedule.split(/\s+/).filter(field => field !== '')
  if (fields.length !== 5) return `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`
  for (let i = 0; i < 5; i++) {
    for (const expression of fields[i].split(',')) {
      const problem = rangeProblem(expression, FIELDS[i])
      if (problem !== undefined) return problem
    }
  }
  return undefined
}

/** Go: time.ParseDuration; amounts beyond 64 bits are let pass. */
function durationProblem(text: string): string | undefined {
  let rest = text.replace(/^[-+]/, '')
  if (rest === '0') return undefined
  if (rest === '') return `invalid duration ${goQuote(text)}`
  while (rest !== '') {
    const [amount, unit] = /^(\d*\.?\d*)([^.\d]*)/.exec(rest)?.slice(1) ?? ['', '']
    if (!/\d/.test(amount)) return `invalid duration ${goQuote(text)}`
    if (unit === '') return `missing unit in duration ${goQuote(text)}`
    if (!UNITS.includes(unit)) return `unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`
    rest = rest.slice(amount.length + unit.length)
  }
  return undefined
}

const UNITS = ['ns', 'us', '\u00b5s', '\u03bcs', 'ms', 's', 'm', 'h']

/** One part of a field: `*`, `1`, `1-5`, each with `/2` or without. */
function rangeProblem(expression: string, { low, high, names }: Bounds): string | undefined {
  const [range, step, ...more] = expression.split('/')
  if (more.length > 0) return `too many slashes: ${expression}`
  const limits = range.split('-')
  let from = low
  let to = high
  if (limits[0] !== '*' && limits[0] !== '?') {
    if (limits.length > 2) return `too many hyphens: ${expression}`
    const numbers = limits.map(limit => toNumber(limit, names))
    for (const number of numbers) if (typeof number === 'string') return number
    from = numbers[0] as number
    to = numbers.length === 2 ? (numbers[1] as number) : step === undefined ? from : high
  }
  if (step !== undefined) {
    const every = toNumber(step, undefined)
    if (typeof every === 'string') return every
    if (every === 0) return `step of range should be a positive number: ${expression}`
  }
  if (from < low) return `beginning of range (${from}) below minimum (${low}): ${expression}`
  if (to > high) return `end of range (${to}) above maximum (${high}): ${expression}`
  return from > to ? `beginning of range (${from}) beyond end of range (${to}): ${expression}` : undefined
}

function toNumber(text: string, names: readonly string[] | undefined): number | string {
  const named = names?.indexOf(text.toLowerCase()) ?? -1
  if (named !== -1) return names === MONTHS ? named + 1 : named
  if (/^[+-]?\d+$/.test(text)) {
    return text.startsWith('-') ? `negative number (${Number(text)}) not allowed: ${text}` : Number(text)
  }
  return `failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`
}
