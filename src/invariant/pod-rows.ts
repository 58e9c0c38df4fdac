import type { Service } from '../model/index.js'
import { ROW } from '../trace/index.js'
import { type ContainerRecord, KILL, NEVER } from './container-record.js'
import type { LawContext } from './law-context.js'
import type { LawFamilies } from './law-families.js'
import type { LawParts } from './law-parts.js'
import type { LawState } from './law-state.js'
import { PHASE, type PodRecord, TRUTH } from './pod-record.js'

/** Takes what the API server's store says of pods: laws first, then the record. */
export class PodRows {
  readonly #parts: LawParts
  readonly #state: LawState
  readonly #laws: LawFamilies
  readonly #context: LawContext
  /** Kinds of kills by the message of their Killing event. */
  readonly #kills = new Map<number, number>()

  constructor(parts: LawParts, state: LawState, laws: LawFamilies, context: LawContext) {
    this.#parts = parts
    this.#state = state
    this.#laws = laws
    this.#context = context
  }

  /** A row of the API's clock about a pod. */
  take(): void {
    const { row } = this.#parts
    if (row.kind === ROW.created) {
      this.#created()
      return
    }
    const pod = this.#state.pod(row.object)
    if (pod === undefined) {
      if (row.kind === ROW.removed) this.takeNode()
      return
    }
    if (!pod.exists) this.#laws.deletion.written(pod)
    this.#state.touch(pod)
    switch (row.kind) {
      case ROW.condition:
        this.#condition(pod)
        break
      case ROW.phase:
        this.#phase(pod)
        break
      case ROW.bound:
        this.#laws.scheduling.bound(pod)
        pod.node = row.a
        pod.boundAt = row.time
        this.#laws.nodes.bound(pod, this.#state.node(row.a))
        pod.boundRow = row.number
        break
      case ROW.startTime:
        this.#startTime(pod)
        break
      case ROW.podIP:
        this.#laws.runtime.podIP(pod)
        pod.ip = row.a
        break
      case ROW.qosClass:
        this.#laws.scheduling.qosClass(pod)
        pod.qosClass = row.a
        pod.isQosWritten = true
        break
      case ROW.deletionRequested:
        this.#deletion(pod)
        break
      case ROW.removed:
        this.#removed(pod)
        break
      default:
        this.#seldom(pod)
    }
  }

