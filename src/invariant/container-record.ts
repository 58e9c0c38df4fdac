import type { Milliseconds } from '../time/index.js'
import type { ContainerFacts } from './pod-facts.js'

/** States of a container in the API, as the records number them. */
export const STATE = { none: 0, waiting: 1, running: 2, terminated: 3 } as const

/** Why a container is being killed, as its Killing event says. */
export const KILL = { none: 0, stop: 1, liveness: 2, startup: 3, other: 4 } as const

/** How far a hook is. */
export const HOOK = { none: 0, running: 1, succeeded: 2, failed: 3 } as const

/** A time that has not come. */
export const NEVER = -1

/**
 * A container of a pod as the rows so far leave it: one flat object, written anew for each pod of its path.
 *
 * Times are virtual milliseconds, `NEVER` where there is none yet.
 */
export class ContainerRecordOf<Pod> {
  readonly pod: Pod
  facts: ContainerFacts

  // ── the runtime ──
  /** Instance of the latest CreateContainer; −1: none. */
  created = -1
  createdAt: Milliseconds = NEVER
  createRow = -1
  attempt = -1
  /** Symbols: the image of the latest instance, and of the latest that was started before it. */
  image = 0
  startedImage = 0
  /** Images that manifests before the present one named. */
  readonly oldImages: number[] = []
  /** Instance of the latest start; −1: none. */
  started = -1
  startedAt: Milliseconds = NEVER
  startRow = -1
  /** How many instances were started. */
  starts = 0
  /** Latest instance that earlier pods of this run and name started: a probe of one that hung is answered when it is gone. */
  earlierStarted = -1
  isAlive = false
  exitedAt: Milliseconds = NEVER
  exitRow = -1
  exitCode = 0
  /** The latest two exits of which the runtime still knows: what a back-off can count from. */
  knownExitAt: Milliseconds = NEVER
  previousKnownExitAt: Milliseconds = NEVER
  /** Exit codes by instance, up to the latest one; −1: it has not exited. */
  readonly exitCodes: number[] = []
  /** Symbols of the reasons of those exits. */
  readonly exitReasons: number[] = []
  /** Attempts by instance, up to the latest one: what its restartCount is. */
  readonly attempts: number[] = []
  /** How often the pod's sandbox was ready when the latest instance was started. */
  startSandbox = 0
  /** Of an init container: sandbox number in which it exited with 0; of a sidecar: in which it was up. 0: none. */
  doneInSandbox = 0
  /** Whether it was ever so. */
  wasDone = false

  // ── the kill of the running instance ──
  killAt: Milliseconds = NEVER
  killKind: number = KILL.none
  killRow = -1
  stopAt: Milliseconds = NEVER
  stopRow = -1
  stopTimeoutMs: Milliseconds = 0
  sigtermAt: Milliseconds = NEVER
  sigtermRow = -1
  sigkillAt: Milliseconds = NEVER
  sigkillRow = -1
  /** What the grace of this kill may be, in seconds, and whether it is known when the kill began. */
  leastGrace = 0
  mostGrace = 0

  // ── hooks of the running instance ──
  postStart: number = HOOK.none
  postStartInstance = -1
  postStartEndAt: Milliseconds = NEVER
  postStartRow = -1
  preStop: number = HOOK.none
  preStopAt: Milliseconds = NEVER
  preStopRow = -1
  preStopEndAt: Milliseconds = NEVER

  // ── probes of the running instance ──
  /** Bit by the number of a type: whether such a probe was made. */
  probed = 0
  /** Failing liveness answers in a row. */
  livenessFailures = 0
  livenessFailingSince: Milliseconds = NEVER
  livenessFailureRow = -1
  hasFailedProbe = false
  /** The type's last answer was a failure. */
  isLivenessFailing = false
  startupFailures = 0
  startupFailingSince: Milliseconds = NEVER
  startupFailureRow = -1
  isStartupFailing = false
  startupSucceededAt: Milliseconds = NEVER
  readinessSucceededAt: Milliseconds = NEVER
  /** Since when each answer was a success, or each a failure; which; NEVER: the last was neither. */
  readinessSince: Milliseconds = NEVER
  isReadinessFailing = false
  readinessRow = -1

  // ── crash-loop back-off: at least so long, updated at the earliest then ──
  backOffMs: Milliseconds = 0
  backOffUpdatedAt: Milliseconds = NEVER
  /** Whether its image was pulled since its last exit: then the back-off was asked long before the start. */
  wasPulled = false
  /** Until when it has to be started again; NEVER: that cannot be said. */
  restartBy: Milliseconds = NEVER
  /** When it was first told to be in back-off since its last exit. */
  backOffToldAt: Milliseconds = NEVER

