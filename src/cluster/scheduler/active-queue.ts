/** The scheduler's active queue: a higher priority first, the earlier among equals. */
export class ActiveQueue<Item extends { readonly index: number; readonly priority: number }> {
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
    let at = items.length
    while (at > this.#head && items[at - 1].priority < item.priority) at--
    if (at === items.length) items.push(item)
    else items.splice(at, 0, item)
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
