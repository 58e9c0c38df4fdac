import type { OwnerReference } from '../../../model/index.js'
import type { ObjectVersion } from '../../contract/index.js'

/** An object of the graph. */
export interface Item {
  readonly uid: string
  /** Symbol of its path: its key in the queue. */
  readonly key: number
  /** Index of a pod; −1: it is none. */
  readonly pod: number
  /** As last seen; null for a pod. */
  readonly object: ObjectVersion | null
}

const NO_ITEMS: ReadonlySet<Item> = new Set()
const NO_OWNERS: readonly OwnerReference[] = []

/** Who owns whom, as the informers have shown it so far. */
export class OwnershipGraph {
  #items = new Map<string, Item>()
  #keys = new Map<number, Item>()
  #owners = new Map<string, readonly OwnerReference[]>()
  /** By UID of the owner, which need not be known. */
  #dependents = new Map<string, Set<Item>>()

  reset(): void {
    this.#items = new Map()
    this.#keys = new Map()
    this.#owners = new Map()
    this.#dependents = new Map()
  }

  /** Answers the owners that the item had before. */
  put(item: Item, owners: readonly OwnerReference[]): readonly OwnerReference[] {
    const former = this.remove(item.uid)
    this.#items.set(item.uid, item)
    this.#keys.set(item.key, item)
    this.#owners.set(item.uid, owners)
    for (const { uid } of owners) {
      const dependents = this.#dependents.get(uid)
      if (dependents === undefined) this.#dependents.set(uid, new Set([item]))
      else dependents.add(item)
    }
    return former
  }

  /** Answers the owners that the item had. */
  remove(uid: string): readonly OwnerReference[] {
    const item = this.#items.get(uid)
    if (item === undefined) return NO_OWNERS
    const owners = this.#owners.get(uid) ?? NO_OWNERS
    for (const owner of owners) {
      const dependents = this.#dependents.get(owner.uid)
      dependents?.delete(item)
      if (dependents?.size === 0) this.#dependents.delete(owner.uid)
    }
    this.#items.delete(uid)
    this.#owners.delete(uid)
    if (this.#keys.get(item.key) === item) this.#keys.delete(item.key)
    return owners
  }

  has(uid: string): boolean {
    return this.#items.has(uid)
  }

  at(key: number): Item | undefined {
    return this.#keys.get(key)
  }

  dependentsOf(uid: string): ReadonlySet<Item> {
    return this.#dependents.get(uid) ?? NO_ITEMS
  }

  /** Whether an item keeps an owner from going that waits for its dependents. */
  isBlocking({ uid }: Item, owner: string): boolean {
    return this.#owners.get(uid)?.some(each => each.uid === owner && each.blockOwnerDeletion === true) ?? false
  }
}
