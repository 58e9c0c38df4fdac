import { type Kernel, PRIORITY } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { OP, RUNTIME_STATE, type ServerWatcher } from '../contract/index.js'
import type { Process } from './process.js'

/** How a process will exit. */
export interface PlannedExit {
  readonly at: Milliseconds
  readonly exitCode: number
  readonly isOomKill: boolean
  /** Row that the exit will name as its cause. */
  readonly cause: number
}

/** Plans a process's exit, in place of the one that was planned before. */
export function planExit(kernel: Kernel, process: Process, { at, exitCode, isOomKill, cause }: PlannedExit): void {
  process.exitAt = at
  process.exitCode = isOomKill ? 137 : exitCode
  process.isOomKill = isOomKill
  process.exitCause = cause
  kernel.cancel(process.exitEntry)
  process.exitEntry = kernel.schedule(at, OP.processExit, process.number, cause, PRIORITY.world)
}

/** A process that waits for a Service will have found it at an instant; Infinity: not for what is known now. */
export function planWaitEnd(kernel: Kernel, process: Process, at: Milliseconds, cause: number): void {
  if (process.view.state !== RUNTIME_STATE.running || process.isStopping) return
  if (at !== Number.POSITIVE_INFINITY) {
    planExit(kernel, process, { at, exitCode: 0, isOomKill: false, cause })
    return
  }
  kernel.cancel(process.exitEntry)
  process.exitEntry = 0
  process.exitAt = at
}

/** Puts off an exit that SIGTERM asked for until what is under way has been answered; answers whether it did. */
export function isDraining(kernel: Kernel, process: Process, servers: ServerWatcher | undefined): boolean {
  if (!process.isStopping || servers === undefined) return false
  const { pod, container, exitCode, exitCause: cause } = process
  const at = servers.drainedAt(pod, container, cause)
  if (at <= kernel.now) return false
  planExit(kernel, process, { at, exitCode, isOomKill: false, cause })
  return true
}
