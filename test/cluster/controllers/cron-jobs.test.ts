import { describe, expect, test } from 'vitest'
import type { CronJob, CronJobSpec } from '../../../src/model/index.js'
import type { Plan } from '../../../src/scenario/index.js'
import type { Trace } from '../../../src/trace/index.js'
import { messagesOf, ownerAt, ownersAt, patchSpec, runWorkloads, workload } from '../workloads.js'

const CRON_JOB = 'CronJob/default/c'
const MINUTE = 60_000

const cronJob = (spec: Partial<CronJobSpec>): CronJob =>
  workload({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'c' },
    spec: {
      schedule: '* * * * *',
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'app:1' }] } } },
      },
      ...spec,
    },
  })

/** Runs a CronJob whose pods take so many seconds. */
const runCronJob = (spec: Partial<CronJobSpec>, seconds: number, changes: Partial<Plan> = {}): Trace => {
  const run = { exitAfter: seconds * 1000, exitCode: 0, isOomKilled: false, startError: null, onTerm: null }
  const rules = [{ target: { container: 'app' }, behaviour: { runs: [run] } }]
  return runWorkloads([cronJob(spec)], { rules, horizon: 10 * MINUTE + 30_000, ...changes })
}

const statusAt = (trace: Trace, time = trace.end) => ownerAt<CronJob>(trace, time, 'CronJob', 'c')?.status
const jobsAt = (trace: Trace, time = trace.end): readonly string[] =>
  Object.keys(ownersAt(trace, time)).filter(path => path.startsWith('Job/'))
/** Events about Jobs by the minute that they are named after, counted from the run's first. */
const told = (trace: Trace, reason: string): readonly string[] =>
  messagesOf(trace, 'CronJob')
    .filter(text => text.startsWith(`${reason}:`))
    .map(text => text.replace(/c-(\d+)/, (_, minute) => `c+${Number(minute) - FIRST_MINUTE}`))

/** 2025-01-01 in minutes. */
const FIRST_MINUTE = 28_928_160

