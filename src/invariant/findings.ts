import type { Milliseconds } from '../time/index.js'
import type { SymbolTable } from '../trace/index.js'
import type { LawFinding } from './law.js'
import type { RowInHand } from './row-in-hand.js'

/** A run that breaks laws by the thousand need not tell each time. */
const MOST_FINDINGS = 100
const MOST_OF_ONE_LAW = 10

/** Who knows the row that the laws are looking at. */
interface Hand {
  readonly row: RowInHand
}

/** Collects what the laws find, up to a limit, without what is switched off. */
export class Findings {
  readonly #symbols: SymbolTable
  readonly #hand: Hand
  readonly #off: ReadonlySet<string>
  #found: LawFinding[] = []
  readonly #counts = new Map<string, number>()

  constructor(symbols: SymbolTable, hand: Hand, off: ReadonlySet<string>) {
    this.#symbols = symbols
    this.#hand = hand
    this.#off = off
  }

  reset(): void {
    if (this.#found.length === 0) return
    this.#found = []
    this.#counts.clear()
  }

  get all(): readonly LawFinding[] {
    return this.#found
  }

  /** The row in hand breaks a law. `trigger`: the row that the law measures from. */
  add(law: string, object: number, text: string, trigger = -1): void {
    const { time, number } = this.#hand.row
    this.addAt(law, time, number, object, text, trigger)
  }

  /** Something that lasted, or did not come, breaks a law. */
  addAt(law: string, time: Milliseconds, row: number, object: number, text: string, trigger = -1): void {
    if (this.#off.has(law) || this.#found.length >= MOST_FINDINGS) return
    const count = this.#counts.get(law) ?? 0
    if (count >= MOST_OF_ONE_LAW) return
    this.#counts.set(law, count + 1)
    this.#found.push({ law, time, row, trigger, object: this.#symbols.text(object), text })
  }
}
