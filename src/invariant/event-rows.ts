import { KILL, NEVER } from './container-record.js'
import type { LawFamilies } from './law-families.js'
import type { LawParts } from './law-parts.js'
import type { LawState } from './law-state.js'
import type { OwnerRows } from './owner-rows.js'
import type { ContainerRecord } from './pod-record.js'

/** Takes Events: laws first, then what they tell of kills, starts and back-offs. */
export class EventRows {
  readonly #parts: LawParts
  readonly #state: LawState
  readonly #laws: LawFamilies
  readonly #owners: OwnerRows
  /** Kinds of kills by the message of their Killing event. */
  readonly #kills = new Map<number, number>()

  constructor(parts: LawParts, state: LawState, laws: LawFamilies, owners: OwnerRows) {
    this.#owners = owners
    this.#parts = parts
    this.#state = state
    this.#laws = laws
  }

  /** An Event about a pod or a container. */
  take(): void {
    const { row, words } = this.#parts
    const container = this.#state.container(row.object)
    const pod = container?.pod ?? this.#state.pod(row.object)
    if (pod === undefined) {
      this.#ofNode()
      return
    }
    this.#laws.events.written(pod, container)
    if ((row.b & 1) === 1) pod.warnings++
    pod.eventsWritten++
    if (container === undefined) {
      if (row.a === words.sandboxChanged) this.#laws.events.sandboxChanged(pod)
      if (row.a !== words.evicted) return
      this.#laws.nodes.evicted(pod)
      pod.isEndedByKubelet = true
      // One that is ending already goes on as it began.
      pod.isEvicted = pod.deletedAt === NEVER && !pod.isDone()
      return
    }
    if (row.a === words.killing) this.#killing(container)
    else if (row.a === words.started) container.hasStartedEvent = true
    else if (row.a === words.backOff) {
      container.hasBackOffEvent = true
      this.#laws.backOff.told(container)
    }
  }

  /** What a kubelet says of its machine: it goes down, or came up anew. */
  #ofNode(): void {
    const { row, words } = this.#parts
    const node = this.#state.nodeOf(row.object)
    if (node === undefined) {
      this.#owners.event()
      return
    }
    if (row.a === words.shutdown) this.#state.shutDown(node.symbol)
    else if (row.a === words.rebooted) this.#state.restartKubelet(node.name, row.time)
  }

  #killing(container: ContainerRecord): void {
    const { row } = this.#parts
    const { pod } = container
    if (pod.isHaunted) return
    const kind = this.#killOf(row.c)
    if (kind === KILL.stop && pod.deletedAt !== NEVER && pod.isSandboxReady) pod.stoppingRow = row.number
    if (container.stopAt !== NEVER || container.killAt !== NEVER) return
    container.killAt = row.time
    container.killRow = row.number
    container.killKind = kind
    this.#laws.termination.killBegins(container)
  }

  /** R-1106: the message says whether the whole pod is stopped, or this container alone. */
  #killOf(message: number): number {
    const known = this.#kills.get(message)
    if (known !== undefined) return known
    const text = this.#parts.symbols.text(message)
    let kind: number = KILL.other
    if (text.includes('Stopping container')) kind = KILL.stop
    else if (text.includes('failed liveness probe')) kind = KILL.liveness
    else if (text.includes('failed startup probe')) kind = KILL.startup
    this.#kills.set(message, kind)
    return kind
  }
}
