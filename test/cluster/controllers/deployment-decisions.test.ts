import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { newCondition, setCondition } from '../../../src/cluster/controllers/deployment/conditions.js'
import { decideShares, findActiveOrLatest } from '../../../src/cluster/controllers/deployment/proportional-scale.js'
import { findNewReplicaSet, sizeOf, totalSize } from '../../../src/cluster/controllers/deployment/replica-sets.js'
import { decideCleanup, decideScaleDown } from '../../../src/cluster/controllers/deployment/rolling.js'
import {
  maxSurge,
  maxUnavailable,
  newReplicaSetSize,
  resolveFenceposts,
} from '../../../src/cluster/controllers/deployment/sizes.js'
import { deployment } from '../workloads.js'
import { rolling, setOf } from './versions.js'

describe('how far a rolling update may go (DP-5)', () => {
  test.each([
    [3, '25%', '25%', 1, 0],
    [10, '25%', '25%', 3, 2],
    [4, '25%', '25%', 1, 1],
    [1, '25%', '25%', 1, 0],
    [10, 0, '5%', 0, 1],
    [10, '0%', '0%', 0, 1],
    [2, 5, 7, 5, 7],
    [10, '100%', 0, 10, 0],
  ])('%i replicas with %s and %s may have %i more and %i unavailable', (replicas, surge, unavailable, more, fewer) => {
    expect(resolveFenceposts(rolling(replicas, surge, unavailable))).toEqual({ surge: more, unavailable: fewer })
  })

  test('no more may be unavailable than there are', () => {
    expect(maxUnavailable(rolling(2, 0, 7))).toBe(2)
    expect(maxUnavailable(rolling(0, 0, 7))).toBe(0)
  })

  test('Recreate knows neither', () => {
    const recreate = deployment({ replicas: 4, strategy: { type: 'Recreate' } })
    expect([maxSurge(recreate), maxUnavailable(recreate)]).toEqual([0, 0])
    expect(newReplicaSetSize(recreate, 4, 0)).toBe(4)
  })
})

describe('the size of the new ReplicaSet (DP-6)', () => {
  test.each([
    [3, 0, 0, 3, 'all at once where there is nothing old'],
    [3, 3, 0, 1, 'the surge beside the old ones'],
    [3, 4, 1, 1, 'as it is while the surge is used up'],
    [3, 3, 1, 2, 'one more for one old pod less'],
  ])('of %i replicas, %i pods asked for and %i new ones is %i: %s', (replicas, total, present, expected) => {
    expect(newReplicaSetSize(rolling(replicas, 1, 0), total, present)).toBe(expected)
  })

  property.prop([fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(10)])(
    'never brings the pods beyond replicas and surge, nor beyond replicas',
    (replicas, old, present, surge) => {
      const size = newReplicaSetSize(rolling(replicas, surge, 1), old + present, present)
      expect(size).toBeGreaterThanOrEqual(Math.min(present, size))
      if (size > present) {
        expect(old + size).toBeLessThanOrEqual(replicas + surge)
        expect(size).toBeLessThanOrEqual(replicas)
      }
    },
  )
})

