import type { Labels } from '../../model/index.js'

/** Things by labels that they have, or that they ask for: who is meant by one is found without looking at all the others. */
export class LabelIndex<Item> {
  #byLabel = new Map<string, Map<string, Set<Item>>>()

  /** Puts a thing under each of these labels. */
  add(labels: Labels, item: Item): void {
    for (const key in labels) {
      let byValue = this.#byLabel.get(key)
      if (byValue === undefined) {
        byValue = new Map()
        this.#byLabel.set(key, byValue)
      }
      const items = byValue.get(labels[key])
      if (items === undefined) byValue.set(labels[key], new Set([item]))
      else items.add(item)
    }
  }

  remove(labels: Labels, item: Item): void {
    for (const key in labels) {
      const byValue = this.#byLabel.get(key)
      const items = byValue?.get(labels[key])
      items?.delete(item)
      if (items?.size === 0) byValue?.delete(labels[key])
    }
  }

  /** Those under one label. */
  get(key: string, value: string): Iterable<Item> {
    return this.#byLabel.get(key)?.get(value) ?? NONE
  }

  clear(): void {
    if (this.#byLabel.size > 0) this.#byLabel = new Map()
  }
}

const NONE: readonly never[] = []
