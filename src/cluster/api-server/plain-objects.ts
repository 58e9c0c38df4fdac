import type { Kind, KubernetesObject } from '../../model/index.js'

/** Objects that are only looked up: those of the plan, and what steps wrote since. */
export class PlainObjects {
  /** Of the plan, by path. */
  readonly #planned: ReadonlyMap<string, KubernetesObject>
  /** What steps wrote, by path; null: deleted. */
  #written = new Map<string, KubernetesObject | null>()
  /** By kind; a kind's list is a new one whenever it changes. */
  #lists = new Map<Kind, readonly KubernetesObject[]>()

  constructor(planned: ReadonlyMap<string, KubernetesObject>) {
    this.#planned = planned
  }

  reset(): void {
    if (this.#written.size > 0) this.#written = new Map()
    if (this.#lists.size > 0) this.#lists = new Map()
  }

  /** Undefined: there never was one; null: it was deleted. */
  find(kind: string, namespace: string, name: string): KubernetesObject | null | undefined {
    const path = `${kind}/${namespace}/${name}`
    const written = this.#written.get(path)
    return written === undefined ? this.#planned.get(path) : written
  }

  list<Name extends Kind>(kind: Name): readonly Extract<KubernetesObject, { readonly kind: Name }>[] {
    let list = this.#lists.get(kind)
    if (list === undefined) {
      const byPath = new Map([...this.#planned, ...this.#written])
      list = [...byPath.values()].filter((object): object is KubernetesObject => object?.kind === kind)
      this.#lists.set(kind, list)
    }
    return list as readonly Extract<KubernetesObject, { readonly kind: Name }>[]
  }

  put(object: KubernetesObject): void {
    this.#lists.delete(object.kind)
    this.#written.set(pathOf(object), object)
  }

  remove(object: KubernetesObject): void {
    this.#lists.delete(object.kind)
    this.#written.set(pathOf(object), null)
  }
}

const pathOf = ({ kind, metadata: { namespace = 'default', name = '' } }: KubernetesObject): string =>
  `${kind}/${namespace}/${name}`
