import type { KubernetesObject } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { SymbolTable, Trace, TraceManifest, TraceObject } from '../trace/index.js'

/**
 * What the laws need to know beside the rows: texts, objects and manifests, which a run may add to while it goes on.
 *
 * `Simulation` and `Runner` give theirs as `lawContext`.
 */
export interface LawContext {
  /** Release of Kubernetes that is run. */
  readonly kubernetes: string
  readonly symbols: SymbolTable
  /** How far the API's clock is past a whole second at t = 0; absent: not at all. */
  readonly clockOffset?: Milliseconds | undefined
  /** The longest crash-loop back-off of the kubelets; absent: five minutes. */
  readonly longestBackOffMs?: Milliseconds | undefined
  /** How far apart things may stand that are due at one instant; recordings have such latencies. Absent: 0. */
  readonly toleranceMs?: Milliseconds | undefined
  /** The object of a symbol. */
  object(symbol: number): TraceObject | undefined
  /** The manifest of an index, as `created` and `specChanged` rows have it. */
  manifest(index: number): TraceManifest | undefined
  /** The nodes, in the order of the plan. */
  nodes(): readonly KubernetesObject[]
  /** The Service of a path such as `Service/default/web`; undefined where nothing is known of it. */
  service(path: string): KubernetesObject | undefined
  /** Paths of the Services that are known of; absent: none. */
  services?(): readonly string[]
  /** The quotas and limit ranges that a run begins with, which have no rows; absent: none is known of. */
  policies?(): readonly KubernetesObject[]
}

/**
 * The context of a kept trace.
 *
 * A trace has no Services' manifests, and does not tell a kubelet's configuration: laws that hang on these forgive what they would
 * allow.
 */
export function lawContextOf({ header, symbols, objects, manifests }: Trace): LawContext {
  return {
    kubernetes: header.kubernetes,
    symbols,
    clockOffset: header.clockOffset,
    object: symbol => objects.get(symbol),
    manifest: index => manifests[index],
    nodes: () => manifests.map(({ object }) => object).filter(({ kind }) => kind === 'Node'),
    service: () => undefined,
  }
}
