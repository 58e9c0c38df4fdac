import { matchesNodeSelectorTerm, type Node, type NodeAffinity } from '../../../model/index.js'
import { matchesNodeAffinity, namedNodes } from '../../predicates/index.js'
import { ACTION } from '../cluster-change.js'
import { type Plugin, type PodFilter, type PodScorer, type PreFilterResult, refusal, SKIP } from '../plugin.js'
import type { PodInfo } from '../pod-info.js'
import { normalizeScores } from './normalize-scores.js'
import { preferredTermErrors } from './preferred-term-errors.js'

const NAME = 'NodeAffinity'
const WEIGHT = 2
const NO_MATCH = refusal(NAME, "node(s) didn't match Pod's node affinity/selector", false)
const NO_ENFORCED_MATCH = refusal(NAME, "node(s) didn't match scheduler-enforced node affinity", false)

/** Arguments of the plugin in a scheduler's configuration. */
export interface NodeAffinityArgs {
  /** What is asked of every pod's node, beside what the pod asks. */
  readonly addedAffinity?: NodeAffinity | undefined
}

/** The sum of the weights of the preferred terms that a node matches (NA-3). */
const SCORER: PodScorer = {
  weight: WEIGHT,
  score: ({ preferredNodes }, node) => {
    let sum = 0
    for (const { weight, preference } of preferredNodes) {
      if (weight !== 0 && matchesNodeSelectorTerm(preference, node.record.object)) sum += weight
    }
    return sum
  },
  normalize: scores => normalizeScores(scores, false),
}

/**
 * Sends pods to nodes that their nodeSelector and node affinity ask for.
 *
 * scheduler: framework/plugins/nodeaffinity/node_affinity.go, v1.32 (F-4, CY-5, NA-1 to NA-3, S-3).
 */
export function createNodeAffinity({ addedAffinity }: NodeAffinityArgs = {}): Plugin {
  const added = addedAffinity === undefined ? undefined : { containers: [], affinity: { nodeAffinity: addedAffinity } }
  const filter: PodFilter = {
    plugin: NAME,
    filter: (pod, { record: { object } }) => {
      if (added !== undefined && !matchesNodeAffinity(added, object)) return NO_ENFORCED_MATCH
      return matchesNodeAffinity(pod.spec.object.spec, object) ? null : NO_MATCH
    },
  }
  const pass: PreFilterResult = { filter }
  const matches = (pod: PodInfo, node: Node): boolean => matchesNodeAffinity(pod.spec.object.spec, node)
  return {
    name: NAME,
    preFilter: pod => {
      const { affinity, nodeSelector } = pod.spec.object.spec
      const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      const enforced = addedAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      if (required === undefined && nodeSelector === undefined && enforced === undefined) return SKIP
      const nodeNames = namedNodes(pod.spec.object.spec)
      if (nodeNames === undefined) return pass
      return nodeNames.size === 0 ? { filter, refusal: 'pod affinity terms conflict' } : { filter, nodeNames }
    },
    preScoreError: ({ preferredNodes }) =>
      preferredNodes.length === 0 ? undefined : preferredTermErrors(preferredNodes),
    preScore: pod => (pod.preferredNodes.length === 0 ? null : SCORER),
    hints: [
      {
        resource: 'node',
        actions: ACTION.add | ACTION.nodeLabel,
        isHelpful: (pod, _, change) =>
          change.resource === 'node' &&
          change.after !== null &&
          (added === undefined || matchesNodeAffinity(added, change.after.object)) &&
          matches(pod, change.after.object) &&
          (change.before === null || !matches(pod, change.before.object)),
      },
    ],
  }
}
