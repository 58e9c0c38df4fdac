import { formatDuration } from '../time/index.js'
import { CONDITION_STATUS, type SymbolTable } from '../trace/index.js'
import type { Clause } from './clause.js'
import {
  type Account,
  accountOf,
  holdingAccount,
  type Nearest,
  openAccount,
  vacuousAccount,
} from './explain-account.js'
import { conditionLike, objectConditionLike } from './explain-alike.js'
import type { ExplainedRun, Part } from './explain-run.js'
import { listWords } from './explain-words.js'
import { objectConditionOf, objectCountOf } from './monitor/followed-objects.js'
import { conditionOf, phaseOf, STATE_NUMBERS, stateOf } from './monitor/followed-values.js'
import { objectsOf } from './monitor/run-objects.js'
import type { OccurrenceSignal, Source } from './monitor/signal.js'
import { conditionName } from './text/format-expression.js'
import { objectText } from './text/object-text.js'
import { containerText, podText } from './text/subject-text.js'
import type { Verdict } from './verdict.js'

type SequenceClause = Extract<
  Clause,
  { kind: 'phases' | 'conditions' | 'states' | 'objectConditions' | 'objectCounts' }
>

/** A value that something took, and the row that said so. */
interface Taken {
  readonly words: string
  readonly row: number
}

/** Accounts for `goes through`: what it should have gone through, and what it did up to where it went astray. */
export function accountOfSequence(clause: SequenceClause, verdict: Verdict, part: Part, run: ExplainedRun): Account {
  const { wanted, subject, value, wordsOf } = readingOf(clause, run)
  const expected = wanted.length === 0 ? 'nothing' : wanted.join(', ')
  const all = takenIn(run, value, wordsOf, wanted, part)
  switch (verdict.kind) {
    case 'vacuous':
      return vacuousAccount(subject, likeIt(clause, run), part)
    case 'open':
      return openAccount(expected, verdict, part, listWords(all.map(({ words }) => words)))
    case 'holds':
      return holdingAccount(
        run,
        `it went through ${expected}`,
        all.map(({ row }) => row),
      )
    case 'violated': {
      const isTooShort = verdict.row < 0 || !all.some(({ row }) => row === verdict.row)
      const taken = isTooShort ? all : all.slice(0, all.findIndex(({ row }) => row === verdict.row) + 1)
      const when = isTooShort ? `by the end at ${formatDuration(verdict.time)}` : `at ${formatDuration(verdict.time)}`
      const observed = `${listWords(taken.map(({ words }) => words))} ${when}`
      const rows = taken.slice(-1).map(({ row }) => row)
      return accountOf({ expected, observed, at: verdict.time, rows, mark: ';' })
    }
  }
}

/** A condition that is spelled almost so. */
function likeIt(clause: SequenceClause, run: ExplainedRun): Nearest | undefined {
  if (clause.kind === 'conditions') return conditionLike(clause.pod, clause.type, run)
  return clause.kind === 'objectConditions' ? objectConditionLike(clause.object, clause.type, run) : undefined
}

/** How a clause's values are read from rows. */
interface Reading {
  readonly subject: string
  readonly wanted: readonly string[]
  readonly value: Source<OccurrenceSignal>
  readonly wordsOf: (value: number) => string
}

function readingOf(clause: SequenceClause, { trace, podName, objectName }: ExplainedRun): Reading {
  const { symbols } = trace
  const style = { isInEach: false, podName, objectName }
  switch (clause.kind) {
    case 'phases':
      return {
        subject: `a phase of ${podText(clause.pod, style)}`,
        wanted: clause.phases,
        value: phaseOf(clause.pod),
        wordsOf: value => symbols.text(value),
      }
    case 'conditions':
      return {
        subject: `${conditionName(clause.type)} of ${podText(clause.pod, style)}`,
        wanted: clause.statuses,
        value: conditionOf(clause.pod, clause.type, symbols),
        wordsOf: value => CONDITION_STATUS[value - 1],
      }
    case 'objectConditions':
      return {
        subject: `${conditionName(clause.type)} of ${objectText(clause.object, style)}`,
        wanted: clause.statuses,
        value: objectConditionOf(clause, symbols, objectsOf(trace)),
        wordsOf: value => CONDITION_STATUS[value - 1],
      }
    case 'objectCounts':
      return {
        subject: objectText(clause.object, style),
        wanted: clause.counts.map(String),
        value: objectCountOf(clause, symbols, objectsOf(trace)),
        wordsOf: value => `${value - 1}`,
      }
    case 'states':
      return {
        subject: `a state of ${containerText(clause.container, style)}`,
        wanted: clause.states,
        value: stateOf(clause.container),
        wordsOf: value => stateWordOf(value, symbols),
      }
  }
}

const STATE_NAMES = new Map(Object.entries(STATE_NUMBERS).map(([name, number]) => [number as number, name]))

function stateWordOf(value: number, symbols: SymbolTable): string {
  const reason = symbols.text(value >> 2)
  return `${STATE_NAMES.get(value & 3) ?? ''}${reason === '' ? '' : ` ${reason}`}`
}

/**
 * The distinct values, one after the other, from the one at the beginning of the part on. A wait for whatever reason that is
 * expected without one counts once, however often the reason changes.
 */
function takenIn(
  run: ExplainedRun,
  value: Source<OccurrenceSignal>,
  wordsOf: (value: number) => string,
  wanted: readonly string[],
  { fromRow, untilRow }: Part,
): readonly Taken[] {
  const taken: Taken[] = []
  for (const { row, value: number } of run.valuesOf(value)) {
    if (number === 0 || row >= untilRow) continue
    const words = wordsOf(number)
    if (row < fromRow) {
      taken[0] = { words, row }
      continue
    }
    const last = taken.at(-1)
    const loose = wanted[taken.length - 1]
    const isTheSame =
      last?.words === words || (last !== undefined && isLoosely(loose, last.words) && isLoosely(loose, words))
    if (!isTheSame) taken.push({ words, row })
  }
  return taken
}

/** Whether a state is one that is expected without a reason. */
const isLoosely = (wanted: string | undefined, words: string): boolean =>
  wanted !== undefined && !wanted.includes(' ') && words.split(' ')[0] === wanted && wanted !== 'running'
