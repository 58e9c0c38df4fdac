/**
 * Notifications of one watch on their way, in the order of the writes.
 *
 * Most are delivered before the next one is sent. The list is kept at its length and written anew, because cutting a list costs a
 * call into V8 and throws its room away.
 */
export class DeliveryQueue<Notification> {
  readonly #waiting: (Notification | undefined)[] = []
  #next = 0
  #end = 0

  put(notification: Notification): void {
    this.#waiting[this.#end++] = notification
  }

  /** The oldest one; undefined when none is on its way. */
  take(): Notification | undefined {
    if (this.#next === this.#end) return undefined
    const notification = this.#waiting[this.#next]
    this.#waiting[this.#next++] = undefined
    if (this.#next === this.#end) {
      this.#next = 0
      this.#end = 0
    }
    return notification
  }

  clear(): void {
    if (this.#next < this.#end) this.#waiting.fill(undefined, this.#next, this.#end)
    this.#next = 0
    this.#end = 0
  }
}
