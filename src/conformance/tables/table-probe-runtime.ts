import { ANSWER } from '../../cluster/index.js'
import type { SymbolTable } from '../../trace/index.js'

/** A runtime in which every probe is answered at once, as the table says. */
export class TableProbeRuntime {
  /** The answer to the next call. */
  answer: keyof typeof ANSWER = 'success'
  readonly #output: number

  constructor(symbols: SymbolTable) {
    this.#output = symbols.intern('scripted')
  }

  startProbe(): number {
    return 0
  }

  probeAnswer(): { result: number; output: number } {
    return { result: ANSWER[this.answer], output: this.#output }
  }

  noteSkippedProbes(): void {}

  /** No answer is sure to stay the same, so that no tick is left out. */
  steadyUntil(): number {
    return 0
  }
}
