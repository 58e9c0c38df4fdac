/** What decides the order of the active queue. */
interface Queued {
  readonly index: number
  readonly priority: number
  /** When it came into the queue, or was put back after its last attempt. */
  readonly timestamp: number
}

/** The scheduler's active queue: a higher priority first, the earlier among equals. */
export class ActiveQueue<Item extends Queued> {
  #items: Item[] = []
  #head = 0

  clear(): void {
    this.#items = []
    this.#head = 0
  }

  get isEmpty(): boolean {
    return this.#head === this.#items.length
  }

  add(item: Item): void {
    const items = this.#items
    const last = items.length - 1
    if (last < this.#head || !isBefore(item, items[last])) {
      items.push(item)
      return
    }
    // The first item that has to come after it.
    let low = this.#head
    let high = last
    while (low < high) {
      const middle = (low + high) >>> 1
      if (isBefore(item, items[middle])) high = middle
      else low = middle + 1
    }
    items.splice(low, 0, item)
  }

  take(): Item | undefined {
    if (this.isEmpty) return undefined
    const item = this.#items[this.#head++]
    if (this.isEmpty) this.clear()
    return item
  }

  remove(index: number): void {
    if (this.isEmpty) return
    this.#items = this.#items.slice(this.#head).filter(item => item.index !== index)
    this.#head = 0
  }
}

const isBefore = (a: Queued, b: Queued): boolean =>
  a.priority !== b.priority ? a.priority > b.priority : a.timestamp < b.timestamp
