import type { Milliseconds } from '../time/index.js'

/** One test as reporters tell it: a scenario that was run, or one that could not be. */
export interface ReportedTest {
  readonly title: string
  /** Where the scenario stands; line and column count from 1. */
  readonly file: string
  readonly line?: number | undefined
  readonly outcome: 'passed' | 'failed' | 'broken'
  /** What failed, as plain text of several lines; empty for what passed. */
  readonly message: string
  /** A short line for where there is no room for `message`. */
  readonly summary: string
  /** Where the first broken expectation stands. */
  readonly at?: { readonly file: string; readonly line: number; readonly column: number } | undefined
  readonly expectations: readonly ReportedExpectation[]
  readonly laws: readonly { readonly law: string; readonly text: string; readonly time: Milliseconds }[]
  /** Time on the wall, for the build server. */
  readonly wallMs: number
  /** Reproduces the run; absent where there was none. */
  readonly replay?: string | undefined
}

/** An expectation and its verdict. */
export interface ReportedExpectation {
  readonly text: string
  /** `file:line:column`. */
  readonly where: string
  readonly verdict: 'holds' | 'violated' | 'vacuous' | 'open'
  /** When it was decided, if it is violated. */
  readonly time?: Milliseconds | undefined
}

/** How many there are of each. */
export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly broken: number
}

/** Counts tests by outcome. */
export function countTests(tests: readonly ReportedTest[]): TestCounts {
  const counts = { passed: 0, failed: 0, broken: 0 }
  for (const { outcome } of tests) counts[outcome]++
  return counts
}

/** `12 passed, 1 failed`. */
export function countsLine({ passed, failed, broken }: TestCounts): string {
  const parts = [`${passed} passed`]
  if (failed > 0) parts.push(`${failed} failed`)
  if (broken > 0) parts.push(`${broken} could not be run`)
  return parts.join(', ')
}
