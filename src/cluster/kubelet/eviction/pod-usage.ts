import type { Milliseconds } from '../../../time/index.js'
import { type ContainerUsage, type UsageLine, usedAt } from '../../contract/index.js'
import type { KubeletPod } from '../kubelet-pod.js'
import type { StarvedResource } from './thresholds.js'

/** A pod on the node, and what it takes of it. */
export interface PodUsage {
  readonly pod: KubeletPod
  readonly containers: readonly ContainerUsage[]
  /** Whether the runtime has statistics of it: it has a sandbox. */
  readonly isKnown: boolean
}

/** The lines of what a container takes of a resource; its files are those of its own layer and its logs. */
export const lineOf = (usage: ContainerUsage, resource: StarvedResource): UsageLine | null =>
  resource === 'memory' ? usage.memory : resource === 'pids' ? usage.processes : usage.ephemeralStorage

/** All lines that add up to what a pod takes of a resource: of storage also what its containers wrote to emptyDir volumes. */
export function linesOf({ containers, pod }: PodUsage, resource: StarvedResource): UsageLine[] {
  const lines: UsageLine[] = []
  for (const usage of containers) {
    const line = lineOf(usage, resource)
    if (line !== null) lines.push(line)
    if (resource !== 'ephemeral-storage') continue
    for (const [name, written] of usage.volumes) if (isOnDisk(pod, name)) lines.push(written)
  }
  return lines
}

export const usedBy = (usage: PodUsage, resource: StarvedResource, instant: Milliseconds): number =>
  linesOf(usage, resource).reduce((sum, line) => sum + usedAt(line, instant), 0)

/** Whether a volume of the pod is an emptyDir on the node's file system. */
const isOnDisk = ({ active }: KubeletPod, name: string): boolean => {
  const volume = active.spec.object.spec.volumes?.find(each => each.name === name)
  return volume?.emptyDir !== undefined && volume.emptyDir?.medium !== 'Memory'
}

/** Static pods and those of a system priority are not evicted. */
export function isCritical({ active }: KubeletPod): boolean {
  const { metadata, spec } = active.spec.object
  const source = metadata.annotations?.['kubernetes.io/config.source']
  if (source !== undefined && source !== 'api') return true
  return (spec.priority ?? 0) >= SYSTEM_CRITICAL
}

/** The least priority of system-critical pods. */
export const SYSTEM_CRITICAL = 2_000_000_000

export const priorityOf = ({ active }: KubeletPod): number => active.spec.object.spec.priority ?? 0
