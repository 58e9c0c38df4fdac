import { describe, expect, test } from 'vitest'
import type { OwnerCondition } from '../../../src/cluster/contract/index.js'
import { CompletionIndexes, firstPendingIndexes } from '../../../src/cluster/controllers/job/completion-indexes.js'
import {
  NO_FAILURES,
  nextFailureRecord,
  remainingBackOff,
} from '../../../src/cluster/controllers/job/failure-record.js'
import { decideEnd, finalOf, withCondition } from '../../../src/cluster/controllers/job/job-end.js'
import { nameBaseOf } from '../../../src/cluster/controllers/job/job-template.js'
import { type FailedPod, matchPodFailurePolicy } from '../../../src/cluster/controllers/job/pod-failure-policy.js'
import { matchSuccessPolicy } from '../../../src/cluster/controllers/job/success-policy.js'
import { wantedActive } from '../../../src/cluster/controllers/job/wanted-pods.js'

describe('completion indexes', () => {
  test.each([
    [[], ''],
    [[3], '3'],
    [[4, 3], '3,4'],
    [[1, 3, 4, 5], '1,3-5'],
    [[0, 1, 2, 9, 10], '0-2,9,10'],
  ])('%j is written %j and read back (J-11)', (indexes, text) => {
    expect(`${new CompletionIndexes(indexes)}`).toBe(text)
    expect(`${CompletionIndexes.parse(text, 100)}`).toBe(text)
  })

  test('indexes that the Job no longer asks for are left out', () => {
    expect(`${CompletionIndexes.parse('1,3-9', 5)}`).toBe('1,3,4')
  })

  test('the lowest that nobody works on come first', () => {
    expect(firstPendingIndexes(6, 2, index => [0, 2].includes(index))).toEqual([1, 3])
    expect(firstPendingIndexes(2, 5, () => false)).toEqual([0, 1])
  })

  test('a long name is cut before the index (API-4)', () => {
    expect(nameBaseOf('job', { index: 7 })).toBe('job-7')
    const base = nameBaseOf('j'.repeat(80), { index: 12 })
    expect(base).toHaveLength(57)
    expect(base.endsWith('j-12')).toBe(true)
  })
})

describe('the pods that a Job wants', () => {
  test.each([
    [{ completions: 5, parallelism: 2 }, 0, 0, 2],
    [{ completions: 5, parallelism: 2 }, 4, 1, 1],
    [{ completions: 5, parallelism: 2 }, 6, 0, 0],
    [{ parallelism: 3 }, 0, 1, 3],
    [{ parallelism: 3 }, 1, 2, 2],
    [{ completions: 5, parallelism: 0 }, 0, 4, 0],
  ])('%j with %i succeeded and %i active: %i (J-7)', (spec, succeeded, active, wanted) => {
    expect(wantedActive(spec, succeeded, active)).toBe(wanted)
  })
})

const failed = (exitCode: number, conditions: FailedPod['conditions'] = []): FailedPod => ({
  reference: 'default/j-1',
  exits: [{ container: 'app', exitCode }],
  conditions,
})

describe('a pod failure policy (J-9)', () => {
  const rules = [
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
    { action: 'FailJob', onExitCodes: { operator: 'In', values: [42], containerName: 'app' } },
    { action: 'FailIndex', onExitCodes: { operator: 'NotIn', values: [1, 42] } },
  ] as const

  test('its first rule that matches decides', () => {
    const target = [{ type: 'DisruptionTarget', status: 'True' }]
    expect(matchPodFailurePolicy(rules, failed(42, target))).toEqual({
      action: 'Ignore',
      isCounted: false,
      message: undefined,
    })
    expect(matchPodFailurePolicy(rules, failed(42))).toEqual({
      action: 'FailJob',
      isCounted: true,
      message: 'Container app for pod default/j-1 failed with exit code 42 matching FailJob rule at index 1',
    })
    expect(matchPodFailurePolicy(rules, failed(7)).action).toBe('FailIndex')
  })

  test('what no rule matches counts', () => {
    expect(matchPodFailurePolicy(rules, failed(1))).toEqual({ action: undefined, isCounted: true, message: undefined })
    const isFalse = [{ type: 'DisruptionTarget', status: 'False' }]
    expect(matchPodFailurePolicy(rules, failed(1, isFalse)).action).toBeUndefined()
  })

  test('says which condition fails the Job', () => {
    const rule = { action: 'FailJob', onPodConditions: [{ type: 'ConfigIssue', status: 'True' }] } as const
    const { message } = matchPodFailurePolicy([rule], failed(1, [{ type: 'ConfigIssue', status: 'True' }]))
    expect(message).toBe('Pod default/j-1 has condition ConfigIssue matching FailJob rule at index 0')
  })
})

