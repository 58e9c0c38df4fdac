import { type Container, milliValue, type Pod } from '../../../model/index.js'
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

/** A metric of pods, as a target asks for it. */
export interface PodMetric {
  /** `cpu`, `memory`, or the name of another metric. */
  readonly name: string
  readonly isResource: boolean
  /** The container that is meant; undefined: all of them. */
  readonly container: string | undefined
  /** Whether it is compared with requests. */
  readonly isOfRequest: boolean
  /** What a pod has of it now, in thousandths. */
  readonly valueOf: (pod: PodVersion) => number
}

const CPU_INITIALIZATION_SECONDS = 300
const INITIAL_READINESS_SECONDS = 30

/**
 * Sorts the pods of a target by what is known of them; a text says why the metric cannot be computed.
 *
 * controllers: pkg/controller/podautoscaler/replica_calculator.go groupPods, calculatePodRequests, v1.32 (H-2).
 */
export function measurePods(
  pods: readonly PodVersion[],
  metric: PodMetric,
  environment: Environment,
): MeasuredPods | string {
  const usage: PodAmount[] = []
  const missing: PodAmount[] = []
  const unready: PodAmount[] = []
  let problem: string | undefined
  const now = apiSeconds(environment, environment.kernel.now)
  for (const pod of pods) {
    const request = metric.isOfRequest ? requestOf(pod, metric) : 0
    if (typeof request === 'string') problem ??= request
    if (isDeleting(pod) || pod.status.phase === WORD.Failed) continue
    const amount: PodAmount = {
      used: metric.valueOf(pod),
      request: typeof request === 'string' ? 0 : request,
    }
    if (pod.status.phase === WORD.Pending) unready.push(amount)
    else if (pod.status.phase !== WORD.Running) missing.push(amount)
    else if (metric.isResource && metric.name === 'cpu' && isUnready(pod, now)) unready.push(amount)
    else usage.push(amount)
  }
  return usage.length > 0 && problem !== undefined ? problem : { usage, missing, unready }
}

/** A pod that has only just started uses more than it will: its cpu does not count yet. */
function isUnready(pod: PodVersion, now: number): boolean {
  const ready = findCondition(pod.status.conditions, WORD.Ready)
  const { startSeconds } = pod.status
  if (ready === undefined || startSeconds < 0) return true
  if (startSeconds + CPU_INITIALIZATION_SECONDS > now) return readySeconds(pod) < 0
  return ready.status === TRUTH.False && startSeconds + INITIAL_READINESS_SECONDS > ready.transitionSeconds
}

/** The sum of the containers' requests; a text: one has none. */
function requestOf({ spec, identity }: PodVersion, { name, container: wanted }: PodMetric): number | string {
  let sum = 0
  for (const container of countedContainers(spec.object)) {
    if (wanted !== undefined && container.name !== wanted) continue
    const request = container.resources?.requests?.[name]
    if (request === undefined)
      return `missing request for ${name} in container ${container.name} of Pod ${identity.name}`
    sum += milliValue(request)
  }
  return sum
}

const countedContainers = ({ spec }: Pod): readonly Container[] => [
  ...spec.containers,
  ...(spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
]
