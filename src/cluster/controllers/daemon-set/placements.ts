import type { PodTemplateSpec } from '../../../model/index.js'
import { type DaemonPlacement, placementOn } from '../../../scenario/index.js'
import type { NodeRecord, ObjectVersion, StoreClient } from '../../contract/index.js'

/** The nodes that one set may use, as of one template. */
interface SetPlacements {
  readonly template: PodTemplateSpec
  /** By the node's name, in the order of names. */
  readonly byNode: Map<string, DaemonPlacement>
  /** Another number after every change. */
  revision: number
}

/** Where the pods of each DaemonSet may run: worked out when a template or a node changes, not with every sync. */
export class Placements {
  readonly #store: Pick<StoreClient, 'nodes'>
  /** By the symbol of the set's path. */
  #sets = new Map<number, SetPlacements>()
  #revisions = 0

  constructor(store: Pick<StoreClient, 'nodes'>) {
    this.#store = store
  }

  reset(): void {
    this.#sets = new Map()
  }

  forget(path: number): void {
    this.#sets.delete(path)
  }

  of({ path, object }: Pick<ObjectVersion<'DaemonSet'>, 'path' | 'object'>): ReadonlyMap<string, DaemonPlacement> {
    const { template } = object.spec
    const known = this.#sets.get(path)
    if (known !== undefined && known.template === template) return known.byNode
    const byNode = this.#placed(template)
    this.#sets.set(path, { template, byNode, revision: ++this.#revisions })
    return byNode
  }

  /** Tells two states of a set's placements apart. */
  revisionOf({ path }: Pick<ObjectVersion<'DaemonSet'>, 'path'>): number {
    return this.#sets.get(path)?.revision ?? 0
  }

  /** The sets that a node's change concerns; without a node every node is looked at. */
  changedBy(node: NodeRecord | undefined): readonly number[] {
    const changed: number[] = []
    for (const [path, placements] of this.#sets) {
      const { template, byNode } = placements
      const known = node === undefined ? undefined : byNode.get(node.name)
      if (node !== undefined && known !== undefined && !node.isGone) {
        const placement = placementOn(node.object, template.spec)
        if (placement === known) continue
        byNode.set(node.name, placement)
        placements.revision = ++this.#revisions
      } else {
        const next = this.#placed(template)
        if (next.size === byNode.size && [...next].every(([name, placement]) => byNode.get(name) === placement))
          continue
        this.#sets.set(path, { template, byNode: next, revision: ++this.#revisions })
      }
      changed.push(path)
    }
    return changed
  }

  #placed({ spec }: PodTemplateSpec): Map<string, DaemonPlacement> {
    const nodes = this.#store.nodes.filter(({ isGone }) => !isGone).sort((a, b) => (a.name < b.name ? -1 : 1))
    return new Map(nodes.map(({ name, object }) => [name, placementOn(object, spec)]))
  }
}
