import {
  type ContainerSpec,
  newestOf,
  PROBE,
  RUNTIME_STATE,
  type RuntimeContainer,
  type RuntimePod,
  WORD,
} from '../contract/index.js'
import { isRestartedAfterExit, shouldContainerBeRestarted } from './restart-decision.js'
import { podSandboxChanged } from './sandbox-changed.js'

/** Why a container is killed: decides the Killing event's text and the grace. */
export type KillReason = 'definition' | 'liveness' | 'startup' | 'unknown' | 'postStart' | 'stop'

/** A container to kill before others are started. */
export interface ContainerToKill {
  readonly container: ContainerSpec
  readonly instance: number
  readonly reason: KillReason
  /** The text says that it will be restarted. */
  readonly willRestart: boolean
}

/** What a sync has to do to a pod's sandbox and containers. */
export interface PodActions {
  killPod: boolean
  createSandbox: boolean
  sandboxAttempt: number
  /** Attempt of the old sandbox; −1: none. */
  previousSandbox: number
  initContainersToStart: ContainerSpec[]
  containersToStart: ContainerSpec[]
  ephemeralContainersToStart: ContainerSpec[]
  containersToKill: ContainerToKill[]
}

/** What computePodActions needs of a pod's spec. */
export interface ActionSpec {
  readonly restartPolicy: string
  readonly hostNetwork: boolean
  readonly hasSidecars: boolean
  readonly initContainers: readonly ContainerSpec[]
  readonly containers: readonly ContainerSpec[]
  readonly ephemeralContainers: readonly ContainerSpec[]
}

/** Results of probes: 0 success, 1 failure, 2 unknown, −1 none. */
export type ProbeResults = (slot: number, type: number, instance: number) => number

/**
 * Decides what a sync has to do. Pure: spec and runtime status in, actions out.
 *
 * kubelet: pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions, v1.32 (R-202, R-210 … R-223).
 */
export function computePodActions(
  spec: ActionSpec,
  runtime: RuntimePod,
  isPodDeleting: boolean,
  probeResults: ProbeResults,
  unifiedInitContainers = false,
): PodActions {
  const sandbox = podSandboxChanged(spec.hostNetwork, runtime)
  const actions: PodActions = {
    killPod: sandbox.isChanged,
    createSandbox: sandbox.isChanged,
    sandboxAttempt: sandbox.attempt,
    previousSandbox: sandbox.previous,
    initContainersToStart: [],
    containersToStart: [],
    ephemeralContainersToStart: [],
    containersToKill: [],
  }
  if (sandbox.isChanged) {
    decideNewSandbox(actions, spec, runtime, unifiedInitContainers)
    return actions
  }
  for (const container of spec.ephemeralContainers) {
    if (newestOf(runtime, container.slot) === undefined) actions.ephemeralContainersToStart.push(container)
  }
  const isInitialized =
    spec.hasSidecars || unifiedInitContainers
      ? computeInitContainerActions(actions, spec, runtime, probeResults)
      : computeNextInitContainer(actions, spec, runtime)
  if (!isInitialized) return actions
  decideRegularContainers(actions, spec, runtime, isPodDeleting, probeResults)
  return actions
}

/** a new sandbox begins with killing everything; exceptions decide what is started in it, or that none is made. */
function decideNewSandbox(
  actions: PodActions,
  spec: ActionSpec,
  runtime: RuntimePod,
  unifiedInitContainers: boolean,
): void {
  const isNever = spec.restartPolicy === 'Never'
  if (isNever && actions.sandboxAttempt !== 0 && runtime.containers.length > 0) {
    actions.createSandbox = false
    return
  }
  const toStart: ContainerSpec[] = []
  for (const container of spec.containers) {
    const isDone = spec.restartPolicy === 'OnFailure' && isSucceeded(newestOf(runtime, container.slot))
    if (!isDone) toStart.push(container)
  }
  if (toStart.length === 0) {
    const wasInitialized =
      spec.hasSidecars || unifiedInitContainers
        ? hasAnyRegularStarted(spec, runtime)
        : nextInitContainer(spec, runtime).isDone
    if (wasInitialized) {
      actions.createSandbox = false
      return
    }
  }
  if (spec.initContainers.length > 0) actions.initContainersToStart.push(spec.initContainers[0])
  else actions.containersToStart = toStart
}

