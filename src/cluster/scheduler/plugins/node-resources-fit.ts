import type { Profile } from '../../../model/index.js'
import type { NodeBefore, Resources } from '../../contract/index.js'
import { type IgnoredResources, NodeUse, shortages } from '../../predicates/index.js'
import { ACTION } from '../cluster-change.js'
import type { NodeInfo } from '../node-info.js'
import { MAX_NODE_SCORE, type Plugin, type PodFilter, type Refusal, refusal } from '../plugin.js'
import type { PodInfo } from '../pod-info.js'
import { KeptScores } from './kept-scores.js'

const NAME = 'NodeResourcesFit'
const WEIGHT = 1
const TOO_MANY_PODS = refusal(NAME, 'Too many pods', true)

/**
 * The less is taken the better: cpu and memory alike, requests that are not mentioned counting 100m and 200Mi.
 *
 * scheduler: framework/plugins/noderesources/least_allocated.go, v1.32 (S-4).
 */
function leastAllocated(pod: PodInfo, node: NodeInfo): number {
  const { milliCpu, memory } = node.record.allocatable
  let sum = 0
  let weights = 0
  if (milliCpu > 0) {
    sum += unusedShare(node.nonZeroMilliCpu + pod.nonZeroMilliCpu, milliCpu)
    weights++
  }
  if (memory > 0) {
    sum += unusedShare(node.nonZeroMemory + pod.nonZeroMemory, memory)
    weights++
  }
  return weights === 0 ? 0 : Math.floor(sum / weights)
}

const unusedShare = (requested: number, capacity: number): number =>
  requested > capacity ? 0 : Math.floor(((capacity - requested) * MAX_NODE_SCORE) / capacity)

/**
 * Sends pods to nodes that have room for them, and prefers those that have most.
 *
 * scheduler: framework/plugins/noderesources/fit.go, v1.32 (F-6, S-4).
 */
export function createNodeResourcesFit(
  { fitBeyondAllocatableIsUnresolvable }: Pick<Profile, 'fitBeyondAllocatableIsUnresolvable'>,
  args?: IgnoredResources,
): Plugin {
  const filter: PodFilter = {
    plugin: NAME,
    filter: ({ spec: { requests } }, node): Refusal | null => {
      const { use, record } = node
      if (fits(requests, record, use)) return null
      const short = shortages(requests, record, use, args)
      if (short.length === 0) return null
      if (short.length === 1 && short[0].resource === 'pods') return TOO_MANY_PODS
      const reasons = short.map(({ resource }) => (resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`))
      // From 1.34 on a pod that is larger than the whole node does not make anybody go (F-6).
      const isTooLarge =
        fitBeyondAllocatableIsUnresolvable && short.some(({ requested, capacity }) => requested > capacity)
      return { plugin: NAME, reasons, isResolvable: !isTooLarge }
    },
  }
  const pass = { filter }
  const scores = new KeptScores(WEIGHT, leastAllocated)
  return {
    name: NAME,
    preFilter: () => pass,
    preScore: ({ nonZeroMilliCpu, nonZeroMemory }) => scores.scorerFor(nonZeroMilliCpu, nonZeroMemory),
    forget: () => scores.forget(),
    hints: [
      {
        resource: 'pod',
        actions: ACTION.delete | ACTION.podScaleDown,
        isHelpful: (_, index, { before, after }) =>
          before !== null && 'info' in before && (before.node >= 0 || (after !== null && before.index === index)),
      },
      {
        resource: 'node',
        actions: ACTION.add | ACTION.nodeAllocatable,
        isHelpful: ({ spec: { requests } }, _, change) =>
          change.resource === 'node' &&
          change.after !== null &&
          shortages(requests, change.after, EMPTY_USE, args).length === 0 &&
          (change.before === null || hasGrown(requests, change.before, change.after)),
      },
    ],
  }
}

const EMPTY_USE = new NodeUse()

/** The common case: everything is there, and nothing beyond cpu and memory is asked for. */
const fits = (
  { milliCpu, memory, ephemeralStorage, scalars }: Resources,
  { allocatable, podLimit }: NodeBefore,
  use: NodeUse,
): boolean =>
  use.pods < podLimit &&
  (milliCpu === 0 || milliCpu <= allocatable.milliCpu - use.milliCpu) &&
  (memory === 0 || memory <= allocatable.memory - use.memory) &&
  ephemeralStorage === 0 &&
  scalars.size === 0

/** Whether a node has more than before of what a pod asks for. */
function hasGrown(requests: Resources, before: NodeBefore, after: NodeBefore): boolean {
  const [had, has] = [before.allocatable, after.allocatable]
  if (after.podLimit > before.podLimit) return true
  if (requests.milliCpu > 0 && has.milliCpu > had.milliCpu) return true
  if (requests.memory > 0 && has.memory > had.memory) return true
  if (requests.ephemeralStorage > 0 && has.ephemeralStorage > had.ephemeralStorage) return true
  for (const [name, amount] of requests.scalars) {
    if (amount > 0 && (has.scalars.get(name) ?? 0) > (had.scalars.get(name) ?? 0)) return true
  }
  return false
}
