import { ROW, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { ContainerName, PodName } from '../clause.js'
import { type FromRows, OccurrenceSignal, type Subscription } from './signal.js'
import { ofContainerStatus, ofPodStatus, STATE_KINDS, STATUS_KINDS } from './subscriptions.js'

/** Something whose values are followed: it happens at every row that says a value, 0 where the row takes it away. */
export type FollowedValue = OccurrenceSignal & FromRows

/** The phase of a pod: values are symbols. */
export const phaseOf = (pod: PodName): FollowedValue =>
  new ValueFromRows(ofPodStatus(pod, ROW.phase), (kind, a) => (kind === ROW.phase ? a : 0))

/** The status of a pod's condition: values are one more than the row's numbers. */
export function conditionOf(pod: PodName, type: string, symbols: SymbolTable): FollowedValue {
  const wanted = symbols.intern(type)
  return new ValueFromRows(ofPodStatus(pod, ROW.condition, ROW.conditionRemoved, ROW.statusReplaced), (kind, a, b) => {
    const isAboutOne = kind === ROW.condition || kind === ROW.conditionRemoved
    if (isAboutOne && a !== wanted) return undefined
    return kind === ROW.condition ? (b & 3) + 1 : 0
  })
}

/** The state of a container: values are the state's number in the low two bits, and the reason's symbol above them. */
export const stateOf = (container: ContainerName): FollowedValue =>
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
export const restartsOf = (container: ContainerName): FollowedValue => new Restarts(container)

class ValueFromRows extends OccurrenceSignal implements FromRows {
  readonly subscriptions: readonly Subscription[]
  readonly #read: (kind: RowKind, a: number, b: number) => number | undefined

  constructor(
    subscriptions: readonly Subscription[],
    /** The value that a row gives; undefined: it says nothing of it. */
    read: (kind: RowKind, a: number, b: number) => number | undefined,
  ) {
    super()
    this.subscriptions = subscriptions
    this.#read = read
  }

  take(row: number, kind: RowKind, a: number, b: number): boolean {
    const value = this.#read(kind, a, b)
    if (value === undefined) return false
    this.value = value
    this.lastRow = row
    return true
  }
}

class Restarts extends OccurrenceSignal implements FromRows {
  readonly subscriptions: readonly Subscription[]
  #count = 0

  constructor(container: ContainerName) {
    super()
    this.subscriptions = ofContainerStatus(container, STATUS_KINDS)
  }

  take(row: number, kind: RowKind, a: number): boolean {
    this.lastRow = row
    this.value = RESTARTS.known
    switch (kind) {
      case ROW.created:
      case ROW.removed:
        this.value = RESTARTS.unknown
        this.#count = 0
        break
      // The statuses vanish, but the pod is the same, and so is what its containers went through.
      case ROW.statusReplaced:
        this.value = RESTARTS.unknown
        break
      case ROW.containerRestarts:
        if (a < this.#count) this.value = RESTARTS.fell
        this.#count = a
        break
    }
    return true
  }

  override reset(): void {
    super.reset()
    this.#count = 0
  }
}
