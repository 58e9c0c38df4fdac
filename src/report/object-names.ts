import { visible } from '../kubectl/index.js'
import { isOwnerKind, type OwnerKind } from '../model/index.js'
import type { Trace } from '../trace/index.js'

/** Kinds whose names would fill a column. */
const KIND_WORDS: Partial<Readonly<Record<OwnerKind, string>>> = {
  ReplicationController: 'rc',
  PodDisruptionBudget: 'pdb',
  HorizontalPodAutoscaler: 'hpa',
}

/**
 * Short names of the objects of a trace: `web`, `web/app`, `deployment/web`, with the namespace in front where the pods are of several. Safe to
 * print.
 */
export class ObjectNames {
  readonly #trace: Trace
  readonly #names = new Map<number, string>()
  readonly #hasNamespaces: boolean

  constructor(trace: Trace) {
    this.#trace = trace
    const namespaces = new Set<string>()
    for (const { kind, namespace } of trace.objects.values()) if (kind === 'Pod') namespaces.add(namespace)
    this.#hasNamespaces = namespaces.size > 1
  }

  /** The name of the object behind a symbol; of something that is no object, its text. */
  of(symbol: number): string {
    const known = this.#names.get(symbol)
    if (known !== undefined) return known
    const name = visible(this.#name(symbol))
    this.#names.set(symbol, name)
    return name
  }

  #name(symbol: number): string {
    const { objects, symbols } = this.#trace
    const object = objects.get(symbol)
    if (object === undefined) return symbols.text(symbol).replace(/^Step\//, 'step ')
    if (object.kind === 'Container' && object.pod !== undefined) return `${this.of(object.pod)}/${object.name}`
    if (object.kind === 'Node') return `node ${object.name}`
    const kind = symbols.text(symbol).split('/')[0]
    const name = isOwnerKind(kind) ? `${KIND_WORDS[kind] ?? kind.toLowerCase()}/${object.name}` : object.name
    return this.#hasNamespaces && object.namespace !== '' ? `${object.namespace}/${name}` : name
  }
}