  #seldom(pod: PodRecord): void {
    const { row } = this.#parts
    switch (row.kind) {
      case ROW.specChanged:
        for (const container of pod.containers) container.restartBy = NEVER
        this.#state.letGo(pod)
        this.#state.changeSpec(pod, row.a)
        this.#count(pod)
        break
      case ROW.conditionRemoved: {
        const condition = this.#parts.words.conditions[row.a]
        if (condition !== undefined) pod.truths[condition] = TRUTH.none
        if (condition !== undefined) pod.conditionBits[condition] = -1
        else pod.foreign = pod.foreign.filter(({ type }) => type !== row.a)
        break
      }
      case ROW.statusReplaced:
        pod.forgetConditions()
        for (const container of pod.containers) container.forgetStatus()
        break
    }
  }

  #created(): void {
    const { row } = this.#parts
    const before = this.#state.pod(row.object)
    if (before !== undefined) this.#laws.deletion.created(before)
    this.#state.nodeOf(row.object)?.restoreTaints(row.time, row.number)
    this.#state.create(row)
  }

  #condition(pod: PodRecord): void {
    const { row, words } = this.#parts
    const condition = words.conditions[row.a]
    const status = row.b & 3
    if (condition === undefined) {
      this.#foreign(pod, status)
      return
    }
    if (row.cause >= 0 && row.cause === this.#state.stepRow) pod.hasHandmadeConditions = true
    if (!pod.hasHandmadeConditions) this.#laws.conditions.written(pod, condition)
    if (pod.truths[condition] !== status) {
      pod.truths[condition] = status
      pod.transitions[condition] = row.time
    }
    pod.conditionBits[condition] = row.b
    pod.conditionMessages[condition] = row.c
  }

  #foreign(pod: PodRecord, status: number): void {
    const { row } = this.#parts
    const known = pod.foreign.find(({ type }) => type === row.a)
    if (known === undefined) {
      pod.foreign.push({
        type: row.a,
        status,
        statusAndReason: row.b,
        message: row.c,
        wasTrue: status === TRUTH.True,
      })
      return
    }
    if (known.statusAndReason === row.b && known.message === row.c) this.#laws.conditions.unchanged(pod)
    known.status = status
    known.statusAndReason = row.b
    known.message = row.c
    if (status === TRUTH.True) known.wasTrue = true
  }

  #phase(pod: PodRecord): void {
    const { row, words } = this.#parts
    const phase = words.phases[row.a] ?? PHASE.none
    this.#laws.phases.written(pod, phase)
    this.#laws.nodes.phase(pod, phase)
    if (pod.phase !== phase) {
      pod.phaseAt = row.time
      pod.phaseRow = row.number
    }
    pod.phase = phase
    pod.phaseReason = row.b
    pod.phaseMessage = row.c
    if (phase !== PHASE.Succeeded && phase !== PHASE.Failed) return
    this.#state.letGo(pod)
    this.#ends(pod)
  }

  #startTime(pod: PodRecord): void {
    const { row } = this.#parts
    this.#laws.scheduling.startTime(pod)
    this.#laws.runtime.bound(pod)
    pod.startSeconds = row.a
    this.#count(pod)
  }

  /** Its kubelet has taken the pod in: it counts against the node until it is finished or gone. */
  #count(pod: PodRecord): void {
    const node = this.#state.node(pod.node)
    const isOver = !pod.exists || pod.phase === PHASE.Succeeded || pod.phase === PHASE.Failed
    if (node === undefined || pod.isCounted || isOver || pod.startSeconds < 0) return
    pod.isCounted = true
    node.add(pod.facts.requests, 1)
    this.#laws.scheduling.counted(pod, node)
  }

  #deletion(pod: PodRecord): void {
    const { row } = this.#parts
    this.#laws.deletion.requested(pod)
    this.#ends(pod)
    pod.previousGraceSeconds = pod.graceSeconds
    pod.graceSeconds = row.a
    pod.deadlineSeconds = row.b
    const isByHand = row.cause >= 0 && row.cause === this.#state.stepRow
    // A kubelet only ends what others asked for: a first request without grace is somebody else's.
    const isFirst = pod.deletedAt === NEVER
    if (row.a === 0 && (isByHand || isFirst || this.#state.node(pod.node)?.isGivenUp === true)) pod.isForced = true
    if (pod.deletedAt !== NEVER) return
    pod.deletedAt = row.time
    pod.deletionRow = row.number
  }

  /** What the pod's containers owed as long as it went on is settled. */
  #ends(pod: PodRecord): void {
    this.#laws.restarts.ending(pod)
    for (const container of pod.containers) {
      if (container.restartBy !== NEVER) this.#laws.backOff.over(container, this.#parts.row.time)
    }
  }

  #removed(pod: PodRecord): void {
    const { row } = this.#parts
    this.#laws.deletion.removed(pod)
    this.#state.letGo(pod)
    pod.exists = false
    pod.removedAt = row.time
    pod.removedRow = row.number
    for (const container of pod.containers) container.restartBy = NEVER
  }

  /** An Event about a pod or a container. */
  takeEvent(): void {
    const { row, words } = this.#parts
    const container = this.#state.container(row.object)
    const pod = container?.pod ?? this.#state.pod(row.object)
    if (pod === undefined) {
      this.#nodeEvent()
      return
    }
    this.#laws.events.written(pod)
    if ((row.b & 1) === 1) pod.warnings++
    if (row.a === words.evicted && container === undefined) {
      pod.isEndedByKubelet = true
      // One that is ending already goes on as it began.
      pod.isEvicted = pod.deletedAt === NEVER && !pod.isDone()
    }
    if (row.a === words.killing && container !== undefined) this.#killing(container)
  }

  /** What a kubelet says of its machine: it goes down, or came up anew. */
  #nodeEvent(): void {
    const { row, words, symbols } = this.#parts
    const node = this.#state.nodeOf(row.object)
    if (node === undefined) return
    if (row.a === words.shutdown) this.#state.shutDown(symbols.find(node.name) ?? 0)
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

  /** A Service's addresses. */
  takeEndpoints(): void {
    const { row, symbols } = this.#parts
    const service = this.#context.service(symbols.text(row.object)) as Service | undefined
    this.#laws.endpoints.written(this.#state.known, service)
  }

  /** A node that is gone or out of service; one that is well again is believed again when it is asked next. */
  takeNode(): void {
    const { row, symbols } = this.#parts
    const node = this.#state.nodeOf(row.object)
    if (node === undefined) return
    if (row.kind === ROW.removed || symbols.text(row.b).includes(OUT_OF_SERVICE)) node.isGivenUp = true
    const isOfTaints = row.kind === ROW.removed || symbols.text(row.a) === 'taints'
    if (!isOfTaints) return
    const name = symbols.find(node.name) ?? 0
    const text = row.kind === ROW.removed ? '' : symbols.text(row.b)
    for (const known of node.setTaints(text, row.time, row.number))
      this.#laws.nodes.stayed(this.#state.known, name, known, row.time)
  }

  /** A step: only the restart of a kubelet is told by nothing else. */
  takeStep(): void {
    const { row, symbols } = this.#parts
    this.#state.stepRow = row.number
    const text = symbols.text(row.b)
    const words = RESTART_WORDS.find(each => text.startsWith(each))
    if (words === undefined) return
    for (const pod of this.#state.known)
      for (const container of pod.containers)
        if (container.livenessFailingSince !== NEVER) this.#laws.restarts.livenessOver(container, row.time)
    this.#state.restartKubelet(text.slice(words.length).split(',')[0], row.time)
  }
}

/** How the row of a step says that a kubelet's process ends: with it goes what it remembered. */
const RESTART_WORDS = ['restart the kubelet of ', 'kill the kubelet of ', 'reboot node ', 'switch off node ']

const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'