  // ── the status ──
  state: number = STATE.none
  stateAt: Milliseconds = NEVER
  stateRow = -1
  stateReason = 0
  stateInstance = -1
  stateExitCode = 0
  hasLastState = false
  lastInstance = -1
  lastExitCode = 0
  /** An Event has told that it is in back-off, or that it was started. */
  hasBackOffEvent = false
  hasStartedEvent = false
  isReady = false
  /** When the status last called it ready. */
  readyAt: Milliseconds = NEVER
  isStartedUp = false
  restarts = 0

  constructor(pod: Pod, facts: ContainerFacts) {
    this.pod = pod
    this.facts = facts
  }

  /** Another pod of the same path, of the same run or the first of another: everything is as at the beginning. */
  begin(facts: ContainerFacts, isSameRun: boolean): void {
    this.earlierStarted = isSameRun ? Math.max(this.earlierStarted, this.started) : -1
    this.facts = facts
    this.created = -1
    this.createdAt = NEVER
    this.createRow = -1
    this.attempt = -1
    this.image = 0
    this.startedImage = 0
    if (this.oldImages.length > 0) this.oldImages.length = 0
    this.started = -1
    this.startedAt = NEVER
    this.startRow = -1
    this.starts = 0
    this.isAlive = false
    this.exitedAt = NEVER
    this.exitRow = -1
    this.exitCode = 0
    this.knownExitAt = NEVER
    this.previousKnownExitAt = NEVER
    this.startSandbox = 0
    this.doneInSandbox = 0
    this.wasDone = false
    this.backOffMs = 0
    this.backOffUpdatedAt = NEVER
    this.wasPulled = false
    this.restartBy = NEVER
    this.backOffToldAt = NEVER
    this.postStart = HOOK.none
    this.postStartInstance = -1
    this.hasBackOffEvent = false
    this.hasStartedEvent = false
    this.beginInstance()
    this.forgetStatus()
  }

  /** Exit code of an instance; −1: there is none, or it has not exited. */
  exitCodeOf(instance: number): number {
    return instance >= 0 && instance <= this.created ? this.exitCodes[instance] : -1
  }

  /** A new instance: nothing has been done to it. */
  beginInstance(): void {
    this.killAt = NEVER
    this.killKind = KILL.none
    this.killRow = -1
    this.stopAt = NEVER
    this.stopRow = -1
    this.stopTimeoutMs = 0
    this.sigtermAt = NEVER
    this.sigtermRow = -1
    this.sigkillAt = NEVER
    this.sigkillRow = -1
    this.leastGrace = 0
    this.mostGrace = 0
    this.preStop = HOOK.none
    this.preStopAt = NEVER
    this.preStopRow = -1
    this.preStopEndAt = NEVER
    this.probed = 0
    this.livenessFailures = 0
    this.livenessFailingSince = NEVER
    this.livenessFailureRow = -1
    this.hasFailedProbe = false
    this.isLivenessFailing = false
    this.startupFailures = 0
    this.startupFailingSince = NEVER
    this.isStartupFailing = false
    this.startupSucceededAt = NEVER
    this.readinessSucceededAt = NEVER
    this.readinessSince = NEVER
    this.isReadinessFailing = false
  }

  /** The status has nothing about it. */
  forgetStatus(): void {
    this.state = STATE.none
    this.stateAt = NEVER
    this.stateRow = -1
    this.stateReason = 0
    this.stateInstance = -1
    this.stateExitCode = 0
    this.hasLastState = false
    this.lastInstance = -1
    this.lastExitCode = 0
    this.isReady = false
    this.readyAt = NEVER
    this.isStartedUp = false
    this.restarts = 0
  }

  /** Its kubelet was restarted: kills, hooks and back-offs that were in its memory are gone. */
  forgetKubelet(): void {
    this.killAt = NEVER
    this.killKind = KILL.none
    this.killRow = -1
    this.stopAt = NEVER
    this.stopRow = -1
    this.preStop = HOOK.none
    this.preStopAt = NEVER
    if (this.postStart === HOOK.running || this.postStart === HOOK.failed) this.postStart = HOOK.none
    this.livenessFailures = 0
    // One that does not come back asks nothing more; the next one counts anew.
    this.livenessFailingSince = NEVER
    this.startupFailingSince = NEVER
    this.hasBackOffEvent = false
    this.startupFailures = 0
    this.backOffMs = 0
    this.restartBy = NEVER
  }
}
