/** How many pods each domain (value of a topology key) has, with the smallest count at hand. */
export class DomainCounts {
  readonly #counts: Map<string, number>
  /** How many domains have each count. */
  readonly #levels: Map<number, number>
  #least: number

  constructor(counts = new Map<string, number>(), levels = new Map<number, number>(), least = 0) {
    this.#counts = counts
    this.#levels = levels
    this.#least = least
  }

  get size(): number {
    return this.#counts.size
  }

  /** The smallest count of a domain; 0 where there is none. */
  get least(): number {
    return this.#counts.size === 0 ? 0 : this.#least
  }

  get(domain: string): number {
    return this.#counts.get(domain) ?? 0
  }

  has(domain: string): boolean {
    return this.#counts.has(domain)
  }

  /** Adds to a domain's count; a domain that was not known comes into being. */
  add(domain: string, delta: number): void {
    const old = this.#counts.get(domain)
    const count = (old ?? 0) + delta
    this.#counts.set(domain, count)
    this.#levels.set(count, (this.#levels.get(count) ?? 0) + 1)
    if (old !== undefined) this.#leave(old)
    if (this.#counts.size === 1 || count < this.#least) this.#least = count
    while (!this.#levels.has(this.#least)) this.#least++
  }

  #leave(level: number): void {
    const left = (this.#levels.get(level) ?? 0) - 1
    if (left > 0) this.#levels.set(level, left)
    else this.#levels.delete(level)
  }

  clone(): DomainCounts {
    return new DomainCounts(new Map(this.#counts), new Map(this.#levels), this.#least)
  }
}
