import { ROW } from '../../trace/index.js'
import type { Clause } from '../clause.js'
import type { Verdict } from '../verdict.js'
import { numberIn } from './object-snapshots.js'
import { notCome, offence, type Part } from './part.js'

type SequenceClause = Extract<
  Clause,
  { kind: 'phases' | 'conditions' | 'states' | 'objectConditions' | 'objectCounts' }
>

/** A value, and the row that says it. */
interface Saying {
  readonly value: string
  readonly row: number
  readonly time: number
}

/** `phases`, `conditions`, `states` and those of other objects: the values that an object goes through. */
export function sequence(part: Part, clause: SequenceClause): Verdict {
  const expected = expectedOf(clause)
  const sayings = distinct(sayingsOf(part, clause))
  if (sayings.length === 0) return { kind: 'vacuous' }
  let reached = -1
  for (const saying of sayings) {
    const isMore = reached >= 0 && isOpenWord(clause, expected[reached]) && matches(clause, expected[reached], saying)
    if (isMore) continue
    reached++
    if (reached >= expected.length || !matches(clause, expected[reached], saying)) return offence(part, saying)
  }
  return reached === expected.length - 1 ? { kind: 'holds' } : notCome(part)
}

function expectedOf(clause: SequenceClause): readonly string[] {
  switch (clause.kind) {
    case 'phases':
      return clause.phases
    case 'states':
      return clause.states
    case 'objectCounts':
      return clause.counts.map(String)
    default:
      return clause.statuses
  }
}

/** The value right after the opening row, and those of the rows after it. */
function sayingsOf(part: Part, clause: SequenceClause): readonly Saying[] {
  const { reading, openingRow, endRow, from } = part
  const values = valuesOf(part, clause)
  const isSaying = (row: number): boolean => {
    const { kind, object, a } = reading.rows[row]
    const { symbols } = reading.trace
    const path = symbols.text(object)
    if ('object' in clause) return path === clause.object && OBJECT_ROWS.has(kind) && isAbout(clause, row)
    if (clause.kind === 'phases') return kind === ROW.phase && path === `Pod/${clause.pod}`
    if (clause.kind === 'conditions')
      return kind === ROW.condition && path === `Pod/${clause.pod}` && symbols.text(a) === clause.type
    return STATE_ROWS.has(kind) && path === `Pod/${clause.container.pod}/${clause.container.container}`
  }
  /** A row about another condition or number says nothing. */
  const isAbout = (it: Extract<SequenceClause, { readonly object: string }>, row: number): boolean => {
    const { kind, a } = reading.rows[row]
    if (kind === ROW.created || kind === ROW.removed) return true
    return reading.trace.symbols.text(a) === (it.kind === 'objectCounts' ? it.field : it.type)
  }
  const first = values[openingRow + 1]
  const later = reading.rows
    .filter(({ number }) => number > openingRow && number >= part.firstRow && number < endRow && isSaying(number))
    .map(({ number, time }) => ({ value: values[number + 1] ?? '', row: number, time }))
    // A row that takes the value away says none.
    .filter(({ value }) => value !== '')
  return first === undefined ? later : [{ value: first, row: openingRow, time: from }, ...later]
}

const OBJECT_ROWS: ReadonlySet<number> = new Set([
  ...[ROW.created, ROW.removed, ROW.condition, ROW.conditionRemoved, ROW.nodeCondition, ROW.ownerStatus, ROW.ownerText],
])

const STATE_ROWS: ReadonlySet<number> = new Set([ROW.containerWaiting, ROW.containerRunning, ROW.containerTerminated])

function valuesOf({ reading }: Part, clause: SequenceClause): readonly (string | undefined)[] {
  if (clause.kind === 'phases') return reading.pod(clause.pod).map(({ phase }) => phase)
  if (clause.kind === 'conditions')
    return reading.pod(clause.pod).map(({ conditions }) => conditions[clause.type]?.status)
  if (clause.kind === 'objectConditions')
    return reading.object(clause.object).map(({ conditions }) => conditions[clause.type]?.status)
  if (clause.kind === 'objectCounts') {
    const { object, field } = clause
    return reading.object(object).map(it => numberIn(it, object, field)?.toString())
  }
  return reading
    .container(clause.container)
    .map(container =>
      container?.state === undefined ? undefined : `${container.state.kind} ${container.state.reason}`,
    )
}

const distinct = (sayings: readonly Saying[]): readonly Saying[] =>
  sayings.filter(({ value }, i) => i === 0 || sayings[i - 1].value !== value)

/** A state without a reason takes in successive ones with different reasons. */
const isOpenWord = ({ kind }: SequenceClause, word: string): boolean => kind === 'states' && !word.includes(' ')

function matches(clause: SequenceClause, word: string, { value }: Saying): boolean {
  return isOpenWord(clause, word) ? value.startsWith(`${word} `) : value === word
}
