import type { Milliseconds } from '../time/index.js'

/** Why a verdict is what it is, for people. */
export interface Explanation {
  /**
   * The clause as one line, or of several the one that decided; with the instant of its trigger: `whenever pod web is deleted
   * (1m0s), container web/app is killed with SIGKILL at +30s`.
   */
  readonly sentence: string
  /** What was expected when: `at 1m30s`, `within 30s of the deletion at 1m0s (by 1m30s)`, `Pending, Running, Succeeded`. */
  readonly expected?: string | undefined
  /** What was observed when: `at 1m30.001s: 1 ms late`, `never`, `Pending, Running, Failed at 12.5s`. */
  readonly observed?: string | undefined
  /** Both in one line: `expected at 1m30s, observed at 1m30.001s: 1 ms late`. */
  readonly finding: string
  /** The instant worth looking at: of what came late when it came, else when the verdict was decided. */
  readonly at: Milliseconds
  /** The rows that show it, the most telling first. */
  readonly rows: readonly number[]
  /** How much too late it came, where it came late. */
  readonly lateBy?: Milliseconds | undefined
}
