import type { ZoneOffset } from '../../../scenario/index.js'
import { civilDate, EPOCH_UNIX_MS, type Milliseconds } from '../../../time/index.js'
import type { Schedule } from './schedule.js'

/** What a clock on the wall shows; months and days from 1, Sunday is 0. */
interface WallTime {
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly hour: number
  readonly minute: number
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Five years of months, days, hours and minutes need fewer steps by far; what matches nothing then never runs. */
const MOST_STEPS = 5000

/**
 * The first instant after another one at which a schedule matches; undefined: none in the next years. Instants are the API's clock,
 * milliseconds since the run's epoch.
 *
 * robfig/cron v3 SpecSchedule.Next: an hour that a change of the clock skips does not run, one that it repeats runs twice.
 */
export function nextTime(
  schedule: Schedule,
  after: Milliseconds,
  offsets: readonly ZoneOffset[],
): Milliseconds | undefined {
  if ('everySeconds' in schedule) return (Math.floor(after / 1000) + schedule.everySeconds) * 1000
  let instant = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS
  for (let step = 0; step < MOST_STEPS; step++) {
    const offset = offsetAt(offsets, instant)
    const wall = wallTime(instant + offset)
    if (!schedule.months.has(wall.month)) instant = midnightAfter(instant, wall, offsets, 32 - wall.day)
    else if (!matchesDay(schedule, wall)) instant = midnightAfter(instant, wall, offsets, 1)
    else if (!schedule.hours.has(wall.hour)) instant += (60 - wall.minute) * MINUTE_MS
    else if (!schedule.minutes.has(wall.minute)) instant += MINUTE_MS
    else return instant
  }
  return undefined
}

type Fields = Exclude<Schedule, { readonly everySeconds: number }>

const matchesDay = ({ days, weekdays, isAnyDay, isAnyWeekday }: Fields, { day, weekday }: WallTime): boolean =>
  isAnyDay || isAnyWeekday ? days.has(day) && weekdays.has(weekday) : days.has(day) || weekdays.has(weekday)

/** The midnight so many days later, or, of a month's end, the first of the next month: never past it. */
function midnightAfter(
  instant: Milliseconds,
  wall: WallTime,
  offsets: readonly ZoneOffset[],
  days: number,
): Milliseconds {
  const offset = offsetAt(offsets, instant)
  const today = instant + offset - (wall.hour * 60 + wall.minute) * MINUTE_MS
  const there = today + days * DAY_MS
  const local = days === 1 ? there : there - (wallTime(there).day - 1) * DAY_MS
  // The clock may be changed on the way: the earlier of both readings, and at least a step.
  const found = Math.min(local - offset, local - offsetAt(offsets, local - offset))
  return Math.max(found, instant + MINUTE_MS)
}

/** Milliseconds that a zone is ahead of UTC; without offsets it is UTC. */
function offsetAt(offsets: readonly ZoneOffset[], instant: Milliseconds): Milliseconds {
  let found = offsets[0]?.minutes ?? 0
  for (const { from, minutes } of offsets) if (from <= instant) found = minutes
  return found * MINUTE_MS
}

/** The calendar's fields of milliseconds since the run's epoch. */
function wallTime(sinceEpoch: Milliseconds): WallTime {
  const minutes = Math.floor((EPOCH_UNIX_MS + sinceEpoch) / MINUTE_MS)
  const days = Math.floor(minutes / 1440)
  const { month, day } = civilDate(days)
  const minuteOfDay = minutes - days * 1440
  return {
    month,
    day,
    weekday: (((days + 4) % 7) + 7) % 7,
    hour: Math.floor(minuteOfDay / 60),
    minute: minuteOfDay % 60,
  }
}
