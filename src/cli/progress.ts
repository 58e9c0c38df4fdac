import { performance } from 'node:perf_hooks'
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
