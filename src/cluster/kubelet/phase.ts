import { type ContainerSpec, type ContainerStatus, STATE, WORD } from '../contract/index.js'

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
  failedInit: number
  pendingSidecar: number
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
  }
  for (const container of spec.initContainers) {
    const status = statusOf(statuses, container)
    if (container.role === 'sidecar') countSidecar(counts, status)
    else countInit(counts, status)
  }
  let hasRegularStarted = false
  for (const container of spec.containers) {
    const status = statusOf(statuses, container)
    countRegular(counts, status)
    const kind = status?.state.kind
    if (kind === STATE.running || kind === STATE.terminated) hasRegularStarted = true
  }
  return decide(counts, spec.restartPolicy, hasRegularStarted, podIsTerminal, isStatic)
}

function statusOf(statuses: readonly ContainerStatus[], container: ContainerSpec): ContainerStatus | undefined {
  for (let i = 0; i < statuses.length; i++) if (statuses[i].container.slot === container.slot) return statuses[i]
  return undefined
}

function countInit(counts: Counts, status: ContainerStatus | undefined): void {
  switch (status?.state.kind) {
    case STATE.terminated:
      if (status.state.exitCode !== 0) counts.failedInit++
      break
    case STATE.waiting:
      if (status.last === null) counts.pendingInit++
      else if (status.last.exitCode !== 0) counts.failedInit++
      break
    default:
      counts.pendingInit++
  }
}

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

function countRegular(counts: Counts, status: ContainerStatus | undefined): void {
  switch (status?.state.kind) {
    case STATE.running:
      counts.running++
      break
    case STATE.terminated:
      counts.stopped++
      if (status?.state.exitCode === 0) counts.succeeded++
      break
    case STATE.waiting:
      if (status?.last === null) counts.waiting++
      else counts.stopped++
      break
    default:
      counts.unknown++
  }
}

function decide(
  counts: Counts,
  policy: string,
  hasRegularStarted: boolean,
  podIsTerminal: boolean,
  isStatic: boolean,
): number {
  if (counts.failedInit > 0 && policy === 'Never') return WORD.Failed
  if (counts.pendingInit > 0 || (counts.pendingSidecar > 0 && !hasRegularStarted)) return WORD.Pending
  if (counts.waiting > 0) return WORD.Pending
  if (counts.running > 0 && counts.unknown === 0) return WORD.Running
  if (counts.running === 0 && counts.stopped > 0 && counts.unknown === 0) {
    const allSucceeded = counts.stopped === counts.succeeded
    if (podIsTerminal && !isStatic) return allSucceeded ? WORD.Succeeded : WORD.Failed
    if (policy === 'Never') return allSucceeded ? WORD.Succeeded : WORD.Failed
    if (policy === 'OnFailure') return allSucceeded ? WORD.Succeeded : WORD.Running
    return WORD.Running
  }
  return WORD.Pending
}
