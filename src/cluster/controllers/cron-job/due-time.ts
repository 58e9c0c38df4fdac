import type { ZoneOffset } from '../../../scenario/index.js'
import type { Milliseconds } from '../../../time/index.js'
import { nextTime } from './next-time.js'
import type { Schedule } from './schedule.js'

/** A CronJob's schedule and how far it has come. Instants are the API's clock. */
export interface CronState {
  readonly schedule: Schedule
  readonly offsets: readonly ZoneOffset[]
  /** The last scheduled time that was started, or else when the CronJob was created. */
  readonly since: Milliseconds
  /** Undefined: a start is never too late. */
  readonly deadlineMs: Milliseconds | undefined
}

/** The most recent scheduled time that was not started, and how many there were. */
export interface DueTime {
  readonly time: Milliseconds
  readonly missed: number
}

/** More missed starts than these are told. */
export const MANY_MISSED = 100

/**
 * The most recent scheduled time up to now that was not started; those before it are skipped (CJ-2).
 *
 * controllers: pkg/controller/cronjob/utils.go mostRecentScheduleTime, v1.32. `isWithinDeadline`: what is too late is left out.
 */
export function dueTime(state: CronState, now: Milliseconds, isWithinDeadline: boolean): DueTime | undefined {
  const { schedule, offsets, since, deadlineMs } = state
  const from = isWithinDeadline && deadlineMs !== undefined ? Math.max(since, now - deadlineMs) : since
  const first = nextTime(schedule, from, offsets)
  if (first === undefined || now < first) return undefined
  const second = nextTime(schedule, first, offsets)
  if (second === undefined || now < second) return { time: first, missed: 1 }
  const between = second - first
  const missed = Math.floor((now - first) / between) + 1
  // By equal steps to just before now, so that years of missed starts cost no more than two.
  let time = first
  for (let next: number | undefined = first + (missed - 2) * between; next !== undefined && next <= now; ) {
    time = next
    next = nextTime(schedule, time, offsets)
  }
  return { time, missed }
}

/** How long until the schedule matches next; a little later, so that the clock has surely passed it (CJ-1). */
export function timeToNext(state: CronState, now: Milliseconds): Milliseconds | undefined {
  const from = dueTime(state, now, false)?.time ?? state.since
  const next = nextTime(state.schedule, from, state.offsets)
  return next === undefined ? undefined : next + DELTA_MS - now
}

const DELTA_MS = 100
