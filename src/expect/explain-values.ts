import { formatDuration, type Milliseconds } from '../time/index.js'
import { changesOf, type FieldChange, type ObservedField, type Trace } from '../trace/index.js'
import type { ContainerName, Level, PodName } from './clause.js'
import type { Nearest } from './explain-account.js'
import { objectValueAt } from './explain-objects.js'
import type { ExplainedRun } from './explain-run.js'
import { isObjectLevel } from './object-kinds.js'
import { quoted, wordText } from './text/plain-word.js'
import { containerText, podText } from './text/subject-text.js'

/** What the thing that a level speaks of is at an instant. */
interface Value {
  /** `Failed`, `waiting with CrashLoopBackOff`. */
  readonly words: string
  /** The same as a sentence. */
  readonly sentence: string
  readonly change: Pick<FieldChange, 'row' | 'time' | 'value'>
}

/** What something is at an instant instead of what a level says, and the row that says so, −1 where none does. */
export interface Instead {
  /** `Failed`, `Ready=False`, `waiting with CrashLoopBackOff`. */
  readonly words: string
  readonly row: number
}

/** Says what something is at an instant instead of what a level says. */
export function insteadOf(level: Level, time: Milliseconds, run: ExplainedRun): Instead {
  if (level.kind === 'and') {
    const missing = level.levels.find(each => !run.isSo(each, time))
    if (missing !== undefined) return insteadOf(missing, time, run)
  }
  const value = valueAt(level, run, change => change.time <= time)
  if (value !== undefined) return { words: value.words, row: value.change.row }
  const row = run.stretchesOf(level).findLast(stretch => stretch.time <= time && !stretch.isSo)?.row ?? -1
  return { words: ABSENCES[level.kind] ?? 'otherwise', row }
}

/** What there is where rows say nothing of a level. */
const ABSENCES: Readonly<Partial<Record<Level['kind'], string>>> = {
  phase: 'no phase',
  condition: 'no such condition',
  exists: 'no such pod',
  terminating: 'no deletion',
  scheduled: 'another node, or none,',
  nominated: 'no nomination',
  qosClass: 'no QoS class',
  podIP: 'no IP',
  running: 'no status',
  waiting: 'no status',
  terminated: 'no status',
  ready: 'not ready',
  startedUp: 'not started',
  restartCount: 'no status',
  endpoint: 'no such endpoint',
  alive: 'no process',
  objectExists: 'no such object',
  objectTerminating: 'no deletion',
  objectCondition: 'no such condition',
  objectCount: 'no such object',
  complete: 'no such object',
  unschedulable: 'no such node',
  tainted: 'no such node',
}

/** The latest that is known of what a level speaks of, up to an instant, as a sentence: `pod web is Running since 3s`. */
export function latestOf(level: Level, run: ExplainedRun, until = Number.POSITIVE_INFINITY): Nearest | undefined {
  const value = valueAt(level, run, ({ value, time }) => value !== undefined && time <= until)
  if (value === undefined) return undefined
  const { row, time } = value.change
  return { words: `${value.sentence} since ${formatDuration(time)}`, row, time }
}

type IsMeant = (change: Pick<FieldChange, 'row' | 'time' | 'value'>) => boolean