test('a success policy is met by indexes, by their number, or by both (J-4)', () => {
  const match = (rule: { succeededIndexes?: string; succeededCount?: number }, ...done: number[]) =>
    matchSuccessPolicy({ rules: [rule] }, 10, new CompletionIndexes(done))
  expect(match({ succeededIndexes: '0,2-3' }, 0, 2)).toBeUndefined()
  expect(match({ succeededIndexes: '0,2-3' }, 0, 2, 3)).toBe('Matched rules at index 0')
  expect(match({ succeededIndexes: '0,2-3', succeededCount: 1 }, 2)).toBe('Matched rules at index 0')
  expect(match({ succeededCount: 2 }, 5)).toBeUndefined()
  expect(match({ succeededCount: 2 }, 5, 9)).toBe('Matched rules at index 0')
  expect(matchSuccessPolicy(undefined, 10, new CompletionIndexes([1]))).toBeUndefined()
})

describe('the record of failures (J-8)', () => {
  test('waits 10 s, twice as long with each failure, ten minutes at most', () => {
    const waits = [1, 2, 3, 7, 20].map(failures => remainingBackOff({ failures, lastSeconds: 100 }, 100_000))
    expect(waits).toEqual([10_000, 20_000, 40_000, 600_000, 600_000])
    expect(remainingBackOff({ failures: 1, lastSeconds: 100 }, 104_500)).toBe(5500)
    expect(remainingBackOff({ failures: 1, lastSeconds: 100 }, 200_000)).toBe(0)
    expect(remainingBackOff(NO_FAILURES, 0)).toBe(0)
  })

  test('a success forgets the failures before it, not those after', () => {
    const twice = nextFailureRecord(nextFailureRecord(NO_FAILURES, [], [5]), [], [9])
    expect(twice).toEqual({ failures: 2, lastSeconds: 9 })
    expect(nextFailureRecord(twice, [], [])).toBe(twice)
    expect(nextFailureRecord(twice, [12], [])).toEqual(NO_FAILURES)
    expect(nextFailureRecord(twice, [12], [11, 14])).toEqual({ failures: 1, lastSeconds: 14 })
  })
})

describe('the end of a Job (J-4, J-5)', () => {
  const facts = {
    conditions: [] as readonly OwnerCondition[],
    failJobMessage: undefined as string | undefined,
    isBackoffLimitExceeded: false,
    isPastDeadline: false,
    indexes: undefined as Parameters<typeof decideEnd>[0]['indexes'],
    successPolicyMessage: undefined as string | undefined,
  }
  const reasonOf = (changes: Partial<typeof facts>, isDelayed = true): string | undefined => {
    const end = decideEnd({ ...facts, ...changes }, isDelayed)
    return end && `${end.type} ${end.reason}`
  }

  test('its reasons in their order', () => {
    const all = { isBackoffLimitExceeded: true, isPastDeadline: true, successPolicyMessage: 'x' }
    expect(reasonOf({})).toBeUndefined()
    expect(reasonOf({ ...all, failJobMessage: 'm' })).toBe('FailureTarget PodFailurePolicy')
    expect(reasonOf(all)).toBe('FailureTarget BackoffLimitExceeded')
    expect(reasonOf({ ...all, isBackoffLimitExceeded: false })).toBe('FailureTarget DeadlineExceeded')
    const indexes = { failed: 2, succeeded: 1, completions: 3, mostFailed: undefined }
    expect(reasonOf({ indexes })).toBe('FailureTarget FailedIndexes')
    expect(reasonOf({ indexes: { ...indexes, mostFailed: 1 } })).toBe('FailureTarget MaxFailedIndexesExceeded')
    expect(reasonOf({ indexes: { ...indexes, completions: 4 } })).toBeUndefined()
    expect(reasonOf({ successPolicyMessage: 'x' })).toBe('SuccessCriteriaMet SuccessPolicy')
  })

  test('1.26 announces only what its policy decides', () => {
    expect(reasonOf({ isPastDeadline: true }, false)).toBe('Failed DeadlineExceeded')
    expect(reasonOf({ failJobMessage: 'm' }, false)).toBe('FailureTarget PodFailurePolicy')
  })

  test('what was announced stands', () => {
    const conditions = withCondition(
      [],
      { type: 'SuccessCriteriaMet', status: 'True', reason: 'SuccessPolicy', message: 'Matched rules at index 0' },
      5,
    )
    const end = decideEnd({ ...facts, conditions, isPastDeadline: true }, true)
    expect(end && finalOf(end)).toEqual({
      type: 'Complete',
      reason: 'SuccessPolicy',
      message: 'Matched rules at index 0',
    })
  })

  test('a condition that would begin as False is not set', () => {
    const resumed = { type: 'Suspended', status: 'False', reason: 'JobResumed', message: 'Job resumed' } as const
    expect(withCondition([], resumed, 1)).toEqual([])
    const suspended = withCondition([], { ...resumed, status: 'True', reason: 'JobSuspended' }, 1)
    expect(withCondition(suspended, resumed, 9)).toMatchObject([{ status: 'False', transitionSeconds: 9 }])
    expect(withCondition(suspended, { ...resumed, status: 'True', reason: 'JobSuspended' }, 9)).toBe(suspended)
  })
})
