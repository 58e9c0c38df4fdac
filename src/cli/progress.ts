import { performance } from 'node:perf_hooks'
import { formatInstant } from '../report/index.js'
import { formatDuration, type Milliseconds } from '../time/index.js'
import type { RowListener } from '../trace/index.js'
import { note } from './standard-streams.js'

/** A terminal's line is renewed often; anything else gets a line every few seconds. */
const TERMINAL_MS = 100
const LOG_MS = 5000

/** Says on standard error how far a long work is. */
export class Progress {
  readonly #total: number
  readonly #what: string
  #last = performance.now()
  #done = 0

  constructor(total: number, what: string) {
    this.#total = total
    this.#what = what
  }

  /** One more is done. */
  step(): void {
    this.#done++
    const now = performance.now()
    const { isTTY } = process.stderr
    if (now - this.#last < (isTTY ? TERMINAL_MS : LOG_MS)) return
    this.#last = now
    const text = `${this.#done} of ${this.#total} ${this.#what}`
    if (isTTY) process.stderr.write(`\r${text}\u001b[K`)
    else note(text)
  }

  /** Takes the line of a terminal away. */
  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  }
}

/** Rows between two looks at the clock. */
const ROWS_PER_LOOK = 1024

/** A terminal says nothing of runs that are over before somebody wonders. */
const PATIENCE_MS = 1000

/** Says on standard error how far a long run is in virtual time. */
export class RunProgress implements RowListener {
  readonly #horizon: string
  readonly #began = performance.now()
  #last = this.#began
  #isShown = false

  constructor(until: Milliseconds) {
    this.#horizon = formatDuration(until)
  }

  row(number: number, time: Milliseconds): void {
    if (number % ROWS_PER_LOOK !== 0) return
    const now = performance.now()
    const { isTTY } = process.stderr
    if (now - this.#last < (isTTY ? TERMINAL_MS : LOG_MS) || now - this.#began < PATIENCE_MS) return
    this.#last = now
    const text = `simulated ${formatInstant(time)} of ${this.#horizon}, ${number} rows`
    this.#isShown = true
    if (isTTY) process.stderr.write(`\r${text}\u001b[K`)
    else note(text)
  }

  /** Takes the line of a terminal away. */
  end(): void {
    if (this.#isShown && process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  }
}
