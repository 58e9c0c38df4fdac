import { defaultObject } from '../../api/index.js'
import type { Kind, KubernetesObject, Node, Pod } from '../../model/index.js'
import type { SchedulingRecording } from './scheduling-recording.js'

/** The objects of a recording as its API server held them: defaulted, each in its namespace. */
export class RecordedObjects {
  readonly nodes: readonly Node[]
  readonly existing: readonly Pod[]
  readonly pods: readonly Pod[]
  readonly #objects: readonly KubernetesObject[]
  readonly #lists = new Map<Kind, readonly KubernetesObject[]>()

  constructor({ name, nodes, existing, pods, priorityClasses, extra }: SchedulingRecording) {
    const namespace = name.toLowerCase()
    const inNamespace = <Whole extends KubernetesObject>(object: Whole): Whole =>
      defaultObject({
        ...object,
        metadata: { ...object.metadata, namespace: object.metadata.namespace ?? namespace },
      } as Whole) as Whole
    this.nodes = nodes
    this.existing = existing.map(inNamespace)
    this.pods = pods.map(inNamespace)
    this.#objects = [...priorityClasses, ...extra].map(inNamespace)
  }

  find(kind: string, namespace: string, name: string): KubernetesObject | null {
    const isIt = ({ kind: its, metadata }: KubernetesObject): boolean =>
      its === kind && metadata.name === name && (metadata.namespace ?? 'default') === namespace
    return this.#objects.find(isIt) ?? null
  }

  list<Name extends Kind>(kind: Name): readonly Extract<KubernetesObject, { readonly kind: Name }>[] {
    let list = this.#lists.get(kind)
    if (list === undefined) {
      list = this.#objects.filter(object => object.kind === kind)
      this.#lists.set(kind, list)
    }
    return list as readonly Extract<KubernetesObject, { readonly kind: Name }>[]
  }
}
