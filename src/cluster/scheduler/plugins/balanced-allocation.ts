import type { Profile } from '../../../model/index.js'
import type { NodeInfo } from '../node-info.js'
import { MAX_NODE_SCORE, type Plugin } from '../plugin.js'
import { hasRequests, type PodInfo } from '../pod-info.js'
import { KeptScores } from './kept-scores.js'

const WEIGHT = 1

/** 100 where cpu and memory are taken in equal shares; a resource that the node does not have is left out (S-5). */
function balance(pod: PodInfo, { record, use }: NodeInfo): number {
  const { milliCpu, memory } = record.allocatable
  if (milliCpu <= 0 || memory <= 0) return MAX_NODE_SCORE
  const { requests } = pod.spec
  const cpu = Math.min(1, (use.milliCpu + requests.milliCpu) / milliCpu)
  const mem = Math.min(1, (use.memory + requests.memory) / memory)
  return Math.trunc((1 - Math.abs((cpu - mem) / 2)) * MAX_NODE_SCORE)
}

/**
 * Prefers nodes on which cpu and memory are used evenly.
 *
 * scheduler: framework/plugins/noderesources/balanced_allocation.go, v1.32 (S-5).
 */
export function createBalancedAllocation({
  balancedScoreSkipsBestEffort,
}: Pick<Profile, 'balancedScoreSkipsBestEffort'>): Plugin {
  const scores = new KeptScores(WEIGHT, balance)
  return {
    name: 'NodeResourcesBalancedAllocation',
    preScore: pod => {
      if (balancedScoreSkipsBestEffort && !hasRequests(pod)) return null
      const { milliCpu, memory } = pod.spec.requests
      return scores.scorerFor(milliCpu, memory)
    },
    forget: () => scores.forget(),
  }
}
