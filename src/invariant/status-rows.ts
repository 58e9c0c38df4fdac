import { ROW, unpackInstanceAndExit } from '../trace/index.js'
import { STATE } from './container-record.js'
import type { LawFamilies } from './law-families.js'
import type { LawParts } from './law-parts.js'
import type { LawState } from './law-state.js'
import type { ContainerRecord } from './pod-record.js'

/** Takes what the API server's store says of containers: laws first, then the record. */
export class StatusRows {
  readonly #parts: LawParts
  readonly #state: LawState
  readonly #laws: LawFamilies

  constructor(parts: LawParts, state: LawState, laws: LawFamilies) {
    this.#parts = parts
    this.#state = state
    this.#laws = laws
  }

  /** A row of the API's clock about a container. */
  take(): void {
    const { row } = this.#parts
    const container = this.#state.container(row.object)
    if (container === undefined) return
    const { pod } = container
    if (pod.isGone) this.#laws.deletion.written(pod)
    this.#state.touch(pod)
    pod.writtenAt = row.time
    switch (row.kind) {
      case ROW.containerWaiting:
        if (!pod.isHaunted) this.#waiting(container)
        this.#enter(container, STATE.waiting)
        container.stateReason = row.a
        break
      case ROW.containerRunning:
        if (!pod.isHaunted) {
          this.#laws.states.running(container)
          this.#laws.events.shown(container, true)
        }
        this.#enter(container, STATE.running)
        container.stateInstance = row.a
        break
      case ROW.containerTerminated: {
        if (!pod.isHaunted) {
          this.#laws.states.terminated(container)
          this.#laws.reasons.terminated(container, false)
        }
        this.#enter(container, STATE.terminated)
        const { instance, exitCode } = unpackInstanceAndExit(row.a)
        container.stateInstance = instance
        container.stateExitCode = exitCode
        break
      }
      case ROW.containerLastTerminated: {
        if (!pod.isHaunted && row.b !== 0) this.#laws.reasons.terminated(container, true)
        const { instance, exitCode } = unpackInstanceAndExit(row.a)
        container.hasLastState = row.b !== 0
        container.lastInstance = instance
        container.lastExitCode = exitCode
        break
      }
      case ROW.containerRestarts:
        this.#laws.restarts.restarts(container)
        if (container.restarts === row.a) this.#laws.conditions.unchanged(pod)
        container.restarts = row.a
        break
      case ROW.containerReady:
        this.#ready(container)
        break
      case ROW.containerStarted:
        if (row.a === 1) this.#laws.probes.startedUp(container)
        if (container.isStartedUp === (row.a === 1)) this.#laws.conditions.unchanged(pod)
        container.isStartedUp = row.a === 1
        break
    }
  }

  #waiting(container: ContainerRecord): void {
    const { row, words } = this.#parts
    this.#laws.states.waiting(container)
    if (row.a === words.crashLoopBackOff || row.a === words.imagePullBackOff) this.#laws.events.shown(container, false)
  }

  #enter(container: ContainerRecord, state: number): void {
    const { row } = this.#parts
    container.state = state
    container.stateAt = row.time
    container.stateRow = row.number
    container.stateReason = 0
  }

  #ready(container: ContainerRecord): void {
    const { row } = this.#parts
    if (row.a === 1) this.#laws.probes.ready(container)
    else if (container.isReady) this.#laws.reactions.unready(container)
    if (container.isReady === (row.a === 1)) this.#laws.conditions.unchanged(container.pod)
    if (row.a === 1 && !container.isReady) container.readyAt = row.time
    container.isReady = row.a === 1
  }
}
