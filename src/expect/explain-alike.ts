import { nearestWord } from '../errors/index.js'
import { formatDuration } from '../time/index.js'
import { ROW, type RowKind } from '../trace/index.js'
import type { Occurrence, PodName } from './clause.js'
import type { Nearest } from './explain-account.js'
import type { ExplainedRun } from './explain-run.js'
import type { ObjectName } from './object-clause.js'
import { conditionName } from './text/format-expression.js'
import { objectText } from './text/object-text.js'
import { podText } from './text/subject-text.js'

type EventOccurrence = Extract<Occurrence, { kind: 'event' }>
type ObjectEvent = Extract<Occurrence, { kind: 'objectEvent' }>

/** The Event of the same object whose reason is spelled most like one that never came: `BackOff` for `Backoff`. */
export function eventLike(event: EventOccurrence, run: ExplainedRun): EventOccurrence | undefined {
  const { pod = '', container } = event
  const path = container === undefined ? `Pod/${pod}` : `Pod/${pod}/${container}`
  const reason = nearestWord(event.reason, firstRows(ROW.event, path, run).keys())
  return reason === undefined ? undefined : { ...event, reason }
}

/** The Event of an object that is no pod, whose reason is spelled most like one that never came. */
export function objectEventLike(event: ObjectEvent, run: ExplainedRun): ObjectEvent | undefined {
  const reason = nearestWord(event.reason, firstRows(ROW.event, event.object, run).keys())
  return reason === undefined ? undefined : { ...event, reason }
}

/** The condition of an object whose type is spelled most like one that it has not. */
export function objectConditionLike(object: ObjectName, type: string, run: ExplainedRun): Nearest | undefined {
  const rows = firstRows(object.startsWith('Node/') ? ROW.nodeCondition : ROW.condition, object, run)
  return told(rows, type, objectText(object, { isInEach: false, objectName: run.objectName }), run)
}

/** The condition of a pod whose type is spelled most like one that it has not: `Ready` for `Raedy`. */
export function conditionLike(pod: PodName, type: string, run: ExplainedRun): Nearest | undefined {
  const rows = firstRows(ROW.condition, `Pod/${pod}`, run)
  return told(rows, type, podText(pod, { isInEach: false, podName: run.podName }), run)
}

function told(
  rows: ReadonlyMap<string, number>,
  type: string,
  subject: string,
  run: ExplainedRun,
): Nearest | undefined {
  const like = nearestWord(type, rows.keys())
  const row = like === undefined ? undefined : rows.get(like)
  if (like === undefined || row === undefined) return undefined
  const time = run.timeOf(row)
  return { words: `${conditionName(like)} of ${subject}, since ${formatDuration(time)}`, row, time }
}

/** What rows of a kind call by a name in their first column, of an object and what is in it: the names, each with its first row. */
function firstRows(wanted: RowKind, path: string, { trace }: ExplainedRun): ReadonlyMap<string, number> {
  const { rows, symbols, objects } = trace
  const owner = symbols.find(path)
  const found = new Map<string, number>()
  for (let number = 0; number < rows.length; number++) {
    if (rows.kindOf(number) !== wanted) continue
    const { object, a } = rows.at(number)
    const name = symbols.text(a)
    if ((object === owner || objects.get(object)?.pod === owner) && !found.has(name)) found.set(name, number)
  }
  return found
}
