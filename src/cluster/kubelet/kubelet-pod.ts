import type { Milliseconds } from '../../time/index.js'
import {
  NO_RUNTIME_POD,
  type PodIdentity,
  type PodStatus,
  type PodVersion,
  type RuntimePod,
} from '../contract/index.js'
import type { PodActions, ProbeResults } from './compute-pod-actions.js'
import type { ContainerKill } from './container-kill.js'
import type { StartFailure } from './container-statuses.js'
import type { ProbeWorker } from './probe-worker.js'

/** The three phases of a pod worker, and the end. */
export const WORKER_PHASE = { sync: 0, terminating: 1, terminated: 2, finished: 3 } as const

/** Where a pod worker's round stands; every value but `idle` waits for something. */
export const STEP = {
  idle: 0,
  waitingForCache: 1,
  generated: 2,
  waitingForVolumes: 3,
  acting: 4,
  killingPod: 5,
  killingContainers: 6,
  creatingSandbox: 7,
  pulling: 8,
  creating: 9,
  starting: 10,
  beforePostStart: 16,
  postStart: 11,
  killingAfterPostStart: 12,
  terminatingGenerated: 13,
  terminatingKill: 14,
  sandboxStopped: 17,
  terminatedGenerated: 15,
} as const

/** Why the kubelet itself ends a pod: what becomes of its status (R-750 … R-752). */
export interface KillRequest {
  readonly reason: number
  readonly message: number
  /** Symbol of the message of the condition DisruptionTarget; 0: there is none. */
  readonly disruption: number
  /** Whether a pod that has succeeded is left to have done so. */
  readonly keepsSuccess: boolean
}

/**
 * Everything a kubelet keeps about one pod. One object, so that a pod's work touches one place; each component owns its
 * own part and changes no other's.
 */
export class KubeletPod {
  readonly identity: PodIdentity
  /** Pod manager: the newest version that the watch delivered; null once the object is gone. */
  current: PodVersion | null

  // ── pod worker ──
  phase: number = WORKER_PHASE.sync
  step: number = STEP.idle
  /** What the round in hand is about: fixed when it begins, before the wait for the cache. */
  activePhase: number = WORKER_PHASE.sync
  active: PodVersion
  activeGrace = -1
  hasPending = false
  pending: PodVersion
  pendingGrace = -1
  pendingCause = -1
  /** Further triggers that the pending round answers. */
  readonly alsoPending: number[] = []
  cause = -1
  /** End of the last round; −1: there was none (R-112a). */
  lastSyncTime: Milliseconds = -1
  /** Grace of a terminating worker in seconds; 0: none yet. */
  graceSeconds = 0
  isDeletionRequested = false
  isEvicted = false
  killRequest: KillRequest | null = null
  /** The work queue's one time for this pod; −1: none. */
  queuedAt: Milliseconds = -1
  queueCause = -1
  /** Its place in the work queue's list. */
  queueSlot = 0
  /** What admission counts for this pod while it is active on the node. */
  admitted: PodVersion | null = null
  rounds = 0

  // ── the round in hand ──
  roundStatus: RuntimePod = NO_RUNTIME_POD
  generated: PodStatus | null = null
  actions: PodActions | null = null
  /** Next in the list of containers to start: ephemeral, init, regular ones, in this order. */
  nextStart = 0
  isRoundFailed = false
  /** The nearest end of a back-off that refused a start in this round; Infinity: none did. */
  retryAt: Milliseconds = Number.POSITIVE_INFINITY
  /** Name of the entry that ends a timed wait of the round. */
  stepEntry = 0
  killIndex = 0
  openKills = 0
  readonly kills: ContainerKill[] = []
  killCount = 0
  sandboxIP = 0
  startInstance = -1
  hookCall = -1
  pullStartedAt: Milliseconds = 0
  pullQueuedAt: Milliseconds = 0
  volumeWaitSince: Milliseconds = -1
  volumeTimeoutEntry = 0

  // ── volume manager ──
  /** When the mounts that failed are tried again, and how often they were; −1: none failed. */
  mountRetryAt: Milliseconds = -1
  mountRetries = 0
  mountEntry = 0
  /** Whether its claims were found bound once: nobody looks again. */
  hasClaims = false

  // ── PLEG ──
  /** What the last relist's list showed, and what the cache holds since the inspection after it. */
  listed: RuntimePod = NO_RUNTIME_POD
  cache: RuntimePod = NO_RUNTIME_POD
  isDirty = false
  listHasDied = false
  changeCause = -1
  /** The newest change that the cache shows. */
  cacheCause = -1
  /** Further changes that the same relist will see. */
  readonly alsoChanged: number[] = []

  // ── status manager ──
  /** The status as the kubelet sees it; null: none yet. */
  status: PodStatus | null = null
  /** Generation of the pod object that the status was made from. */
  observedGeneration = 0
  statusVersion = 0
  sentVersion = 0
  statusCause = -1
  isStatusQueued = false
  /** Its worker knows it from the runtime alone: it ends what runs, and tells nobody. */
  isOrphan = false
  /** TerminatePod was called: the worker is done with the pod's containers. */
  isFinished = false
  startSeconds = -1

  // ── reason cache, by slot ──
  readonly failures: (StartFailure | undefined)[] = []

  // ── probe manager ──
  readonly probes: ProbeWorker[] = []
  openProbes = 0
  /** What computePodActions asks for results of probes. */
  probeResults: ProbeResults | null = null

  // ── active deadline ──
  /** The deadline that ticks are queued for; 0: none. */
  deadlineSeconds = 0
  deadlineEntry = 0

  constructor(version: PodVersion) {
    this.identity = version.identity
    this.current = version
    this.active = version
    this.pending = version
  }

  /** Names of the queue's entries that only this kubelet waits for. */
  entries(): number[] {
    return [this.stepEntry, this.volumeTimeoutEntry, this.mountEntry, this.deadlineEntry]
  }
}
