import { formatDuration, type Milliseconds } from '../time/index.js'
import type { ExplainedRun, Part } from './explain-run.js'
import type { Explanation } from './explanation.js'
import type { Verdict } from './verdict.js'

/** What is to be said of a verdict, before the sentence is put in front of it. */
export type Account = Omit<Explanation, 'sentence'>

/** A verdict of one kind. */
export type VerdictOf<Kind extends Verdict['kind']> = Extract<Verdict, { kind: Kind }>

/** What an account is made from. */
export interface AccountWords {
  readonly expected: string
  /** `at 1m30.001s: 1 ms late`; `never` and what may follow it. */
  readonly observed: string
  readonly at: Milliseconds
  readonly rows: readonly number[]
  readonly lateBy?: Milliseconds | undefined
  /** What stands between the two; default a comma. */
  readonly mark?: ',' | ';' | undefined
}

/** `expected at 1m30s, observed at 1m30.001s: 1 ms late`; `expected by 1m30s, never observed`. */
export function accountOf({ expected, observed, at, rows, lateBy, mark = ',' }: AccountWords): Account {
  const told = observed.startsWith('never') ? `never observed${observed.slice('never'.length)}` : `observed ${observed}`
  const finding = `expected ${expected}${mark} ${told}`
  const account = { expected, observed, finding, at, rows: rows.filter(row => row >= 0) }
  return lateBy === undefined ? account : { ...account, lateBy }
}

/** What a horizon cut off; `soFar` is what had been observed by then. */
export function openAccount(
  expected: string,
  { decidedBy, trigger }: VerdictOf<'open'>,
  part: Part,
  soFar?: string,
): Account {
  const at = formatDuration(part.end)
  const decides =
    decidedBy === undefined
      ? 'a later horizon may decide it'
      : `a horizon of ${formatDuration(decidedBy)} would decide it`
  const told = soFar === undefined ? '' : `; observed ${soFar} so far`
  const observed = `${soFar === undefined ? '' : `${soFar} so far, `}cut at ${at}`
  const finding = `expected ${expected}${told}; the run was cut at ${at}, and ${decides}`
  return { expected, observed, finding, at: part.end, rows: trigger < 0 ? [] : [trigger] }
}

/** What never came up; `nearest` is what did happen that is most like it. */
export function vacuousAccount(what: string, nearest: Nearest | undefined, part: Part): Account {
  const observed = nearest === undefined ? 'never' : `never; nearest: ${nearest.words}`
  const finding = `nothing was checked, for this never came up: ${what}${nearestWords(nearest)}`
  const at = nearest?.time ?? part.end
  return { expected: what, observed, finding, at, rows: nearest === undefined ? [] : [nearest.row] }
}

/** What happened that is most like something that did not. */
export interface Nearest {
  /** `container web/app exits with 1 at 12.5s`. */
  readonly words: string
  readonly row: number
  readonly time: Milliseconds
}

/** `; nearest: …`, where there is something. */
export const nearestWords = (nearest: Nearest | undefined): string =>
  nearest === undefined ? '' : `; nearest: ${nearest.words}`

/** Nothing is wrong. */
export const holdingAccount = (run: ExplainedRun, words: string, rows: readonly number[] = []): Account => ({
  finding: words,
  at: rows.length === 0 ? run.trace.end : run.timeOf(rows[rows.length - 1]),
  rows: rows.filter(row => row >= 0),
})
