import type { Service } from '../model/index.js'
import { ROW } from '../trace/index.js'
import { NEVER } from './container-record.js'
import type { LawContext } from './law-context.js'
import type { LawFamilies } from './law-families.js'
import type { LawParts } from './law-parts.js'
import type { LawState } from './law-state.js'
import type { OwnerRows } from './owner-rows.js'
import { CONDITION, PHASE, type PodRecord, TRUTH } from './pod-record.js'
import { restartedNode } from './restarted-node.js'

/** Takes what the API server's store says of pods: laws first, then the record. */
export class PodRows {
  readonly #parts: LawParts
  readonly #state: LawState
  readonly #laws: LawFamilies
  readonly #context: LawContext
  readonly #owners: OwnerRows
  /** By symbol of a step's text, the node whose kubelet the step ends; '': none. */
  readonly #restarted = new Map<number, string>()

  constructor(parts: LawParts, state: LawState, laws: LawFamilies, context: LawContext, owners: OwnerRows) {
    this.#owners = owners
    this.#parts = parts
    this.#state = state
    this.#laws = laws
    this.#context = context
  }

  /** A row of the API's clock about a pod: its status. */
  takeStatus(): void {
    const pod = this.#written()
    if (pod === undefined) {
      this.#owners.take()
      return
    }
    this.#state.touch(pod)
    switch (this.#parts.row.kind) {
      case ROW.condition:
        this.#condition(pod)
        break
      case ROW.phase:
        this.#phase(pod)
        break
      case ROW.bound:
        this.#laws.scheduling.bound(pod)
        this.#bound(pod)
        break
      default:
        this.#seldom(pod)
    }
  }

  /** A row of the API's clock about a pod: the rest of its object, of which nothing is asked when the instant is over. */
  take(): void {
    const { row } = this.#parts
    if (row.kind === ROW.created) {
      this.#created()
      return
    }
    const pod = this.#written()
    if (pod === undefined) {
      if (row.kind === ROW.removed) this.takeNode()
      else if (row.kind === ROW.specChanged) this.#laws.storage.changed()
      this.#owners.take()
      return
    }
    switch (row.kind) {
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
      case ROW.specChanged:
        this.#specChanged(pod)
        break
      case ROW.nominatedNode:
        this.#nominated(pod)
        break
    }
  }

