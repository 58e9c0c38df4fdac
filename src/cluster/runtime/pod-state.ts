import type { PodIdentity, PodSpec, RuntimeContainer, RuntimePod, RuntimeSandbox } from '../contract/index.js'
import type { Process } from './process.js'

/** A pod in the runtime. */
export interface PodState {
  readonly identity: PodIdentity
  readonly node: number
  spec: PodSpec
  sandboxes: RuntimeSandbox[]
  /** Newest first. */
  processes: Process[]
  /** Those whose containers the kubelet has removed. */
  readonly removed: Process[]
  view: RuntimePod | null
  error: number
  /** By slot: how often the container was created, and started. */
  readonly instances: number[]
  readonly starts: number[]
  sandboxCalls: number
  pendingAttempt: number
  pendingOperation: number
  pendingCause: number
  /** Name of the entry that ends RunPodSandbox; 0: none is under way. */
  pendingEntry: number
  hasDied: boolean
}

/** Stands for the operation that a call would answer with, once nobody waits for the answer. */
export const ABANDONED = -1

/** A pod that the runtime has not heard of before. */
export const createPodState = (identity: PodIdentity, node: number, spec: PodSpec): PodState => ({
  identity,
  node,
  spec,
  sandboxes: [],
  processes: [],
  removed: [],
  view: null,
  error: 0,
  instances: spec.bySlot.map(() => 0),
  starts: spec.bySlot.map(() => 0),
  sandboxCalls: 0,
  pendingAttempt: 0,
  pendingOperation: 0,
  pendingCause: -1,
  pendingEntry: 0,
  hasDied: false,
})

/** What the runtime shows of a pod. */
export function podView({ processes, sandboxes }: PodState): RuntimePod {
  const containers = new Array<RuntimeContainer>(processes.length)
  for (let i = 0; i < containers.length; i++) containers[i] = processes[i].view
  return { sandboxes: sandboxes.slice(), containers }
}

/** The process of an instance of a container. */
export function findProcess(state: PodState, slot: number, instance: number): Process {
  const isMeant = ({ container, view }: Process) => container.slot === slot && view.instance === instance
  // A prober goes by the stored status, which may still name a container that has been removed.
  const process = state.processes.find(isMeant) ?? state.removed.find(isMeant)
  if (process !== undefined) return process
  throw new Error(`the runtime does not know instance ${instance} of container ${slot} of pod ${state.identity.name}`)
}
