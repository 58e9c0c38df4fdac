import { nearestWord, PodwrightError } from '../errors/index.js'
import type { CronJob, KubernetesObject } from '../model/index.js'
import type { Plan, ReactionStep, ZoneOffset } from '../scenario/index.js'
import { EPOCH_UNIX_MS, type Milliseconds } from '../time/index.js'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** A CronJob of a plan, with the place of its zone. */
interface ZonedJob {
  readonly object: KubernetesObject
  readonly where: PodwrightError['where'] | undefined
}

/**
 * The plan with the offsets of the time zones that its CronJobs name, for the span of the run: the core knows no zones, so that they are
 * looked up here, in the tables of the JavaScript engine.
 *
 * @throws PodwrightError `MANIFEST_INVALID` for a zone that there is not, in the API server's words.
 */
export function withTimeZones(plan: Plan): Plan {
  const jobs = zonedJobs(plan)
  const zones = new Set<string>()
  for (const { object, where } of jobs) {
    const zone = object.kind === 'CronJob' ? object.spec.timeZone : undefined
    if (zone === undefined) continue
    if (formatterOf(zone) === undefined) throw unknownZone(object as CronJob, zone, where)
    zones.add(zone)
  }
  if (zones.size === 0) return plan
  const timeZones = Object.fromEntries([...zones].sort().map(zone => [zone, zoneOffsets(zone, plan.horizon)]))
  return Object.freeze({ ...plan, timeZones: Object.freeze(timeZones) })
}

/** CronJobs that are there from the beginning, that steps bring, and the zones that patches and requests name. */
function zonedJobs({ workloads = [], steps, reactions = [] }: Plan): readonly ZonedJob[] {
  const deeds: readonly ReactionStep[] = [...steps, ...reactions.map(({ step }) => step)]
  return [
    ...workloads.map(({ object, origin, fieldOrigin }) => ({
      object,
      where: fieldOrigin?.(['spec', 'timeZone']) ?? origin,
    })),
    ...deeds.flatMap(deed => (deed.do === 'createObject' ? [{ object: deed.object, where: undefined }] : [])),
    ...deeds.flatMap(patchedJob),
  ]
}

/** What is written later is checked when it is written: here only zones that there are count. */
function patchedJob(deed: ReactionStep): readonly ZonedJob[] {
  const written =
    deed.do === 'patchObject'
      ? deed.patch
      : deed.do === 'request'
        ? (deed.request.object ?? deed.request.patch)
        : undefined
  const { spec } = (written ?? {}) as { readonly spec?: { readonly timeZone?: unknown } }
  const zone = spec?.timeZone
  if (typeof zone !== 'string' || formatterOf(zone) === undefined) return []
  return [{ object: { kind: 'CronJob', spec } as unknown as CronJob, where: undefined }]
}

/**
 * Offsets of a zone in order of time, the first of which also holds before. A zone's clock is changed twice a year at most, so that a look a
 * day finds every change.
 */
export function zoneOffsets(zone: string, horizon: Milliseconds): readonly ZoneOffset[] {
  const format = formatterOf(zone)
  if (format === undefined) return []
  const minutesAt = (instant: Milliseconds): number => offsetMinutes(format, EPOCH_UNIX_MS + instant)
  const offsets: ZoneOffset[] = [{ from: 0, minutes: minutesAt(0) }]
  for (let day = 0; day < horizon; day += DAY_MS) {
    const minutes = minutesAt(day + DAY_MS)
    if (minutes === offsets[offsets.length - 1].minutes) continue
    offsets.push({ from: changeBetween(minutesAt, day, day + DAY_MS), minutes })
  }
  return offsets
}

/** The first minute of the later one of two offsets. */
function changeBetween(minutesAt: (instant: Milliseconds) => number, first: Milliseconds, last: Milliseconds): number {
  const before = minutesAt(first)
  let [low, high] = [first / MINUTE_MS, last / MINUTE_MS]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (minutesAt(middle * MINUTE_MS) === before) low = middle
    else high = middle
  }
  return high * MINUTE_MS
}

/** What the clock of the zone shows, less what that of UTC shows. */
function offsetMinutes(format: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const [year, month, day, hour, minute] = (['year', 'month', 'day', 'hour', 'minute'] as const).map(
    part => parts.get(part) ?? 0,
  )
  return Math.round((Date.UTC(year, month - 1, day, hour, minute) - instant) / MINUTE_MS)
}

const FORMATTERS = new Map<string, Intl.DateTimeFormat | undefined>()

/** Undefined: there is no such zone. */
function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!FORMATTERS.has(zone)) FORMATTERS.set(zone, isZone(zone) ? createFormatter(zone) : undefined)
  return FORMATTERS.get(zone)
}

function createFormatter(timeZone: string): Intl.DateTimeFormat | undefined {
  const two = '2-digit'
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Go reads zones from files, whose names have their letters' case; `Intl` would also take `europe/berlin` and `+05:00`. */
function isZone(zone: string): boolean {
  if (!zone.split('/').every(part => /^[A-Z]/.test(part))) return false
  const same = Intl.supportedValuesOf('timeZone').find(each => each.toLowerCase() === zone.toLowerCase())
  return same === undefined || same === zone
}

function unknownZone({ metadata }: CronJob, zone: string, where: ZonedJob['where']): PodwrightError {
  const value = `Invalid value: ${JSON.stringify(zone)}: unknown time zone ${zone}`
  const nearest = nearestWord(zone, Intl.supportedValuesOf('timeZone'))
  return new PodwrightError({
    code: 'MANIFEST_INVALID',
    where,
    problem: `CronJob.batch ${JSON.stringify(metadata.name ?? '')} is invalid: spec.timeZone: ${value}`,
    hint: nearest === undefined ? undefined : `did you mean ${nearest}?`,
  })
}
