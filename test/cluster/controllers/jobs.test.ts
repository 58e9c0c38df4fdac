import { describe, expect, test } from 'vitest'
import type { Job, JobSpec, Pod } from '../../../src/model/index.js'
import type { BehaviourRule, Plan } from '../../../src/scenario/index.js'
import type { Trace } from '../../../src/trace/index.js'
import { countsOver, messagesOf, ownerAt, patchSpec, podsAt, runWorkloads, workload } from '../workloads.js'

const JOB = 'Job/default/j'

const job = (spec: Partial<JobSpec> = {}, restartPolicy: 'Never' | 'OnFailure' = 'Never'): Job =>
  workload({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'j' },
    spec: { template: { spec: { restartPolicy, containers: [{ name: 'app', image: 'app:1' }] } }, ...spec },
  })

/** Each of a Job's pods exits so. */
const exits = (exitCode: number, seconds: number): BehaviourRule => ({
  target: { container: 'app' },
  behaviour: { runs: [{ exitAfter: seconds * 1000, exitCode, isOomKilled: false, startError: null, onTerm: null }] },
})

const runJob = (
  spec: Partial<JobSpec>,
  rule: BehaviourRule,
  changes: Partial<Plan> = {},
  restartPolicy?: 'Never' | 'OnFailure',
): Trace => runWorkloads([job(spec, restartPolicy)], { rules: [rule], horizon: 300_000, ...changes })

