import type { Milliseconds } from '../time/index.js'
import type { RowKind, RowListener } from '../trace/index.js'

/** Hands every row of a run on to several listeners, in order. */
export class RowHub implements RowListener {
  #listeners: readonly RowListener[] = []

  add(listener: RowListener): void {
    this.#listeners = [...this.#listeners, listener]
  }

  remove(listener: RowListener): void {
    this.#listeners = this.#listeners.filter(each => each !== listener)
  }

  row(
    number: number,
    time: Milliseconds,
    kind: RowKind,
    object: number,
    a: number,
    b: number,
    c: number,
    cause: number,
  ): void {
    const listeners = this.#listeners
    for (let i = 0; i < listeners.length; i++) listeners[i].row(number, time, kind, object, a, b, c, cause)
  }
}
