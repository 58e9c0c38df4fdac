import fc from 'fast-check'
import { type KubernetesVersion, PROFILES } from '../model/index.js'
import {
  EMPTY_DOCUMENT,
  type NodeWords,
  type ScenarioDocument,
  type ServeBehaviour,
  type StatedRule,
} from '../scenario/index.js'
import type { Milliseconds } from '../time/index.js'
import { type ControlSketch, control } from './control-sketch.js'
import { type Features, features } from './features.js'
import { referredObjects } from './referred-objects.js'
import { type TrafficSketch, traffic, writeTraffic } from './traffic-sketch.js'
import { type WorkloadSketch, workload } from './workload-sketch.js'
import { type WorkloadStepSketch, workloadStep } from './workload-step-sketch.js'
import { writeControl } from './write-control.js'
import { type WrittenWorkload, writeWorkload } from './write-workload.js'
import { writeWorkloadStep } from './write-workload-step.js'

/** Everything drawn of a scenario of workloads. */
interface Sketch {
  readonly features: Features
  readonly kubernetes: KubernetesVersion
  readonly horizon: Milliseconds
  readonly workloads: readonly WorkloadSketch[]
  readonly steps: readonly WorkloadStepSketch[]
  readonly nodes: number
  readonly isSmall: boolean
  readonly traffic: TrafficSketch
  readonly control: ControlSketch
}

const MINUTE = 60_000

/** Some request is always under way, and lost when the process ends. */
const SLOW: ServeBehaviour = {
  latency: 2000,
  listensAfter: 0,
  keepsListening: false,
  dropsInFlightOnExit: true,
  hangsAfter: null,
}

/**
 * Draws whole scenarios of workloads: a Deployment, StatefulSet, DaemonSet, Job, CronJob or ReplicaSet, or two of them, with their
 * budgets, a quota, limits, an autoscaler and a Service under traffic, on one to three nodes; they are scaled, rolled out, drained,
 * evicted and deleted, and their nodes fail or run short of what containers take. Each is valid as it stands.
 *
 * As with `scenarios`, about half of what a scenario could be about is switched off in each, and a counterexample shrinks.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { fuzzLaws, workloadScenarios } from 'podwright/fuzz'
 *
 * assert.equal(fuzzLaws({ scenarios: workloadScenarios(), runs: 10, seed: 3 }).breach, undefined)
 * ```
 */
export const workloadScenarios = (): fc.Arbitrary<ScenarioDocument> =>
  fc
    .record({
      features: features(),
      kubernetes: fc.constantFrom(...(Object.keys(PROFILES) as KubernetesVersion[])),
      horizon: fc.constantFrom(2 * MINUTE, 5 * MINUTE, 12 * MINUTE),
      workloads: fc.array(workload(), { minLength: 1, maxLength: 2 }),
      steps: fc.array(workloadStep(4 * MINUTE), { maxLength: 6 }),
      nodes: fc.integer({ min: 1, max: 3 }),
      isSmall: fc.constantFrom(false, true, true),
      traffic: traffic().map((drawn): TrafficSketch => ({ ...drawn, serves: drawn.serves ?? SLOW })),
      // Last: what is drawn before it stays as it was.
      control: control(),
    })
    .map(write)

function write(sketch: Sketch): ScenarioDocument {
  const { kubernetes, horizon } = sketch
  // What would keep every pod of a template from starting, or is a bare pod's.
  const features: Features = { ...sketch.features, gates: false, ownRestarts: false, laterPods: false }
  const nodes = nodesOf(sketch)
  const nodeNames = nodes.map(({ name }) => name)
  const { control } = sketch
  const context = { features, nodeNames, imageNames: ['app:1', 'app:2', 'tools', 'app:1'], hasOwnRestarts: false }
  const workloads = sketch.workloads.map((each, index) => writeWorkload(each, index, context, control.history))
  const over = writeControl(control, workloads)
  const steps = [
    ...sketch.steps.flatMap(each => writeWorkloadStep(each, workloads, nodeNames, features, control.shutdown)),
    ...over.steps,
  ]
  const isBroken = JSON.stringify(steps).includes('broken:1')
  return {
    ...EMPTY_DOCUMENT,
    kubernetes,
    nodes,
    horizon,
    objects: [...referredObjects(features), ...over.objects, ...workloads.flatMap(({ objects }) => objects)],
    behaviours: [
      ...(isBroken ? [BROKEN_IMAGE] : []),
      ...serveRule(sketch, features),
      ...workloads.flatMap(({ rules }) => rules),
      ...over.rules,
    ],
    steps,
    ...(over.metrics === undefined ? {} : { metrics: over.metrics }),
    ...trafficOf(sketch, features, workloads),
  }
}

const NODE_NAMES = ['node-a', 'node-b', 'node-c'] as const

function nodesOf({ nodes, isSmall, features: { placement } }: Sketch): NodeWords[] {
  const room = isSmall && placement ? { cpu: '2', memory: '2Gi', pods: 5 } : {}
  return NODE_NAMES.slice(0, nodes).map((name, i) => ({ name, ...(i < 2 ? { labels: { disk: 'ssd' } } : {}), ...room }))
}

/** A revision with this image never gets anywhere. */
const BROKEN_IMAGE: StatedRule = { target: {}, behaviour: { images: { 'broken:1': { alwaysFails: null } } } }

const serveRule = ({ traffic: drawn }: Sketch, { services }: Features): StatedRule[] =>
  services && drawn.serves !== undefined ? [{ target: {}, behaviour: { serves: drawn.serves } }] : []

const trafficOf = (
  { traffic: drawn }: Sketch,
  { services }: Features,
  [first]: readonly WrittenWorkload[],
): Pick<ScenarioDocument, 'traffic'> => (services && first.kind !== 'Job' ? { traffic: [writeTraffic(drawn)] } : {})
