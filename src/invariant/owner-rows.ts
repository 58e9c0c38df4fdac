import { controllerOf, type KubernetesObject, type Pod } from '../model/index.js'
import { ROW } from '../trace/index.js'
import { NEVER } from './container-record.js'
import type { LawFamilies } from './law-families.js'
import type { LawParts } from './law-parts.js'
import { podNamed } from './law-parts.js'
import type { LawState } from './law-state.js'
import { type OwnerRecord, ownerNamed } from './owner-record.js'
import type { OwnerRecords } from './owner-records.js'
import { type PodRecord, TRUTH } from './pod-record.js'
import type { PolicyRecords } from './policy-records.js'

/** Takes what the API server's store says of workloads, budgets and autoscalers, and who owns a pod: laws first, then the record. */
export class OwnerRows {
  readonly #parts: LawParts
  readonly #state: LawState
  readonly #laws: LawFamilies
  readonly #owners: OwnerRecords
  readonly #policies: PolicyRecords

  constructor(parts: LawParts, state: LawState, laws: LawFamilies, owners: OwnerRecords, policies: PolicyRecords) {
    this.#policies = policies
    this.#parts = parts
    this.#state = state
    this.#laws = laws
    this.#owners = owners
  }

  get #isByStep(): boolean {
    const { cause } = this.#parts.row
    return cause >= 0 && cause === this.#state.stepRow
  }

  /** Something that is no pod is made. */
  created(): void {
    const { row } = this.#parts
    const isHandmade = row.cause < 0 || this.#isByStep
    const owner = this.#owners.create(row, isHandmade)
    if (owner === undefined) this.#policies.take(row)
    if (owner === undefined || isHandmade) return
    const { controller } = owner
    if (controller === undefined || owner.kind === 'ControllerRevision') return
    this.#laws.owners.makes(controller, owner.symbol, ownerNamed(owner))
    if (controller.kind === 'Deployment') this.#laws.deployments.makes(controller, owner)
    else if (controller.kind === 'CronJob') {
      this.#laws.jobs.starts(controller, owner)
      this.#laws.jobEnds.starts(controller, owner)
    }
  }

  /** A pod that has a controller is made. */
  podCreated(pod: PodRecord): void {
    const isByStep = this.#isByStep || this.#parts.row.cause < 0
    if (!this.#owners.followPod(pod, this.#parts.row.time, !isByStep)) return
    const owner = this.#owners.withUid(pod.owner?.uid)
    if (owner === undefined || isByStep) return
    this.#laws.owners.makes(owner, pod.symbol, podNamed(pod))
    this.#laws.owners.controls(pod, owner)
    switch (owner.kind) {
      case 'ReplicaSet':
      case 'ReplicationController':
        this.#laws.replicaSets.makes(owner, pod)
        break
      case 'StatefulSet':
        this.#laws.statefulSets.makes(owner, pod)
        break
      case 'DaemonSet':
        this.#laws.daemonSets.makes(owner, pod)
        break
      case 'Job':
        this.#laws.jobs.makes(owner, pod)
        break
    }
  }

  /** A pod's manifest is another one: so may its controller be. */
  podChanged(pod: PodRecord, before: Pod): void {
    if (this.#owners.all.length === 0) return
    const { time } = this.#parts.row
    if (JSON.stringify(pod.facts.object.metadata.labels) !== JSON.stringify(before.metadata.labels))
      pod.relabelledAt = time
    const isOther = this.#owners.followPod(pod, time, false)
    const owner = this.#owners.withUid(pod.owner?.uid)
    if (isOther && owner !== undefined && !this.#isByStep) this.#laws.owners.controls(pod, owner)
  }

  /** The row in hand is about something that is no pod. */
  take(): void {
    const { row, symbols } = this.#parts
    const owner = this.#owners.at(row.object)
    if (owner === undefined) {
      this.#policies.take(row)
      return
    }
    switch (row.kind) {
      case ROW.ownerStatus:
        this.#number(owner, symbols.text(row.a))
        break
      case ROW.ownerText:
        owner.texts.set(symbols.text(row.a), symbols.text(row.b))
        break
      case ROW.ownerRevision:
        this.#laws.deployments.revision(owner, row.a)
        owner.revision = row.a
        break
      case ROW.condition:
        this.#condition(owner, symbols.text(row.a))
        break
      case ROW.conditionRemoved:
        if (owner.kind === 'Job') this.#laws.jobs.conditionRemoved(owner, symbols.text(row.a))
        owner.conditions.delete(symbols.text(row.a))
        break
      case ROW.specChanged:
        this.#changed(owner)
        break
      case ROW.deletionRequested:
        if (owner.deletedAt !== NEVER) break
        if (owner.kind === 'Job' && !this.#isByStep) this.#laws.jobEnds.deleted(owner)
        owner.deletedAt = row.time
        break
      case ROW.removed:
        this.#removed(owner)
        break
    }
  }

  #number(owner: OwnerRecord, field: string): void {
    const { time, b: value } = this.#parts.row
    if (field === 'spec.replicas') {
      this.#replicas(owner, value)
      return
    }
    if (field === 'metadata.generation') {
      this.#laws.owners.generation(owner, value)
      owner.generation = value
      return
    }
    if (field === 'observedGeneration') {
      this.#laws.owners.observed(owner, value)
      owner.observedGeneration = value
    }
    if (owner.kind === 'Job' && (field === 'succeeded' || field === 'failed'))
      this.#laws.jobs.counts(owner, field, value)
    owner.recent(field).set(value, time)
    this.#owners.touch(owner)
  }

  #replicas(owner: OwnerRecord, value: number): void {
    const before = owner.replicas.value
    owner.replicas.set(value, this.#parts.row.time)
    const { controller } = owner
    if (value === before || this.#isByStep || controller?.kind !== 'Deployment' || controller.isGone) return
    this.#laws.deployments.scales(controller, owner, before)
  }

  #condition(owner: OwnerRecord, type: string): void {
    const { row, symbols } = this.#parts
    const status = row.b & 3
    const reason = symbols.text(row.b >> 2)
    if (owner.kind === 'Deployment' && type === 'Progressing') this.#laws.deployments.progress(owner, reason)
    if (owner.kind === 'Job' && !this.#isByStep) {
      this.#laws.jobs.condition(owner, type, status, reason)
      if (type === 'Complete' && status === TRUTH.True) this.#laws.jobEnds.complete(owner)
    }
    owner.conditions.set(type, { status, reason, at: row.time, row: row.number })
  }

  #changed(owner: OwnerRecord): void {
    const { row } = this.#parts
    const object = this.#owners.manifest(row.a)
    if (object === undefined) return
    const wasKept = isKept(owner.object)
    owner.change(object, row.time)
    this.#owners.follow(owner)
    if (wasKept && !isKept(object) && !this.#isByStep) this.#laws.owners.released(owner, this.#owners)
  }

  #removed(owner: OwnerRecord): void {
    const { row } = this.#parts
    if (isKept(owner.object) && !this.#isByStep) this.#laws.owners.released(owner, this.#owners)
    if (owner.kind === 'Job' && owner.deletedAt === NEVER && !this.#isByStep) this.#laws.jobEnds.deleted(owner)
    owner.isGone = true
    owner.removedAt = row.time
    const { controller } = owner
    const isLatest = controller?.children.every(({ revision, isGone }) => isGone || revision <= owner.revision) === true
    if (isLatest) controller!.hasLostRevision = true
  }

  /** The row in hand is an Event about something that is no pod. */
  event(): void {
    const { row, symbols } = this.#parts
    const owner = this.#owners.at(row.object)
    if (owner === undefined) return
    const reason = symbols.text(row.a)
    if (REFUSALS.has(reason)) owner.wasRefused = true
    else if (reason === 'SuccessfulRescale') this.#laws.autoscalers.rescaled(owner, symbols.text(row.c))
    else if (reason === 'SuccessfulDelete') this.#deleted(owner, symbols.text(row.c))
  }

  /** An owner tells that it has deleted a pod. */
  #deleted(owner: OwnerRecord, message: string): void {
    const [, name] = /^(?:Deleted pod: |delete Pod )(\S+)/.exec(message) ?? []
    const path = name === undefined ? undefined : this.#parts.symbols.find(`Pod/${owner.namespace}/${name}`)
    const pod = path === undefined ? undefined : this.#state.pod(path)
    if (pod === undefined || pod.owner !== owner) return
    pod.isDeletedByOwner = true
    switch (owner.kind) {
      case 'ReplicaSet':
      case 'ReplicationController':
        this.#laws.replicaSets.deletes(owner, pod)
        break
      case 'StatefulSet':
        this.#laws.statefulSets.deletes(owner, pod)
        break
      case 'DaemonSet':
        this.#laws.daemonSets.deletes(owner, pod)
        break
    }
  }

  /** The row in hand is a step. */
  step(): void {
    if (this.#owners.all.length === 0) return
    const { row, symbols } = this.#parts
    if (symbols.text(row.b).startsWith('drain ')) this.#owners.drains.add(row.number)
  }

  /** The instant is over: what it has left of the owners has to be lawful. */
  settle(time: number): void {
    const { dirty } = this.#owners
    const last = this.#parts.row.number
    for (let owner = dirty.pop(); owner !== undefined; owner = dirty.pop()) {
      owner.isDirty = false
      if (owner.isGone) continue
      this.#laws.owners.settled(owner, time, last)
      if (owner.kind === 'PodDisruptionBudget') this.#laws.disruptions.settled(owner, time, last)
    }
  }

  /** The run is over. */
  finish(end: number, isQuiescent: boolean): void {
    if (!isQuiescent) return
    this.#laws.policies.finished(end)
    if (this.#owners.all.length === 0) return
    this.#laws.owners.finished(this.#owners, this.#state.known, end)
    for (const owner of this.#owners.all) {
      if (owner.isGone || owner.deletedAt !== NEVER || owner.wasRefused || isOfGone(owner, this.#owners)) continue
      if (owner.kind === 'ReplicaSet' || owner.kind === 'ReplicationController')
        this.#laws.replicaSets.finished(owner, end)
      else if (owner.kind === 'Deployment') this.#laws.deployments.finished(owner, end)
      else if (owner.kind === 'StatefulSet') this.#laws.statefulSets.finished(owner, end)
      else if (owner.kind === 'DaemonSet') this.#laws.daemonSets.finished(owner, end)
      else if (owner.kind === 'Job') {
        this.#laws.jobs.finished(owner, end)
        this.#laws.jobEnds.finished(owner, end)
      } else if (owner.kind === 'PodDisruptionBudget') this.#laws.disruptions.finished(owner, end)
    }
  }
}

/** Events that tell that something was not done. */
const REFUSALS: ReadonlySet<string> = new Set(['FailedCreate', 'FailedDelete', 'ReplicaSetCreateError', 'SelectingAll'])

/** Whether an object waits for its dependents to go. */
const isKept = ({ metadata }: KubernetesObject): boolean => (metadata.finalizers ?? []).includes('foregroundDeletion')

const isOfGone = (owner: OwnerRecord, owners: OwnerRecords): boolean =>
  owners.withUid(controllerOf(owner.object.metadata)?.uid)?.isGone === true
