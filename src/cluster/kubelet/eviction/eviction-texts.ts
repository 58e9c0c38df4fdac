import { wholeValue } from '../../../model/index.js'
import type { Milliseconds } from '../../../time/index.js'
import { type ContainerSpec, usedAt } from '../../contract/index.js'
import { lineOf, type PodUsage } from './pod-usage.js'
import { bytesText, countText, type StarvedResource, type Threshold, thresholdText } from './thresholds.js'

/** What a threshold was compared with. */
export interface Observation {
  readonly capacity: number
  readonly available: number
}

/**
 * Why a pod is evicted: what its node is low on, and which of its containers take more of it than they request.
 *
 * kubelet: pkg/kubelet/eviction/helpers.go evictionMessage, v1.32.
 */
export function evictionMessage(
  { containers, pod, isKnown }: PodUsage,
  { resource, value }: Threshold,
  { capacity, available }: Observation,
  instant: Milliseconds,
): string {
  const free = resource === 'pids' ? countText(available) : bytesText(available)
  const low = `The node was low on resource: ${resource}. Threshold quantity: ${thresholdText(value, capacity)}, available: ${free}. `
  if (!isKnown || resource === 'pids') return low
  const { object } = pod.active.spec
  const larger = containers.flatMap(usage => {
    const used = usedAt(lineOf(usage, resource), instant)
    const request = requestText(object.spec, usage.container, resource)
    if (used <= wholeValue(request)) return []
    const { name } = usage.container
    return `Container ${name} was using ${bytesText(used)}, request is ${request}, has larger consumption of ${resource}. `
  })
  return low + larger.join('')
}

type Spec = PodUsage['pod']['active']['spec']['object']['spec']

function requestText(
  { containers, initContainers = [] }: Spec,
  { name }: ContainerSpec,
  resource: StarvedResource,
): string {
  const written = [...containers, ...initContainers].find(each => each.name === name)
  return written?.resources?.requests?.[resource] ?? '0'
}

/** What a kubelet under pressure answers to a pod that it does not take. */
export const pressureRefusal = (pressures: readonly string[]): string =>
  `The node had condition: [${pressures.join(' ')}]. `
