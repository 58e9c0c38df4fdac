import { uidOf } from '../hash/index.js'
import type { ApiObject, KubernetesObject } from '../model/index.js'
import { formatTimestamp, type Milliseconds } from '../time/index.js'
import { isOwnerObject } from './owner-state.js'
import { ROW } from './row-kind.js'
import type { Row } from './row-store.js'
import type { Trace } from './trace.js'

interface PlainRecord {
  readonly path: string
  readonly object: KubernetesObject
  /** How often what had this path before was removed. */
  readonly incarnation: number
  readonly creationSeconds: number
  readonly deletion: Row | undefined
  readonly lastRow: number
}

/**
 * The objects that neither run nor make pods, Services, ConfigMaps, quotas and the like, as the rows so far leave them: what was
 * there from the beginning has no row until something is done to it.
 */
export class PlainObjects {
  readonly #trace: Trace
  readonly #records = new Map<string, PlainRecord>()
  /** Paths of what was removed and not made again. */
  readonly #removed = new Set<string>()
  /** By path: how often something was removed. */
  readonly #removals = new Map<string, number>()

  constructor(trace: Trace) {
    this.#trace = trace
    const owned = new Set([...trace.objects.values()].filter(isOwnerObject).map(({ path }) => path))
    for (const object of trace.initialObjects ?? []) {
      const path = pathOf(object)
      if (owned.has(path)) continue
      this.#records.set(path, { path, object, incarnation: 0, creationSeconds: 0, deletion: undefined, lastRow: -1 })
    }
  }

  /** Applies a row about such an object; others are passed over. */
  apply(row: Row): void {
    const about = this.#trace.objects.get(row.object)
    if (about === undefined || (about.kind !== 'Other' && about.kind !== 'Service')) return
    const { path } = about
    const known = this.#records.get(path)
    if (row.kind === ROW.created) {
      const { object } = this.#trace.manifests[row.a]
      const creationSeconds = this.#seconds(row.time)
      this.#removed.delete(path)
      const incarnation = this.#removals.get(path) ?? 0
      this.#records.set(path, { path, object, incarnation, creationSeconds, deletion: undefined, lastRow: row.number })
    } else if (known === undefined) return
    else if (row.kind === ROW.specChanged) {
      this.#records.set(path, { ...known, object: this.#trace.manifests[row.a].object, lastRow: row.number })
    } else if (row.kind === ROW.deletionRequested) {
      this.#records.set(path, { ...known, deletion: row, lastRow: row.number })
    } else if (row.kind === ROW.removed) {
      this.#records.delete(path)
      this.#removed.add(path)
      this.#removals.set(path, (this.#removals.get(path) ?? 0) + 1)
    }
  }

  /** Whether an object of this path was there and is gone. */
  isRemoved(path: string): boolean {
    return this.#removed.has(path)
  }

  /** The objects of a kind, in the order of their creation. */
  list(kind: string): readonly ApiObject[] {
    return [...this.#records.values()].filter(({ object }) => object.kind === kind).map(built)
  }

  /** The namespaces that these objects stand in. */
  namespaces(): readonly string[] {
    return [...this.#records.values()].flatMap(({ object }) => object.metadata.namespace ?? [])
  }

  #seconds(time: Milliseconds): number {
    return Math.floor((time + (this.#trace.header.clockOffset ?? 0)) / 1000)
  }
}

/** The path of an object as rows name it: `Service/default/web`, `Namespace/shop`. */
export const pathOf = ({ kind, metadata }: ApiObject): string =>
  CLUSTER_WIDE.has(kind)
    ? `${kind}/${metadata.name ?? ''}`
    : `${kind}/${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`

const CLUSTER_WIDE: ReadonlySet<string> = new Set([
  'Node',
  'Namespace',
  'PriorityClass',
  'RuntimeClass',
  'ClusterRole',
  'ClusterRoleBinding',
  'PersistentVolume',
  'StorageClass',
])

function built({ path, object, incarnation, creationSeconds, deletion, lastRow }: PlainRecord): ApiObject {
  const { metadata } = object
  return {
    ...object,
    metadata: {
      ...metadata,
      uid: metadata.uid ?? uidOf(path, incarnation),
      resourceVersion: `${lastRow + 1}`,
      creationTimestamp: metadata.creationTimestamp ?? formatTimestamp(creationSeconds * 1000),
      ...(deletion === undefined
        ? {}
        : { deletionTimestamp: formatTimestamp(deletion.b * 1000), deletionGracePeriodSeconds: deletion.a }),
    },
  }
}
