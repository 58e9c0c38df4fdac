import fc from 'fast-check'
import type { RestartPolicy } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { type ContainerSketch, container } from './container-sketch.js'
import { often, seldom, weighted } from './rarity.js'
import { time } from './times.js'

/** Everything drawn of one pod, before the scenario's features decide what of it is written. */
export interface PodSketch {
  readonly restartPolicy: RestartPolicy
  readonly graceSeconds: number | undefined
  readonly deadlineSeconds: number | undefined
  readonly init: readonly ContainerSketch[]
  readonly sidecars: readonly (ContainerSketch & { readonly isFirst: boolean })[]
  readonly containers: readonly ContainerSketch[]
  readonly isHostNetworked: boolean
  readonly hasReadinessGate: boolean
  readonly hasSchedulingGate: boolean
  readonly volume: 'none' | 'present' | 'optional' | 'missing' | 'late'
  readonly placement: 'anywhere' | 'labelled' | 'nowhere' | 'bound' | 'misbound'
  readonly priority: 'none' | 'low' | 'high'
  /** Created by a step instead of at the beginning. */
  readonly createdAt: Milliseconds
  readonly sandbox: SandboxSketch
}

/** What is said of a pod's sandbox. */
export interface SandboxSketch {
  readonly delay: Milliseconds | undefined
  readonly failures: number
  readonly diesAfter: Milliseconds | undefined
}

const graceSeconds = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: fc.constantFrom(0, 1, 2, 5, 10) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 60 }) },
)

const sandbox: fc.Arbitrary<SandboxSketch> = fc.record({
  delay: often(time(20_000)),
  failures: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 3 }) }),
  diesAfter: seldom(time(90_000)),
})

/** Draws a pod. */
export const pod = (): fc.Arbitrary<PodSketch> =>
  fc.record({
    restartPolicy: fc.constantFrom('Always', 'OnFailure', 'Never'),
    graceSeconds,
    deadlineSeconds: seldom(fc.integer({ min: 1, max: 120 })),
    init: fc.array(container('finish'), { minLength: 1, maxLength: 2 }),
    sidecars: fc.array(
      fc.tuple(container('serve'), fc.boolean()).map(([sketch, isFirst]) => ({ ...sketch, isFirst })),
      { minLength: 1, maxLength: 2 },
    ),
    containers: fc.array(container('serve'), { minLength: 1, maxLength: 3 }),
    isHostNetworked: seldom(fc.constant(true)).map(Boolean),
    hasReadinessGate: fc.boolean(),
    hasSchedulingGate: seldom(fc.constant(true)).map(Boolean),
    volume: weighted({ none: 4, present: 2, optional: 1, late: 1, missing: 1 }),
    placement: weighted({ anywhere: 4, labelled: 2, bound: 2, nowhere: 1, misbound: 1 }),
    priority: fc.constantFrom('none', 'low', 'high'),
    createdAt: time(60_000),
    sandbox,
  })
