import type { KubernetesObject } from '../../model/index.js'
import type { Trace } from '../../trace/index.js'

/** What rows refer to, and what no row tells: the objects as they were written. `RunContext` has it of a run that goes on. */
export interface RunObjects {
  /** The manifest of an index, as `created` and `specChanged` rows have it. */
  manifest(index: number): { readonly object: KubernetesObject } | undefined
  /** The nodes that there are from the beginning. */
  nodes(): readonly KubernetesObject[]
}

/** The objects of a trace. */
export const objectsOf = ({ manifests }: Pick<Trace, 'manifests'>): RunObjects => ({
  manifest: index => manifests[index],
  nodes: () => manifests.flatMap(({ object }) => (object.kind === 'Node' ? [object] : [])),
})

/** For clauses that speak of no node and of nothing that stands in a manifest. */
export const NO_OBJECTS: RunObjects = { manifest: () => undefined, nodes: () => [] }
