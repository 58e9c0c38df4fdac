import { describe, expect, test } from 'vitest'
import { metricValue } from '../../../src/cluster/controllers/horizontal-pod-autoscaler/metric-value.js'
import {
  type PodAmount,
  replicaCount,
  wholeReplicaCount,
} from '../../../src/cluster/controllers/horizontal-pod-autoscaler/replica-count.js'
import {
  normalize,
  type ScalingHistory,
} from '../../../src/cluster/controllers/horizontal-pod-autoscaler/scaling-rules.js'
import type { HorizontalPodAutoscalerSpec } from '../../../src/model/index.js'

/** Pods of a request of 100 m. */
const using = (...used: readonly number[]): readonly PodAmount[] => used.map(each => ({ used: each, request: 100 }))
const HALF = { utilization: 50 }

describe('the pods that a metric asks for (H-1, H-2)', () => {
  test.each([
    ['twice the target', using(100, 100), [], [], 2, 4],
    ['within a tenth of the target', using(55, 54), [], [], 2, 2],
    ['just beyond a tenth', using(56, 56), [], [], 2, 3],
    ['half the target', using(25, 25, 25), [], [], 3, 2],
    ['a missing metric counts nothing on the way up', using(100, 100), using(0), [], 3, 4],
    ['a missing metric counts its whole request on the way down', using(20, 20), using(0), [], 3, 3],
    ['a pod that is not ready counts nothing on the way up', using(100), [], using(0), 2, 2],
    ['a pod that is not ready does not count on the way down', using(25, 25), [], using(0), 3, 1],
  ])('%s', (_, usage, missing, unready, current, count) => {
    expect(replicaCount({ usage, missing, unready }, HALF, current)?.size).toBe(count)
  })

  test('without a metric of any pod there is none', () => {
    expect(replicaCount({ usage: [], missing: using(0), unready: [] }, HALF, 3)).toBeUndefined()
  })

  test('percentages and averages are cut to whole numbers before they are compared', () => {
    const all = (...used: readonly number[]) => ({ usage: using(...used), missing: [], unready: [] })
    // 55.67 % is 55 %, which is exactly a tenth above the target and, as a fraction, a little beyond it.
    expect(replicaCount(all(55, 56, 56), HALF, 3)).toEqual({ size: 4, average: 55, utilization: 55 })
    expect(replicaCount(all(54, 54, 56), HALF, 3)).toEqual({ size: 3, average: 54, utilization: 54 })
    expect(replicaCount(all(10, 11), { averageValue: 5 }, 2)).toEqual({ size: 4, average: 10, utilization: undefined })
  })

  test('a missing metric counts the whole target on the way down where that is above the request', () => {
    const pods = { usage: using(100, 100), missing: using(0), unready: [] }
    expect(replicaCount(pods, { utilization: 200 }, 3)?.size).toBe(2)
    expect(replicaCount({ ...pods, missing: using(0, 0, 0) }, { utilization: 200 }, 5)?.size).toBe(4)
  })

  test('a number from outside is shared by the pods, or compared as a whole', () => {
    const pods = { ready: 2, shown: 2 }
    expect(wholeReplicaCount(300, { averageValue: 100 }, pods, 2)).toEqual({ size: 3, told: 150 })
    expect(wholeReplicaCount(210, { averageValue: 100 }, pods, 2)).toEqual({ size: 2, told: 105 })
    expect(wholeReplicaCount(200, { value: 100 }, pods, 2)).toEqual({ size: 4, told: 200 })
    expect(wholeReplicaCount(105, { value: 100 }, pods, 2)).toEqual({ size: 2, told: 105 })
  })
})

describe('a size within its bounds (H-3)', () => {
  const spec = (changes: Partial<HorizontalPodAutoscalerSpec> = {}): HorizontalPodAutoscalerSpec => ({
    scaleTargetRef: { kind: 'Deployment', name: 'web' },
    minReplicas: 2,
    maxReplicas: 20,
    ...changes,
  })
  const none: ScalingHistory = { recommendations: [], changes: [] }
  const result = (...parameters: Parameters<typeof normalize>): readonly (string | number)[] => {
    const { size, conditions } = normalize(...parameters)
    return [size, ...conditions.map(({ reason }) => reason)]
  }

  test('at most doubles, or becomes four, without a behaviour', () => {
    expect(result(spec(), 15, 5, none, 1000)).toEqual([10, 'ReadyForNewScale', 'ScaleUpLimit'])
    expect(result(spec(), 9, 1, none, 1000)).toEqual([4, 'ReadyForNewScale', 'ScaleUpLimit'])
    expect(result(spec(), 50, 15, none, 1000)).toEqual([20, 'ReadyForNewScale', 'TooManyReplicas'])
    expect(result(spec(), 1, 5, none, 1000)).toEqual([2, 'ReadyForNewScale', 'TooFewReplicas'])
    expect(result(spec(), 6, 5, none, 1000)).toEqual([6, 'ReadyForNewScale', 'DesiredWithinRange'])
  })

  test('falls no lower than what was recommended in the last five minutes', () => {
    const history = { ...none, recommendations: [{ seconds: 800, count: 8 }] }
    expect(result(spec(), 3, 8, history, 1000)).toEqual([8, 'ScaleDownStabilized', 'DesiredWithinRange'])
    expect(result(spec(), 3, 8, history, 1101)).toEqual([3, 'ReadyForNewScale', 'DesiredWithinRange'])
  })

  test('rises no higher than what was recommended in the window of a behaviour', () => {
    const behavior = { scaleUp: { stabilizationWindowSeconds: 60 } }
    const history = { ...none, recommendations: [{ seconds: 980, count: 6 }] }
    expect(result(spec({ behavior }), 9, 5, history, 1000)).toEqual([6, 'ScaleUpStabilized', 'DesiredWithinRange'])
  })

  test('changes by its policies, counted from the beginning of their periods', () => {
    const policies = [{ type: 'Pods', value: 2, periodSeconds: 60 }] as const
    const changes = [{ seconds: 970, count: 1 }]
    const up = { behavior: { scaleUp: { policies } } }
    expect(result(spec(up), 15, 6, { ...none, changes }, 1000)).toEqual([7, 'ReadyForNewScale', 'ScaleUpLimit'])
    const down = { behavior: { scaleDown: { policies, stabilizationWindowSeconds: 0 } } }
    expect(result(spec(down), 3, 10, none, 1000)).toEqual([8, 'ReadyForNewScale', 'ScaleDownLimit'])
    const percent = [{ type: 'Percent', value: 50, periodSeconds: 60 }, ...policies] as const
    const both = (selectPolicy: 'Max' | 'Min' | 'Disabled') => ({
      behavior: { scaleUp: { policies: percent, selectPolicy } },
    })
    expect(result(spec(both('Max')), 18, 10, none, 1000)[0]).toBe(15)
    expect(result(spec(both('Min')), 18, 10, none, 1000)[0]).toBe(12)
    expect(result(spec(both('Disabled')), 18, 10, none, 1000)[0]).toBe(10)
  })
})

describe('the course of a metric', () => {
  const points = [
    { from: 10_000, value: 100 },
    { from: 20_000, value: 300 },
  ]
  test('goes by steps, or in straight lines; its ends go on', () => {
    const times = [0, 10_000, 15_000, 20_000, 90_000]
    const steps = { name: 'cpu', of: 'each', points } as const
    expect(times.map(time => metricValue(steps, time))).toEqual([100, 100, 100, 300, 300])
    expect(times.map(time => metricValue({ ...steps, isLinear: true }, time))).toEqual([100, 100, 200, 300, 300])
  })
})
