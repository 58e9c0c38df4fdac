import { milliValue, type Pod } from '../../../model/index.js'
import {
  apiSeconds,
  type Environment,
  findCondition,
  isDeleting,
  type PodVersion,
  TRUTH,
  WORD,
} from '../../contract/index.js'
import { readySeconds } from '../active-pods.js'
import type { MeasuredPods, PodAmount } from './replica-count.js'

/** A metric of pods, as a target asks for it; amounts are thousandths. */
export interface PodMetric {
  /** `cpu`, `memory`, or the name of another metric. */
  readonly name: string
  readonly isResource: boolean
  /** Percent of the request, or a plain average. */
  readonly utilization: number | undefined
  readonly averageValue: number | undefined
  /** What a pod has of it now; undefined: nobody says. */
  readonly valueOf: ((pod: PodVersion) => number) | undefined
}

const CPU_INITIALIZATION_SECONDS = 300
const INITIAL_READINESS_SECONDS = 30

/**
 * Sorts the pods of a target by what is known of them; a text says why the metric cannot be computed.
 *
 * controllers: pkg/controller/podautoscaler/replica_calculator.go groupPods, v1.32 (H-2).
 */
export function measurePods(
  pods: readonly PodVersion[],
  metric: PodMetric,
  environment: Environment,
): MeasuredPods | string {
  const usage: PodAmount[] = []
  const missing: PodAmount[] = []
  const unready: PodAmount[] = []
  const now = apiSeconds(environment, environment.kernel.now)
  for (const pod of pods) {
    if (isDeleting(pod) || pod.status.phase === WORD.Failed) continue
    const request = metric.utilization === undefined ? (metric.averageValue ?? 0) : requestOf(pod, metric.name)
    if (request === undefined) return missingRequest(pod, metric.name)
    const target = metric.utilization === undefined ? request : (request * metric.utilization) / 100
    const amount: PodAmount = { used: metric.valueOf?.(pod) ?? 0, target, request }
    if (pod.status.phase === WORD.Pending) unready.push(amount)
    else if (metric.valueOf === undefined || pod.status.phase !== WORD.Running) missing.push(amount)
    else if (metric.isResource && metric.name === 'cpu' && isUnready(pod, now)) unready.push(amount)
    else usage.push(amount)
  }
  return { usage, missing, unready }
}

/** A pod that has only just started uses more than it will: its cpu does not count yet. */
function isUnready(pod: PodVersion, now: number): boolean {
  const ready = findCondition(pod.status.conditions, WORD.Ready)
  const { startSeconds } = pod.status
  if (ready === undefined || startSeconds < 0) return true
  if (startSeconds + CPU_INITIALIZATION_SECONDS > now) return readySeconds(pod) < 0
  return ready.status === TRUTH.False && startSeconds + INITIAL_READINESS_SECONDS > ready.transitionSeconds
}

/** The sum of the containers' requests; undefined: one has none. */
function requestOf({ spec }: PodVersion, name: string): number | undefined {
  let sum = 0
  for (const container of countedContainers(spec.object)) {
    const request = container.resources?.requests?.[name]
    if (request === undefined) return undefined
    sum += milliValue(request)
  }
  return sum
}

function missingRequest({ spec, identity }: PodVersion, name: string): string {
  const without = countedContainers(spec.object).find(each => each.resources?.requests?.[name] === undefined)
  return `missing request for ${name} in container ${without?.name} of Pod ${identity.name}`
}

const countedContainers = ({ spec }: Pod): Pod['spec']['containers'] => [
  ...(spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ...spec.containers,
]
