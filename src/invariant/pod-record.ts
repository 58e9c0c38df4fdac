import type { Milliseconds } from '../time/index.js'
import { type ContainerRecordOf, HOOK, NEVER } from './container-record.js'
import type { NodeRecord } from './node-record.js'
import type { PodFacts } from './pod-facts.js'

/** Phases as the records number them. */
export const PHASE = { none: 0, Pending: 1, Running: 2, Succeeded: 3, Failed: 4, Unknown: 5 } as const

/** The conditions that the kubelet keeps, as the records number them. */
export const CONDITION = {
  Ready: 0,
  ContainersReady: 1,
  Initialized: 2,
  PodScheduled: 3,
  PodReadyToStartContainers: 4,
} as const

/** Statuses of a condition: as rows number them, and −1 where there is none. */
export const TRUTH = { none: -1, False: 0, True: 1, Unknown: 2 } as const

/** A condition of a type that only somebody else sets: a readiness gate. */
export interface ForeignCondition {
  readonly type: number
  status: number
  /** Status and reason, and message, of the last row. */
  statusAndReason: number
  message: number
  wasTrue: boolean
}

/** The spam filter lets so many through at once: the Event of an eviction may be one that it drops. */
const MOST_WARNINGS = 25

/** The back-off of pulls of one image for one pod. */
export interface PullBackOff {
  readonly image: number
  backOffMs: Milliseconds
  failedAt: Milliseconds
  failedRow: number
}

/** A container of such a pod. */
export type ContainerRecord = ContainerRecordOf<PodRecord>

/** Who controls a pod: its record is an `OwnerRecord`. */
export interface PodOwner {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
}

/** A pod as the rows so far leave it; written anew for each pod of its path. */
export class PodRecord {
  /** Symbol of its path. */
  readonly symbol: number
  facts: PodFacts
  /** Every container that a manifest of this pod has named, in the order of the first one's spec. */
  containers: ContainerRecord[] = []
  /** Number of the run in which it was made: what is left of an earlier run counts for nothing. */
  epoch = -1
  /** Not stored: the usual answer is false, which is what the engine that runs this compares first. */
  isGone = true
  /**
   * An earlier pod of the path went while its kubelet had not done with it: rows of its containers cannot be told from this one's, so
   * the laws of the runtime do not look.
   */
  isHaunted = false
  createdRow = -1
  /** Whether a manifest before the present one was another. */
  hasOldManifest = false
  /** The shortest `activeDeadlineSeconds` that a manifest of it had; 0: none had any. */
  leastDeadlineSeconds = 0

  /** Who controls it, since when, and whether that controller made it; one that it did not make it has adopted. */
  owner: PodOwner | undefined = undefined
  ownedAt: Milliseconds = NEVER
  isMadeByOwner = false
  /** When its labels were last changed. */
  relabelledAt: Milliseconds = NEVER
  /** Its owner has deleted it. */
  isDeletedByOwner = false

  /** Symbol of the node's name; 0: not bound. */
  node = 0
  /** That node, where it is known. */
  home: NodeRecord | undefined = undefined
  boundRow = -1
  boundAt: Milliseconds = NEVER
  startSeconds = -1
  ip = 0
  qosClass = 0
  isQosWritten = false
  /** Whether its requests are in its node's sum. */
  isCounted = false

  phase: number = PHASE.none
  phaseAt: Milliseconds = NEVER
  phaseRow = -1
  phaseReason = 0
  phaseMessage = 0
  /** It has been Succeeded, though its deadline may have made it Failed since. */
  wasSucceeded = false
  /** A step has set its phase. */
  isPhaseHandmade = false

  /** By CONDITION: status, then what the last row said. */
  readonly truths: number[] = [-1, -1, -1, -1, -1]
  readonly conditionBits: number[] = [-1, -1, -1, -1, -1]
  readonly conditionMessages: number[] = [0, 0, 0, 0, 0]
  /** When the status of the condition last changed. */
  readonly transitions: Milliseconds[] = [NEVER, NEVER, NEVER, NEVER, NEVER]
  foreign: ForeignCondition[] = []
  /** A step has set a condition that is the kubelet's own. */
  hasHandmadeConditions = false
  /** Ready is False since its node was not ready: the control plane has written it, and the kubelet nothing since. */
  isMarkedNotReady = false

