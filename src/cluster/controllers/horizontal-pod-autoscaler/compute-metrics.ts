import { type MetricSpec, type MetricTarget, milliValue } from '../../../model/index.js'
import type { PlanMetric } from '../../../scenario/index.js'
import { type Environment, isDeleting, isTerminalPhase, type PodVersion, WORD } from '../../contract/index.js'
import { isReady } from '../active-pods.js'
import { measurePods, type PodMetric } from './measure-pods.js'
import { metricValue } from './metric-value.js'
import { externalReplicaCount, replicaCount } from './replica-count.js'

/** What an autoscaler sizes, as it looks now. */
export interface ScaledTarget {
  /** `Deployment/default/web`. */
  readonly path: string
  readonly pods: readonly PodVersion[]
  /** What it asks for, and what it has. */
  readonly size: number
  readonly shown: number
}

/** What one metric asks for: a size and the metric's name in events, or why there is none. */
export type Proposal =
  | { readonly size: number; readonly name: string }
  | { readonly reason: string; readonly message: string }

/** controllers: pkg/controller/podautoscaler/horizontal.go computeReplicasForMetric, v1.32 (H-1). */
export function proposalOf(
  metric: MetricSpec,
  target: ScaledTarget,
  metrics: readonly PlanMetric[],
  environment: Environment,
): Proposal {
  if (metric.type === 'External') return externalProposal(metric.external, target, metrics, environment)
  const isResource = metric.type === 'Resource'
  const name = isResource ? metric.resource.name : metric.pods.metric.name
  const goal = isResource ? metric.resource.target : metric.pods.target
  const course = metrics.find(each => each.target === target.path && each.name === name)
  const wanted: PodMetric = {
    name,
    isResource,
    utilization: goal.averageUtilization,
    averageValue: quantityOf(goal.averageValue),
    valueOf: course && (() => shareOf(course, target, environment)),
  }
  const reason = isResource ? 'FailedGetResourceMetric' : 'FailedGetPodsMetric'
  const what = isResource
    ? wanted.utilization === undefined
      ? `${name} usage`
      : `${name} utilization`
    : 'pods metric value'
  const measured = measurePods(target.pods, wanted, environment)
  if (typeof measured === 'string') return { reason, message: `failed to get ${what}: ${measured}` }
  const size = replicaCount(measured, target.size)
  if (size === undefined) return { reason, message: `failed to get ${what}: ${NO_METRICS}` }
  return { size, name: nameOf(metric, name, goal) }
}

const NO_METRICS = 'did not receive metrics for targeted pods (pods might be unready)'

const nameOf = ({ type }: MetricSpec, name: string, { averageUtilization }: MetricTarget): string => {
  if (type === 'Pods') return `pods metric ${name}`
  return averageUtilization === undefined ? `${name} resource` : `${name} resource utilization (percentage of request)`
}

/** The value of one pod now: the course's own, or its share of the whole. */
function shareOf(course: PlanMetric, { pods }: ScaledTarget, { kernel }: Environment): number {
  const value = metricValue(course, kernel.now)
  if (course.of === 'each') return value
  const running = pods.filter(pod => isReady(pod) && !isDeleting(pod)).length
  return value / Math.max(1, running)
}

function externalProposal(
  { metric: { name, selector }, target: goal }: Extract<MetricSpec, { readonly type: 'External' }>['external'],
  { pods, size, shown }: ScaledTarget,
  metrics: readonly PlanMetric[],
  { kernel }: Environment,
): Proposal {
  const course = metrics.find(each => each.target === undefined && each.name === name)
  if (course === undefined) {
    const message = `failed to get ${name} external metric: unable to get external metric: no metrics returned`
    return { reason: 'FailedGetExternalMetric', message }
  }
  const ready = pods.filter(pod => pod.status.phase === WORD.Running && isReady(pod)).length
  const wanted = { value: quantityOf(goal.value), averageValue: quantityOf(goal.averageValue) }
  const count = externalReplicaCount(metricValue(course, kernel.now), wanted, { ready, shown }, size)
  return { size: count, name: `external metric ${name}(${selector === undefined ? 'nil' : '&LabelSelector'})` }
}

const quantityOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : milliValue(text))

/** Pods that a target's metrics are about. */
export const isMeasured = ({ status }: PodVersion): boolean => !isTerminalPhase(status.phase)
