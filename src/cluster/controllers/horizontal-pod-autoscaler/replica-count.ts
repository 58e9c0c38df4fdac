/** Pods of a target as one metric sees them. Amounts are in thousandths of the metric's unit. */
export interface MeasuredPods {
  /** Of pods that are ready and have the metric. */
  readonly usage: readonly PodAmount[]
  /** Ready pods without the metric, and pods that are not ready or have only just started. */
  readonly missing: readonly PodAmount[]
  readonly unready: readonly PodAmount[]
}

/** What a pod uses, and what it should use at most. */
export interface PodAmount {
  readonly used: number
  /** The target's share: so much of its request, or the plain average value. */
  readonly target: number
  /** The whole request, or the plain average value. */
  readonly request: number
}

/** A ratio of usage to target so close to one changes nothing (H-1). */
const TOLERANCE = 0.1

/**
 * How many pods a metric asks for; undefined: no pod has it.
 *
 * controllers: pkg/controller/podautoscaler/replica_calculator.go GetResourceReplicas, calcPlainMetricReplicas, v1.32 (H-1, H-2).
 */
export function replicaCount({ usage, missing, unready }: MeasuredPods, current: number): number | undefined {
  if (usage.length === 0) return undefined
  const ratio = ratioOf(usage)
  const isUpWithUnready = unready.length > 0 && ratio > 1
  if (!isUpWithUnready && missing.length === 0) return isClose(ratio) ? current : ceil(ratio * usage.length)
  // What is not known is taken for what speaks against the change.
  const assumed = [
    ...(ratio < 1 ? missing.map(pod => ({ ...pod, used: Math.max(pod.request, pod.target) })) : []),
    ...(ratio > 1 ? missing.map(pod => ({ ...pod, used: 0 })) : []),
    ...(isUpWithUnready ? unready.map(pod => ({ ...pod, used: 0 })) : []),
  ]
  const all = [...usage, ...assumed]
  const next = ratioOf(all)
  if (isClose(next) || (ratio < 1 && next > 1) || (ratio > 1 && next < 1)) return current
  const count = ceil(next * all.length)
  return (next < 1 && count > current) || (next > 1 && count < current) ? current : count
}

/**
 * How many pods a metric of no pod asks for.
 *
 * controllers: pkg/controller/podautoscaler/replica_calculator.go GetExternalMetricReplicas, GetExternalPerPodMetricReplicas, v1.32.
 */
export function externalReplicaCount(
  usage: number,
  target: { readonly value?: number | undefined; readonly averageValue?: number | undefined },
  pods: { readonly ready: number; readonly shown: number },
  current: number,
): number {
  const { value, averageValue } = target
  if (averageValue !== undefined)
    return isClose(usage / (averageValue * pods.shown)) ? current : ceil(usage / averageValue)
  const ratio = usage / (value ?? 1)
  return isClose(ratio) ? current : ceil(ratio * pods.ready)
}

const ratioOf = (pods: readonly PodAmount[]): number => {
  const used = pods.reduce((sum, pod) => sum + pod.used, 0)
  const target = pods.reduce((sum, pod) => sum + pod.target, 0)
  return used / target
}

const isClose = (ratio: number): boolean => Math.abs(1 - ratio) <= TOLERANCE + ROUNDING

/** A sum that is whole but for the last bits of its binary fraction is whole. */
const ceil = (count: number): number => Math.ceil(count - ROUNDING)
const ROUNDING = 1e-9