const isSucceeded = (status: RuntimeContainer | undefined): boolean =>
  status?.state === RUNTIME_STATE.exited && status.exitCode === 0

function hasAnyRegularStarted(spec: ActionSpec, runtime: RuntimePod): boolean {
  for (const container of spec.containers) {
    const state = newestOf(runtime, container.slot)?.state
    if (state === RUNTIME_STATE.created || state === RUNTIME_STATE.running || state === RUNTIME_STATE.exited)
      return true
  }
  return false
}

/** */
export function isInitContainerFailed(status: RuntimeContainer): boolean {
  if (status.state === RUNTIME_STATE.exited) return status.exitCode !== 0 || status.reason === WORD.OOMKilled
  return status.state === RUNTIME_STATE.unknown
}

interface NextInit {
  readonly isDone: boolean
  readonly next: ContainerSpec | null
  readonly status: RuntimeContainer | null
}

/** findNextInitContainerToRun of pods without sidecars. */
function nextInitContainer(spec: ActionSpec, runtime: RuntimePod): NextInit {
  const { initContainers } = spec
  if (initContainers.length === 0) return { isDone: true, next: null, status: null }
  for (const container of spec.containers) {
    if (newestOf(runtime, container.slot)?.state === RUNTIME_STATE.running)
      return { isDone: true, next: null, status: null }
  }
  for (let i = initContainers.length - 1; i >= 0; i--) {
    const status = newestOf(runtime, initContainers[i].slot)
    if (status !== undefined && isInitContainerFailed(status)) return { isDone: false, next: initContainers[i], status }
  }
  for (let i = initContainers.length - 1; i >= 0; i--) {
    const status = newestOf(runtime, initContainers[i].slot)
    if (status === undefined) continue
    if (status.state === RUNTIME_STATE.running) return { isDone: false, next: null, status: null }
    if (status.state === RUNTIME_STATE.exited) {
      if (i === initContainers.length - 1) return { isDone: true, next: null, status: null }
      return { isDone: false, next: initContainers[i + 1], status: null }
    }
  }
  return { isDone: false, next: initContainers[0], status: null }
}

function computeNextInitContainer(actions: PodActions, spec: ActionSpec, runtime: RuntimePod): boolean {
  const { isDone, next, status } = nextInitContainer(spec, runtime)
  if (isDone) return true
  if (next === null) return false
  if (status !== null && spec.restartPolicy === 'Never') {
    actions.killPod = true
    return false
  }
  if (status?.state === RUNTIME_STATE.unknown) {
    actions.containersToKill.push({ container: next, instance: status.instance, reason: 'unknown', willRestart: false })
  }
  actions.initContainersToStart.push(next)
  return false
}

/**
 * Init containers of pods with sidecars, from the last to the first. Answers whether the pod is initialised.
 *
 * kubelet: pkg/kubelet/kuberuntime/kuberuntime_container.go computeInitContainerActions, v1.32.
 */
function computeInitContainerActions(
  actions: PodActions,
  spec: ActionSpec,
  runtime: RuntimePod,
  probeResults: ProbeResults,
): boolean {
  const { initContainers } = spec
  if (initContainers.length === 0) return true
  let isInitialized = false
  for (const container of spec.containers) {
    const state = newestOf(runtime, container.slot)?.state
    if (state === RUNTIME_STATE.created || state === RUNTIME_STATE.running) isInitialized = true
  }
  const start: ContainerSpec[] = []
  let isPreviousInitialized = isInitialized
  for (let i = initContainers.length - 1; i >= 0; i--) {
    const container = initContainers[i]
    const isSidecar = container.role === 'sidecar'
    const status = newestOf(runtime, container.slot)
    if (status === undefined) {
      if (isPreviousInitialized && isSidecar) start.push(container)
      continue
    }
    if (isPreviousInitialized && !isSidecar) continue
    const isLast = i === initContainers.length - 1
    const following = isLast ? null : initContainers[i + 1]
    if (status.state === RUNTIME_STATE.created) {
      start.push(container)
    } else if (status.state === RUNTIME_STATE.running) {
      if (isSidecar) {
        const wasPrevious = isPreviousInitialized
        const verdict = decideRunningSidecar(actions, container, status, probeResults)
        if (verdict !== 'wait' && verdict !== 'restartBeforeStarted') {
          if (isLast) isInitialized = true
          else if (!wasPrevious && following !== null) start.push(following)
        }
        if (verdict === 'restart' || verdict === 'restartBeforeStarted') start.push(container)
      }
    } else if (status.state === RUNTIME_STATE.exited) {
      if (isSidecar) {
        start.push(container)
      } else if (isInitContainerFailed(status)) {
        if (isFailedForGood(container, spec, status)) return abandon(actions)
        start.push(container)
      } else if (following === null) {
        isInitialized = true
      } else {
        start.push(following)
      }
    } else {
      if (!isSidecar && policyOf(container, spec) === 'Never') return abandon(actions)
      actions.containersToKill.push({ container, instance: status.instance, reason: 'unknown', willRestart: false })
      start.push(container)
    }
    isPreviousInitialized = true
  }
  if (!isPreviousInitialized && start.length === 0) start.push(initContainers[0])
  start.reverse()
  actions.initContainersToStart = start
  return isInitialized
}

