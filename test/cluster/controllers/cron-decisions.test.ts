import { describe, expect, test } from 'vitest'
import { type CronState, dueTime, timeToNext } from '../../../src/cluster/controllers/cron-job/due-time.js'
import { nextTime } from '../../../src/cluster/controllers/cron-job/next-time.js'
import { readSchedule, type Schedule } from '../../../src/cluster/controllers/cron-job/schedule.js'
import type { ZoneOffset } from '../../../src/scenario/index.js'
import { EPOCH_UNIX_MS, formatTimestamp } from '../../../src/time/index.js'

function scheduleOf(text: string): Schedule {
  const read = readSchedule(text)
  if ('problem' in read) throw new Error(read.problem)
  return read.schedule
}

const at = (text: string): number => Date.parse(text) - EPOCH_UNIX_MS

/** The next times after a Wednesday's first second of 2025. */
function timesOf(
  text: string,
  count = 3,
  from = '2025-01-01T00:00:00Z',
  offsets: readonly ZoneOffset[] = [],
): string[] {
  const times: string[] = []
  let time = at(from)
  for (let i = 0; i < count; i++) {
    const next = nextTime(scheduleOf(text), time, offsets)
    if (next === undefined) break
    time = next
    times.push(formatTimestamp(time).slice(0, 16))
  }
  return times
}

describe('a schedule', () => {
  test.each([
    ['*/20 * * * *', ['2025-01-01T00:20', '2025-01-01T00:40', '2025-01-01T01:00']],
    ['5,7-8 3 * * *', ['2025-01-01T03:05', '2025-01-01T03:07', '2025-01-01T03:08']],
    ['0 0 29 2 *', ['2028-02-29T00:00']],
    ['0 12 31 * ?', ['2025-01-31T12:00', '2025-03-31T12:00', '2025-05-31T12:00']],
    ['0 9 * * MON-fri', ['2025-01-01T09:00', '2025-01-02T09:00', '2025-01-03T09:00']],
    ['0 0 1 * 0', ['2025-01-05T00:00', '2025-01-12T00:00', '2025-01-19T00:00']],
    ['10/25 6 * Jul *', ['2025-07-01T06:10', '2025-07-01T06:35', '2025-07-02T06:10']],
    ['@hourly', ['2025-01-01T01:00', '2025-01-01T02:00', '2025-01-01T03:00']],
    ['@weekly', ['2025-01-05T00:00', '2025-01-12T00:00', '2025-01-19T00:00']],
    ['@yearly', ['2026-01-01T00:00', '2027-01-01T00:00', '2028-01-01T00:00']],
    ['@every 1h30m', ['2025-01-01T01:30', '2025-01-01T03:00', '2025-01-01T04:30']],
  ])('%s', (text, times) => {
    expect(timesOf(text, times.length)).toEqual(times)
  })

  test.each([
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'expected a minute, got 60'],
    ['* * 0 * *', 'expected a day of month, got 0'],
    ['* * * * 7', 'expected a day of week, got 7'],
    ['5-2 * * * *', 'expected a minute, got 5-2'],
    ['*/0 * * * *', 'expected a minute, got */0'],
    ['1-2-3 * * * *', 'expected a minute, got 1-2-3'],
    ['@fortnightly', 'unrecognized descriptor: @fortnightly'],
    ['@every soon', 'failed to parse duration @every soon'],
  ])('%s is none', (text, problem) => {
    expect(readSchedule(text)).toEqual({ problem })
  })

  test('may name its zone', () => {
    expect(readSchedule('TZ=Asia/Tokyo 0 9 * * *')).toMatchObject({ zone: 'Asia/Tokyo' })
    expect(readSchedule('CRON_TZ=UTC @daily')).toMatchObject({ zone: 'UTC' })
    expect(readSchedule('@daily')).toMatchObject({ zone: undefined })
  })

  test('what matches no day of any year has no next time', () => {
    expect(timesOf('0 0 30 2 *')).toEqual([])
  })
})

describe('in a zone', () => {
  const newYork: readonly ZoneOffset[] = [
    { from: at('2024-11-03T06:00:00Z'), minutes: -300 },
    { from: at('2025-03-09T07:00:00Z'), minutes: -240 },
    { from: at('2025-11-02T06:00:00Z'), minutes: -300 },
  ]

  test('a schedule follows the clock on the wall', () => {
    const times = timesOf('0 9 * * *', 2, '2025-03-08T00:00:00Z', newYork)
    expect(times).toEqual(['2025-03-08T14:00', '2025-03-09T13:00'])
  })

  test('an hour that is skipped does not run, one that comes twice runs twice', () => {
    expect(timesOf('30 2 * * *', 2, '2025-03-08T12:00:00Z', newYork)).toEqual(['2025-03-10T06:30', '2025-03-11T06:30'])
    expect(timesOf('30 1 2 11 *', 2, '2025-11-01T12:00:00Z', newYork)).toEqual(['2025-11-02T05:30', '2025-11-02T06:30'])
  })

  test('a day begins at its own midnight', () => {
    const tokyo = [{ from: 0, minutes: 540 }]
    expect(timesOf('@daily', 2, '2025-01-01T00:00:00Z', tokyo)).toEqual(['2025-01-01T15:00', '2025-01-02T15:00'])
  })
})

describe('what is due (CJ-2)', () => {
  const state = (changes: Partial<CronState> = {}): CronState => ({
    schedule: scheduleOf('*/5 * * * *'),
    offsets: [],
    since: 0,
    deadlineMs: undefined,
    ...changes,
  })
  const minutes = (count: number): number => count * 60_000

  test('is the most recent time alone, however many were missed', () => {
    expect(dueTime(state(), minutes(4), true)).toBeUndefined()
    expect(dueTime(state(), minutes(5), true)).toEqual({ time: minutes(5), missed: 1 })
    expect(dueTime(state(), minutes(27), true)).toEqual({ time: minutes(25), missed: 5 })
    expect(dueTime(state(), minutes(5 * 2000), true)).toEqual({ time: minutes(5 * 2000), missed: 2000 })
  })

  test('is not looked for before the deadline for starting', () => {
    expect(dueTime(state({ deadlineMs: minutes(7) }), minutes(5 * 2000), true)).toMatchObject({ missed: 2 })
    expect(dueTime(state({ deadlineMs: minutes(1) }), minutes(27), true)).toBeUndefined()
    expect(dueTime(state({ deadlineMs: minutes(1) }), minutes(27), false)).toMatchObject({ time: minutes(25) })
  })

  test('the next look is a tenth of a second after the next time (CJ-1)', () => {
    expect(timeToNext(state(), minutes(27))).toBe(minutes(3) + 100)
    expect(timeToNext(state({ since: minutes(25) }), minutes(27))).toBe(minutes(3) + 100)
    expect(timeToNext(state({ schedule: scheduleOf('0 0 30 2 *') }), 0)).toBeUndefined()
  })
})
