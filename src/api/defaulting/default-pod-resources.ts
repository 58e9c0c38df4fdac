import { type Pod, parseQuantity, quantityOfNanos } from '../../model/index.js'
import { aggregateRequests } from '../validation/aggregate-requests.js'

const POD_LEVEL = ['cpu', 'memory'] as const

/**
 * Fills in what a pod with limits of its own requests: as much as its containers do together, or as much as it is limited to
 * where none of them says anything; only with `Profile.podLevelResources`.
 *
 * kubernetes: pkg/apis/core/v1/defaults.go defaultPodRequests, v1.34.
 */
export function defaultPodResources(pod: Pod): Pod {
  const { resources, containers, initContainers } = pod.spec
  const limits = resources?.limits
  if (limits === undefined || Object.keys(limits).length === 0) return pod
  const wanted = aggregateRequests(containers ?? [], initContainers ?? [])
  const requests: Record<string, string> = { ...resources?.requests }
  for (const name of POD_LEVEL) {
    const limit = limits[name]
    const sum = wanted.get(name)
    if (requests[name] !== undefined) continue
    if (sum !== undefined) requests[name] = quantityOfNanos(sum, parseQuantity(limit ?? '0').format).text
    else if (limit !== undefined) requests[name] = limit
  }
  return { ...pod, spec: { ...pod.spec, resources: { ...resources, requests } } }
}
