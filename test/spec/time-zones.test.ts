import { describe, expect, test } from 'vitest'
import type { Job } from '../../src/model/index.js'
import { run } from '../../src/spec/index.js'
import { planTexts } from '../../src/spec/plan-texts.js'
import { zoneOffsets } from '../../src/spec/time-zones.js'
import { formatTimestamp } from '../../src/time/index.js'
import { walkOwners } from '../../src/trace/walk-owners.js'

const DAY = 86_400_000

const cronJob = (schedule: string, timeZone: string): string => `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "${schedule}"
  timeZone: ${timeZone}
  successfulJobsHistoryLimit: 9
  jobTemplate:
    spec: { template: { spec: { restartPolicy: Never, containers: [ { name: app, image: app:1 } ] } } }
`

/** When a CronJob's Jobs begin, by UTC. */
function startsOf(schedule: string, timeZone: string, days: number): readonly string[] {
  const { plan, problems } = planTexts([{ name: 'cron.yaml', text: cronJob(schedule, timeZone) }], {
    horizon: days * DAY,
  })
  if (plan === undefined) throw problems[0]
  const starts = new Set<string>()
  for (const { object } of walkOwners(run(plan))) {
    const { startTime } = (object as Job).status ?? {}
    if (object.kind === 'Job' && startTime !== undefined) starts.add(startTime)
  }
  return [...starts]
}

const offsets = (zone: string, days: number): readonly (readonly [string, number])[] =>
  zoneOffsets(zone, days * DAY).map(({ from, minutes }) => [formatTimestamp(from), minutes])

describe('the offsets of a time zone', () => {
  test('are those of the span of the run, each from the minute at which the clock is changed', () => {
    expect(offsets('Asia/Tokyo', 365)).toEqual([['2025-01-01T00:00:00Z', 540]])
    expect(offsets('Europe/Berlin', 365)).toEqual([
      ['2025-01-01T00:00:00Z', 60],
      ['2025-03-30T01:00:00Z', 120],
      ['2025-10-26T01:00:00Z', 60],
    ])
    expect(offsets('Europe/Berlin', 30)).toEqual([['2025-01-01T00:00:00Z', 60]])
    // Half an hour is what the clock there is changed by.
    expect(offsets('Australia/Lord_Howe', 120)).toEqual([
      ['2025-01-01T00:00:00Z', 660],
      ['2025-04-05T15:00:00Z', 630],
    ])
    expect(offsets('Etc/GMT+5', 1)).toEqual([['2025-01-01T00:00:00Z', -300]])
  })
})

describe('a CronJob with a time zone', () => {
  test('begins by the clock there', () => {
    expect(startsOf('0 9 1-2 1 *', 'Asia/Kolkata', 2)).toEqual(['2025-01-01T03:30:00Z', '2025-01-02T03:30:00Z'])
  })

  test('leaves out an hour that the clock skips, and keeps to the clock after it', () => {
    expect(startsOf('30 2 8-10 3 *', 'America/New_York', 70)).toEqual(['2025-03-08T07:30:00Z', '2025-03-10T06:30:00Z'])
  })

  test('runs twice in an hour that the clock repeats', () => {
    expect(startsOf('30 1 1-3 11 *', 'America/New_York', 310)).toEqual([
      '2025-11-01T05:30:00Z',
      '2025-11-02T05:30:00Z',
      '2025-11-02T06:30:00Z',
      '2025-11-03T06:30:00Z',
    ])
  })

  test('is refused where there is no such zone, in the words of the API server', () => {
    const zones = ['Europ/Berlin', 'europe/berlin', 'Mars/Olympus', 'est', '"+05:00"']
    const answers = zones.map(zone =>
      planTexts([{ name: 'cron.yaml', text: cronJob('0 9 * * *', zone) }]).problems.map(({ message }) => message),
    )
    expect(answers.join('\n')).toMatchInlineSnapshot(`
      "cron.yaml:7:3: CronJob.batch "report" is invalid: spec.timeZone: Invalid value: "Europ/Berlin": unknown time zone Europ/Berlin
        hint: did you mean Europe/Berlin?
      cron.yaml:7:3: CronJob.batch "report" is invalid: spec.timeZone: Invalid value: "europe/berlin": unknown time zone europe/berlin
        hint: did you mean Europe/Berlin?
      cron.yaml:7:3: CronJob.batch "report" is invalid: spec.timeZone: Invalid value: "Mars/Olympus": unknown time zone Mars/Olympus
      cron.yaml:7:3: CronJob.batch "report" is invalid: spec.timeZone: Invalid value: "est": unknown time zone est
      cron.yaml:7:3: CronJob.batch "report" is invalid: spec.timeZone: Invalid value: "+05:00": unknown time zone +05:00"
    `)
  })
})
