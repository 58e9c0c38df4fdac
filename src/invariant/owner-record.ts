import { controllerOf, type KubernetesObject, type OwnerKind } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { NEVER } from './container-record.js'
import { CONDITION, PHASE, type PodOwner, type PodRecord, TRUTH } from './pod-record.js'
import { RecentNumber } from './recent-number.js'

/** A condition of a workload as its last row has it. */
export interface OwnerCondition {
  readonly status: number
  readonly reason: string
  readonly at: Milliseconds
  readonly row: number
}

/** A workload object, budget or autoscaler as the rows so far leave it. */
export class OwnerRecord {
  /** Symbol of its path. */
  readonly symbol: number
  readonly kind: OwnerKind
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly createdAt: Milliseconds
  readonly createdRow: number
  /** Made by a step, or there from the beginning. */
  readonly isHandmade: boolean
  object: KubernetesObject
  /** The manifest before this one, and when it gave way; undefined: there was none. */
  former: KubernetesObject | undefined = undefined
  changedAt: Milliseconds
  generation = 1
  /** −1: no controller has said so. */
  observedGeneration = -1
  /** `spec.replicas`. */
  readonly replicas: RecentNumber
  /** Numbers and texts of its status by field. */
  readonly #numbers = new Map<string, RecentNumber>()
  readonly texts = new Map<string, string>()
  readonly conditions = new Map<string, OwnerCondition>()
  /** 0: none. */
  revision = 0
  /** The ReplicaSet of the highest revision was taken away: the next one may be lower. */
  hasLostRevision = false
  deletedAt: Milliseconds = NEVER
  isGone = false
  removedAt: Milliseconds = NEVER
  /** Its controller was refused a pod, or a write. */
  wasRefused = false
  /** The workload that controls it, if one does. */
  controller: OwnerRecord | undefined = undefined
  /** Workloads that it controls, and pods; those that have gone, or are another's since, are among them. */
  readonly children: OwnerRecord[] = []
  readonly pods: PodRecord[] = []
  /** What an autoscaler has asked for, and whether its metrics made it more than before. */
  readonly growths: { readonly size: number; readonly at: Milliseconds; readonly isMeasured: boolean }[] = []
  /** The present instant has written its status. */
  isDirty = false

  constructor(
    object: KubernetesObject,
    {
      symbol,
      uid,
      row,
      time,
      isHandmade,
    }: { symbol: number; uid: string; row: number; time: number; isHandmade: boolean },
  ) {
    this.symbol = symbol
    this.kind = object.kind as OwnerKind
    this.namespace = object.metadata.namespace ?? 'default'
    this.name = object.metadata.name ?? ''
    this.uid = uid
    this.createdAt = time
    this.changedAt = NEVER
    this.createdRow = row
    this.isHandmade = isHandmade
    this.object = object
    const { replicas = 1 } = (object as { readonly spec?: { readonly replicas?: number } }).spec ?? {}
    this.replicas = new RecentNumber(replicas, time)
    this.revision = Number(object.metadata.annotations?.[REVISION] ?? 0)
  }

  /** A number of its status; 0 where nothing was said yet. */
  number(field: string): number {
    return this.#numbers.get(field)?.value ?? 0
  }

  /** The same with what it was of late. */
  recent(field: string): RecentNumber {
    const known = this.#numbers.get(field)
    if (known !== undefined) return known
    const made = new RecentNumber(0, this.createdAt)
    this.#numbers.set(field, made)
    return made
  }

  /** The manifests that its controller may have read at some time from then on. */
  manifests(from: Milliseconds): readonly KubernetesObject[] {
    return this.former !== undefined && this.changedAt >= from ? [this.object, this.former] : [this.object]
  }

  isTrue(condition: string): boolean {
    return this.conditions.get(condition)?.status === TRUTH.True
  }

  /** A Job that is over. */
  get isFinished(): boolean {
    return this.isTrue('Complete') || this.isTrue('Failed')
  }

  /** Its pods that are stored, go on, and are not being deleted. */
  activePods(): PodRecord[] {
    return this.pods.filter(pod => pod.owner === this && isActive(pod))
  }

  /** Its pods that are stored. */
  storedPods(): PodRecord[] {
    return this.pods.filter(pod => pod.owner === this && !pod.isGone)
  }

  /** The workloads that it controls and that are stored. */
  storedChildren(): OwnerRecord[] {
    return this.children.filter(child => child.controller === this && !child.isGone)
  }

  /** Another manifest: its controller may be another one. */
  change(object: KubernetesObject, now: Milliseconds): void {
    this.former = this.object
    this.object = object
    this.changedAt = now
  }

  get controllerUid(): string | undefined {
    return controllerOf(this.object.metadata)?.uid
  }
}

const REVISION = 'deployment.kubernetes.io/revision'

export const isActive = ({ isGone, deletedAt, phase }: PodRecord): boolean =>
  !isGone && deletedAt === NEVER && phase < PHASE.Succeeded

export const isReady = ({ truths }: PodRecord): boolean => truths[CONDITION.Ready] === TRUTH.True

/** `Deployment default/web`, for sentences. */
export const ownerNamed = ({ kind, namespace, name }: PodOwner): string => `${kind} ${namespace}/${name}`
