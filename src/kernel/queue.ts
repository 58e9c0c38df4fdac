/**
 * The queue of pending entries: a binary heap over typed arrays, ordered by (time, order).
 *
 * `order` packs priority, tie draw and sequence number into one double of 52 bits, so that two comparisons decide.
 * An entry's payload (operation, argument, cause) stays in its slot; only keys and slot numbers move in the heap.
 */
export class EntryQueue {
  /** Entries in the heap, those taken back included. */
  length = 0
  /** Entries taken back that the heap still holds. */
  cancelled = 0
  /** Small integers as long as all are: V8 keeps and compares those without a box, here and wherever a time is kept. */
  #times: Int32Array | Float64Array = new Int32Array(INITIAL_CAPACITY)
  #orders = new Float64Array(INITIAL_CAPACITY)
  #slots = new Int32Array(INITIAL_CAPACITY)
  #operations = new Int32Array(INITIAL_CAPACITY)
  #arguments = new Int32Array(INITIAL_CAPACITY)
  #causes = new Int32Array(INITIAL_CAPACITY)
  /** When the entry that a slot holds is due. */
  #dueTimes: Int32Array | Float64Array = new Int32Array(INITIAL_CAPACITY)
  /** Sequence number of the entry that a slot holds; 0: none, or one that was taken back. */
  #sequences = new Float64Array(INITIAL_CAPACITY)
  #freeSlots = new Int32Array(INITIAL_CAPACITY)
  #freeCount = 0
  #usedSlots = 0

  /** The entry last taken by `pop`, spread over fields so that taking one allocates nothing. */
  time = 0
  order = 0
  operation = 0
  argument = 0
  cause = -1
  handle = 0

  clear(): void {
    this.length = 0
    this.cancelled = 0
    // Handles of before must not mean anything any more.
    this.#sequences.fill(0, 0, this.#usedSlots)
    this.#freeCount = 0
    this.#usedSlots = 0
  }

  /** The time of the earliest entry; Infinity when there is none. */
  get earliest(): number {
    return this.length === 0 ? Number.POSITIVE_INFINITY : this.#times[0]
  }

  /** The order of the earliest entry; Infinity when there is none. */
  get earliestOrder(): number {
    return this.length === 0 ? Number.POSITIVE_INFINITY : this.#orders[0]
  }

  /** Adds an entry; the answer is the handle by which it can be taken back. `sequence` is at least 1. */
  push(time: number, order: number, sequence: number, operation: number, argument: number, cause: number): number {
    if (this.length === this.#times.length) this.#grow()
    if ((time | 0) !== time && this.#times instanceof Int32Array) this.#widen()
    const slot = this.#freeCount > 0 ? this.#freeSlots[--this.#freeCount] : this.#usedSlots++
    this.#operations[slot] = operation
    this.#arguments[slot] = argument
    this.#causes[slot] = cause
    this.#dueTimes[slot] = time
    this.#sequences[slot] = sequence
    const times = this.#times
    const orders = this.#orders
    const slots = this.#slots
    let hole = this.length++
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      const parentTime = times[parent]
      if (parentTime < time || (parentTime === time && orders[parent] < order)) break
      times[hole] = parentTime
      orders[hole] = orders[parent]
      slots[hole] = slots[parent]
      hole = parent
    }
    times[hole] = time
    orders[hole] = order
    slots[hole] = slot
    return sequence * SLOT_SPACE + slot
  }

  /** When an entry is due; −1 for one that ran already or was taken back. */
  timeOf(handle: number): number {
    const sequence = Math.floor(handle / SLOT_SPACE)
    const slot = handle - sequence * SLOT_SPACE
    return sequence === 0 || this.#sequences[slot] !== sequence ? -1 : this.#dueTimes[slot]
  }

  /** The operation of a pending entry. */
  operationOf(handle: number): number {
    return this.#operations[slotOf(handle)]
  }

  /** The argument of a pending entry. */
  argumentOf(handle: number): number {
    return this.#arguments[slotOf(handle)]
  }

  /** Takes an entry back; one that ran already, or was taken back before, is left alone. */
  cancel(handle: number): void {
    const sequence = Math.floor(handle / SLOT_SPACE)
    const slot = handle - sequence * SLOT_SPACE
    if (sequence === 0 || this.#sequences[slot] !== sequence) return
    this.#sequences[slot] = 0
    this.cancelled++
  }

  /** Takes the earliest entry into the fields above; answers false when it was taken back, or the queue is empty. */
  pop(): boolean {
    if (this.length === 0) return false
    const times = this.#times
    const orders = this.#orders
    const slots = this.#slots
    const slot = slots[0]
    this.time = times[0]
    this.order = orders[0]
    this.operation = this.#operations[slot]
    this.argument = this.#arguments[slot]
    this.cause = this.#causes[slot]
    this.#freeSlots[this.#freeCount++] = slot
    const last = --this.length
    if (last > 0) this.#sink(times[last], orders[last], slots[last], last)
    const sequence = this.#sequences[slot]
    this.#sequences[slot] = 0
    this.handle = sequence * SLOT_SPACE + slot
    if (sequence > 0) return true
    this.cancelled--
    return false
  }

  /** Puts the former last entry where it belongs, starting from the hole at the root. */
  #sink(time: number, order: number, slot: number, length: number): void {
    const times = this.#times
    const orders = this.#orders
    const slots = this.#slots
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= length) break
      const right = child + 1
      if (
        right < length &&
        (times[right] < times[child] || (times[right] === times[child] && orders[right] < orders[child]))
      ) {
        child = right
      }
      if (times[child] > time || (times[child] === time && orders[child] > order)) break
      times[hole] = times[child]
      orders[hole] = orders[child]
      slots[hole] = slots[child]
      hole = child
    }
    times[hole] = time
    orders[hole] = order
    slots[hole] = slot
  }

  /** The first time beyond 24 days: from now on times are doubles. */
  #widen(): void {
    this.#times = Float64Array.from(this.#times)
    this.#dueTimes = Float64Array.from(this.#dueTimes)
  }

  #grow(): void {
    const capacity = this.#times.length * 2
    if (capacity > SLOT_SPACE) throw new RangeError(`more than ${SLOT_SPACE} entries are pending`)
    const isNarrow = this.#times instanceof Int32Array
    this.#times = copyInto(isNarrow ? new Int32Array(capacity) : new Float64Array(capacity), this.#times)
    this.#dueTimes = copyInto(isNarrow ? new Int32Array(capacity) : new Float64Array(capacity), this.#dueTimes)
    this.#orders = copyInto(new Float64Array(capacity), this.#orders)
    this.#slots = copyInto(new Int32Array(capacity), this.#slots)
    this.#operations = copyInto(new Int32Array(capacity), this.#operations)
    this.#arguments = copyInto(new Int32Array(capacity), this.#arguments)
    this.#causes = copyInto(new Int32Array(capacity), this.#causes)
    this.#sequences = copyInto(new Float64Array(capacity), this.#sequences)
    this.#freeSlots = copyInto(new Int32Array(capacity), this.#freeSlots)
  }
}

/** What `%` says, without the call of a library that it is for numbers beyond 31 bits. */
const slotOf = (handle: number): number => handle - Math.floor(handle / SLOT_SPACE) * SLOT_SPACE

const INITIAL_CAPACITY = 64
/** Slots take the low 20 bits of a handle: at most a million entries are pending at once. */
const SLOT_SPACE = 0x10_0000

function copyInto<Numbers extends Float64Array | Int32Array>(target: Numbers, source: Numbers): Numbers {
  target.set(source)
  return target
}
