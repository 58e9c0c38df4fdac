import type { Milliseconds } from '../../time/index.js'
import type { ContainerSpec } from '../contract/index.js'

/** Where the kill of one container stands. */
export const KILL_STEP = { preStop: 0, waitingForTurn: 1, stopping: 2, done: 3 } as const

/** One container on its way out: preStop, its turn, then SIGTERM and SIGKILL. */
export class ContainerKill {
  /** Names the kill among those of its pod. */
  readonly number: number
  readonly container: ContainerSpec
  readonly instance: number
  /** Seconds that are left of the grace. */
  graceSeconds: number
  step: number = KILL_STEP.preStop
  startedAt: Milliseconds
  hookCall = -1
  /** The hook outlived the grace: when it ends, only its failure is told. */
  isHookAbandoned = false
  /** Name of the entry that ends the present wait; an earlier one is void. */
  timeoutEntry = 0
  /** Sidecars wait for the others to go first. */
  readonly isOrdered: boolean

  constructor(
    number: number,
    container: ContainerSpec,
    instance: number,
    graceSeconds: number,
    startedAt: Milliseconds,
    isOrdered: boolean,
  ) {
    this.number = number
    this.container = container
    this.instance = instance
    this.graceSeconds = graceSeconds
    this.startedAt = startedAt
    this.isOrdered = isOrdered
  }
}