  deletedAt: Milliseconds = NEVER
  deletionRow = -1
  /** Seconds of the latest request, of the request before, and the deletionTimestamp. */
  graceSeconds = -1
  previousGraceSeconds = -1
  deadlineSeconds = -1
  /** A step or the scheduler deleted it without grace, or it was gone before it was finished. */
  isForced = false
  /** A Service has listed it as ready or serving. */
  wasEndpoint = false
  removedAt: Milliseconds = NEVER
  removedRow = -1

  /** Attempt of the latest RunPodSandbox; how many were ready; whether the latest is. */
  sandboxAttempt = -1
  sandboxes = 0
  isSandboxReady = false
  /** The kubelet has stopped the latest one, or there never was one. */
  isSandboxStopped = true
  sandboxRow = -1
  /** Symbols of the addresses that its sandboxes had. */
  readonly addresses: number[] = []
  addressCount = 0

  /** Its kubelet said that it ends it: an eviction, or the shutdown of its node. */
  isEndedByKubelet = false
  isEvicted = false
  /** Events of type Warning about it and its containers: from a number of them on some are dropped. */
  warnings = 0
  /** A "Stopping container" event came while it was being deleted, and its sandbox was up. */
  stoppingRow = -1
  kubeletRestarts = 0
  kubeletRestartedAt: Milliseconds = NEVER
  kubeletRestartRow = -1
  pullBackOffs: PullBackOff[] = []
  hasFailedPull = false
  /** Image and row of the latest pull that ended well, and the row of the latest CreateContainer. */
  pulledImage = 0
  pulledRow = -1
  /** Row of the latest pull that ended in any way. */
  pullEndRow = -1
  lastCreateRow = -1
  /** Containers of this pod that wait for their postStart. */
  postStarts = 0
  /** Events about it and its containers: object, reason, message and count of each; `eventCount` numbers count. */
  readonly events: number[] = []
  eventCount = 0
  /** How often an Event of each type was written: beyond 25 the kubelet sends none (R-1150). */
  eventsWritten = 0
  /** The present instant has written a state, a flag, a condition, the phase or the node. */
  isDirty = false
  /** When the runtime last did something for it, and when the API last wrote it. */
  workedAt: Milliseconds = 0
  writtenAt: Milliseconds = 0
  /** A sandbox is being made. */
  isSandboxComing = false
  /** Whether its requests are in the sum of those that were bound to its node. */
  isAssigned = false

  constructor(symbol: number, facts: PodFacts) {
    this.symbol = symbol
    this.facts = facts
  }

  /** Whether its kubelet may have begun to end it: then it stops probes, and kills. */
  mayBeEnding(now: Milliseconds, clockOffset: Milliseconds): boolean {
    if (this.isGone || this.deletedAt !== NEVER || this.phase >= PHASE.Succeeded) return true
    if (this.mayBeEndedByKubelet) return true
    return this.isPastDeadline(now, clockOffset) || this.isDone()
  }

  /** Whether its kubelet ends it of its own accord; the Event that says so may have been dropped. */
  get mayBeEndedByKubelet(): boolean {
    return this.isEndedByKubelet || this.warnings >= MOST_WARNINGS
  }

  /**
   * Whether the kubelet may be held up in its work for it: a sandbox, a hook or a stop has to come to its end first. Pulls are
   * counted for all pods together, as they may wait for each other.
   */
  isHeldUp(): boolean {
    if (this.isSandboxComing || this.postStarts > 0) return true
    for (const { isAlive, killAt, stopAt, preStop } of this.containers)
      if (isAlive && (killAt !== NEVER || stopAt !== NEVER || preStop !== HOOK.none)) return true
    return false
  }

  /** A restarted kubelet has rejected it, which leaves no conditions: it has run before. */
  isRejectedLate(): boolean {
    return this.kubeletRestarts > 0 && this.phase === PHASE.Failed && this.truths[CONDITION.PodScheduled] === TRUTH.none
  }

