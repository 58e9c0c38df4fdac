import type { RowKind } from '../../trace/index.js'

/** What a column must say: these bits have this value. */
export interface Column {
  readonly bits: number
  readonly value: number
  /** Any other value is meant. */
  readonly isOther?: boolean | undefined
}

const ANYTHING: Column = { bits: 0, value: 0 }
const EVERY_BIT = -1

/** A column is this number; undefined: anything. */
export const number = (value: number | undefined, bits = EVERY_BIT): Column =>
  value === undefined ? ANYTHING : { bits, value }

/** A column is not 0. */
export const NOT_ZERO: Column = { bits: EVERY_BIT, value: 0, isOther: true }

/** Rows of one kind with certain columns: comparisons of integers, so that looking at a row calls nobody. */
export class RowPattern {
  readonly #kind: RowKind
  readonly #aBits: number
  readonly #a: number
  readonly #isOtherA: boolean
  readonly #bBits: number
  readonly #b: number
  readonly #isOtherB: boolean
  readonly #cBits: number
  readonly #c: number
  readonly #isOtherC: boolean

  constructor(kind: RowKind, a: Column = ANYTHING, b: Column = ANYTHING, c: Column = ANYTHING) {
    this.#kind = kind
    this.#aBits = a.bits
    this.#a = a.value
    this.#isOtherA = a.isOther ?? false
    this.#bBits = b.bits
    this.#b = b.value
    this.#isOtherB = b.isOther ?? false
    this.#cBits = c.bits
    this.#c = c.value
    this.#isOtherC = c.isOther ?? false
  }

  matches(kind: RowKind, a: number, b: number, c: number): boolean {
    return (
      kind === this.#kind &&
      ((a & this.#aBits) === this.#a) !== this.#isOtherA &&
      ((b & this.#bBits) === this.#b) !== this.#isOtherB &&
      ((c & this.#cBits) === this.#c) !== this.#isOtherC
    )
  }
}
