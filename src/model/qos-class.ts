import type { PodSpec } from './pod.js'
import type { PodQOSClass } from './pod-status.js'
import { parseQuantity } from './quantity.js'
import type { ResourceList } from './resource-requirements.js'

/** What decides the class besides the pod itself. */
export interface QosOptions {
  /** Whether `spec.resources` counts instead of the containers' (gate PodLevelResources, on from 1.34; `Profile.podLevelResources`). */
  readonly podLevelResources?: boolean
}

type QosSpec = Pick<PodSpec, 'containers' | 'initContainers' | 'resources'>

/**
 * Computes a pod's quality-of-service class from the CPU and memory of its regular and init containers (QOS-1).
 *
 * kubernetes: pkg/apis/core/v1/helper/qos/qos.go ComputePodQOS, v1.32. Expects a defaulted spec: a request that is
 * missing where a limit is set counts as no request.
 */
export function qosClassOf(spec: QosSpec, { podLevelResources = false }: QosOptions = {}): PodQOSClass {
  const requests = new Map<string, bigint>()
  const limits = new Map<string, bigint>()
  let isGuaranteed = true
  const owners =
    podLevelResources && spec.resources !== undefined ? [spec] : [...spec.containers, ...(spec.initContainers ?? [])]
  for (const { resources } of owners) {
    addCompute(requests, resources?.requests)
    const limited = addCompute(limits, resources?.limits)
    // At pod level a pod without any limits is judged by the equality of the sums alone, as upstream does.
    const isExempt = owners[0] === spec && Object.keys(resources?.limits ?? {}).length === 0
    if (limited < COMPUTE.length && !isExempt) isGuaranteed = false
  }
  if (requests.size === 0 && limits.size === 0) return 'BestEffort'
  if (!isGuaranteed || requests.size !== limits.size) return 'Burstable'
  for (const [name, amount] of requests) if (limits.get(name) !== amount) return 'Burstable'
  return 'Guaranteed'
}

const COMPUTE = ['cpu', 'memory'] as const

/** Adds the amounts above zero to the sums and answers how many of the compute resources there were. */
function addCompute(sums: Map<string, bigint>, amounts: ResourceList | undefined): number {
  let found = 0
  for (const name of COMPUTE) {
    const text = amounts?.[name]
    if (text === undefined) continue
    const { nanos } = parseQuantity(text)
    if (nanos <= 0n) continue
    sums.set(name, (sums.get(name) ?? 0n) + nanos)
    found++
  }
  return found
}
