import type { EventRecorder } from '../client/index.js'
import { type ContainerRuntime, type Environment, OP, type StoreClient } from '../contract/index.js'
import type { ContainerKiller } from './container-killer.js'
import type { ContainerStarter } from './container-starter.js'
import type { KubeletPod } from './kubelet-pod.js'
import type { PodWorkers } from './pod-workers.js'
import type { ProbeManager } from './probe-manager.js'
import type { StatusGenerator } from './status-generation.js'
import type { StatusManager } from './status-manager.js'

/** What a round works with. */
export interface SyncParts {
  readonly environment: Environment
  readonly runtime: ContainerRuntime
  readonly store: StoreClient
  readonly events: EventRecorder
  readonly generator: StatusGenerator
  readonly statuses: StatusManager
  readonly probes: ProbeManager
  readonly killer: ContainerKiller
  readonly starter: ContainerStarter
  readonly workers: PodWorkers
  /** Nothing runs any more of a pod that the kubelet itself ended. */
  readonly killReturned: (pod: KubeletPod, cause: number) => void
}

/** Lets a round wait in `step` for a delay; answers false where there is none to wait for. */
export function parkRound({ kernel }: Environment, pod: KubeletPod, step: number, delay: number): boolean {
  if (delay === 0) return false
  pod.step = step
  pod.stepEntry = kernel.schedule(kernel.now + delay, OP.workerStep, pod.identity.index, pod.cause)
  return true
}
