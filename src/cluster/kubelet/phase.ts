import { type ContainerSpec, type ContainerStatus, STATE, WORD } from '../contract/index.js'
import { isRestartedAfterExit } from './restart-decision.js'

/** What getPhase needs of a pod's spec. */
export interface PhaseSpec {
  readonly restartPolicy: string
  readonly initContainers: readonly ContainerSpec[]
  readonly containers: readonly ContainerSpec[]
}

/** How many regular containers are in which state. */
interface Counts {
  unknown: number
  running: number
  waiting: number
  stopped: number
  succeeded: number
  pendingInit: number
  /** Init containers that failed and are not started again. */
  failedInit: number
  pendingSidecar: number
  /** Stopped containers that are not started again. */
  stoppedForGood: number
}

/**
 * The phase that follows from the containers' statuses; statuses are found by the container's slot.
 *
 * kubelet: pkg/kubelet/kubelet_pods.go getPhase, v1.32 (R-801, R-802, R-803).
 */
export function getPhase(
  spec: PhaseSpec,
  statuses: readonly ContainerStatus[],
  podIsTerminal: boolean,
  isStatic = false,
): number {
  const counts: Counts = {
    unknown: 0,
    running: 0,
    waiting: 0,
    stopped: 0,
    succeeded: 0,
    pendingInit: 0,
    failedInit: 0,
    pendingSidecar: 0,
    stoppedForGood: 0,
  }
  for (const container of spec.initContainers) {
    const status = statusOf(statuses, container)
    if (container.role === 'sidecar') countSidecar(counts, status)
    else countInit(counts, container, status, spec.restartPolicy)
  }
  let hasRegularStarted = false
  let hasOwnPolicies = false
  for (const container of spec.containers) {
    const status = statusOf(statuses, container)
    countRegular(counts, container, status, spec.restartPolicy)
    if (container.restartPolicy !== null) hasOwnPolicies = true
    const kind = status?.state.kind
    if (kind === STATE.running || kind === STATE.terminated) hasRegularStarted = true
  }
  return decide(counts, hasOwnPolicies ? null : spec.restartPolicy, hasRegularStarted, podIsTerminal, isStatic)
}

function statusOf(statuses: readonly ContainerStatus[], container: ContainerSpec): ContainerStatus | undefined {
  for (let i = 0; i < statuses.length; i++) if (statuses[i].container.slot === container.slot) return statuses[i]
  return undefined
}

function countInit(
  counts: Counts,
  container: ContainerSpec,
  status: ContainerStatus | undefined,
  podPolicy: string,
): void {
  switch (status?.state.kind) {
    case STATE.terminated:
      if (isFailedForGood(container, podPolicy, status.state.exitCode)) counts.failedInit++
      break
    case STATE.waiting:
      if (status.last === null) counts.pendingInit++
      else if (isFailedForGood(container, podPolicy, status.last.exitCode)) counts.failedInit++
      break
    default:
      counts.pendingInit++
  }
}

const isFailedForGood = (container: ContainerSpec, podPolicy: string, exitCode: number): boolean =>
  exitCode !== 0 && !isRestartedAfterExit(container, podPolicy, exitCode)

/**
 * A sidecar counts as pending until it has started. The kubelet asks before it fills `started` in, so that there every running
 * sidecar is pending.
 */
function countSidecar(counts: Counts, status: ContainerStatus | undefined): void {
  switch (status?.state.kind) {
    case undefined:
      counts.unknown++
      break
    case STATE.running:
      counts.running++
      if (!status?.started) counts.pendingSidecar++
      break
    case STATE.terminated:
      break
    case STATE.waiting:
      if (status?.last === null) {
        counts.pendingSidecar++
        counts.waiting++
      }
      break
    default:
      counts.pendingSidecar++
      counts.unknown++
  }
}

function countRegular(
  counts: Counts,
  container: ContainerSpec,
  status: ContainerStatus | undefined,
  podPolicy: string,
): void {
  switch (status?.state.kind) {
    case STATE.running:
      counts.running++
      break
    case STATE.terminated:
      countStopped(counts, container, podPolicy, status.state.exitCode)
      if (status.state.exitCode === 0) counts.succeeded++
      break
    case STATE.waiting:
      if (status.last === null) counts.waiting++
      else countStopped(counts, container, podPolicy, status.last.exitCode)
      break
    default:
      counts.unknown++
  }
}

function countStopped(counts: Counts, container: ContainerSpec, podPolicy: string, exitCode: number): void {
  counts.stopped++
  if (!isRestartedAfterExit(container, podPolicy, exitCode)) counts.stoppedForGood++
}

/** `policy` null: containers have policies of their own, and whether one of them comes back decides (v1.35). */
function decide(
  counts: Counts,
  policy: string | null,
  hasRegularStarted: boolean,
  podIsTerminal: boolean,
  isStatic: boolean,
): number {
  if (counts.failedInit > 0) return WORD.Failed
  if (counts.pendingInit > 0 || (counts.pendingSidecar > 0 && !hasRegularStarted)) return WORD.Pending
  if (counts.waiting > 0) return WORD.Pending
  if (counts.running > 0 && counts.unknown === 0) return WORD.Running
  if (counts.running === 0 && counts.stopped > 0 && counts.unknown === 0) {
    const allSucceeded = counts.stopped === counts.succeeded
    if (podIsTerminal && !isStatic) return allSucceeded ? WORD.Succeeded : WORD.Failed
    if (policy === null && counts.stopped > counts.stoppedForGood) return WORD.Running
    if (policy === 'Never' || policy === null) return allSucceeded ? WORD.Succeeded : WORD.Failed
    if (policy === 'OnFailure') return allSucceeded ? WORD.Succeeded : WORD.Running
    return WORD.Running
  }
  return WORD.Pending
}
