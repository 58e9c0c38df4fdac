import { ROW, type Row, type Trace } from '../../trace/index.js'
import { type ContainerName, isLevel, type Level, type Occurrence } from '../clause.js'
import type { ObjectLevel } from '../object-clause.js'
import { happensAt } from './happens-at.js'
import { isComplete, numberIn, type ObjectSnapshot, objectSnapshots } from './object-snapshots.js'
import { type ContainerSnapshot, type PodSnapshot, podSnapshots } from './pod-snapshots.js'

/** What levels and occurrences are in a run, row by row. */
export class RunReading {
  readonly trace: Trace
  readonly rows: readonly Row[]
  readonly #pods = new Map<string, readonly PodSnapshot[]>()
  readonly #objects = new Map<string, readonly ObjectSnapshot[]>()
  readonly #levels = new Map<Level, readonly boolean[]>()
  readonly #occurrences = new Map<Occurrence, readonly boolean[]>()

  constructor(trace: Trace) {
    this.trace = trace
    this.rows = Array.from({ length: trace.rows.length }, (_, number) => trace.rows.at(number))
  }

  /** A pod before the first row and after each. */
  pod(pod: string): readonly PodSnapshot[] {
    return remembered(this.#pods, pod, () => podSnapshots(this.trace, this.rows, pod))
  }

  /** An object that is no pod before the first row and after each. */
  object(path: string): readonly ObjectSnapshot[] {
    return remembered(this.#objects, path, () => objectSnapshots(this.trace, this.rows, path))
  }

  /** A container's status before the first row and after each; undefined where it has none. */
  container({ pod = '', container }: ContainerName): readonly (ContainerSnapshot | undefined)[] {
    return this.pod(pod).map(({ containers }) => containers[container])
  }

  /** Raw values of a level before the first row and after each: `level(x)[row + 1]`. */
  level(level: Level): readonly boolean[] {
    return remembered(this.#levels, level, () => this.#level(level))
  }

  /** Whether an occurrence happens at a row: `occurrence(x)[row]`. */
  occurrence(occurrence: Occurrence): readonly boolean[] {
    return remembered(this.#occurrences, occurrence, () => this.rows.map(row => this.#happens(occurrence, row)))
  }

  #level(level: Level): readonly boolean[] {
    const of = (container: ContainerName, isSo: (it: ContainerSnapshot) => boolean): boolean[] =>
      this.container(container).map(it => it !== undefined && isSo(it))
    switch (level.kind) {
      case 'phase':
        return this.pod(level.pod).map(({ phase }) => phase === level.phase)
      case 'exists':
        return this.pod(level.pod).map(({ exists }) => exists)
      case 'terminating':
        return this.pod(level.pod).map(({ isTerminating }) => isTerminating)
      case 'scheduled':
        return this.pod(level.pod).map(
          ({ node }) => node !== undefined && (level.node === undefined || node.replace(/^Node\//, '') === level.node),
        )
      case 'nominated':
        return this.pod(level.pod).map(
          ({ nominated = '' }) => nominated !== '' && (level.node ?? nominated) === nominated,
        )
      case 'qosClass':
        return this.pod(level.pod).map(({ qosClass }) => qosClass === level.qosClass)
      case 'podIP':
        return this.pod(level.pod).map(
          ({ podIP }) => podIP !== undefined && (level.ip ?? podIP) === podIP && podIP !== '',
        )
      case 'condition':
        return this.pod(level.pod).map(({ conditions: { [level.type]: condition } }) => isCondition(condition, level))
      case 'running':
        return of(level.container, ({ state }) => state?.kind === 'running')
      case 'ready':
        return of(level.container, ({ isReady }) => isReady)
      case 'startedUp':
        return of(level.container, ({ isStarted }) => isStarted)
      case 'waiting':
        return of(
          level.container,
          ({ state }) => state?.kind === 'waiting' && (level.reason === undefined || state.reason === level.reason),
        )
      case 'terminated':
        return of(
          level.container,
          ({ state }) =>
            state?.kind === 'terminated' &&
            (level.reason === undefined || state.reason === level.reason) &&
            (level.exitCode === undefined || state.exitCode === level.exitCode),
        )
      case 'restartCount':
        return of(level.container, ({ restartCount }) => COMPARISONS[level.is](restartCount, level.count))
      case 'endpoint':
        return this.#endpoint(level)
      case 'alive':
        return this.#alive(level.container)
      case 'not':
      case 'and':
      case 'or':
      case 'once':
      case 'since':
        return this.#madeOfOthers(level)
      default:
        return this.#ofObject(level)
    }
  }

  #ofObject(level: ObjectLevel): readonly boolean[] {
    const path = 'node' in level ? `Node/${level.node}` : level.object
    const of = (isSo: (it: ObjectSnapshot) => boolean): boolean[] => this.object(path).map(isSo)
    switch (level.kind) {
      case 'objectExists':
        return of(({ exists }) => exists)
      case 'objectTerminating':
        return of(({ isTerminating }) => isTerminating)
      case 'objectCondition':
        return of(({ conditions: { [level.type]: condition } }) => isCondition(condition, level))
      case 'objectCount':
        return of(it => {
          const number = numberIn(it, path, level.field)
          return number !== undefined && COMPARISONS[level.is](number, level.count)
        })
      case 'complete':
        return of(it => isComplete(it, path))
      case 'unschedulable':
        return of(({ isUnschedulable }) => isUnschedulable)
      case 'tainted':
        return of(({ taints }) =>
          taints.some(
            ({ key, value = '', effect }) =>
              (level.key ?? key) === key && (level.value ?? value) === value && (level.effect ?? effect) === effect,
          ),
        )
    }
  }

  #madeOfOthers(level: Extract<Level, { kind: 'not' | 'and' | 'or' | 'once' | 'since' }>): readonly boolean[] {
    const moments = Array.from({ length: this.rows.length + 1 }, (_, index) => index)
    switch (level.kind) {
      case 'not':
        return this.level(level.level).map(isSo => !isSo)
      case 'and':
        return moments.map(i => level.levels.every(each => this.level(each)[i]))
      case 'or':
        return moments.map(i => level.levels.some(each => this.level(each)[i]))
      case 'once':
        return moments.map(i => moments.some(j => j <= i && this.#isSoAt(level.what, j)))
      case 'since':
        // There is a moment of `what` from which on the level held without a break.
        return moments.map(i =>
          moments.some(
            j =>
              j <= i && this.#isSoAt(level.what, j) && moments.every(k => k < j || k > i || this.level(level.level)[k]),
          ),
        )
    }
  }

  /** Whether a level is so, or an occurrence happens, at the row before this moment; the first moment is before the first row. */
  #isSoAt(what: Level | Occurrence, moment: number): boolean {
    if (isLevel(what)) return this.level(what)[moment]
    return moment > 0 && this.occurrence(what)[moment - 1]
  }

  #endpoint({ service, pod, condition }: Extract<Level, { kind: 'endpoint' }>): readonly boolean[] {
    const { symbols } = this.trace
    let addresses = ''
    return this.pod(pod).map(({ ip }, moment) => {
      const row = this.rows[moment - 1]
      if (row?.kind === ROW.endpoints && symbols.text(row.object) === `Service/${service}`)
        addresses = symbols.text(row.a)
      return addresses
        .split(', ')
        .map(entry => entry.split(' '))
        .some(([address, ...words]) => address === ip && words.includes(condition))
    })
  }

  #alive({ pod, container }: ContainerName): readonly boolean[] {
    let processes = 0
    const after = this.rows.map(({ kind, object }) => {
      if (this.trace.symbols.text(object) === `Pod/${pod}/${container}`) {
        if (kind === ROW.containerStart) processes++
        if (kind === ROW.exit) processes = Math.max(0, processes - 1)
      }
      return processes > 0
    })
    return [false, ...after]
  }

  #happens(occurrence: Occurrence, row: Row): boolean {
    switch (occurrence.kind) {
      case 'becomes': {
        const values = this.level(occurrence.level)
        return values[row.number + 1] && !values[row.number]
      }
      case 'anyOf':
        return occurrence.occurrences.some(each => this.occurrence(each)[row.number])
      case 'when':
        return this.occurrence(occurrence.occurrence)[row.number] && this.level(occurrence.level)[row.number + 1]
      case 'deleted':
        return happensAt(occurrence, row, this.trace) && !this.pod(occurrence.pod)[row.number].isTerminating
      case 'objectDeleted':
        return happensAt(occurrence, row, this.trace) && !this.object(occurrence.object)[row.number].isTerminating
      default:
        return happensAt(occurrence, row, this.trace)
    }
  }
}

/** Whether a condition, which may be absent, is the one that a level speaks of. */
function isCondition(
  condition: { readonly status: string; readonly reason: string; readonly message: string } | undefined,
  { status, reason, message }: Pick<Extract<Level, { kind: 'condition' }>, 'status' | 'reason' | 'message'>,
): boolean {
  if (condition?.status !== status) return false
  const isReason = reason === undefined || condition.reason === reason
  return isReason && (message === undefined || condition.message.includes(message))
}

const COMPARISONS = {
  exactly: (count: number, wanted: number) => count === wanted,
  atLeast: (count: number, wanted: number) => count >= wanted,
  atMost: (count: number, wanted: number) => count <= wanted,
  fewerThan: (count: number, wanted: number) => count < wanted,
  moreThan: (count: number, wanted: number) => count > wanted,
} as const

function remembered<Key, Value>(memory: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = memory.get(key)
  if (known !== undefined) return known
  const value = make()
  memory.set(key, value)
  return value
}
