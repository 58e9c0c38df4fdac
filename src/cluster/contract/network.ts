import type { WaitBehaviour } from '../../scenario/index.js'
import type { Milliseconds } from '../../time/index.js'
import type { ContainerSpec, PodIdentity } from './spec.js'

/** Hears of processes as those feel it who talk to them over the network. Rows are what a failure will name as its cause. */
export interface ServerWatcher {
  started(pod: number, node: number, container: ContainerSpec, row: number): void
  /** SIGTERM has come; `isHeard` false: the process ignores it. */
  signalled(pod: number, container: ContainerSpec, isHeard: boolean, row: number): void
  /**
   * A process that SIGTERM stops would exit now. Answers when it has answered what is under way: now, where nothing is, or where
   * it drops it.
   */
  drainedAt(pod: number, container: ContainerSpec, cause: number): Milliseconds
  exited(pod: number, container: ContainerSpec, row: number): void
  /** A process waits until a Service can be reached from its node; it is told by `WaitEnd`. */
  waits(process: number, pod: PodIdentity, node: number, slot: number, wait: WaitBehaviour, row: number): void
}

/** Tells a waiting process when its wait will be over; Infinity: not for what is known now. */
export type WaitEnd = (process: number, at: Milliseconds, cause: number) => void
