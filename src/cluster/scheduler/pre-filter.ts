import type { NodeAffinity, PodSpec } from '../../model/index.js'
import { namedNodes } from '../predicates/index.js'

/** What a plugin finds out about a pod before it is asked about nodes. */
export interface PreFilterResult {
  /** The plugin has nothing to say about this pod, on any node. */
  readonly isSkipped: boolean
  /** Why no node will do, whatever it is like. */
  readonly refusal: string | undefined
  /** The only nodes worth asking about; undefined: all. */
  readonly nodeNames: ReadonlySet<string> | undefined
}

/**
 * What a pod's node affinity says without looking at nodes; `added` is what the scheduler's configuration asks of every pod.
 *
 * scheduler: framework/plugins/nodeaffinity/node_affinity.go PreFilter, v1.32 (CY-5, F-4).
 */
export function nodeAffinityPreFilter(spec: PodSpec, added?: NodeAffinity): PreFilterResult {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const isSkipped =
    required === undefined &&
    spec.nodeSelector === undefined &&
    added?.requiredDuringSchedulingIgnoredDuringExecution === undefined
  const named = namedNodes(spec)
  const refusal = named?.size === 0 ? 'pod affinity terms conflict' : undefined
  return { isSkipped, refusal, nodeNames: refusal === undefined ? named : undefined }
}
