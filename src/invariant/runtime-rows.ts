import { ROW } from '../trace/index.js'
import { HOOK, NEVER } from './container-record.js'
import type { LawFamilies } from './law-families.js'
import type { LawParts } from './law-parts.js'
import type { LawState } from './law-state.js'
import type { ContainerRecord, PodRecord } from './pod-record.js'
import { recordAnswer, recordRepetitions } from './probe-laws.js'

const SIGTERM = 15
const SIGKILL = 9
/** What the runtime says of a container that could not be started. */
const START_ERROR = 128

/** Takes what the runtime does: laws first, then the record. */
export class RuntimeRows {
  readonly #parts: LawParts
  readonly #state: LawState
  readonly #laws: LawFamilies

  constructor(parts: LawParts, state: LawState, laws: LawFamilies) {
    this.#parts = parts
    this.#state = state
    this.#laws = laws
  }

  /** A row about a sandbox, or the end of a pull. */
  takeOfPod(): void {
    const { row } = this.#parts
    const pod = this.#state.pod(row.object)
    if (row.kind === ROW.pullEnd) this.#state.openPulls--
    if (pod === undefined || pod.isHaunted) return
    pod.workedAt = row.time
    pod.isSandboxComing = row.kind === ROW.sandboxCreate
    switch (row.kind) {
      case ROW.sandboxCreate:
        this.#laws.runtime.sandboxCreated(pod)
        this.#laws.storage.sandboxCreated(pod)
        if (pod.sandboxes > 0) purge(pod)
        break
      case ROW.sandboxReady:
        pod.sandboxes++
        pod.sandboxAttempt = row.a
        pod.isSandboxReady = true
        pod.isSandboxStopped = false
        pod.sandboxRow = row.number
        pod.addresses[pod.addressCount++] = row.b
        break
      case ROW.sandboxStop:
        pod.isSandboxReady = false
        pod.isSandboxStopped = true
        pod.sandboxRow = row.number
        break
      case ROW.sandboxDied:
        pod.isSandboxReady = false
        for (const container of pod.containers) container.restartBy = NEVER
        break
      case ROW.pullEnd:
        this.#pulled(pod)
        break
    }
  }

