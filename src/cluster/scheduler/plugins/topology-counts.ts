import type { Labels } from '../../../model/index.js'

/** Counts, or sums of weights, by topology key and value. An entry that comes to 0 is gone. */
export class TopologyCounts {
  readonly #byKey: Map<string, Map<string, number>>

  constructor(byKey = new Map<string, Map<string, number>>()) {
    this.#byKey = byKey
  }

  get isEmpty(): boolean {
    return this.#byKey.size === 0
  }

  /** Adds to the domain that a node with these labels is in; without the key it is in none. */
  add(key: string, labels: Labels, delta: number): void {
    const value = labels === undefined || !Object.hasOwn(labels, key) ? undefined : labels[key]
    if (value === undefined) return
    let counts = this.#byKey.get(key)
    if (counts === undefined) {
      counts = new Map()
      this.#byKey.set(key, counts)
    }
    const count = (counts.get(value) ?? 0) + delta
    if (count !== 0) {
      counts.set(value, count)
      return
    }
    counts.delete(value)
    if (counts.size === 0) this.#byKey.delete(key)
  }

  get(key: string, value: string): number {
    return this.#byKey.get(key)?.get(value) ?? 0
  }

  /** Whether a node with these labels is in a domain with a count above 0. */
  hasAny(labels: Labels): boolean {
    if (labels === undefined) return false
    for (const [key, counts] of this.#byKey) {
      if (Object.hasOwn(labels, key) && (counts.get(labels[key]) ?? 0) > 0) return true
    }
    return false
  }

  /** The sum over all keys of the domains that a node with these labels is in. */
  sum(labels: Labels): number {
    let sum = 0
    if (labels === undefined) return sum
    for (const [key, counts] of this.#byKey) if (Object.hasOwn(labels, key)) sum += counts.get(labels[key]) ?? 0
    return sum
  }

  clone(): TopologyCounts {
    return new TopologyCounts(new Map([...this.#byKey].map(([key, counts]) => [key, new Map(counts)])))
  }
}
