import type { HpaScalingRules, Kind } from '../model/index.js'
import type { ScenarioDocument, StatedRule, StatedStep } from '../scenario/index.js'
import type { AutoscalerSketch, ControlSketch } from './control-sketch.js'
import type { WrittenWorkload } from './write-workload.js'

/** What of a scenario's control is written: manifests, behaviour, steps, and the load that an autoscaler reads. */
export interface WrittenControl {
  readonly objects: readonly object[]
  readonly rules: readonly StatedRule[]
  readonly steps: readonly StatedStep[]
  readonly metrics: ScenarioDocument['metrics']
}

const SCALED: readonly Kind[] = ['Deployment', 'StatefulSet', 'ReplicaSet']

/** Writes quotas, limits, an autoscaler of the first workload, and what the containers of each take. */
export function writeControl(sketch: ControlSketch, workloads: readonly WrittenWorkload[]): WrittenControl {
  const [first] = workloads
  const autoscaler = SCALED.includes(first.kind) ? sketch.autoscaler : undefined
  const { limits } = sketch
  return {
    objects: [
      ...quotaOf(sketch),
      ...(limits === undefined
        ? []
        : [{ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'limits' }, spec: { limits: [limits] } }]),
      ...(autoscaler === undefined ? [] : [autoscalerOf(autoscaler, first)]),
    ],
    rules: workloads.flatMap(({ kind, name }, at): StatedRule[] => {
      const uses = sketch.uses[at]
      return uses === undefined ? [] : [{ target: { kind, name }, behaviour: { uses } }]
    }),
    steps: changesOf(sketch),
    metrics: autoscaler === undefined ? undefined : [loadOf(autoscaler, first)],
  }
}

function quotaOf({ quota }: ControlSketch): object[] {
  if (quota === undefined) return []
  const hard = { pods: String(quota.pods), ...(quota.cpu === undefined ? {} : { 'requests.cpu': quota.cpu }) }
  return [{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'room' }, spec: { hard } }]
}

const changesOf = ({ quota }: ControlSketch): StatedStep[] =>
  (quota?.changes ?? []).map(({ at, pods }): StatedStep => {
    const patch = { spec: { hard: { pods: String(pods) } } }
    return {
      at,
      action: 'request',
      request: { verb: 'patch', kind: 'ResourceQuota', name: 'room', patchType: 'merge', patch },
    }
  })

function autoscalerOf(
  { bounds: [minReplicas, maxReplicas], wanted, down, up }: AutoscalerSketch,
  { kind, name }: WrittenWorkload,
): object {
  const behavior: { scaleDown?: HpaScalingRules; scaleUp?: HpaScalingRules } = {
    ...(down === undefined ? {} : { scaleDown: down }),
    ...(up === undefined ? {} : { scaleUp: up }),
  }
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
      minReplicas,
      maxReplicas,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: `${wanted}m` } },
        },
      ],
      ...(Object.keys(behavior).length === 0 ? {} : { behavior }),
    },
  }
}

const loadOf = ({ points, isLinear, isShared }: AutoscalerSketch, { kind, name }: WrittenWorkload) => ({
  of: `${kind.toLowerCase()}/${name}`,
  name: 'cpu',
  points,
  ...(isShared ? { isShared: true as const } : {}),
  ...(isLinear ? { isLinear: true as const } : {}),
})