function valueAt(level: Level, run: ExplainedRun, isMeant: IsMeant): Value | undefined {
  if (isObjectLevel(level)) return objectValueAt(level, run, isMeant)
  switch (level.kind) {
    case 'phase':
      return ofPod(level.pod, { of: 'phase' }, run, isMeant, ({ value }) => value ?? 'gone')
    case 'condition': {
      const { type } = level
      const read = ({ value, reason, message }: FieldChange): string => {
        const why = reason === undefined ? '' : ` with reason ${wordText(reason)}`
        const words = level.message === undefined || message === undefined ? '' : `, message ${quoted(message)}`
        return `${type}=${value ?? 'absent'}${why}${words}`
      }
      const found = ofPod(level.pod, { of: 'condition', type }, run, isMeant, read)
      return found && { ...found, sentence: `${podText(level.pod, style(run))} has ${found.words}` }
    }
    case 'nominated': {
      const read = ({ value }: FieldChange): string => (value === undefined ? 'not nominated' : `nominated to ${value}`)
      const found = ofPod(level.pod, { of: 'nominatedNode' }, run, isMeant, read)
      return found && { ...found, sentence: `${podText(level.pod, style(run))} is ${found.words}` }
    }
    case 'qosClass': {
      const read = ({ value }: FieldChange): string => (value === undefined ? 'gone' : `QoS class ${value}`)
      const found = ofPod(level.pod, { of: 'qosClass' }, run, isMeant, read)
      return found && { ...found, sentence: `${podText(level.pod, style(run))} has ${found.words}` }
    }
    case 'podIP': {
      const read = ({ value }: FieldChange): string => (value === undefined ? 'gone' : `IP ${value}`)
      const found = ofPod(level.pod, { of: 'podIP' }, run, isMeant, read)
      return found && { ...found, sentence: `${podText(level.pod, style(run))} has ${found.words}` }
    }
    case 'running':
    case 'waiting':
    case 'terminated':
      return ofContainer(level.container, { of: 'state' }, run, isMeant, stateWords)
    case 'ready':
      return ofContainer(level.container, { of: 'ready' }, run, isMeant, ({ value }) => isOr(value, 'ready'))
    case 'startedUp':
      return ofContainer(level.container, { of: 'started' }, run, isMeant, ({ value }) => isOr(value, 'started'))
    case 'restartCount': {
      const read = ({ value }: FieldChange): string => (value === undefined ? 'gone' : `restarted ${value} times`)
      const found = ofContainer(level.container, { of: 'restarts' }, run, isMeant, read)
      return found && { ...found, sentence: `${containerText(level.container, style(run))} has ${found.words}` }
    }
    case 'not':
      return valueAt(level.level, run, isMeant)
    case 'and':
      return firstKnown(level.levels, each => valueAt(each, run, isMeant))
    default:
      return undefined
  }
}

function firstKnown(levels: readonly Level[], read: (level: Level) => Value | undefined): Value | undefined {
  for (const level of levels) {
    const value = read(level)
    if (value !== undefined) return value
  }
  return undefined
}

const style = ({ podName }: ExplainedRun) => ({ isInEach: false, podName })

const isOr = (value: string | undefined, word: string): string =>
  value === undefined ? 'gone' : value === 'true' ? word : `not ${word}`

function stateWords({ value, reason, exitCode }: FieldChange): string {
  const code = exitCode === undefined ? '' : ` and exit code ${exitCode}`
  return value === undefined ? 'gone' : `${value}${reason === undefined ? '' : ` with ${wordText(reason)}`}${code}`
}

function ofPod(
  pod: PodName,
  field: ObservedField,
  run: ExplainedRun,
  isMeant: IsMeant,
  read: (change: FieldChange) => string,
): Value | undefined {
  const change = latestChange(run.trace, `Pod/${pod}`, field, isMeant)
  if (change === undefined) return undefined
  const words = read(change)
  return { words, sentence: `${podText(pod, style(run))} is ${words}`, change }
}

function ofContainer(
  container: ContainerName,
  field: ObservedField,
  run: ExplainedRun,
  isMeant: IsMeant,
  read: (change: FieldChange) => string,
): Value | undefined {
  const change = latestChange(run.trace, `Pod/${container.pod}/${container.container}`, field, isMeant)
  if (change === undefined) return undefined
  const words = read(change)
  return { words, sentence: `${containerText(container, style(run))} is ${words}`, change }
}

function latestChange(trace: Trace, path: string, field: ObservedField, isMeant: IsMeant): FieldChange | undefined {
  const symbol = trace.symbols.find(path)
  return symbol === undefined ? undefined : changesOf(trace, symbol, field).findLast(isMeant)
}
