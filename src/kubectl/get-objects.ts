import type { ApiObject, Event, Pod } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { eventCells, eventColumns } from './get-events.js'
import { printPod } from './print-pod.js'
import { CLUSTER_PRINTERS } from './printers/cluster.js'
import { NETWORK_PRINTERS } from './printers/network.js'
import { formatMap, type Printer, printer } from './printers/printer.js'
import { STORAGE_PRINTERS } from './printers/storage.js'
import { WORKLOAD_PRINTERS } from './printers/workloads.js'
import { qualifiedName, type Resource } from './resources.js'
import { Table } from './table.js'

/** How a table of objects is printed. */
export interface TableOptions {
  /** `-o wide`. */
  readonly wide?: boolean | undefined
  /** `-A`: a column with the namespace. */
  readonly allNamespaces?: boolean | undefined
  /** `--show-labels`. */
  readonly showLabels?: boolean | undefined
  /** Names with their kind, `deployment.apps/web`, as where several kinds are listed. */
  readonly showKind?: boolean | undefined
}

/** The lines of `kubectl get` for objects of one kind, in the order given. */
export const getObjects = (
  resource: Resource,
  objects: readonly ApiObject[],
  now: Milliseconds,
  options: TableOptions = {},
): string[] => new ObjectTable(resource, options).lines(objects, now)

/** A table that may be added to, as `--watch` does. */
export class ObjectTable {
  readonly #resource: Resource
  readonly #options: TableOptions
  readonly #table: Table

  constructor(resource: Resource, options: TableOptions) {
    this.#resource = resource
    this.#options = options
    const { wide = false, allNamespaces = false, showLabels = false } = options
    const { columns, wideColumns } = PRINTERS[resource.kind]
    this.#table = new Table([
      ...(allNamespaces && resource.isNamespaced ? ['NAMESPACE'] : []),
      ...(resource.kind === 'Event' ? eventColumns(wide) : [...columns, ...(wide ? wideColumns : [])]),
      ...(showLabels ? ['LABELS'] : []),
    ])
  }

  /** The lines of these objects; the first call begins with the header. */
  lines(objects: readonly ApiObject[], now: Milliseconds): string[] {
    return this.#table.lines(objects.map(object => this.#row(object, now)))
  }

  #row(object: ApiObject, now: Milliseconds): string[] {
    const { wide = false, allNamespaces = false, showLabels = false, showKind = false } = this.#options
    const { namespace = '', labels } = object.metadata
    const { kind, isNamespaced } = this.#resource
    const cells =
      kind === 'Event'
        ? eventCells(object as Event, now, wide)
        : [...PRINTERS[kind].cells(object, now), ...(wide ? PRINTERS[kind].wideCells(object, now) : [])].map(String)
    if (showKind && kind !== 'Event') cells[0] = qualifiedName(this.#resource, cells[0])
    return [...(allNamespaces && isNamespaced ? [namespace] : []), ...cells, ...(showLabels ? [formatMap(labels)] : [])]
  }
}

const PRINTERS: Readonly<Record<string, Printer>> = {
  Pod: printer<Pod>(
    'NAME|READY|STATUS|RESTARTS|AGE',
    (pod, now) => {
      const { name, ready, status, restarts, age } = printPod(pod, now)
      return [name, ready, status, restarts, age]
    },
    'IP|NODE|NOMINATED NODE|READINESS GATES',
    (pod, now) => {
      const { ip = '', node = '', nominatedNode = '', readinessGates = '' } = printPod(pod, now, true)
      return [ip, node, nominatedNode, readinessGates]
    },
  ),
  Event: printer<Event>('LAST SEEN|TYPE|REASON|OBJECT|MESSAGE', () => []),
  ...WORKLOAD_PRINTERS,
  ...NETWORK_PRINTERS,
  ...CLUSTER_PRINTERS,
  ...STORAGE_PRINTERS,
}
