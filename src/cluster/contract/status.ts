import type { Milliseconds } from '../../time/index.js'
import type { ContainerSpec } from './spec.js'
import { WORD } from './words.js'

/** Which of a container state's three members is set; `empty`: none. */
export const STATE = { empty: 0, waiting: 1, running: 2, terminated: 3 } as const

/** A container's state. Immutable and of one shape; reasons and messages are symbols. */
export interface ContainerState {
  readonly kind: number
  readonly reason: number
  readonly message: number
  readonly exitCode: number
  /** Number of the container's instance in its pod; −1: none is known. */
  readonly instance: number
  readonly startedAt: Milliseconds
  readonly finishedAt: Milliseconds
}

const state = (
  kind: number,
  reason: number,
  message: number,
  exitCode: number,
  instance: number,
  startedAt: Milliseconds,
  finishedAt: Milliseconds,
): ContainerState => ({ kind, reason, message, exitCode, instance, startedAt, finishedAt })

export const waiting = (reason: number, message = 0): ContainerState =>
  state(STATE.waiting, reason, message, 0, -1, 0, 0)
export const running = (instance: number, startedAt: Milliseconds): ContainerState =>
  state(STATE.running, 0, 0, 0, instance, startedAt, 0)
export const terminated = (
  reason: number,
  message: number,
  exitCode: number,
  instance: number,
  startedAt: Milliseconds,
  finishedAt: Milliseconds,
): ContainerState => state(STATE.terminated, reason, message, exitCode, instance, startedAt, finishedAt)

export const WAITING_CREATING = waiting(WORD.ContainerCreating)
export const WAITING_INITIALIZING = waiting(WORD.PodInitializing)
export const WAITING_EMPTY = waiting(0)

/** Two states that a client could not tell apart. */
export const isSameState = (a: ContainerState, b: ContainerState): boolean =>
  a === b ||
  (a.kind === b.kind &&
    a.reason === b.reason &&
    a.message === b.message &&
    a.exitCode === b.exitCode &&
    a.instance === b.instance &&
    a.startedAt === b.startedAt &&
    a.finishedAt === b.finishedAt)

/** Status of one container. Immutable; `last` is lastState.terminated. */
export interface ContainerStatus {
  readonly container: ContainerSpec
  readonly state: ContainerState
  readonly last: ContainerState | null
  readonly restarts: number
  readonly ready: boolean
  readonly started: boolean
  /** The instance whose containerID the status shows; −1: none. */
  readonly instance: number
}

export const containerStatus = (
  container: ContainerSpec,
  state: ContainerState,
  last: ContainerState | null,
  restarts: number,
  ready: boolean,
  started: boolean,
  instance: number,
): ContainerStatus => ({ container, state, last, restarts, ready, started, instance })

const isSameLast = (a: ContainerState | null, b: ContainerState | null): boolean =>
  a === b || (a !== null && b !== null && isSameState(a, b))

export const isSameContainerStatus = (a: ContainerStatus, b: ContainerStatus): boolean =>
  a === b ||
  (a.restarts === b.restarts &&
    a.ready === b.ready &&
    a.started === b.started &&
    a.instance === b.instance &&
    a.container.image === b.container.image &&
    isSameState(a.state, b.state) &&
    isSameLast(a.last, b.last))

/** Status of a condition, as rows number it. */
export const TRUTH = { False: 0, True: 1, Unknown: 2 } as const

/** A condition of a pod; the transition time is whole seconds. */
export interface Condition {
  readonly type: number
  readonly status: number
  readonly reason: number
  readonly message: number
  readonly transitionSeconds: number
}

export const condition = (type: number, status: number, reason = 0, message = 0, transitionSeconds = 0): Condition => ({
  type,
  status,
  reason,
  message,
  transitionSeconds,
})

export const findCondition = (conditions: readonly Condition[], type: number): Condition | undefined => {
  for (let i = 0; i < conditions.length; i++) if (conditions[i].type === type) return conditions[i]
  return undefined
}

/** Status of a pod. Immutable. */
export interface PodStatus {
  readonly phase: number
  readonly reason: number
  readonly message: number
  readonly conditions: readonly Condition[]
  /** Whole seconds; −1: not set. */
  readonly startSeconds: number
  /** Symbol; 0: none. */
  readonly podIP: number
  readonly initContainers: readonly ContainerStatus[]
  readonly containers: readonly ContainerStatus[]
  readonly ephemeralContainers: readonly ContainerStatus[]
  /** Symbol of the node preemption nominated; 0: none. */
  readonly nominatedNode: number
}

export const EMPTY_STATUSES: readonly ContainerStatus[] = []

export const podStatus = (
  phase: number,
  reason: number,
  message: number,
  conditions: readonly Condition[],
  startSeconds: number,
  podIP: number,
  initContainers: readonly ContainerStatus[],
  containers: readonly ContainerStatus[],
  ephemeralContainers: readonly ContainerStatus[],
  nominatedNode: number,
): PodStatus => ({
  phase,
  reason,
  message,
  conditions,
  startSeconds,
  podIP,
  initContainers,
  containers,
  ephemeralContainers,
  nominatedNode,
})

/** The same status with other conditions. */
export const withConditions = (status: PodStatus, conditions: readonly Condition[]): PodStatus =>
  podStatus(
    status.phase,
    status.reason,
    status.message,
    conditions,
    status.startSeconds,
    status.podIP,
    status.initContainers,
    status.containers,
    status.ephemeralContainers,
    status.nominatedNode,
  )

export const isTerminalPhase = (phase: number): boolean => phase === WORD.Succeeded || phase === WORD.Failed

const isSameCondition = (a: Condition, b: Condition): boolean =>
  a === b || (a.type === b.type && a.status === b.status && a.reason === b.reason && a.message === b.message)

function isSameList<Item>(a: readonly Item[], b: readonly Item[], isSame: (a: Item, b: Item) => boolean): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!isSame(a[i], b[i])) return false
  return true
}

/** Whether two statuses would print the same, transition times aside. */
export const isSamePodStatus = (a: PodStatus, b: PodStatus): boolean =>
  a === b ||
  (a.phase === b.phase &&
    a.reason === b.reason &&
    a.message === b.message &&
    a.podIP === b.podIP &&
    a.startSeconds === b.startSeconds &&
    a.nominatedNode === b.nominatedNode &&
    isSameList(a.conditions, b.conditions, isSameCondition) &&
    isSameList(a.containers, b.containers, isSameContainerStatus) &&
    isSameList(a.initContainers, b.initContainers, isSameContainerStatus) &&
    isSameList(a.ephemeralContainers, b.ephemeralContainers, isSameContainerStatus))