const statusAt = (trace: Trace, time = trace.end) => ownerAt<Job>(trace, time, 'Job', 'j')?.status
const conditionsOf = (trace: Trace): readonly string[] =>
  (statusAt(trace)?.conditions ?? []).map(
    ({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`,
  )
const isActivePod = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined && status?.phase !== 'Failed' && status?.phase !== 'Succeeded'

describe('a Job', () => {
  test('runs its pods side by side until enough succeeded, never more than its parallelism (J-6, J-7)', () => {
    const trace = runJob({ completions: 5, parallelism: 2 }, exits(0, 3))
    expect(podsAt(trace, trace.end)).toHaveLength(5)
    expect(Math.max(...countsOver(trace, isActivePod).map(([, count]) => count))).toBe(2)
    expect(statusAt(trace)).toMatchObject({ succeeded: 5, ready: 0, terminating: 0 })
    expect(statusAt(trace)?.active).toBeUndefined()
    expect(conditionsOf(trace)).toEqual([
      'SuccessCriteriaMet=True CompletionsReached: Reached expected number of succeeded pods',
      'Complete=True CompletionsReached: Reached expected number of succeeded pods',
    ])
    expect(messagesOf(trace, 'Job').at(-1)).toBe('Completed: Job completed')
  })

  test('tracks its pods by a finalizer until they are counted (J-1)', () => {
    const trace = runJob({}, exits(0, 3))
    const [pod] = podsAt(trace, 1000)
    expect(pod.metadata.finalizers).toEqual(['batch.kubernetes.io/job-tracking'])
    expect(pod.metadata.labels).toMatchObject({ 'batch.kubernetes.io/job-name': 'j', 'job-name': 'j' })
    expect(podsAt(trace, trace.end)[0].metadata.finalizers).toBeUndefined()
  })

  test('waits ever longer before it replaces a failed pod, until it gives up (J-8)', () => {
    const trace = runJob({ backoffLimit: 2 }, exits(1, 3))
    const created = countsOver(trace, () => true).map(([time]) => Math.round(time / 1000))
    expect(created).toEqual([0, 13, 36])
    expect(conditionsOf(trace)).toEqual([
      'FailureTarget=True BackoffLimitExceeded: Job has reached the specified backoff limit',
      'Failed=True BackoffLimitExceeded: Job has reached the specified backoff limit',
    ])
    expect(statusAt(trace)).toMatchObject({ failed: 3 })
    expect(messagesOf(trace, 'Job').at(-1)).toBe('BackoffLimitExceeded: Job has reached the specified backoff limit')
  })

  test('of 1.26 replaced the first failed pod at once and had no conditions beforehand (§0b)', () => {
    const trace = runJob({ backoffLimit: 1 }, exits(1, 3), { controllers: '1.26' })
    const created = countsOver(trace, () => true).map(([time]) => Math.round(time / 1000))
    expect(created).toEqual([0, 5])
    expect(conditionsOf(trace)).toEqual([
      'Failed=True BackoffLimitExceeded: Job has reached the specified backoff limit',
    ])
  })

  test('counts restarts in place towards the limit where its containers are restarted (J-4, J-12)', () => {
    const trace = runJob({ backoffLimit: 1 }, exits(1, 3), {}, 'OnFailure')
    expect(podsAt(trace, 1000)).toHaveLength(1)
    expect(conditionsOf(trace).at(-1)).toBe(
      'Failed=True BackoffLimitExceeded: Job has reached the specified backoff limit',
    )
    expect(messagesOf(trace, 'Job').filter(text => text.startsWith('SuccessfulCreate'))).toHaveLength(1)
  })

  test('is stopped at its deadline (J-4)', () => {
    const trace = runJob({ activeDeadlineSeconds: 10 }, exits(0, 100))
    expect(countsOver(trace, isActivePod)).toEqual([
      [0, 1],
      [10_000, 0],
    ])
    expect(conditionsOf(trace).at(-1)).toBe(
      'Failed=True DeadlineExceeded: Job was active longer than specified deadline',
    )
  })

  test('deletes its pods while it is suspended and starts anew when it is resumed (J-10)', () => {
    const trace = runJob({}, exits(0, 20), {
      steps: [patchSpec(10_000, { suspend: true }, JOB), patchSpec(60_000, { suspend: false }, JOB)],
    })
    expect(countsOver(trace, isActivePod).slice(0, 3)).toEqual([
      [0, 1],
      [10_000, 0],
      [60_000, 1],
    ])
    expect(statusAt(trace, 59_000)?.conditions).toMatchObject([{ type: 'Suspended', status: 'True' }])
    expect(statusAt(trace)).toMatchObject({ succeeded: 1, startTime: '2025-01-01T00:01:00Z' })
    expect(statusAt(trace)?.failed).toBeUndefined()
    expect(messagesOf(trace, 'Job')).toEqual(
      expect.arrayContaining(['Suspended: Job suspended', 'Resumed: Job resumed']),
    )
  })

  test('goes some time after its end, with its pods (J-11)', () => {
    const trace = runJob({ ttlSecondsAfterFinished: 30 }, exits(0, 3))
    const end = Date.parse(statusAt(trace, 20_000)?.completionTime ?? '') - Date.parse('2025-01-01T00:00:00Z')
    expect(statusAt(trace, end + 29_000)).toBeDefined()
    expect(statusAt(trace, end + 31_000)).toBeUndefined()
    expect(podsAt(trace, trace.end)).toEqual([])
  })

  test('that is deleted takes its pods with it, for nobody counts them any more', () => {
    const trace = runJob({}, exits(0, 100), { steps: [{ at: 10_000, do: 'deleteObject', object: JOB }] })
    expect(podsAt(trace, trace.end)).toEqual([])
  })

  test('waits for a terminating pod where it replaces only failed ones', () => {
    const slow = { ...exits(0, 100), behaviour: { runs: [slowToStop] } }
    const createdWith = (podReplacementPolicy: 'Failed' | 'TerminatingOrFailed'): number => {
      const steps = [{ at: 10_000, do: 'deletePods', namespace: 'default' }] as const
      const trace = runJob({ podReplacementPolicy }, slow, { steps })
      const created = podsAt(trace, 60_000)[0].metadata.creationTimestamp ?? ''
      return (Date.parse(created) - Date.parse('2025-01-01T00:00:00Z')) / 1000
    }
    expect(createdWith('TerminatingOrFailed')).toBe(20)
    expect(createdWith('Failed')).toBeGreaterThanOrEqual(25)
  })
})

/** Ends fifteen seconds after it was asked to. */
const slowToStop = {
  exitAfter: null,
  exitCode: 0,
  isOomKilled: false,
  startError: null,
  onTerm: { exitAfter: 15_000, exitCode: 1 },
}

describe('an Indexed Job', () => {
  const indexed = { completionMode: 'Indexed', completions: 4, parallelism: 2 } as const

  test('runs a pod for each index, which knows it (J-1, J-11)', () => {
    const trace = runJob(indexed, exits(0, 3))
    const pods = podsAt(trace, trace.end)
    expect(pods.map(({ metadata }) => metadata.name?.slice(0, -6)).sort()).toEqual(['j-0', 'j-1', 'j-2', 'j-3'])
    const first = pods.find(({ metadata }) => metadata.name?.startsWith('j-0-'))
    expect(first?.spec.hostname).toBe('j-0')
    expect(first?.metadata.annotations).toEqual({ 'batch.kubernetes.io/job-completion-index': '0' })
    expect(first?.spec.containers[0].env).toMatchObject([{ name: 'JOB_COMPLETION_INDEX' }])
    expect(statusAt(trace)).toMatchObject({ succeeded: 4, completedIndexes: '0-3' })
  })

  test('ends early when its success policy is met, and deletes the rest (J-4)', () => {
    const rules: BehaviourRule[] = [
      exits(0, 100),
      { ...exits(0, 5), target: { container: 'app', annotations: INDEX_0 } },
    ]
    const spec = { ...indexed, successPolicy: { rules: [{ succeededIndexes: '0' }] } }
    const trace = runWorkloads([job(spec)], { rules, horizon: 120_000 })
    expect(conditionsOf(trace)).toEqual([
      'SuccessCriteriaMet=True SuccessPolicy: Matched rules at index 0',
      'Complete=True SuccessPolicy: Matched rules at index 0',
    ])
    expect(statusAt(trace)).toMatchObject({ succeeded: 1, completedIndexes: '0' })
  })

  test('gives an index up by itself where the limit is per index', () => {
    const rules: BehaviourRule[] = [exits(0, 3), { ...exits(1, 3), target: { container: 'app', annotations: INDEX_0 } }]
    const spec = { ...indexed, backoffLimitPerIndex: 1 }
    const trace = runWorkloads([job(spec)], { rules, horizon: 120_000 })
    expect(statusAt(trace)).toMatchObject({ succeeded: 3, failed: 2, completedIndexes: '1-3', failedIndexes: '0' })
    expect(conditionsOf(trace).at(-1)).toBe('Failed=True FailedIndexes: Job has failed indexes')
    const failures = podsAt(trace, trace.end)
      .filter(({ metadata }) => metadata.name?.startsWith('j-0-'))
      .map(({ metadata }) => metadata.annotations?.['batch.kubernetes.io/job-index-failure-count'])
    expect(failures).toEqual(['0', '1'])
  })
})

const INDEX_0 = { 'batch.kubernetes.io/job-completion-index': '0' }

describe('a pod failure policy', () => {
  test('fails the whole Job (J-9)', () => {
    const rules = [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }] as const
    const trace = runJob({ podFailurePolicy: { rules } }, exits(42, 3))
    expect(conditionsOf(trace).map(text => text.replace(/j-\w{5}/, 'j-<pod>'))).toEqual([
      'FailureTarget=True PodFailurePolicy: Container app for pod default/j-<pod> failed with exit code 42 matching FailJob rule at index 0',
      'Failed=True PodFailurePolicy: Container app for pod default/j-<pod> failed with exit code 42 matching FailJob rule at index 0',
    ])
  })

  test('leaves a failure uncounted', () => {
    const rules = [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [42] } }] as const
    const trace = runJob({ backoffLimit: 0, podFailurePolicy: { rules } }, exits(42, 3), { horizon: 120_000 })
    expect(statusAt(trace)?.failed).toBeUndefined()
    expect(podsAt(trace, trace.end).length).toBeGreaterThan(2)
  })
})
