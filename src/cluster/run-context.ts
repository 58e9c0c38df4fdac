import type { KubernetesObject } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { SymbolTable, TraceManifest, TraceObject } from '../trace/index.js'
import type { Cluster } from './cluster.js'

/** What monitors may ask of a run while it goes on, beside its rows. */
export interface RunContext {
  /** Release of Kubernetes that is run. */
  readonly kubernetes: string
  readonly symbols: SymbolTable
  readonly clockOffset: Milliseconds
  /** The longest crash-loop back-off; absent: the kubelet's own. */
  readonly longestBackOffMs: Milliseconds | undefined
  /** The object of a symbol. */
  object(symbol: number): TraceObject | undefined
  /** The manifest of an index, as `created` and `specChanged` rows have it. */
  manifest(index: number): TraceManifest | undefined
  /** The nodes, in the order of the plan. */
  nodes(): readonly KubernetesObject[]
  /** The Service of a path such as `Service/default/web`. */
  service(path: string): KubernetesObject | undefined
  /** Paths of the plan's Services. */
  services(): readonly string[]
  /** The plan's quotas and limit ranges. */
  policies(): readonly KubernetesObject[]
}

/** The context of a cluster's runs, of each while it goes on. */
export function runContextOf({ prepared, register }: Cluster): RunContext {
  register.expectQuestions()
  const { plan, symbols, traceObjects, manifests, nodes, objects } = prepared
  return {
    kubernetes: plan.kubernetes,
    symbols,
    clockOffset: plan.timing.clockOffset,
    longestBackOffMs: plan.kubelet.crashLoopBackOffMaxContainerRestartPeriodMs,
    object: symbol => traceObjects.get(symbol) ?? register.objects.get(symbol),
    manifest: index => manifests[index] ?? register.manifests[index - manifests.length],
    nodes: () => nodes.map(({ object }) => object),
    service: path => objects.get(path),
    services: () => [...objects.keys()].filter(path => path.startsWith('Service/')),
    policies: () => [...objects.values()].filter(({ kind }) => kind === 'ResourceQuota' || kind === 'LimitRange'),
  }
}