/** The policy where there is no exit code that a rule could be about. */
const policyOf = (container: ContainerSpec, spec: ActionSpec): string => container.restartPolicy ?? spec.restartPolicy

/** Without a policy of its own it is its pod's policy alone that counts, not the exit code. */
const isFailedForGood = (container: ContainerSpec, spec: ActionSpec, status: RuntimeContainer): boolean =>
  container.restartPolicy === null
    ? spec.restartPolicy === 'Never'
    : !isRestartedAfterExit(container, spec.restartPolicy, status.exitCode)

/** An init container failed for good. */
function abandon(actions: PodActions): boolean {
  actions.killPod = true
  actions.initContainersToStart = []
  return false
}

type SidecarVerdict = 'wait' | 'keep' | 'restart' | 'restartBeforeStarted'

/** R-213, the row of a running sidecar: its startup probe first, then what would restart it. */
function decideRunningSidecar(
  actions: PodActions,
  container: ContainerSpec,
  status: RuntimeContainer,
  probeResults: ProbeResults,
): SidecarVerdict {
  const { instance } = status
  const kill = (reason: KillReason): void => {
    actions.containersToKill.push({ container, instance, reason, willRestart: false })
  }
  if (container.probes[PROBE.startup] !== null) {
    const startup = probeResults(container.slot, PROBE.startup, instance)
    if (startup === FAILURE) {
      kill('startup')
      return 'restartBeforeStarted'
    }
    if (startup !== SUCCESS) return 'wait'
  }
  if (status.image !== container.image) {
    kill('definition')
    return 'restart'
  }
  if (container.probes[PROBE.liveness] !== null && probeResults(container.slot, PROBE.liveness, instance) === FAILURE) {
    kill('liveness')
    return 'restart'
  }
  return 'keep'
}

/** */
function decideRegularContainers(
  actions: PodActions,
  spec: ActionSpec,
  runtime: RuntimePod,
  isPodDeleting: boolean,
  probeResults: ProbeResults,
): void {
  let kept = 0
  for (const container of spec.containers) {
    const status = newestOf(runtime, container.slot)
    if (status === undefined || status.state !== RUNTIME_STATE.running) {
      if (!shouldContainerBeRestarted(container, spec.restartPolicy, isPodDeleting, runtime)) continue
      actions.containersToStart.push(container)
      if (status?.state === RUNTIME_STATE.unknown) {
        actions.containersToKill.push({ container, instance: status.instance, reason: 'unknown', willRestart: false })
      }
      continue
    }
    const reason = reasonToKill(container, status, probeResults)
    if (reason === null) {
      kept++
      continue
    }
    const willRestart = reason === 'definition' || policyOf(container, spec) !== 'Never'
    if (willRestart) actions.containersToStart.push(container)
    actions.containersToKill.push({ container, instance: status.instance, reason, willRestart })
  }
  if (kept === 0 && actions.containersToStart.length === 0) {
    actions.killPod = true
    // The sidecars of a pod whose containers are done are not restarted.
    actions.initContainersToStart = []
  }
}

/** R-221, first match; a result counts even where the spec declares no such probe. */
function reasonToKill(
  container: ContainerSpec,
  status: RuntimeContainer,
  probeResults: ProbeResults,
): KillReason | null {
  if (status.image !== container.image) return 'definition'
  if (probeResults(container.slot, PROBE.liveness, status.instance) === FAILURE) return 'liveness'
  if (probeResults(container.slot, PROBE.startup, status.instance) === FAILURE) return 'startup'
  return null
}

const SUCCESS = 0
const FAILURE = 1
