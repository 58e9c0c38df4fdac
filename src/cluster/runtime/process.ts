import type { ProcessBehaviour } from '../../scenario/index.js'
import type { Milliseconds } from '../../time/index.js'
import type { ContainerSpec, RuntimeContainer } from '../contract/index.js'

/** A container instance of the scripted runtime: its process and what happens to it. Mutable; what others see is `view`. */
export class Process {
  readonly number: number
  readonly pod: number
  readonly container: ContainerSpec
  readonly sandboxAttempt: number
  /** What the runtime's list shows of it. */
  view: RuntimeContainer
  behaviour: ProcessBehaviour | null = null
  /** Which entry of the script this start uses: counts StartContainer calls, failed ones included. */
  run = -1
  /** When it will exit, as far as is known; Infinity: not by itself. */
  exitAt: Milliseconds = Number.POSITIVE_INFINITY
  exitCode = 0
  isOomKill = false
  /** Its exit is the answer to SIGTERM. */
  isStopping = false
  /** Names of the pending entries for its exit and its SIGKILL; 0: none. */
  exitEntry = 0
  killEntry = 0
  /** Row that an exit will name as its cause. */
  exitCause = -1
  startRow = -1
  /** Who waits for the end of StopContainer. */
  stopOperation = -1
  stopArgument = 0
  isRemoved = false
  /** Calls in flight. */
  openCalls = 0
  /** Per probe type: the last answer told in a row (−1: none yet) and how often it was repeated since. */
  readonly lastAnswers: [number, number, number] = [-1, -1, -1]
  readonly repeats: [number, number, number] = [0, 0, 0]

  constructor(number: number, pod: number, container: ContainerSpec, sandboxAttempt: number, view: RuntimeContainer) {
    this.number = number
    this.pod = pod
    this.container = container
    this.sandboxAttempt = sandboxAttempt
    this.view = view
  }
}
