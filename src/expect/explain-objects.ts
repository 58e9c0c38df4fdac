import { changesOf, type FieldChange, formatTaints, ROW } from '../trace/index.js'
import type { ExplainedRun } from './explain-run.js'
import { objectCountOf } from './monitor/followed-objects.js'
import { nodeCalled } from './monitor/object-levels.js'
import { objectsOf } from './monitor/run-objects.js'
import type { ObjectLevel, ObjectName } from './object-clause.js'
import { countedText, objectText } from './text/object-text.js'
import { quoted, wordText } from './text/plain-word.js'

/** What an object has, or is, at an instant. */
export interface ObjectValue {
  /** `Available=False with reason …`, `2 available replicas`. */
  readonly words: string
  /** The same as a sentence. */
  readonly sentence: string
  readonly change: Pick<FieldChange, 'row' | 'time' | 'value'>
}

type IsMeant = (change: Pick<FieldChange, 'row' | 'time' | 'value'>) => boolean
type LevelOf<Kind extends ObjectLevel['kind']> = Extract<ObjectLevel, { kind: Kind }>

/** The last that is known of what a level says of an object, among the changes that are meant. */
export function objectValueAt(level: ObjectLevel, run: ExplainedRun, isMeant: IsMeant): ObjectValue | undefined {
  const path = 'node' in level ? `Node/${level.node}` : level.object
  const subject = objectText(path, { isInEach: false, objectName: run.objectName })
  switch (level.kind) {
    case 'objectCondition': {
      const found = conditionAt(level, run, isMeant)
      return found && { ...found, sentence: `${subject} has ${found.words}` }
    }
    case 'objectCount': {
      const found = countAt(path, level.field, run, isMeant)
      if (found === undefined) return undefined
      const words = `${found.count} ${countedText(path, level.field, found.count)}`
      return { words, sentence: `${subject} has ${words}`, change: found.change }
    }
    case 'complete': {
      const found = progressAt(path, run, isMeant)
      return found && { ...found, sentence: `${subject} has ${found.words}` }
    }
    case 'unschedulable':
    case 'tainted': {
      const found = nodeFactAt(level, run, isMeant)
      return found && { ...found, sentence: `${subject} is ${found.words}` }
    }
    default:
      return undefined
  }
}

/** What a node has before the first row is in its manifest. */
function conditionAt(
  { object, type, message: part }: LevelOf<'objectCondition'>,
  run: ExplainedRun,
  isMeant: IsMeant,
): Omit<ObjectValue, 'sentence'> | undefined {
  const symbol = run.trace.symbols.find(object)
  const first = nodeCalled(object, objectsOf(run.trace))?.status?.conditions?.find(each => each.type === type)
  const changes: readonly FieldChange[] = [
    ...(first === undefined
      ? []
      : [{ row: -1, time: 0, value: first.status, reason: first.reason, message: first.message }]),
    ...(symbol === undefined ? [] : changesOf(run.trace, symbol, { of: 'condition', type })),
  ]
  const change = changes.findLast(isMeant)
  if (change === undefined) return undefined
  const { value, reason, message } = change
  const why = reason === undefined ? '' : ` with reason ${wordText(reason)}`
  const told = part === undefined || message === undefined ? '' : `, message ${quoted(message)}`
  return { words: `${type}=${value ?? 'absent'}${why}${told}`, change }
}

function countAt(
  object: ObjectName,
  field: string,
  run: ExplainedRun,
  isMeant: IsMeant,
): { readonly count: number; readonly change: ObjectValue['change'] } | undefined {
  const values = run.valuesOf(objectCountOf({ object, field }, run.trace.symbols, objectsOf(run.trace)))
  const found = values.findLast(
    ({ row, value }) => value > 0 && isMeant({ row, time: run.timeOf(row), value: `${value - 1}` }),
  )
  if (found === undefined) return undefined
  const { row, value } = found
  return { count: value - 1, change: { row, time: run.timeOf(row), value: `${value - 1}` } }
}

/** The numbers that a rollout waits for, by kind: those that are wanted, that are new, that are good. */
const PROGRESS: Readonly<Record<string, readonly (readonly [field: string, word: string])[]>> = {
  Deployment: [
    ['spec.replicas', 'desired'],
    ['replicas', 'in all'],
    ['updatedReplicas', 'updated'],
    ['availableReplicas', 'available'],
  ],
  StatefulSet: [
    ['spec.replicas', 'desired'],
    ['updatedReplicas', 'updated'],
    ['readyReplicas', 'ready'],
  ],
  DaemonSet: [
    ['desiredNumberScheduled', 'desired'],
    ['updatedNumberScheduled', 'updated'],
    ['numberAvailable', 'available'],
  ],
}

/** `3 desired, 3 in all, 1 updated, 2 available replicas`. */
function progressAt(
  object: ObjectName,
  run: ExplainedRun,
  isMeant: IsMeant,
): Omit<ObjectValue, 'sentence'> | undefined {
  const kind = object.slice(0, object.indexOf('/'))
  const found = (PROGRESS[kind] ?? []).flatMap(([field, word]) => {
    const count = countAt(object, field, run, isMeant)
    return count === undefined ? [] : [{ ...count, words: `${count.count} ${word}` }]
  })
  if (found.length === 0) return undefined
  const [latest] = [...found].sort((a, b) => b.change.row - a.change.row)
  const noun = kind === 'DaemonSet' ? 'pods' : 'replicas'
  return { words: `${found.map(({ words }) => words).join(', ')} ${noun}`, change: latest.change }
}

function nodeFactAt(
  { kind, node }: LevelOf<'unschedulable' | 'tainted'>,
  run: ExplainedRun,
  isMeant: IsMeant,
): Omit<ObjectValue, 'sentence'> | undefined {
  const { rows, symbols } = run.trace
  const symbol = symbols.find(`Node/${node}`)
  const manifest = nodeCalled(`Node/${node}`, objectsOf(run.trace))
  const field = kind === 'tainted' ? 'taints' : 'unschedulable'
  const first =
    kind === 'tainted' ? formatTaints(manifest?.spec.taints ?? []) : `${manifest?.spec.unschedulable === true}`
  const changes = manifest === undefined ? [] : [{ row: -1, time: 0, value: first }]
  for (let number = 0; number < rows.length; number++) {
    if (rows.kindOf(number) !== ROW.nodeChanged || rows.objectOf(number) !== symbol) continue
    const { a, b, time } = rows.at(number)
    if (symbols.text(a) === field) changes.push({ row: number, time, value: symbols.text(b) })
  }
  const change = changes.findLast(isMeant)
  if (change === undefined) return undefined
  const { value } = change
  if (kind === 'unschedulable') return { words: value === 'true' ? 'unschedulable' : 'schedulable', change }
  return { words: value === '' ? 'not tainted' : `tainted with ${value.split(' ').join(', ')}`, change }
}
