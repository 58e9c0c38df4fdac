import fc from 'fast-check'
import type { HpaScalingRules } from '../model/index.js'
import type { MetricPoint, ResourceUse, ShutdownPods } from '../scenario/index.js'
import type { Milliseconds } from '../time/index.js'
import { often, seldom } from './rarity.js'
import { time } from './times.js'

/** Everything drawn of what stands over a scenario's workloads: quotas, limits, an autoscaler, what containers take of their nodes. */
export interface ControlSketch {
  readonly quota: QuotaSketch | undefined
  readonly limits: object | undefined
  readonly autoscaler: AutoscalerSketch | undefined
  /** Of the containers of each workload. */
  readonly uses: readonly (ResourceUse | undefined)[]
  /** How many Jobs that succeeded, and that failed, a CronJob keeps. */
  readonly history: readonly [number, number] | undefined
  /** The groups of priorities in which a node that shuts down ends its pods. */
  readonly shutdown: readonly ShutdownPods[] | undefined
}

/** A quota of pods, and perhaps of what they request, that somebody changes. */
export interface QuotaSketch {
  readonly pods: number
  readonly cpu: string | undefined
  readonly changes: readonly { readonly at: Milliseconds; readonly pods: number }[]
}

/** An autoscaler of the first workload, and the load that its pods share. */
export interface AutoscalerSketch {
  readonly bounds: readonly [least: number, most: number]
  /** Thousandths of a core that each pod is to take. */
  readonly wanted: number
  readonly points: readonly MetricPoint[]
  readonly isLinear: boolean
  readonly isShared: boolean
  readonly down: HpaScalingRules | undefined
  readonly up: HpaScalingRules | undefined
}

const MINUTE = 60_000
const MEBIBYTE = 1024 * 1024

/** What a container that says nothing gets, and what it may ask for. */
const LIMITS = [
  { type: 'Container', default: { cpu: '500m' }, defaultRequest: { cpu: '100m' } },
  { type: 'Container', max: { cpu: '1', memory: '1Gi' }, min: { cpu: '50m' } },
  { type: 'Pod', max: { cpu: '2', memory: '2Gi' } },
] as const

const quota: fc.Arbitrary<QuotaSketch> = fc.record({
  pods: fc.constantFrom(3, 1, 2, 5, 8),
  cpu: seldom(fc.constantFrom('500m', '2')),
  changes: fc.array(fc.record({ at: time(4 * MINUTE), pods: fc.nat({ max: 8 }) }), { maxLength: 2 }),
})

const rules = (...windows: readonly number[]): fc.Arbitrary<HpaScalingRules> =>
  fc.record({
    stabilizationWindowSeconds: fc.constantFrom(...windows),
    policies: fc.constantFrom(
      [{ type: 'Pods' as const, value: 1, periodSeconds: 30 }],
      [{ type: 'Percent' as const, value: 50, periodSeconds: 60 }],
    ),
  })

const autoscaler: fc.Arbitrary<AutoscalerSketch> = fc.record({
  bounds: fc.constantFrom([1, 4] as const, [2, 3] as const, [3, 6] as const),
  wanted: fc.constantFrom(100, 400),
  points: fc
    .array(fc.constantFrom(0, 90, 110, 300, 800, 2000), { minLength: 1, maxLength: 5 })
    .map(values => values.map((value, at) => ({ from: at * MINUTE, value }))),
  isLinear: fc.boolean(),
  isShared: fc.boolean(),
  down: seldom(rules(0, 30, 120)),
  up: seldom(rules(0, 60)),
})

const amount = fc.constantFrom(1, 32, 256, 1024).map(mebibytes => mebibytes * MEBIBYTE)
const usage = fc.record({ from: amount, perSecond: fc.constantFrom(0, 4 * MEBIBYTE, 64 * MEBIBYTE) }).map(each => ({
  ...each,
  upTo: each.perSecond === 0 ? null : each.from + 2048 * MEBIBYTE,
}))
const uses: fc.Arbitrary<ResourceUse> = fc.oneof(
  usage.map((memory): ResourceUse => ({ memory })),
  usage.map((ephemeralStorage): ResourceUse => ({ ephemeralStorage })),
)

const group = (priority: number): fc.Arbitrary<ShutdownPods> =>
  fc.constantFrom(0, 2, 10).map(seconds => ({ priority, seconds }))

/** Draws it; shrinks to nothing. */
export const control = (): fc.Arbitrary<ControlSketch> =>
  fc.record({
    quota: seldom(quota),
    limits: seldom(fc.constantFrom(LIMITS[0], ...LIMITS)),
    autoscaler: seldom(autoscaler),
    uses: fc.tuple(seldom(uses), seldom(uses)),
    history: often(fc.constantFrom([0, 0] as const, [1, 1] as const, [2, 0] as const)),
    shutdown: often(fc.tuple(group(0), group(10), group(1000))),
  })