  /** The first of its containers that runs. */
  aliveContainer(): ContainerRecord | undefined {
    const { containers } = this
    for (let i = 0; i < containers.length; i++) if (containers[i].isAlive) return containers[i]
    return undefined
  }

  /** Whether its containers leave it nothing to do: an init container failed for good, or no regular one runs or will. */
  isDone(): boolean {
    let isDone = true
    for (const { facts, isAlive, starts, exitCode } of this.containers) {
      const isOver = !isAlive && starts > 0 && !facts.isRestartedAfter(exitCode)
      if (facts.role === 'init' && isOver && exitCode !== 0) return true
      if (facts.role === 'container' && !isOver) isDone = false
    }
    return isDone
  }

  /** Whether `activeDeadlineSeconds` are over, counted from `startTime`. */
  isPastDeadline(now: Milliseconds, clockOffset: Milliseconds): boolean {
    const { activeDeadlineSeconds } = this.facts
    if (activeDeadlineSeconds === 0) return false
    // Before the first status only its kubelet knows when it began; that was no earlier than the pod.
    const since = this.startSeconds < 0 ? 0 : this.startSeconds * 1000 - clockOffset
    return now >= since + activeDeadlineSeconds * 1000
  }

  /** Everything is as at the beginning; containers are begun by who knows their manifest. */
  begin(facts: PodFacts, row: number): void {
    this.facts = facts
    this.isGone = false
    this.createdRow = row
    this.hasOldManifest = false
    this.leastDeadlineSeconds = facts.activeDeadlineSeconds
    this.owner = undefined
    this.ownedAt = NEVER
    this.isMadeByOwner = false
    this.relabelledAt = NEVER
    this.isDeletedByOwner = false
    this.node = 0
    this.home = undefined
    this.boundRow = -1
    this.boundAt = NEVER
    this.startSeconds = -1
    this.ip = 0
    this.qosClass = 0
    this.isQosWritten = false
    this.isCounted = false
    this.phase = PHASE.none
    this.phaseAt = NEVER
    this.phaseRow = -1
    this.phaseReason = 0
    this.phaseMessage = 0
    this.wasSucceeded = false
    this.isPhaseHandmade = false
    this.forgetConditions()
    this.hasHandmadeConditions = false
    this.isMarkedNotReady = false
    this.deletedAt = NEVER
    this.deletionRow = -1
    this.graceSeconds = -1
    this.previousGraceSeconds = -1
    this.deadlineSeconds = -1
    this.isForced = false
    this.wasEndpoint = false
    this.removedAt = NEVER
    this.removedRow = -1
    this.sandboxAttempt = -1
    this.sandboxes = 0
    this.isSandboxReady = false
    this.isSandboxStopped = true
    this.sandboxRow = -1
    this.addressCount = 0
    this.stoppingRow = -1
    this.isEndedByKubelet = false
    this.isEvicted = false
    this.warnings = 0
    this.kubeletRestarts = 0
    this.kubeletRestartedAt = NEVER
    this.kubeletRestartRow = -1
    if (this.pullBackOffs.length > 0) this.pullBackOffs = []
    this.hasFailedPull = false
    this.pulledImage = 0
    this.pulledRow = -1
    this.pullEndRow = -1
    this.lastCreateRow = -1
    this.postStarts = 0
    this.eventCount = 0
    this.eventsWritten = 0
    this.isDirty = false
    this.workedAt = 0
    this.writtenAt = 0
    this.isSandboxComing = false
    this.isAssigned = false
  }

  forgetConditions(): void {
    for (let i = 0; i < this.truths.length; i++) {
      this.truths[i] = TRUTH.none
      this.conditionBits[i] = -1
      this.transitions[i] = NEVER
    }
    if (this.foreign.length > 0) this.foreign = []
  }
}

/** What its priority class gave it; 0: none. */
export const priorityOf = ({ facts }: PodRecord): number =>
  (facts.object.spec as { readonly priority?: number }).priority ?? 0
