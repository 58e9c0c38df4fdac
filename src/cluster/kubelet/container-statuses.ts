import {
  type ContainerSpec,
  type ContainerState,
  type ContainerStatus,
  containerStatus,
  RUNTIME_STATE,
  type RuntimeContainer,
  type RuntimePod,
  running,
  STATE,
  terminated,
  WAITING_CREATING,
  WAITING_EMPTY,
  WAITING_INITIALIZING,
  WORD,
  waiting,
} from '../contract/index.js'
import { shouldContainerBeRestarted } from './restart-decision.js'

/** Why the last start of a container failed, as the reason cache keeps it. */
export interface StartFailure {
  readonly reason: number
  readonly message: number
}

/** Symbols of the two texts for containers that the runtime does not know any more. */
export interface UnlocatedTexts {
  readonly whenTerminated: number
  readonly whenDeleted: number
}

/** Everything convertToAPIContainerStatuses looks at. */
export interface StatusSources {
  readonly runtime: RuntimePod
  readonly restartPolicy: string
  readonly isPodDeleting: boolean
  readonly hasInitContainers: boolean
  readonly failures: readonly (StartFailure | undefined)[]
  readonly texts: UnlocatedTexts
}

/**
 * Statuses of the containers of one list, before probes have their say (`ready` and `started` are false).
 *
 * kubelet: pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses, v1.32 (R-810 … R-814).
 */
export function convertContainerStatuses(
  containers: readonly ContainerSpec[],
  previous: readonly ContainerStatus[],
  sources: StatusSources,
): ContainerStatus[] {
  const statuses = new Array<ContainerStatus>(containers.length)
  for (let i = 0; i < containers.length; i++) statuses[i] = convertOne(containers[i], previous, sources)
  return statuses
}

function convertOne(
  container: ContainerSpec,
  previous: readonly ContainerStatus[],
  sources: StatusSources,
): ContainerStatus {
  const old = findStatus(previous, container.slot)
  let newest: RuntimeContainer | null = null
  let second: RuntimeContainer | null = null
  const all = sources.runtime.containers
  for (let i = 0; i < all.length; i++) {
    if (all[i].container.slot !== container.slot) continue
    if (newest === null) newest = all[i]
    else {
      second = all[i]
      break
    }
  }
  const status =
    newest === null ? withoutRecord(container, old, sources) : withRecord(container, old, newest, second, sources.texts)
  return showStartFailure(status, newest, sources)
}

export function findStatus(statuses: readonly ContainerStatus[], slot: number): ContainerStatus | undefined {
  for (let i = 0; i < statuses.length; i++) if (statuses[i].container.slot === slot) return statuses[i]
  return undefined
}

/** */
function withoutRecord(
  container: ContainerSpec,
  old: ContainerStatus | undefined,
  sources: StatusSources,
): ContainerStatus {
  const byDefault = sources.hasInitContainers ? WAITING_INITIALIZING : WAITING_CREATING
  if (old === undefined) return containerStatus(container, byDefault, null, 0, false, false, -1)
  if (old.state.kind === STATE.terminated) {
    return containerStatus(container, old.state, old.last, old.restarts, false, false, old.instance)
  }
  if (old.state.kind === STATE.running && old.last === null) {
    const last = unlocated(sources.texts.whenDeleted)
    return containerStatus(container, byDefault, last, old.restarts + (sources.isPodDeleting ? 0 : 1), false, false, -1)
  }
  return containerStatus(container, byDefault, old.last, old.restarts, false, false, -1)
}

/** */
function withRecord(
  container: ContainerSpec,
  old: ContainerStatus | undefined,
  newest: RuntimeContainer,
  second: RuntimeContainer | null,
  texts: UnlocatedTexts,
): ContainerStatus {
  const last = second !== null && second.state === RUNTIME_STATE.exited ? stateOf(second) : null
  if (newest.state === RUNTIME_STATE.unknown && old?.state.kind === STATE.running) {
    return containerStatus(
      container,
      unlocated(texts.whenTerminated),
      last,
      old.restarts + 1,
      false,
      false,
      newest.instance,
    )
  }
  return containerStatus(container, stateOf(newest), last, newest.attempt, false, false, newest.instance)
}

function stateOf(record: RuntimeContainer): ContainerState {
  if (record.state === RUNTIME_STATE.running) return running(record.instance, record.startedAt)
  if (record.state !== RUNTIME_STATE.exited) return WAITING_EMPTY
  return terminated(
    record.reason,
    record.message,
    record.exitCode,
    record.instance,
    record.startedAt,
    record.finishedAt,
  )
}

export const unlocated = (message: number): ContainerState =>
  terminated(WORD.ContainerStatusUnknown, message, 137, -1, 0, 0)

/** a container that will be started again shows why the last attempt failed. */
function showStartFailure(
  status: ContainerStatus,
  newest: RuntimeContainer | null,
  sources: StatusSources,
): ContainerStatus {
  const { container } = status
  const failure = sources.failures[container.slot]
  if (failure === undefined) return status
  const isInit = container.role === 'init' || container.role === 'sidecar'
  if (isInit && newest !== null && newest.state === RUNTIME_STATE.exited && newest.exitCode === 0) return status
  if (!shouldContainerBeRestarted(container, sources.restartPolicy, sources.isPodDeleting, sources.runtime))
    return status
  const last = status.state.kind === STATE.terminated ? status.state : status.last
  return containerStatus(
    container,
    waiting(failure.reason, failure.message),
    last,
    status.restarts,
    false,
    false,
    status.instance,
  )
}
