import { ROW, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { ContainerName, PodName } from '../clause.js'
import { OccurrenceSignal, type Source, type Subscription } from './signal.js'
import { ofContainerStatus, ofPodStatus, STATE_KINDS, STATUS_KINDS } from './subscriptions.js'

/** Something whose values are followed: it happens at every row that says a value, 0 where the row takes it away. */
type ValueSource = Source<OccurrenceSignal>

/** The phase of a pod: values are symbols. */
export const phaseOf = (pod: PodName): ValueSource =>
  new ValueFromRows(ofPodStatus(pod, ROW.phase), (kind, a) => (kind === ROW.phase ? a : 0))

/** The status of a pod's condition: values are one more than the row's numbers. */
export function conditionOf(pod: PodName, type: string, symbols: SymbolTable): ValueSource {
  const wanted = symbols.intern(type)
  return new ValueFromRows(ofPodStatus(pod, ROW.condition, ROW.conditionRemoved, ROW.statusReplaced), (kind, a, b) => {
    const isAboutOne = kind === ROW.condition || kind === ROW.conditionRemoved
    if (isAboutOne && a !== wanted) return NOT_SAID
    return kind === ROW.condition ? (b & 3) + 1 : 0
  })
}

/** The state of a container: values are the state's number in the low two bits, and the reason's symbol above them. */
export const stateOf = (container: ContainerName): ValueSource =>
  new ValueFromRows(ofContainerStatus(container, STATE_KINDS), (kind, a, b) => {
    switch (kind) {
      case ROW.containerRunning:
        return STATE_NUMBERS.running
      case ROW.containerWaiting:
        return STATE_NUMBERS.waiting | (a << 2)
      case ROW.containerTerminated:
        return STATE_NUMBERS.terminated | (b << 2)
      default:
        return 0
    }
  })

/** Numbers of the states. */
export const STATE_NUMBERS = { running: 1, waiting: 2, terminated: 3 } as const

/** Whether a container has a status, and whether the latest row about it made its restartCount fall. */
export const RESTARTS = { unknown: 0, known: 1, fell: 2 } as const

/** A container's restartCount: values are those of `RESTARTS`. */
export const restartsOf = (container: ContainerName): ValueSource => new Restarts(container)

/** Stands for a row that says nothing of the value. */
const NOT_SAID = -1

class ValueFromRows implements Source<OccurrenceSignal> {
  readonly signal = new OccurrenceSignal()
  readonly subscriptions: readonly Subscription[]
  readonly #read: (kind: RowKind, a: number, b: number) => number

  constructor(
    subscriptions: readonly Subscription[],
    /** The value that a row gives. */
    read: (kind: RowKind, a: number, b: number) => number,
  ) {
    this.subscriptions = subscriptions
    this.#read = read
  }

  take(row: number, kind: RowKind, a: number, b: number): boolean {
    const value = this.#read(kind, a, b)
    if (value === NOT_SAID) return false
    this.signal.value = value
    this.signal.lastRow = row
    return true
  }
}

class Restarts implements Source<OccurrenceSignal> {
  readonly signal = new OccurrenceSignal()
  readonly subscriptions: readonly Subscription[]
  #count = 0

  constructor(container: ContainerName) {
    this.subscriptions = ofContainerStatus(container, STATUS_KINDS)
  }

  take(row: number, kind: RowKind, a: number): boolean {
    this.signal.lastRow = row
    this.signal.value = this.#valueAfter(kind, a)
    return true
  }

  reset(): void {
    this.#count = 0
  }

  #valueAfter(kind: RowKind, count: number): number {
    switch (kind) {
      case ROW.created:
      case ROW.removed:
        this.#count = 0
        return RESTARTS.unknown
      // The statuses vanish, but the pod is the same, and so is what its containers went through.
      case ROW.statusReplaced:
        return RESTARTS.unknown
      case ROW.containerRestarts: {
        const isLess = count < this.#count
        this.#count = count
        return isLess ? RESTARTS.fell : RESTARTS.known
      }
      default:
        return RESTARTS.known
    }
  }
}