  #pulled(pod: PodRecord): void {
    const { row } = this.#parts
    if (row.b === 0) pod.home?.pulled(row.a, row.number)
    // The kubelet that began it does not hear of it any more.
    if (row.cause >= 0 && row.cause < pod.kubeletRestartRow) return
    pod.pullEndRow = row.number
    if (row.b !== 0) {
      this.#laws.images.pullFailed(pod)
      return
    }
    pod.pulledImage = row.a
    pod.pulledRow = row.number
  }

  /** The beginning of a pull names the container, or its pod. */
  takePullStart(): void {
    const { row } = this.#parts
    const container = this.#state.container(row.object)
    const pod = container?.pod ?? this.#state.pod(row.object)
    this.#state.openPulls++
    if (pod === undefined || pod.isHaunted) return
    pod.workedAt = row.time
    this.#laws.runtime.bound(pod)
    this.#laws.images.pullBegins(pod, container, pod.home)
    if (container !== undefined) container.wasPulled = true
  }

  /** A row about a container. */
  takeOfContainer(): void {
    const { row } = this.#parts
    const container = this.#state.container(row.object)
    if (container === undefined || container.pod.isHaunted) return
    if (row.kind !== ROW.probe && row.kind !== ROW.probeRepeated) container.pod.workedAt = row.time
    switch (row.kind) {
      case ROW.containerCreate:
        this.#created(container)
        break
      case ROW.containerStart:
        this.#started(container)
        break
      case ROW.containerStartFailed:
        this.#started(container)
        this.#ended(container, START_ERROR, this.#parts.words.startError)
        break
      case ROW.containerStop:
        this.#stopped(container)
        break
      case ROW.signal:
        this.#signalled(container)
        break
      case ROW.exit:
        this.#laws.runtime.exited(container)
        this.#laws.reasons.exited(container)
        this.#laws.termination.exited(container)
        this.#ended(container, row.b, row.c)
        break
      default:
        this.#called(container)
    }
  }

  #created(container: ContainerRecord): void {
    const { row } = this.#parts
    const { pod } = container
    this.#laws.runtime.created(container)
    this.#laws.images.created(container, pod.home)
    this.#laws.hooks.created(container)
    this.#laws.backOff.created(container, row.c)
    container.created = row.a
    container.createdAt = row.time
    container.createRow = row.number
    container.attempt = row.b
    container.image = row.c
    container.attempts[row.a] = row.b
    container.exitCodes[row.a] = -1
    container.wasPulled = false
    pod.lastCreateRow = row.number
  }

  #started(container: ContainerRecord): void {
    const { row } = this.#parts
    const { pod, facts } = container
    this.#laws.runtime.started(container)
    this.#laws.init.started(container)
    this.#laws.restarts.started(container)
    container.beginInstance()
    container.started = row.a
    container.startedAt = row.time
    container.startRow = row.number
    container.starts++
    container.startedImage = container.image
    container.startSandbox = pod.sandboxes
    container.isAlive = true
    container.postStart = HOOK.none
    if (facts.role === 'sidecar' && facts.probes[STARTUP] === null) container.doneInSandbox = pod.sandboxes
  }

  #ended(container: ContainerRecord, code: number, reason: number): void {
    const { row } = this.#parts
    if (container.isAlive) {
      this.#probesOver(container)
      this.#laws.reactions.postStartOver(container, row.time)
    }
    container.isAlive = false
    container.previousKnownExitAt = container.knownExitAt
    container.knownExitAt = row.time
    container.exitedAt = row.time
    container.exitRow = row.number
    container.exitCode = code
    container.exitCodes[row.a] = code
    container.exitReasons[row.a] = reason
    container.startupFailingSince = NEVER
    container.livenessFailingSince = NEVER
    if (code === 0 && container.facts.role === 'init') {
      container.doneInSandbox = container.startSandbox
      container.wasDone = true
    }
    this.#laws.backOff.exited(container)
  }

  #stopped(container: ContainerRecord): void {
    const { row } = this.#parts
    if (container.stopAt === NEVER) this.#probesOver(container)
    this.#laws.restarts.stopped(container)
    this.#laws.events.stopped(container)
    this.#laws.termination.stopped(container)
    if (container.killAt === NEVER && container.preStop === HOOK.none) this.#laws.termination.killBegins(container)
    container.stopAt = row.time
    container.stopRow = row.number
    container.stopTimeoutMs = row.b * 1000
  }

  /** Failures of probes end here, by what they led to or by a success. */
  #probesOver(container: ContainerRecord): void {
    const { time } = this.#parts.row
    if (container.livenessFailingSince !== NEVER) this.#laws.restarts.livenessOver(container, time)
    if (container.startupFailingSince !== NEVER) this.#laws.reactions.startupOver(container, time)
  }

  #signalled(container: ContainerRecord): void {
    const { row } = this.#parts
    this.#laws.runtime.signalled(container)
    if (row.b === SIGTERM) {
      this.#laws.hooks.sigterm(container)
      if (container.facts.role === 'sidecar') this.#laws.sidecars.sigterm(container)
      container.sigtermAt = row.time
      container.sigtermRow = row.number
    } else if (row.b === SIGKILL) {
      this.#laws.termination.sigkill(container)
      container.sigkillAt = row.time
      container.sigkillRow = row.number
    }
  }

  /** Hooks and probes. */
  #called(container: ContainerRecord): void {
    const { row } = this.#parts
    switch (row.kind) {
      case ROW.hookStart:
        this.#hookBegins(container)
        break
      case ROW.hookEnd:
        this.#hookEnds(container)
        break
      case ROW.probe:
        this.#probed(container, row.b & 3)
        break
      case ROW.probeRepeated:
        if (row.a !== container.started) break
        this.#laws.probes.repeated(container, row.b)
        recordRepetitions(container, row.b, row.c)
        this.#laws.probes.counted(container, row.b)
        break
    }
  }

  #hookBegins(container: ContainerRecord): void {
    const { row } = this.#parts
    this.#laws.hooks.begins(container)
    if (row.b === POST_START) {
      container.postStart = HOOK.running
      container.postStartInstance = row.a
      container.pod.postStarts++
      return
    }
    if (container.isAlive) this.#probesOver(container)
    if (container.killAt === NEVER) this.#laws.termination.killBegins(container)
    container.preStop = HOOK.running
    container.preStopAt = row.time
    container.preStopRow = row.number
  }

  #hookEnds(container: ContainerRecord): void {
    const { row } = this.#parts
    const result = row.c === 0 ? HOOK.succeeded : HOOK.failed
    if (row.b !== POST_START) {
      // The hook of an instance before, which was left to itself, may end while this one's runs.
      if (container.preStop !== HOOK.running || row.a !== container.started) return
      container.preStop = result
      container.preStopEndAt = row.time
      return
    }
    if (container.postStart !== HOOK.running || row.a !== container.postStartInstance) return
    container.postStart = result
    container.postStartEndAt = row.time
    container.postStartRow = row.number
    container.pod.postStarts = Math.max(0, container.pod.postStarts - 1)
  }

  #probed(container: ContainerRecord, type: number): void {
    const { row } = this.#parts
    const result = row.c & 3
    this.#laws.probes.probed(container, type)
    if (row.a !== container.started) return
    container.probed |= 1 << type
    if (type !== READINESS && result === 0 && container.isAlive) this.#probesOver(container)
    recordAnswer(container, type, result, row.time, row.number)
    this.#laws.probes.counted(container, type)
    if (type !== STARTUP || result !== 0 || container.facts.role !== 'sidecar') return
    container.doneInSandbox = container.startSandbox
  }
}

/** Before another sandbox is made, what is left of the init containers is removed: no back-off counts from it. */
function purge({ containers }: PodRecord): void {
  for (const container of containers) {
    if (container.facts.role === 'container') return
    container.knownExitAt = NEVER
    container.previousKnownExitAt = NEVER
  }
}

const READINESS = 1
const STARTUP = 2
const POST_START = 0
