import { isOwnerKind, type KubernetesObject } from '../model/index.js'
import { ownerUidOf } from '../trace/index.js'
import type { LawContext } from './law-context.js'
import { OwnerRecord } from './owner-record.js'
import type { PodRecord } from './pod-record.js'
import type { RowInHand } from './row-in-hand.js'

/** The workloads, budgets and autoscalers of a run: none in a run of bare pods, which pay nothing for them. */
export class OwnerRecords {
  readonly #context: LawContext
  /** In the order of their creation, those that have gone included. */
  readonly all: OwnerRecord[] = []
  /** Those whose status the present instant has written. */
  readonly dirty: OwnerRecord[] = []
  readonly #byPath = new Map<number, OwnerRecord>()
  readonly #byUid = new Map<string, OwnerRecord>()
  readonly #incarnations = new Map<number, number>()
  /** Rows of the steps that drain. */
  readonly drains = new Set<number>()

  constructor(context: LawContext) {
    this.#context = context
  }

  reset(): void {
    if (this.drains.size > 0) this.drains.clear()
    if (this.all.length === 0) return
    this.all.length = 0
    this.dirty.length = 0
    this.#byPath.clear()
    this.#byUid.clear()
    this.#incarnations.clear()
  }

  /** By symbol of the path: the one that is stored, or was last. */
  at(path: number): OwnerRecord | undefined {
    return this.#byPath.get(path)
  }

  withUid(uid: string | undefined): OwnerRecord | undefined {
    return uid === undefined ? undefined : this.#byUid.get(uid)
  }

  manifest(index: number): KubernetesObject | undefined {
    return this.#context.manifest(index)?.object
  }

  /** The row in hand makes an object; undefined: it is none with a controller. */
  create(row: RowInHand, isHandmade: boolean): OwnerRecord | undefined {
    const object = this.manifest(row.a)
    const known = this.#context.object(row.object)
    if (object === undefined || known === undefined || !isOwnerKind(object.kind)) return undefined
    const incarnation = this.#incarnations.get(row.object) ?? 0
    this.#incarnations.set(row.object, incarnation + 1)
    const uid = ownerUidOf({ object: known, incarnation })
    const { object: symbol, number, time } = row
    const record = new OwnerRecord(object, { symbol, uid, row: number, time, isHandmade })
    this.#byPath.set(symbol, record)
    this.#byUid.set(uid, record)
    this.all.push(record)
    this.follow(record)
    return record
  }

  /** Whose it is, its manifest says. */
  follow(record: OwnerRecord): void {
    const controller = this.withUid(record.controllerUid)
    if (controller === record.controller) return
    record.controller = controller
    if (controller !== undefined && !controller.children.includes(record)) controller.children.push(record)
  }

  /** The same of a pod; answers whether it is another's than it was. */
  followPod(pod: PodRecord, now: number, isMade: boolean): boolean {
    const owner = this.withUid(pod.facts.controller?.uid)
    if (owner === pod.owner) return false
    pod.owner = owner
    pod.ownedAt = now
    pod.isMadeByOwner = isMade
    if (owner !== undefined && !owner.pods.includes(pod)) owner.pods.push(pod)
    return true
  }

  touch(record: OwnerRecord): void {
    if (record.isDirty) return
    record.isDirty = true
    this.dirty.push(record)
  }
}
