import type { Milliseconds } from '../time/index.js'
import type { RowKind } from './row-kind.js'

/** One row, spread out for reading. */
export interface Row {
  readonly number: number
  readonly time: Milliseconds
  readonly kind: RowKind
  /** Symbol of the object's path. */
  readonly object: number
  readonly a: number
  readonly b: number
  readonly c: number
  /** Number of the row that caused this one; −1 for none. */
  readonly cause: number
}

/** Rows in chunks of typed arrays: 33 bytes a row, nothing for the garbage collector to walk. */
export class RowStore {
  length = 0
  readonly #chunks: Chunk[] = []
  /** By cause: what else set off the rows from `since` on. */
  readonly #alsoCausedBy = new Map<number, { readonly other: number; readonly since: number }[]>()

  /** Adds a row at the end. */
  append(time: Milliseconds, kind: RowKind, object: number, a: number, b: number, c: number, cause: number): void {
    const at = this.length & CHUNK_MASK
    if (at === 0) this.#chunks.push(createChunk())
    const chunk = this.#chunks[this.length >> CHUNK_BITS]
    chunk.times[at] = time
    chunk.kinds[at] = kind
    chunk.objects[at] = object
    chunk.a[at] = a
    chunk.b[at] = b
    chunk.c[at] = c
    chunk.causes[at] = cause
    this.length++
  }

  /** Notes that what `cause` sets off from now on was set off by `other`, too: their triggers were coalesced. */
  noteAlsoCausedBy(cause: number, other: number): void {
    const notes = this.#alsoCausedBy.get(cause)
    const note = { other, since: this.length }
    if (notes === undefined) this.#alsoCausedBy.set(cause, [note])
    else if (notes.length < MOST_SIDE_CAUSES && !notes.some(each => each.other === other)) notes.push(note)
  }

  /** Further causes of a row beside the one it names, where triggers were coalesced; in order. */
  alsoCausedBy(row: number): readonly number[] {
    const notes = this.#alsoCausedBy.get(this.causeOf(row))
    return notes === undefined ? [] : notes.filter(({ since }) => since <= row).map(({ other }) => other)
  }

  /** Virtual time of a row, by its number. */
  timeOf(row: number): Milliseconds {
    return this.#chunks[row >> CHUNK_BITS].times[row & CHUNK_MASK]
  }

  /** Kind of a row. */
  kindOf(row: number): RowKind {
    return this.#chunks[row >> CHUNK_BITS].kinds[row & CHUNK_MASK] as RowKind
  }

  /** Symbol of the object that a row concerns. */
  objectOf(row: number): number {
    return this.#chunks[row >> CHUNK_BITS].objects[row & CHUNK_MASK]
  }

  /** Number of the row that caused a row; −1 for none. */
  causeOf(row: number): number {
    return this.#chunks[row >> CHUNK_BITS].causes[row & CHUNK_MASK]
  }

  /** A row, spread out. */
  at(row: number): Row {
    if (!(row >= 0 && row < this.length)) throw new RangeError(`no row ${row} among ${this.length}`)
    const chunk = this.#chunks[row >> CHUNK_BITS]
    const at = row & CHUNK_MASK
    return {
      number: row,
      time: chunk.times[at],
      kind: chunk.kinds[at] as RowKind,
      object: chunk.objects[at],
      a: chunk.a[at],
      b: chunk.b[at],
      c: chunk.c[at],
      cause: chunk.causes[at],
    }
  }
}

interface Chunk {
  readonly times: Float64Array
  readonly kinds: Uint8Array
  readonly objects: Int32Array
  readonly a: Int32Array
  readonly b: Int32Array
  readonly c: Int32Array
  readonly causes: Int32Array
}

const CHUNK_BITS = 9
const CHUNK_SIZE = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK_SIZE - 1
const MOST_SIDE_CAUSES = 16

const createChunk = (): Chunk => ({
  times: new Float64Array(CHUNK_SIZE),
  kinds: new Uint8Array(CHUNK_SIZE),
  objects: new Int32Array(CHUNK_SIZE),
  a: new Int32Array(CHUNK_SIZE),
  b: new Int32Array(CHUNK_SIZE),
  c: new Int32Array(CHUNK_SIZE),
  causes: new Int32Array(CHUNK_SIZE),
})
