/** Pods of a target as one metric sees them. */
export interface MeasuredPods {
  /** Of pods that are ready and have the metric. */
  readonly usage: readonly PodAmount[]
  /** Ready pods without the metric, and pods that are not ready or have only just started. */
  readonly missing: readonly PodAmount[]
  readonly unready: readonly PodAmount[]
}

/** What a pod uses, and what it requests, in whole thousandths of the metric's unit; 0 where no request counts. */
export interface PodAmount {
  readonly used: number
  readonly request: number
}

/** What a metric should be on an average: percent of the requests, or thousandths of its unit. */
export type Goal =
  | { readonly utilization: number; readonly averageValue?: undefined }
  | { readonly utilization?: undefined; readonly averageValue: number }

/** How many pods a metric asks for, and what it was: the average of the pods that have it, and their percentage. */
export interface Count {
  readonly size: number
  readonly average: number
  readonly utilization: number | undefined
}

/** A ratio of usage to target so close to one changes nothing (H-1). */
const TOLERANCE = 0.1

/**
 * How many pods a metric asks for; undefined: no pod has it. Percentages and averages are cut to whole numbers, as upstream's.
 *
 * controllers: pkg/controller/podautoscaler/replica_calculator.go GetResourceReplicas, calcPlainMetricReplicas, v1.32 (H-1, H-2).
 */
export function replicaCount(
  { usage, missing, unready }: MeasuredPods,
  goal: Goal,
  current: number,
): Count | undefined {
  if (usage.length === 0) return undefined
  const read = { average: averageOf(usage), utilization: goal.utilization && utilizationOf(usage) }
  const ratio = ratioOf(usage, goal)
  const isUpWithUnready = unready.length > 0 && ratio > 1
  if (!isUpWithUnready && missing.length === 0)
    return { ...read, size: isClose(ratio) ? current : Math.ceil(ratio * usage.length) }
  // What is not known is taken for what speaks against the change.
  const assumed = [
    ...(ratio < 1 ? missing.map(pod => ({ ...pod, used: fullUse(pod, goal) })) : []),
    ...(ratio > 1 ? missing.map(pod => ({ ...pod, used: 0 })) : []),
    ...(isUpWithUnready ? unready.map(pod => ({ ...pod, used: 0 })) : []),
  ]
  const all = [...usage, ...assumed]
  const next = ratioOf(all, goal)
  if (isClose(next) || (ratio < 1 && next > 1) || (ratio > 1 && next < 1)) return { ...read, size: current }
  const count = Math.ceil(next * all.length)
  const isAgainst = (next < 1 && count > current) || (next > 1 && count < current)
  return { ...read, size: isAgainst ? current : count }
}

/** What a pod without a metric is taken to use on the way down. */
const fullUse = ({ request }: PodAmount, { utilization, averageValue }: Goal): number =>
  utilization === undefined ? averageValue : Math.trunc((request * Math.max(100, utilization)) / 100)

/**
 * How many pods a metric of no pod asks for, and what it is to be told as.
 *
 * controllers: pkg/controller/podautoscaler/replica_calculator.go GetExternalMetricReplicas, GetExternalPerPodMetricReplicas and the
 * same of objects, v1.32.
 */
export function wholeReplicaCount(
  usage: number,
  target: { readonly value?: number | undefined; readonly averageValue?: number | undefined },
  pods: { readonly ready: number; readonly shown: number },
  current: number,
): { readonly size: number; readonly told: number } {
  const { value = 1, averageValue } = target
  if (averageValue !== undefined) {
    const isEnough = isClose(usage / (averageValue * pods.shown))
    const told = pods.shown === 0 ? usage : Math.ceil(usage / pods.shown)
    return { size: isEnough ? pods.shown : Math.ceil(usage / averageValue), told }
  }
  const ratio = usage / value
  const size = current === 0 ? Math.ceil(ratio) : isClose(ratio) ? current : Math.ceil(ratio * pods.ready)
  return { size, told: usage }
}

const sumOf = (pods: readonly PodAmount[], field: keyof PodAmount): number =>
  pods.reduce((sum, pod) => sum + pod[field], 0)

const averageOf = (pods: readonly PodAmount[]): number => Math.trunc(sumOf(pods, 'used') / pods.length)

const utilizationOf = (pods: readonly PodAmount[]): number =>
  Math.trunc((sumOf(pods, 'used') * 100) / sumOf(pods, 'request'))

const ratioOf = (pods: readonly PodAmount[], { utilization, averageValue }: Goal): number =>
  utilization === undefined ? averageOf(pods) / averageValue : utilizationOf(pods) / utilization

const isClose = (ratio: number): boolean => Math.abs(1 - ratio) <= TOLERANCE
