import {
  type CrossVersionObjectReference,
  type MetricSpec,
  type MetricStatus,
  type MetricTarget,
  type MetricValueStatus,
  milliValue,
  quantityOfNanos,
} from '../../../model/index.js'
import type { PlanMetric } from '../../../scenario/index.js'
import { type Environment, isDeleting, isTerminalPhase, type PodVersion, WORD } from '../../contract/index.js'
import { isReady } from '../active-pods.js'
import { measurePods, type PodMetric } from './measure-pods.js'
import { metricValue } from './metric-value.js'
import { type Count, type Goal, replicaCount, wholeReplicaCount } from './replica-count.js'

/** What an autoscaler sizes, as it looks now. */
export interface ScaledTarget {
  /** `Deployment/default/web`. */
  readonly path: string
  readonly namespace: string
  readonly pods: readonly PodVersion[]
  /** What it asks for, and what it has. */
  readonly size: number
  readonly shown: number
}

/** What one metric asks for: a size, the metric's name in events and what it was, or why there is none. */
export type Proposal =
  | { readonly size: number; readonly name: string; readonly status: MetricStatus }
  | {
      readonly reason: string
      readonly message: string
      /** What stands before it where the autoscaler sums up: `failed to get cpu resource metric value: `. */
      readonly prefix: string
    }

/** What a proposal is made from. */
interface Look {
  readonly target: ScaledTarget
  readonly metrics: readonly PlanMetric[]
  readonly environment: Environment
}

/** controllers: pkg/controller/podautoscaler/horizontal.go computeReplicasForMetric, v1.32 (H-1). */
export function proposalOf(
  metric: MetricSpec,
  target: ScaledTarget,
  metrics: readonly PlanMetric[],
  environment: Environment,
): Proposal {
  const look = { target, metrics, environment }
  switch (metric.type) {
    case 'Resource': {
      const { name, target: goal } = metric.resource
      const proposal = proposalOfPods(look, { name, isResource: true, container: undefined }, goal)
      if ('problem' in proposal)
        return { reason: 'FailedGetResourceMetric', message: proposal.problem, prefix: prefixOf(`${name} resource`) }
      const named = nameOf('', name, goal)
      return {
        size: proposal.size,
        name: named,
        status: { type: 'Resource', resource: { name, current: proposal.current } },
      }
    }
    case 'ContainerResource': {
      const { name, container, target: goal } = metric.containerResource
      const proposal = proposalOfPods(look, { name, isResource: true, container }, goal)
      if ('problem' in proposal)
        return {
          reason: 'FailedGetContainerResourceMetric',
          message: proposal.problem,
          prefix: prefixOf(`${container} container`),
        }
      const status = { name, container, current: proposal.current }
      const named = nameOf('container ', name, goal)
      return { size: proposal.size, name: named, status: { type: 'ContainerResource', containerResource: status } }
    }
    case 'Pods': {
      const { metric: identifier, target: goal } = metric.pods
      const { name } = identifier
      const proposal = proposalOfPods(look, { name, isResource: false, container: undefined }, goal)
      if ('problem' in proposal)
        return { reason: 'FailedGetPodsMetric', message: proposal.problem, prefix: prefixOf('pods') }
      const status = { metric: identifier, current: proposal.current }
      return { size: proposal.size, name: `pods metric ${name}`, status: { type: 'Pods', pods: status } }
    }
    case 'Object':
      return objectProposal(metric.object, look)
    case 'External':
      return externalProposal(metric.external, look)
  }
}

const prefixOf = (what: string): string => `failed to get ${what} metric value: `

type PodsProposal = { readonly size: number; readonly current: MetricValueStatus } | { readonly problem: string }

/** What a metric of the target's pods asks for. */
function proposalOfPods(
  { target, metrics, environment }: Look,
  wanted: Pick<PodMetric, 'name' | 'isResource' | 'container'>,
  { averageUtilization: utilization, averageValue = '0' }: MetricTarget,
): PodsProposal {
  const { name, isResource, container } = wanted
  const what = isResource ? `${name} ${utilization === undefined ? 'usage' : 'utilization'}` : undefined
  const failed = (cause: string): PodsProposal => ({
    problem: what === undefined ? cause : `failed to get ${what}: ${cause}`,
  })
  if (target.pods.length === 0) return failed('no pods returned by selector while calculating replica count')
  const course = metrics.find(each => each.target === target.path && each.name === name && each.container === container)
  const api = isResource ? 'resource' : 'custom'
  const of = isResource ? `metrics for resource ${name}` : `metric ${name}`
  if (course === undefined) return failed(`unable to get ${of}: no metrics returned from ${api} metrics API`)
  const goal: Goal = utilization === undefined ? { averageValue: milliValue(averageValue) } : { utilization }
  const measured = measurePods(
    target.pods,
    {
      ...wanted,
      isOfRequest: utilization !== undefined,
      valueOf: () => shareOf(course, target, environment),
    },
    environment,
  )
  if (typeof measured === 'string') return failed(measured)
  const count = replicaCount(measured, goal, target.size)
  if (count === undefined) return failed('did not receive metrics for targeted pods (pods might be unready)')
  return { size: count.size, current: readOf(count) }
}

