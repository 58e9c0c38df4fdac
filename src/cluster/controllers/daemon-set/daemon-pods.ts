import type { Affinity, PodSpec } from '../../../model/index.js'
import { type PodVersion, WORD } from '../../contract/index.js'
import { REVISION_HASH, type RevisionVersion } from '../revisions.js'

/** The field by which a pod of a DaemonSet asks for its node. */
const NODE_NAME = 'metadata.name'

/**
 * The node that a pod of a DaemonSet is on or asks for; undefined: it does not say.
 *
 * controllers: pkg/controller/daemon/util/daemonset_util.go GetTargetNodeName, v1.32.
 */
export function targetNodeOf(
  { node, spec }: PodVersion,
  nodeNames: readonly { readonly name: string }[],
): string | undefined {
  if (node >= 0) return nodeNames[node].name
  const { nodeName, affinity } = spec.object.spec
  if (nodeName !== undefined && nodeName !== '') return nodeName
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  for (const { matchFields = [] } of terms)
    for (const { key, operator, values } of matchFields)
      if (key === NODE_NAME && operator === 'In' && values?.length === 1) return values[0]
  return undefined
}

/**
 * Holds a pod to a node: the terms that the template requires are replaced, since they were looked at when the node was chosen.
 *
 * controllers: pkg/controller/daemon/util/daemonset_util.go ReplaceDaemonSetPodNodeNameNodeAffinity, v1.32 (DS-3).
 */
export function affinityTo(node: string, { affinity }: PodSpec): Affinity {
  const terms = [{ matchFields: [{ key: NODE_NAME, operator: 'In' as const, values: [node] }] }]
  const nodeAffinity = {
    ...affinity?.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
  }
  return { ...affinity, nodeAffinity }
}

/** The hash of a revision's template, which its pods carry. */
export const hashOf = ({ object }: RevisionVersion): string => object.metadata.labels?.[REVISION_HASH] ?? ''

export const isOfHash = ({ spec }: PodVersion, hash: string): boolean =>
  spec.object.metadata.labels?.[REVISION_HASH] === hash

export const hasEnded = ({ status: { phase } }: PodVersion): boolean =>
  phase === WORD.Failed || phase === WORD.Succeeded

/** Those on a node first, then the older ones (podByCreationTimestampAndPhase). */
export const byAge = (a: PodVersion, b: PodVersion): number =>
  Number(b.node >= 0) - Number(a.node >= 0) ||
  a.creationSeconds - b.creationSeconds ||
  (a.identity.name < b.identity.name ? -1 : 1)
