import { finish, formatLanes, mix } from '../hash/index.js'
import type { Milliseconds } from '../time/index.js'
import { type ColumnType, ROW, ROW_KINDS, type RowKind } from './row-kind.js'
import { RowStore } from './row-store.js'
import type { SymbolTable } from './symbol-table.js'

/** What becomes of the rows: kept, or only digested. */
export type Retention = 'full' | 'digest'

/** Watches rows as they are written: a monitor, a progress line. It must not change the run. */
export interface RowListener {
  /** Takes a row that was just written. */
  row(
    number: number,
    time: Milliseconds,
    kind: RowKind,
    object: number,
    a: number,
    b: number,
    c: number,
    cause: number,
  ): void
}

/**
 * Takes the rows of a run in order. The digest is kept up to date with every row; the rows themselves are kept when asked for.
 */
export class TraceRecorder {
  /** Rows written so far; the next row gets this number. */
  count = 0
  readonly symbols: SymbolTable
  rows: RowStore | undefined
  listener: RowListener | undefined
  #high = HIGH_START
  #low = LOW_START
  /** Rows that entered the digest. */
  #digested = 0

  constructor(symbols: SymbolTable) {
    this.symbols = symbols
  }

  reset(retention: Retention, listener: RowListener | undefined): void {
    this.count = 0
    this.rows = retention === 'full' ? new RowStore() : undefined
    this.listener = listener
    this.#high = HIGH_START
    this.#low = LOW_START
    this.#digested = 0
  }

  /** Appends a row and answers its number. */
  append(time: Milliseconds, kind: RowKind, object: number, a: number, b: number, c: number, cause: number): number {
    const number = this.count++
    const mask = COLUMN_MASKS[kind]
    if (mask >= 0) this.#digest(time, kind, object, a, b, c, cause, mask)
    if (this.rows !== undefined) this.rows.append(time, kind, object, a, b, c, cause)
    if (this.listener !== undefined) this.listener.row(number, time, kind, object, a, b, c, cause)
    return number
  }

  /** Notes that what `cause` sets off from now on was set off by `other`, too: triggers that were coalesced. */
  noteAlsoCausedBy(cause: number, other: number): void {
    if (cause >= 0 && other >= 0 && cause !== other) this.rows?.noteAlsoCausedBy(cause, other)
  }

  /** The 64-bit digest of the rows so far, as 16 hexadecimal digits. */
  digest(): string {
    return formatLanes(finish(this.#high ^ this.#digested), finish(this.#low ^ this.#digested))
  }

  #digest(
    time: number,
    kind: number,
    object: number,
    a: number,
    b: number,
    c: number,
    cause: number,
    mask: number,
  ): void {
    const highLanes = this.symbols.highLanes
    const lowLanes = this.symbols.lowLanes
    const head = kind | 0
    const late = time >= 0x8000_0000 ? Math.floor(time / 0x1_0000_0000) : 0
    let high = mix(mix(this.#high, time | 0), highLanes[object] + head)
    let low = mix(mix(this.#low, time | 0), lowLanes[object] ^ head)
    if ((mask & A_IS_INDEX) === 0) {
      high = mix(high, (mask & A_IS_SYMBOL) === 0 ? a : highLanes[a])
      low = mix(low, (mask & A_IS_SYMBOL) === 0 ? a : lowLanes[a])
    }
    if ((mask & B_IS_PACKED) !== 0) {
      high = mix(high, (b & 3) + highLanes[b >> 2])
      low = mix(low, (b & 3) + lowLanes[b >> 2])
    } else {
      high = mix(high, (mask & B_IS_SYMBOL) === 0 ? b : highLanes[b])
      low = mix(low, (mask & B_IS_SYMBOL) === 0 ? b : lowLanes[b])
    }
    high = mix(high, (mask & C_IS_SYMBOL) === 0 ? c : highLanes[c])
    low = mix(low, (mask & C_IS_SYMBOL) === 0 ? c : lowLanes[c])
    this.#digested++
    this.#high = mix(high, cause ^ late)
    this.#low = mix(low, cause ^ late)
  }
}

const HIGH_START = 0x1b873593
const LOW_START = 0x27d4eb2f
const A_IS_SYMBOL = 1
const B_IS_SYMBOL = 2
const C_IS_SYMBOL = 4
const B_IS_PACKED = 8
const A_IS_INDEX = 16

/** Which of a, b, c are symbols, a bit each; −1 for kinds that stay out of the digest. */
const COLUMN_MASKS = Int32Array.from(ROW_KINDS, (info, kind) => {
  if (!info.isDigested) return -1
  // Where a manifest stands in the header's list is no content.
  const start = kind === ROW.created || kind === ROW.specChanged ? A_IS_INDEX : 0
  return info.types.reduce(addToMask, start)
})

function addToMask(mask: number, type: ColumnType, column: number): number {
  if (type === 'statusAndReason') return mask | B_IS_PACKED
  return type === 'symbol' ? mask | (1 << column) : mask
}