describe('how old ReplicaSets shrink (DP-8)', () => {
  const sizes = { replicas: 3, maxUnavailable: 0 }

  test('unhealthy pods go first, those of the oldest ReplicaSet before others', () => {
    const old = [
      setOf({ name: 'b', size: 2, available: 0, created: 2 }),
      setOf({ name: 'a', size: 2, available: 1, created: 1 }),
    ]
    const { steps } = decideCleanup(sizes, old, setOf({ size: 1, available: 1 }))
    expect(steps.map(({ set, size }) => [set.name, size])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
  })

  test('new pods that are not available yet count against it', () => {
    expect(decideCleanup(sizes, [setOf({ size: 3 })], setOf({ size: 1, available: 0 })).isBlocked).toBe(true)
  })

  test('a ReplicaSet whose controller lags behind stops everything', () => {
    const lagging = setOf({ size: 2, available: 3 })
    expect(decideCleanup(sizes, [lagging], setOf({ size: 2, available: 2 }))).toMatchObject({
      isConfused: true,
      steps: [],
    })
  })

  test('healthy pods go as far as enough stay available', () => {
    const steps = decideScaleDown(sizes, [setOf({ size: 3 })], setOf({ size: 1 }))
    expect(steps.map(({ size }) => size)).toEqual([2])
  })

  const someSet = fc.record({ size: fc.nat(20), missing: fc.nat(20), created: fc.nat(5) })
  property.prop([fc.array(someSet, { maxLength: 4 }), someSet, fc.integer({ min: 1, max: 20 }), fc.nat(20)])(
    'no step takes availability below what the rollout promises',
    (olds, fresh, replicas, unavailable) => {
      const promised = { replicas, maxUnavailable: Math.min(unavailable, replicas) }
      const old = olds.map(({ size, missing, created }) =>
        setOf({ size, available: Math.max(0, size - missing), created }),
      )
      const newSet = setOf({ size: fresh.size, available: Math.max(0, fresh.size - fresh.missing) })
      const available = [...old, newSet].reduce((sum, { counts }) => sum + counts.availableReplicas, 0)
      const removed = decideScaleDown(promised, old, newSet).reduce((sum, { set, size }) => sum + sizeOf(set) - size, 0)
      expect(removed).toBeLessThanOrEqual(Math.max(0, available - (replicas - promised.maxUnavailable)))
    },
  )

  property.prop([fc.array(someSet, { maxLength: 4 }), someSet, fc.integer({ min: 1, max: 20 }), fc.nat(20)])(
    'the cleanup takes unhealthy pods only',
    (olds, fresh, replicas, unavailable) => {
      const old = olds.map(({ size, missing, created }) =>
        setOf({ size, available: Math.max(0, size - missing), created }),
      )
      const { steps } = decideCleanup(
        { replicas, maxUnavailable: Math.min(unavailable, replicas) },
        old,
        setOf({ size: fresh.size }),
      )
      for (const { set, size } of steps) expect(size).toBeGreaterThanOrEqual(set.counts.availableReplicas)
    },
  )
})

describe('scaling in the middle of a rollout (DP-10)', () => {
  test('the pods are shared out by what each ReplicaSet has, the rest goes to the largest', () => {
    const sets = [
      setOf({ name: 'old', size: 8, maxReplicas: 13, created: 1 }),
      setOf({ name: 'new', size: 5, maxReplicas: 13, created: 2 }),
    ]
    const shares = decideShares(sets, 6, { replicas: 15, surge: 4, statusReplicas: 13 })
    expect(shares.map(({ set, size }) => [set.name, size])).toEqual([
      ['old', 12],
      ['new', 7],
    ])
  })

  test('down to nothing takes all of them', () => {
    const sets = [setOf({ name: 'old', size: 3, maxReplicas: 5 }), setOf({ name: 'new', size: 2, maxReplicas: 5 })]
    expect(decideShares(sets, -5, { replicas: 0, surge: 1, statusReplicas: 5 }).map(({ size }) => size)).toEqual([0, 0])
  })

  property.prop([
    fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 4 }),
    fc.integer({ min: 1, max: 60 }),
    fc.nat(10),
  ])('brings the pods to replicas and surge, unless the largest would go below nothing', (counts, replicas, surge) => {
    const before = counts.reduce((sum, each) => sum + each, 0)
    const sets = counts.map((size, i) => setOf({ name: `set-${i}`, size, maxReplicas: before, created: i }))
    const shares = decideShares(sets, replicas + surge - before, { replicas, surge, statusReplicas: before })
    const after = shares.reduce((sum, { size }) => sum + size, 0)
    expect(shares.every(({ size }) => size >= 0)).toBe(true)
    if (shares[0].size > 0) expect(after).toBe(replicas + surge)
  })

  test('one ReplicaSet with pods is scaled alone, the newest where none has any', () => {
    const [empty, full] = [setOf({ name: 'a', size: 0, created: 5 }), setOf({ name: 'b', size: 2, created: 1 })]
    expect(findActiveOrLatest(empty, [full])?.name).toBe('b')
    expect(findActiveOrLatest(undefined, [empty, setOf({ name: 'c', size: 0, created: 9 })])?.name).toBe('c')
    expect(findActiveOrLatest(setOf({ size: 1 }), [full])).toBeUndefined()
  })
})

describe('which ReplicaSet is the new one (DP-2)', () => {
  test('the oldest whose template is the same but for its hash and the order of fields', () => {
    const { template } = deployment().spec
    const sets = [setOf({ name: 'later', size: 1, created: 9 }), setOf({ name: 'sooner', size: 1, created: 3 })]
    const { metadata, spec } = template
    const other = { spec: { ...spec }, metadata: { ...metadata, labels: { 'pod-template-hash': 'x', app: 'web' } } }
    expect(findNewReplicaSet(template, sets)?.name).toBe('sooner')
    expect(findNewReplicaSet(other, sets)?.name).toBe('sooner')
    expect(findNewReplicaSet(deployment({}, 'app:2').spec.template, sets)).toBeUndefined()
    expect(totalSize(sets)).toBe(2)
  })
})

describe('setting a condition', () => {
  const before = [newCondition('Available', 'True', 'MinimumReplicasAvailable', 'old', 1)]

  test('of the same status and reason changes nothing', () => {
    expect(setCondition(before, newCondition('Available', 'True', 'MinimumReplicasAvailable', 'new', 9))).toBe(before)
  })

  test('of another reason moves the update, of another status the transition too', () => {
    expect(setCondition(before, newCondition('Available', 'True', 'Other', '', 9))).toMatchObject([
      { reason: 'Other', updateSeconds: 9, transitionSeconds: 1 },
    ])
    expect(setCondition(before, newCondition('Available', 'False', 'Other', '', 9))).toMatchObject([
      { status: 'False', updateSeconds: 9, transitionSeconds: 9 },
    ])
  })
})
