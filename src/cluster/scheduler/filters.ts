import type { NodeAffinity, Profile } from '../../model/index.js'
import type { NodeRecord, PodVersion } from '../contract/index.js'
import {
  firstUntoleratedTaint,
  hasPortConflict,
  type IgnoredResources,
  matchesNodeAffinity,
  type NodeUse,
  shortages,
  toleratesTaint,
} from '../predicates/index.js'

/** Why a node will not do; `isResolvable`: evicting pods might change that. */
export interface Refusal {
  readonly reasons: readonly string[]
  readonly isResolvable: boolean
}

/** Arguments of the plugins in a scheduler's configuration. */
export interface FilterArgs extends IgnoredResources {
  /** What is asked of every pod's node, beside what the pod asks. */
  readonly addedAffinity?: NodeAffinity | undefined
}

/** What a filter plugin looks at. */
export interface FilterInput {
  readonly pod: PodVersion
  readonly node: NodeRecord
  readonly use: NodeUse
  readonly profile: Profile
  readonly args?: FilterArgs | undefined
}

type Filter = (input: FilterInput) => Refusal | null

const refused = (reason: string, isResolvable = false): Refusal => ({ reasons: [reason], isResolvable })

const nodeUnschedulable: Filter = ({ pod, node }) => {
  if (!node.isUnschedulable) return null
  const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const
  const isTolerated = (pod.spec.object.spec.tolerations ?? []).some(toleration => toleratesTaint(toleration, taint))
  return isTolerated ? null : refused('node(s) were unschedulable')
}

export const taintToleration: Filter = ({ pod, node, profile }) => {
  const taint = firstUntoleratedTaint(node.object.spec.taints, pod.spec.object.spec.tolerations, [
    'NoSchedule',
    'NoExecute',
  ])
  return taint === undefined
    ? null
    : refused(profile.untoleratedTaintMessage.replace('%s', () => `${taint.key}: ${taint.value ?? ''}`))
}

export const nodeAffinity: Filter = ({ pod, node, args }) => {
  const added = args?.addedAffinity
  if (added !== undefined && !matchesNodeAffinity({ containers: [], affinity: { nodeAffinity: added } }, node.object)) {
    return refused("node(s) didn't match scheduler-enforced node affinity")
  }
  return matchesNodeAffinity(pod.spec.object.spec, node.object)
    ? null
    : refused("node(s) didn't match Pod's node affinity/selector")
}

const nodePorts: Filter = ({ pod, use }) =>
  hasPortConflict(pod.spec.hostPorts, use.hostPorts)
    ? refused("node(s) didn't have free ports for the requested pod ports", true)
    : null

export const nodeResourcesFit: Filter = ({ pod, node, use, profile, args }) => {
  const short = shortages(pod.spec.requests, node, use, args)
  if (short.length === 0) return null
  const reasons = short.map(({ resource }) => (resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`))
  // From 1.34 on a pod that is larger than the whole node does not make anybody go (F-6).
  const isTooLarge =
    profile.fitBeyondAllocatableIsUnresolvable && short.some(({ requested, capacity }) => requested > capacity)
  return { reasons, isResolvable: !isTooLarge }
}

/** The filter plugins in the order in which the framework runs them; the first that refuses ends the node (CY-4). */
export const FILTERS: readonly Filter[] = [
  nodeUnschedulable,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResourcesFit,
]