const readOf = ({ average, utilization }: Count): MetricValueStatus => ({
  ...(utilization === undefined ? {} : { averageUtilization: utilization }),
  averageValue: milliText(average),
})

const milliText = (amount: number): string => quantityOfNanos(BigInt(amount) * 1_000_000n, 'DecimalSI').text

const nameOf = (of: string, name: string, { averageUtilization }: MetricTarget): string =>
  averageUtilization === undefined
    ? `${name} ${of}resource`
    : `${name} ${of}resource utilization (percentage of request)`

/** The value of one pod now: the course's own, or its share of the whole. */
function shareOf(course: PlanMetric, { pods }: ScaledTarget, { kernel }: Environment): number {
  const value = metricValue(course, kernel.now)
  if (course.of === 'each') return value
  const running = pods.filter(pod => isReady(pod) && !isDeleting(pod)).length
  // Rounded down: all shares together are not more than the whole.
  return Math.floor(value / Math.max(1, running))
}

type ObjectSource = Extract<MetricSpec, { readonly type: 'Object' }>['object']

function objectProposal({ metric, target: goal, describedObject }: ObjectSource, look: Look): Proposal {
  const { target, metrics, environment } = look
  const { kind, name: object } = describedObject
  const path = `${kind}/${target.namespace}/${object}`
  const course = metrics.find(each => each.target === path && each.name === metric.name)
  if (course === undefined) {
    const asked = `${metric.name}: ${kind} on ${target.namespace} ${object}`
    const answer = `the server could not find the metric ${metric.name} for ${resourceOf(describedObject)} ${object}`
    const message = `unable to get metric ${asked}/unable to fetch metrics from custom metrics API: ${answer}`
    return { reason: 'FailedGetObjectMetric', message, prefix: prefixOf('object') }
  }
  const { size, current } = countOf(course, goal, target, environment)
  const name =
    goal.averageValue === undefined
      ? `${kind} metric ${metric.name}`
      : `external metric ${metric.name}(${selectorText(metric.selector)})`
  return { size, name, status: { type: 'Object', object: { metric, current, describedObject } } }
}

/** `services`, `ingresses.networking.k8s.io`. */
function resourceOf({ kind, apiVersion = '' }: CrossVersionObjectReference): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : ''
  return `${kind.toLowerCase()}${kind.endsWith('s') ? 'es' : 's'}${group}`
}

type ExternalSource = Extract<MetricSpec, { readonly type: 'External' }>['external']

function externalProposal({ metric, target: goal }: ExternalSource, look: Look): Proposal {
  const { target, metrics, environment } = look
  const course = metrics.find(each => each.target === undefined && each.name === metric.name)
  if (course === undefined) {
    const asked = `${target.namespace}/${metric.name}/${selectorText(metric.selector)}`
    const message = `unable to get external metric ${asked}: no metrics returned from external metrics API`
    const prefix = `${prefixOf(`${metric.name} external`)}failed to get ${metric.name} external metric: `
    return { reason: 'FailedGetExternalMetric', message, prefix }
  }
  const { size, current } = countOf(course, goal, target, environment)
  const name = `external metric ${metric.name}(${selectorText(metric.selector)})`
  return { size, name, status: { type: 'External', external: { metric, current } } }
}

/** What a number that is no pod's asks for. */
function countOf(
  course: PlanMetric,
  { value, averageValue }: MetricTarget,
  { pods, shown, size: asked }: ScaledTarget,
  { kernel }: Environment,
): { readonly size: number; readonly current: MetricValueStatus } {
  const ready = pods.filter(pod => pod.status.phase === WORD.Running && isReady(pod)).length
  const goal = { value: quantityOf(value), averageValue: quantityOf(averageValue) }
  const { size, told } = wholeReplicaCount(metricValue(course, kernel.now), goal, { ready, shown }, asked)
  return { size, current: averageValue === undefined ? { value: milliText(told) } : { averageValue: milliText(told) } }
}

const quantityOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : milliValue(text))

/** A pointer to a selector as Go's `%+v` prints it. */
function selectorText(selector: ExternalSource['metric']['selector']): string {
  if (selector === undefined) return 'nil'
  const labels = Object.entries(selector.matchLabels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const pairs = labels.map(([key, value]) => `${key}: ${value},`).join('')
  const expressions = (selector.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  )
  return `&LabelSelector{MatchLabels:map[string]string{${pairs}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`
}

/** Pods that a target's metrics are about. */
export const isMeasured = ({ status }: PodVersion): boolean => !isTerminalPhase(status.phase)
