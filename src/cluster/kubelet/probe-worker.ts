import type { Milliseconds } from '../../time/index.js'
import type { ContainerSpec, PodIdentity, PodStatus, PodVersion, ProbeSpec } from '../contract/index.js'

/** Values of the results manager. */
export const RESULT = { none: -1, success: 0, failure: 1, unknown: 2 } as const

/** What the prober needs to know of a pod. */
export interface ProbedPod {
  readonly identity: PodIdentity
  /** The pod object that the sync in hand was given. */
  readonly active: PodVersion
  /** The status manager's stored status. */
  readonly status: PodStatus | null
  readonly probes: ProbeWorker[]
  /** Probes that are under way; one that hangs may be answered when the pod is gone. */
  openProbes: number
}

/** State of the worker of one probe of one container. */
export class ProbeWorker {
  readonly number: number
  readonly pod: ProbedPod
  readonly container: ContainerSpec
  readonly spec: ProbeSpec
  /** The pod object at AddPod: later changes do not reach the worker. */
  readonly podAtAdd: PodVersion
  /** The ticker ticks at anchor + k · period; a manual trigger moves it. */
  anchor: Milliseconds
  /** Name of the pending tick's entry; 0: none is queued, the worker is parked. */
  tickEntry = 0
  isStopped = false
  /** The instance that stands for the container ID; −1: none seen yet. */
  instance = -1
  /** The result kept for this instance; results of other instances are gone. */
  value: number = RESULT.none
  lastResult = -1
  resultRun = 0
  isOnHold = false
  /** The tick in hand found another container ID: its initial result is news, whatever it is. */
  isNewInstance = false
  /** Number of the call in flight; −1: none. */
  call = -1
  callStartedAt: Milliseconds = 0
  /** First of the ticks that are left out because the answer is sure to stay the same; −1: none is. */
  steadyFrom: Milliseconds = -1
  /** Waits out the jitter before its first probe. */
  isAsleep = false
  /** A manual trigger arrived during a call or the initial jitter. */
  isTriggered = false

  constructor(number: number, pod: ProbedPod, container: ContainerSpec, spec: ProbeSpec, anchor: Milliseconds) {
    this.number = number
    this.pod = pod
    this.container = container
    this.spec = spec
    this.podAtAdd = pod.active
    this.anchor = anchor
  }
}