  /** The pod that the row in hand writes. */
  #written(): PodRecord | undefined {
    const { row } = this.#parts
    const pod = this.#state.pod(row.object)
    if (pod === undefined) return undefined
    if (pod.isGone) this.#laws.deletion.written(pod)
    pod.writtenAt = row.time
    return pod
  }

  #bound(pod: PodRecord): void {
    const { row } = this.#parts
    const isFirst = pod.node === 0
    const node = this.#state.node(row.a)
    pod.node = row.a
    pod.home = node
    pod.boundRow = row.number
    pod.boundAt = row.time
    if (node === undefined || !isFirst) return
    this.#state.assign(pod, node)
    this.#laws.placement.bound(pod, node, this.#state.known)
  }

  #nominated(pod: PodRecord): void {
    const node = this.#state.node(this.#parts.row.a)
    if (node !== undefined) this.#laws.placement.nominated(pod, node, this.#state.known)
  }

  #specChanged(pod: PodRecord): void {
    for (const container of pod.containers) container.restartBy = NEVER
    this.#state.letGo(pod)
    const { object } = pod.facts
    this.#state.changeSpec(pod, this.#parts.row.a)
    this.#owners.podChanged(pod, object)
    this.#count(pod)
    this.#assignAgain(pod)
  }

  #seldom(pod: PodRecord): void {
    const { row } = this.#parts
    switch (row.kind) {
      case ROW.conditionRemoved: {
        const condition = this.#parts.words.conditions[row.a]
        const isByStep = row.cause >= 0 && row.cause === this.#state.stepRow
        if (condition !== undefined && !isByStep && pod.node !== 0) this.#laws.reasons.removed(pod)
        if (condition !== undefined && isByStep) pod.hasHandmadeConditions = true
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

  #assignAgain(pod: PodRecord): void {
    if (pod.home !== undefined && pod.phase < PHASE.Succeeded) this.#state.assign(pod, pod.home)
  }

  #created(): void {
    const { row } = this.#parts
    const before = this.#state.pod(row.object)
    if (before !== undefined) this.#laws.deletion.created(before)
    if (!this.#state.create(row)) {
      this.#state.nodeOf(row.object)?.registered(row.time, row.number)
      this.#owners.created()
      return
    }
    const pod = this.#state.pod(row.object)
    if (pod === undefined) return
    if (pod.facts.controller !== undefined) this.#owners.podCreated(pod)
    this.#laws.policies.created(pod)
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
    if (!pod.hasHandmadeConditions) {
      this.#laws.conditions.written(pod, condition)
      this.#laws.reasons.written(pod, condition)
    }
    if (pod.truths[condition] !== status) {
      pod.truths[condition] = status
      pod.transitions[condition] = row.time
    }
    if (condition === CONDITION.Ready)
      pod.isMarkedNotReady = status !== TRUTH.True && (pod.isMarkedNotReady || pod.home?.isNotReady === true)
    pod.conditionBits[condition] = row.b
    pod.conditionMessages[condition] = row.c
  }

  #foreign(pod: PodRecord, status: number): void {
    const { row, symbols } = this.#parts
    if (status === TRUTH.True) {
      const reason = symbols.text(row.b >> 2)
      this.#laws.disruptions.targeted(pod, reason)
      if (reason === 'DeletionByTaintManager') this.#laws.nodes.deletedByTaint(pod)
    }
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
    if (row.cause >= 0 && row.cause === this.#state.stepRow) pod.isPhaseHandmade = true
    this.#laws.phases.written(pod, phase)
    if (phase === PHASE.Failed && row.b !== 0) this.#laws.admission.failed(pod, this.#state.known)
    this.#laws.nodes.phase(pod, phase)
    if (pod.phase !== phase) {
      pod.phaseAt = row.time
      pod.phaseRow = row.number
    }
    pod.phase = phase
    pod.phaseReason = row.b
    pod.phaseMessage = row.c
    if (phase !== PHASE.Succeeded && phase !== PHASE.Failed) return
    if (phase === PHASE.Succeeded) pod.wasSucceeded = true
    this.#state.letGo(pod)
    this.#ends(pod)
  }

  #startTime(pod: PodRecord): void {
    const { row } = this.#parts
    this.#laws.scheduling.startTime(pod)
    this.#laws.runtime.bound(pod)
    pod.startSeconds = row.a
    if (pod.home !== undefined) this.#laws.admission.taken(pod, pod.home, this.#state.known)
    this.#count(pod)
  }

  /** Its kubelet has taken the pod in: it counts against the node until it is finished or gone. */
  #count(pod: PodRecord): void {
    const node = pod.home
    const isOver = pod.isGone || pod.phase === PHASE.Succeeded || pod.phase === PHASE.Failed
    if (node === undefined || pod.isCounted || isOver || pod.startSeconds < 0) return
    pod.isCounted = true
    node.add(pod.facts.requests, 1)
    this.#laws.scheduling.counted(pod, node)
  }

  #deletion(pod: PodRecord): void {
    const { row } = this.#parts
    const isByStep = row.cause >= 0 && row.cause === this.#state.stepRow
    this.#laws.deletion.requested(pod, isByStep ? this.#state.stepText : 0)
    this.#ends(pod)
    pod.previousGraceSeconds = pod.graceSeconds
    pod.graceSeconds = row.a
    pod.deadlineSeconds = row.b
    // Who asks first with a grace of 0 (a step, or preemption of a pod whose own it is) forces: a kubelet only ends what others
    // asked for. So does the control plane for a node that is given up.
    const isFirst = pod.deletedAt === NEVER || isByStep
    if (row.a === 0 && (isFirst || this.#state.node(pod.node)?.isGivenUp === true)) pod.isForced = true
    if (pod.deletedAt !== NEVER) return
    pod.deletedAt = row.time
    pod.deletionRow = row.number
  }

  /** What the pod's containers owed as long as it went on is settled. */
  #ends(pod: PodRecord): void {
    this.#laws.restarts.ending(pod)
    for (const container of pod.containers) {
      if (container.startupFailingSince !== NEVER) {
        this.#laws.reactions.startupOver(container, this.#parts.row.time)
        container.startupFailingSince = NEVER
      }
      if (container.restartBy !== NEVER) this.#laws.backOff.over(container, this.#parts.row.time)
    }
  }

  #removed(pod: PodRecord): void {
    const { row } = this.#parts
    this.#laws.deletion.removed(pod)
    this.#state.letGo(pod)
    pod.isGone = true
    pod.removedAt = row.time
    pod.removedRow = row.number
    for (const container of pod.containers) container.restartBy = NEVER
  }

  /** A Service's addresses. */
  takeEndpoints(): void {
    const { row, symbols } = this.#parts
    const service = this.#context.service(symbols.text(row.object)) as Service | undefined
    this.#laws.endpoints.written(this.#state.known, service)
    const { endpoints } = this.#state
    const known = endpoints.find(({ path }) => path === row.object)
    if (known === undefined) endpoints.push({ path: row.object, addresses: row.a, at: row.time })
    else {
      known.addresses = row.a
      known.at = row.time
    }
  }

  /** What became of requests. */
  takeRequests(): void {
    const { row } = this.#parts
    this.#laws.requests.written(row.b === 0 ? undefined : this.#state.pod(row.b))
  }

  /** A node that is gone or changed, out of service perhaps; one that is well again is believed again when it is asked next. */
  takeNode(): void {
    const { row, symbols, words } = this.#parts
    const node = this.#state.nodeOf(row.object)
    if (node === undefined) return
    if (row.kind === ROW.nodeCondition) {
      if (words.conditions[row.a] !== CONDITION.Ready) return
      const isNotReady = (row.b & 3) !== TRUTH.True
      if (node.isNotReady && !isNotReady) node.readyAt = row.time
      node.isNotReady = isNotReady
      return
    }
    if (row.kind === ROW.removed) node.isGone = true
    else node.change(symbols.text(row.a), symbols.text(row.b), row.time)
    if (row.kind === ROW.removed || symbols.text(row.b).includes(OUT_OF_SERVICE)) node.isGivenUp = true
    const isOfTaints = row.kind === ROW.removed || symbols.text(row.a) === 'taints'
    if (!isOfTaints) return
    const text = row.kind === ROW.removed ? '' : symbols.text(row.b)
    const wasAlone = node.soleTaint
    for (const known of node.setTaints(text, row.time, row.number))
      this.#laws.nodes.stayed(this.#state.known, node.symbol, known, row.time, known === wasAlone)
  }

  /** A step: only the end of a kubelet's process is told by nothing else. */
  takeStep(): void {
    const { row } = this.#parts
    const { time } = row
    this.#state.stepRow = row.number
    this.#state.stepText = row.b
    this.#owners.step()
    let node = this.#restarted.get(row.b)
    if (node === undefined) {
      node = restartedNode(this.#parts.symbols.text(row.b)) ?? ''
      this.#restarted.set(row.b, node)
    }
    if (node === '') return
    for (const pod of this.#state.known)
      for (const container of pod.containers) {
        this.#laws.restarts.livenessOver(container, time)
        this.#laws.reactions.startupOver(container, time)
      }
    this.#state.restartKubelet(node, time)
  }
}

const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'
