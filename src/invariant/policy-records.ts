import type { KubernetesObject, LimitRange, ResourceQuota } from '../model/index.js'
import { ROW } from '../trace/index.js'
import type { LawContext } from './law-context.js'
import type { RowInHand } from './row-in-hand.js'

/** The quotas and limit ranges of a run, and the namespaces that are on their way: none in most runs, which pay nothing for them. */
export class PolicyRecords {
  readonly #context: LawContext
  /** By symbol of the path. */
  readonly quotas = new Map<number, ResourceQuota>()
  readonly limits = new Map<number, LimitRange>()
  /** By name. */
  readonly endingNamespaces = new Set<string>()

  /** What every run begins with has no rows. */
  readonly #first: readonly (readonly [path: number, object: KubernetesObject])[]
  #isChanged = false

  constructor(context: LawContext) {
    this.#context = context
    this.#first = (context.policies?.() ?? []).map(object => {
      const { name = '', namespace = 'default' } = object.metadata
      return [context.symbols.intern(`${object.kind}/${namespace}/${name}`), object]
    })
    this.#begin()
  }

  get areNone(): boolean {
    return this.quotas.size === 0 && this.limits.size === 0
  }

  reset(): void {
    if (!this.#isChanged) return
    this.#isChanged = false
    this.endingNamespaces.clear()
    this.quotas.clear()
    this.limits.clear()
    this.#begin()
  }

  #begin(): void {
    for (const [path, object] of this.#first) this.#put(path, object)
  }

  #put(path: number, object: KubernetesObject | undefined): void {
    if (object?.kind === 'ResourceQuota') this.quotas.set(path, object)
    else if (object?.kind === 'LimitRange') this.limits.set(path, object)
  }

  /** The row in hand is about something that is neither a pod, nor a node, nor a workload. */
  take({ kind, object, a }: RowInHand): void {
    this.#isChanged = true
    switch (kind) {
      case ROW.created:
      case ROW.specChanged:
        this.#put(object, this.#context.manifest(a)?.object)
        break
      case ROW.deletionRequested:
        this.#namespaceEnds(object)
        break
      case ROW.removed:
        this.quotas.delete(object)
        this.limits.delete(object)
        this.#namespaceEnds(object)
        break
    }
  }

  #namespaceEnds(object: number): void {
    const [kind, ...rest] = this.#context.symbols.text(object).split('/')
    if (kind === 'Namespace') this.endingNamespaces.add(rest[rest.length - 1])
  }
}
