import { ROW, type RowKind, type TraceRecorder } from '../../trace/index.js'
import {
  type ContainerState,
  type ContainerStatus,
  isSameState,
  type PodStatus,
  type PodVersion,
  STATE,
} from '../contract/index.js'

/**
 * Writes a row for each difference between two statuses of a pod: what a client sees from now on.
 */
export class StatusRows {
  readonly #trace: TraceRecorder
  /** How far the API's clock is past a whole second at t = 0. */
  readonly #clockOffset: number
  #time = 0
  #cause = -1
  #first = -1

  constructor(trace: TraceRecorder, clockOffset: number) {
    this.#trace = trace
    this.#clockOffset = clockOffset
  }

  /** Answers the number of the first row; −1: the statuses are the same. */
  write(time: number, pod: PodVersion, before: PodStatus, after: PodStatus, cause: number): number {
    this.#time = time
    this.#cause = cause
    this.#first = -1
    const { path } = pod.identity
    if (after.startSeconds !== before.startSeconds) this.#row(ROW.startTime, path, after.startSeconds, 0, 0)
    if (after.podIP !== before.podIP) this.#row(ROW.podIP, path, after.podIP, 0, 0)
    if (after.nominatedNode !== before.nominatedNode) this.#row(ROW.nominatedNode, path, after.nominatedNode, 0, 0)
    this.#containers(before.initContainers, after.initContainers)
    this.#containers(before.containers, after.containers)
    this.#containers(before.ephemeralContainers, after.ephemeralContainers)
    if (after.phase !== before.phase || after.reason !== before.reason || after.message !== before.message) {
      this.#row(ROW.phase, path, after.phase, after.reason, after.message)
    }
    this.#conditions(path, before, after)
    return this.#first
  }

  #row(kind: RowKind, object: number, a: number, b: number, c: number): void {
    const row = this.#trace.append(this.#time, kind, object, a, b, c, this.#cause)
    if (this.#first < 0) this.#first = row
  }

  #conditions(path: number, before: PodStatus, after: PodStatus): void {
    for (let i = 0; i < after.conditions.length; i++) {
      const condition = after.conditions[i]
      let old = before.conditions[i]
      if (old === undefined || old.type !== condition.type)
        old = before.conditions.find(each => each.type === condition.type) as typeof old
      if (
        old !== undefined &&
        (old === condition ||
          (old.status === condition.status && old.reason === condition.reason && old.message === condition.message))
      ) {
        continue
      }
      this.#row(ROW.condition, path, condition.type, condition.status | (condition.reason << 2), condition.message)
    }
    if (before.conditions.length === 0) return
    for (const old of before.conditions) {
      if (!after.conditions.some(each => each.type === old.type)) this.#row(ROW.conditionRemoved, path, old.type, 0, 0)
    }
  }

  #containers(before: readonly ContainerStatus[], after: readonly ContainerStatus[]): void {
    if (before === after) return
    for (let i = 0; i < after.length; i++) {
      const status = after[i]
      let old: ContainerStatus | undefined = before[i]
      if (old !== undefined && old.container.slot !== status.container.slot) {
        old = before.find(each => each.container.slot === status.container.slot)
      }
      if (old !== status) this.#container(old, status)
    }
  }

  #container(old: ContainerStatus | undefined, status: ContainerStatus): void {
    const { path } = status.container
    if (old === undefined || !isSameState(old.state, status.state)) this.#state(path, status.state)
    const last = status.last
    const oldLast = old?.last ?? null
    if (last === null) {
      if (oldLast !== null) this.#row(ROW.containerLastTerminated, path, 0, 0, 0)
    } else if (oldLast === null || !isSameState(oldLast, last)) {
      this.#row(ROW.containerLastTerminated, path, packInstance(last), last.reason, last.message)
    }
    if (status.restarts !== (old?.restarts ?? 0)) this.#row(ROW.containerRestarts, path, status.restarts, 0, 0)
    if (status.started !== (old?.started ?? false)) this.#row(ROW.containerStarted, path, status.started ? 1 : 0, 0, 0)
    if (status.ready !== (old?.ready ?? false)) this.#row(ROW.containerReady, path, status.ready ? 1 : 0, 0, 0)
  }

  #state(path: number, state: ContainerState): void {
    switch (state.kind) {
      case STATE.running:
        this.#row(
          ROW.containerRunning,
          path,
          state.instance,
          Math.floor((state.startedAt + this.#clockOffset) / 1000),
          0,
        )
        break
      case STATE.terminated:
        this.#row(ROW.containerTerminated, path, packInstance(state), state.reason, state.message)
        break
      default:
        this.#row(ROW.containerWaiting, path, state.reason, state.message, 0)
    }
  }
}

const packInstance = (state: ContainerState): number => (state.exitCode & 0xff) | ((state.instance + 1) << 8)