describe('a CronJob', () => {
  test('makes a Job each time, named after its minute, and keeps the last three (CJ-1, CJ-4)', () => {
    const trace = runCronJob({}, 5)
    expect(told(trace, 'SuccessfulCreate').slice(0, 2)).toEqual([
      'SuccessfulCreate: Created job c+1',
      'SuccessfulCreate: Created job c+2',
    ])
    expect(jobsAt(trace, MINUTE)).toEqual([])
    expect(jobsAt(trace, MINUTE + 100)).toEqual([`Job/c-${FIRST_MINUTE + 1}`])
    expect(jobsAt(trace)).toEqual([8, 9, 10].map(minute => `Job/c-${FIRST_MINUTE + minute}`))
    expect(told(trace, 'SawCompletedJob')[0]).toBe('SawCompletedJob: Saw completed job: c+1, condition: Complete')
    expect(told(trace, 'SuccessfulDelete')[0]).toBe('SuccessfulDelete: Deleted job c+1')
    expect(statusAt(trace)).toMatchObject({ lastScheduleTime: '2025-01-01T00:10:00Z' })
    expect(statusAt(trace)?.lastSuccessfulTime).toMatch(/^2025-01-01T00:10:0\d/)
    expect(statusAt(trace)?.active).toBeUndefined()
  })

  test('that keeps no Jobs takes them away before it has said that they ended (CJ-4)', () => {
    const trace = runCronJob({ successfulJobsHistoryLimit: 0 }, 5, { horizon: 90_000 })
    expect([told(trace, 'SuccessfulDelete'), told(trace, 'SawCompletedJob')]).toEqual([
      ['SuccessfulDelete: Deleted job c+1'],
      [],
    ])
    expect(statusAt(trace)?.lastSuccessfulTime).toMatch(/^2025-01-01T00:01:0\d/)
    expect(statusAt(trace)?.active).toBeUndefined()
  })

  test('lists what is under way', () => {
    const trace = runCronJob({}, 300)
    expect(statusAt(trace, 2 * MINUTE + 30_000)?.active?.map(({ name }) => name)).toEqual(
      [1, 2].map(minute => `c-${FIRST_MINUTE + minute}`),
    )
  })

  test('with Forbid waits for the Job that runs, then starts the last that was missed (CJ-3)', () => {
    const trace = runCronJob({ concurrencyPolicy: 'Forbid' }, 150, { horizon: 6 * MINUTE })
    expect(told(trace, 'SuccessfulCreate')).toEqual([
      'SuccessfulCreate: Created job c+1',
      'SuccessfulCreate: Created job c+3',
    ])
    expect(told(trace, 'JobAlreadyActive')[0]).toBe(
      'JobAlreadyActive: Not starting job because prior execution is running and concurrency policy is Forbid',
    )
  })

  test('with Replace deletes the Job that runs', () => {
    const trace = runCronJob({ concurrencyPolicy: 'Replace' }, 150, { horizon: 3 * MINUTE + 30_000 })
    expect(told(trace, 'SuccessfulDelete')).toEqual([
      'SuccessfulDelete: Deleted job c+1',
      'SuccessfulDelete: Deleted job c+2',
    ])
    expect(jobsAt(trace)).toEqual([`Job/c-${FIRST_MINUTE + 3}`])
  })

  test('starts nothing while it is suspended, and one Job of the many missed when it is resumed (CJ-2)', () => {
    const steps = [patchSpec(90_000, { suspend: true }, CRON_JOB), patchSpec(450_000, { suspend: false }, CRON_JOB)]
    const trace = runCronJob({}, 5, { steps, horizon: 8 * MINUTE + 30_000 })
    expect(told(trace, 'SuccessfulCreate').map(text => text.slice(-3))).toEqual(['c+1', 'c+7', 'c+8'])
  })

  test('does not start what is too late (CJ-3)', () => {
    const steps = [patchSpec(30_000, { suspend: true }, CRON_JOB), patchSpec(90_000, { suspend: false }, CRON_JOB)]
    const trace = runCronJob({ startingDeadlineSeconds: 20 }, 5, { steps, horizon: 2 * MINUTE + 30_000 })
    expect(told(trace, 'SuccessfulCreate').map(text => text.slice(-3))).toEqual(['c+2'])
  })

  test('says that very many times were missed, and starts one', () => {
    const steps = [patchSpec(0, { suspend: true }, CRON_JOB), patchSpec(150 * MINUTE, { suspend: false }, CRON_JOB)]
    const trace = runCronJob({}, 5, { steps, horizon: 150 * MINUTE + 30_000 })
    expect(messagesOf(trace, 'CronJob').slice(0, 2)).toEqual([
      'TooManyMissedTimes: too many missed start times: 150. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
      `SuccessfulCreate: Created job c-${FIRST_MINUTE + 150}`,
    ])
  })

  test('follows a zone that the plan knows, and tells of one that it does not', () => {
    const spec = { schedule: '3 9 * * *', timeZone: 'Asia/Tokyo' }
    const timeZones = { 'Asia/Tokyo': [{ from: 0, minutes: 540 }] }
    expect(told(runCronJob(spec, 5, { timeZones }), 'SuccessfulCreate')).toEqual(['SuccessfulCreate: Created job c+3'])
    expect(messagesOf(runCronJob(spec, 5), 'CronJob')).toEqual([
      'UnknownTimeZone: invalid timeZone: "Asia/Tokyo": unknown time zone Asia/Tokyo',
    ])
  })

  test('that is deleted takes its Jobs and their pods with it', () => {
    const trace = runCronJob({}, 300, { steps: [{ at: 150_000, do: 'deleteObject', object: CRON_JOB }] })
    expect(Object.keys(ownersAt(trace, trace.end))).toEqual([])
  })

  test('of 1.26 tells the end of a Job in other words', () => {
    const trace = runCronJob({}, 5, { controllers: '1.26', horizon: 2 * MINUTE })
    expect(told(trace, 'SawCompletedJob')).toEqual(['SawCompletedJob: Saw completed job: c+1, status: Complete'])
  })
})
