import fc from 'fast-check'
import type { PullPolicy, ResourceRequirements } from '../model/index.js'
import { type HookSketch, hook, type ProbeSketch, probe } from './probe-sketch.js'
import { type ProcessSketch, process } from './process-sketch.js'
import { often, seldom } from './rarity.js'

/** What a container refers to outside of its pod. */
export type Reference = 'none' | 'present' | 'missing' | 'nonRoot'

/** Everything drawn of one container, before the scenario's features decide what of it is written. */
export interface ContainerSketch {
  /** Index into the scenario's images. */
  readonly image: number
  readonly pullPolicy: PullPolicy | undefined
  readonly process: ProcessSketch | undefined
  readonly liveness: ProbeSketch | undefined
  readonly readiness: ProbeSketch | undefined
  readonly startup: ProbeSketch | undefined
  readonly postStart: HookSketch | undefined
  readonly preStop: HookSketch | undefined
  readonly resources: ResourceRequirements | undefined
  readonly hasHostPort: boolean
  readonly reference: Reference
  readonly restarts: RestartSketch | undefined
}

/** A restart policy of the container's own, from 1.35 on. */
export interface RestartSketch {
  readonly policy: 'Always' | 'OnFailure' | 'Never'
  /** Exit codes after which it is started again whatever the policy. */
  readonly codes: readonly number[]
}

const RESOURCES: readonly ResourceRequirements[] = [
  { requests: { cpu: '100m', memory: '64Mi' } },
  { requests: { cpu: '250m' }, limits: { cpu: '500m', memory: '128Mi' } },
  { limits: { cpu: '500m', memory: '256Mi' } },
  { requests: { cpu: '1500m', memory: '1Gi' }, limits: { memory: '2Gi' } },
]

/** Draws a container that is to run on, or one that is to come to an end. */
export const container = (duty: 'serve' | 'finish'): fc.Arbitrary<ContainerSketch> =>
  fc.record({
    image: fc.nat({ max: 3 }),
    pullPolicy: seldom<PullPolicy>(fc.constantFrom('Always', 'Never', 'IfNotPresent')),
    process: often(process(duty)),
    liveness: often(probe()),
    readiness: often(probe()),
    startup: seldom(probe()),
    postStart: often(hook()),
    preStop: often(hook()),
    resources: often(fc.constantFrom(...RESOURCES)),
    hasHostPort: seldom(fc.constant(true)).map(Boolean),
    reference: fc.oneof(
      { weight: 6, arbitrary: fc.constant<Reference>('none') },
      { weight: 1, arbitrary: fc.constantFrom<Reference>('present', 'missing', 'nonRoot') },
    ),
    restarts: seldom(
      fc.record({
        policy: fc.constantFrom('Always', 'OnFailure', 'Never'),
        codes: fc.uniqueArray(fc.constantFrom(0, 1, 2, 137, 143), { maxLength: 2 }),
      }),
    ),
  })
