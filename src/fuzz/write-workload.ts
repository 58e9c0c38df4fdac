import type { StatedRule } from '../scenario/index.js'
import type { ControlSketch } from './control-sketch.js'
import type { Features } from './features.js'
import type { PodSketch } from './pod-sketch.js'
import type { WorkloadSketch } from './workload-sketch.js'
import { type PodContext, writePod } from './write-pod.js'

/** A workload's manifest, those of what belongs to it, and what its containers do. */
export interface WrittenWorkload {
  readonly kind: WorkloadSketch['kind']
  readonly name: string
  readonly objects: readonly object[]
  readonly rules: readonly StatedRule[]
}

/** Names of a scenario's workloads: the Service is that of the first. */
const NAMES = ['web', 'db'] as const

/** Writes a workload, its budget and its behaviour as its scenario's features ask. */
export function writeWorkload(
  sketch: WorkloadSketch,
  index: number,
  context: PodContext,
  history: ControlSketch['history'],
): WrittenWorkload {
  const name = NAMES[index]
  const { kind } = sketch
  const written = writePod(podOf(sketch), index, context)
  const { spec } = written.manifest as { readonly spec: object }
  const labels = { app: name }
  const template = { metadata: { labels }, spec }
  const manifest = {
    apiVersion: kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name },
    spec: specOf(sketch, template, labels, history),
  }
  return {
    kind,
    name,
    objects: [manifest, ...budgetOf(sketch, name, context.features)],
    rules: written.rules.map(({ target, behaviour }) => ({ target: { ...target, kind, name }, behaviour })),
  }
}

/** What a template may not say is left out, and what keeps every one of its pods from starting. */
function podOf({ kind, pod }: WorkloadSketch): PodSketch {
  const finishes = kind === 'Job' || kind === 'CronJob'
  return {
    ...pod,
    restartPolicy: finishes ? (pod.restartPolicy === 'OnFailure' ? 'OnFailure' : 'Never') : 'Always',
    deadlineSeconds: finishes ? pod.deadlineSeconds : undefined,
    init: pod.init.slice(0, 1),
    sidecars: pod.sidecars.slice(0, 1),
    containers: pod.containers.slice(0, finishes ? 1 : 2),
    hasSchedulingGate: false,
    isHostNetworked: false,
    // A pod that its kubelet refuses is made again at once, for as long as the run goes on.
    placement: pod.placement === 'labelled' ? 'labelled' : 'anywhere',
  }
}

function specOf(
  sketch: WorkloadSketch,
  template: object,
  labels: Readonly<Record<string, string>>,
  history: ControlSketch['history'],
): object {
  const { kind, replicas, isOther, deadlineSeconds, partition } = sketch
  const selector = { matchLabels: labels }
  const minReady = sketch.minReadySeconds === undefined ? {} : { minReadySeconds: sketch.minReadySeconds }
  switch (kind) {
    case 'Deployment':
      return {
        replicas,
        selector,
        ...minReady,
        ...(deadlineSeconds === undefined ? {} : { progressDeadlineSeconds: deadlineSeconds }),
        ...(sketch.isPaused ? { paused: true } : {}),
        strategy: isOther ? { type: 'Recreate' } : { rollingUpdate: sharesOf(sketch, 'maxSurge') },
        template,
      }
    case 'ReplicaSet':
      return { replicas, selector, ...minReady, template }
    case 'StatefulSet':
      return {
        replicas,
        selector,
        serviceName: 'web',
        ...minReady,
        ...(isOther ? { podManagementPolicy: 'Parallel' } : {}),
        ...(partition === 0 ? {} : { updateStrategy: { rollingUpdate: { partition } } }),
        template,
      }
    case 'DaemonSet':
      return { selector, ...minReady, updateStrategy: daemonUpdate(sketch), template }
    case 'Job':
      return jobSpec(sketch, template)
    case 'CronJob':
      return {
        schedule: '* * * * *',
        concurrencyPolicy: sketch.concurrency,
        ...(history === undefined
          ? {}
          : { successfulJobsHistoryLimit: history[0], failedJobsHistoryLimit: history[1] }),
        ...(sketch.isPaused ? { suspend: true } : {}),
        jobTemplate: { spec: jobSpec({ ...sketch, isPaused: false }, template) },
      }
  }
}

/** The API takes no update that may neither add a pod nor miss one. */
function sharesOf({ surge, unavailable }: WorkloadSketch, surgeField: 'maxSurge'): object {
  const areNone = Number.parseInt(String(surge), 10) === 0 && Number.parseInt(String(unavailable), 10) === 0
  return { [surgeField]: surge, maxUnavailable: areNone ? 1 : unavailable }
}

function daemonUpdate({ isOther, surge, unavailable }: WorkloadSketch): object {
  if (isOther) return { type: 'OnDelete' }
  const isSurging = Number.parseInt(String(surge), 10) > 0 && Number.parseInt(String(unavailable), 10) === 0
  const none = Number.parseInt(String(unavailable), 10) === 0
  return {
    rollingUpdate: isSurging ? { maxSurge: surge, maxUnavailable: 0 } : { maxUnavailable: none ? 1 : unavailable },
  }
}

function jobSpec(sketch: WorkloadSketch, template: object): object {
  const { replicas, completions, isOther, backoffLimit, deadlineSeconds, lifetimeSeconds } = sketch
  const isIndexed = isOther && completions !== undefined
  return {
    parallelism: replicas,
    ...(completions === undefined ? {} : { completions }),
    ...(isIndexed ? { completionMode: 'Indexed' } : {}),
    ...(isIndexed && sketch.isPerIndex ? { backoffLimitPerIndex: backoffLimit } : { backoffLimit }),
    ...(deadlineSeconds === undefined ? {} : { activeDeadlineSeconds: deadlineSeconds }),
    ...(sketch.isPaused ? { suspend: true } : {}),
    ...(lifetimeSeconds === undefined ? {} : { ttlSecondsAfterFinished: lifetimeSeconds }),
    template,
  }
}

function budgetOf({ budget }: WorkloadSketch, name: string, { evictions }: Features): object[] {
  if (!evictions || budget === undefined) return []
  const { field, share, isLenient } = budget
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name },
      spec: {
        [field]: share,
        ...(isLenient ? { unhealthyPodEvictionPolicy: 'AlwaysAllow' } : {}),
        selector: { matchLabels: { app: name } },
      },
    },
  ]
}
