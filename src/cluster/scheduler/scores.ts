import type { Profile } from '../../model/index.js'
import type { NodeRecord, PodVersion } from '../contract/index.js'
import type { NodeUse } from '../predicates/index.js'

/** Containers without a request count as this much when nodes are compared. */
const DEFAULT_MILLI_CPU = 100
const DEFAULT_MEMORY = 209_715_200

type ScoreProfile = Pick<Profile, 'balancedScoreSkipsBestEffort'>

/**
 * How good a node is for a pod: the less is taken the better, and the more evenly.
 *
 * scheduler: noderesources/least_allocated.go and balanced_allocation.go, v1.32; each at most 100, weight 1.
 */
export function scoreNode(pod: PodVersion, node: NodeRecord, use: NodeUse, profile: ScoreProfile): number {
  const { milliCpu, memory } = nonZeroRequests(pod)
  const cpu = (use.milliCpu + milliCpu) / Math.max(1, node.allocatable.milliCpu)
  const mem = (use.memory + memory) / Math.max(1, node.allocatable.memory)
  const least = Math.floor((free(cpu) + free(mem)) / 2)
  const { requests } = pod.spec
  if (profile.balancedScoreSkipsBestEffort && requests.milliCpu === 0 && requests.memory === 0) return least
  const balanced = Math.floor((1 - Math.abs(Math.min(1, cpu) - Math.min(1, mem)) / 2) * 100)
  return least + balanced
}

const free = (fraction: number): number => (fraction > 1 ? 0 : Math.floor((1 - fraction) * 100))

function nonZeroRequests(pod: PodVersion): { milliCpu: number; memory: number } {
  const { milliCpu, memory } = pod.spec.requests
  return { milliCpu: milliCpu === 0 ? DEFAULT_MILLI_CPU : milliCpu, memory: memory === 0 ? DEFAULT_MEMORY : memory }
}
