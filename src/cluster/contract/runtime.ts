import type { Milliseconds } from '../../time/index.js'
import type { ContainerSpec, HookSpec, PodIdentity, PodSpec, ProbeSpec } from './spec.js'
import type { ContainerUsage } from './usage.js'

/** States of a container in the runtime, as CRI names them. */
export const RUNTIME_STATE = { created: 0, running: 1, exited: 2, unknown: 3 } as const

/** What the runtime says of one container. Immutable: a change of state makes a new one. */
export interface RuntimeContainer {
  readonly container: ContainerSpec
  /** Number of the CreateContainer call of this container in this pod, from 0: stands for the container's ID. */
  readonly instance: number
  /** The restart count that the kubelet annotated. */
  readonly attempt: number
  /** The image it was created from: a spec with another one makes another hash. */
  readonly image: number
  readonly state: number
  readonly createdAt: Milliseconds
  readonly startedAt: Milliseconds
  readonly finishedAt: Milliseconds
  readonly exitCode: number
  /** Symbols. */
  readonly reason: number
  readonly message: number
}

/** What the runtime says of one pod sandbox. Immutable. */
export interface RuntimeSandbox {
  readonly attempt: number
  readonly isReady: boolean
  readonly hostNetwork: boolean
  /** Symbol; 0: none. */
  readonly ip: number
  readonly createdAt: Milliseconds
}

/** A pod as the runtime lists it: sandboxes and containers, newest first. Immutable. */
export interface RuntimePod {
  readonly sandboxes: readonly RuntimeSandbox[]
  readonly containers: readonly RuntimeContainer[]
}

export const NO_RUNTIME_POD: RuntimePod = { sandboxes: [], containers: [] }

/** The newest instance of a container. */
export function newestOf(pod: RuntimePod, slot: number): RuntimeContainer | undefined {
  const containers = pod.containers
  for (let i = 0; i < containers.length; i++) if (containers[i].container.slot === slot) return containers[i]
  return undefined
}

/** The newest exited instance of a container. */
export function newestExitedOf(pod: RuntimePod, slot: number): RuntimeContainer | undefined {
  const containers = pod.containers
  for (let i = 0; i < containers.length; i++) {
    const each = containers[i]
    if (each.container.slot === slot && each.state === RUNTIME_STATE.exited) return each
  }
  return undefined
}

/** Answers of a probe's handler, as rows number them. */
export const ANSWER = { success: 0, failure: 1, hang: 2, error: 3 } as const

/** How a hook's call went. */
export const HOOK_RESULT = { success: 0, failed: 1, refused: 2, containerExited: 3, containerGone: 4 } as const

/** The result of a probe call: `output` is the symbol of the text that the failure message quotes. */
export interface ProbeAnswer {
  result: number
  output: number
}

/**
 * The boundary between the kubelet and the scripted world, in the shape of CRI.
 *
 * Calls that take time answer by queueing the operation they were given; what they found out is read from `error` then.
 * Pods are called by their index, containers by slot and instance.
 */
export interface ContainerRuntime {
  /** The present state of a pod; the same object until something changes. */
  podStatus(pod: number): RuntimePod
  /** Symbol of the error of the last finished call for this pod's worker; 0: it succeeded. */
  errorOf(pod: number): number
  runPodSandbox(
    identity: PodIdentity,
    node: number,
    spec: PodSpec,
    attempt: number,
    operation: number,
    cause: number,
  ): void
  /** Stops one sandbox; one that is down already stays as it is. */
  stopPodSandbox(pod: number, attempt: number, cause: number): void
  /** Whether the image's user is root. */
  runsAsRoot(container: ContainerSpec): boolean
  isImagePresent(node: number, container: ContainerSpec): boolean
  pullImage(pod: number, container: ContainerSpec, operation: number, cause: number): void
  createContainer(pod: number, container: ContainerSpec, attempt: number, cause: number): number
  /** Answers the symbol of the error, 0 for none. */
  startContainer(pod: number, slot: number, instance: number, cause: number): number
  /** SIGTERM now, SIGKILL after `timeoutSeconds`; queues (operation, argument) once the process is gone. */
  stopContainer(
    pod: number,
    slot: number,
    instance: number,
    timeoutSeconds: number,
    operation: number,
    argument: number,
    cause: number,
  ): void
  /** The caller is gone: nothing that a pod's calls still do is answered, and a StopContainer in progress kills nobody any more. */
  abandonCalls(pod: number): void
  removeContainer(pod: number, slot: number, instance: number): void
  /** Runs a hook's handler; queues (operation, argument) at its end. Answers the number of the call. */
  startHook(
    pod: number,
    slot: number,
    instance: number,
    hook: HookSpec,
    operation: number,
    argument: number,
    cause: number,
  ): number
  /** How a finished hook call went; a call is asked once. */
  hookResult(call: number): number
  /** Starts a probe's handler; queues (operation, argument) at its end. */
  startProbe(
    pod: number,
    slot: number,
    instance: number,
    probe: ProbeSpec,
    operation: number,
    argument: number,
    cause: number,
  ): number
  /** The answer of a finished probe call; a call is asked once. */
  probeAnswer(call: number): ProbeAnswer
  /** Notes that `times` calls were left out because their answer was known and had no effect. */
  noteSkippedProbes(pod: number, slot: number, type: number, times: number): void
  /** Whether any container of this run has been said to take memory, storage or processes. */
  readonly isUsageKnown: boolean
  /** What the containers of a pod take of its node, those that have exited only what they left in volumes; in the order of their slots. */
  usageOf(pod: number): readonly ContainerUsage[]
  /** Until when a probe of this container, asked again, is sure to answer the same; Infinity: as long as the container runs. */
  steadyUntil(pod: number, slot: number, instance: number, probe: ProbeSpec): Milliseconds
}
