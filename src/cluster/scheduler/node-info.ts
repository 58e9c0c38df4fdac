import type { Labels } from '../../model/index.js'
import { isDeleting, type NodeRecord, type PodVersion } from '../contract/index.js'
import { NodeUse } from '../predicates/index.js'
import { type PodInfo, podInfoOf } from './pod-info.js'

/** A pod that counts on a node: bound, assumed, or on trial. */
export class PlacedPod {
  readonly index: number
  info: PodInfo
  /** The newest version that was heard of; an assumed pod has the one that was scheduled. */
  version: PodVersion
  isTerminating: boolean

  constructor(version: PodVersion) {
    this.index = version.identity.index
    this.info = podInfoOf(version.spec)
    this.version = version
    this.isTerminating = isDeleting(version)
  }
}

/**
 * A node with the pods on it and what they take, kept up to date pod by pod.
 *
 * scheduler: framework/types.go NodeInfo, v1.32.
 */
export class NodeInfo {
  static #revisions = 0
  readonly record: NodeRecord
  /** That of the record. */
  readonly index: number
  /** Another number after every change of the pods, and for every copy: what was worked out holds while it is the same. Above 0. */
  revision = NodeInfo.#nextRevision()
  pods = new Map<number, PlacedPod>()
  /** Those of them that have pod affinity or anti-affinity of any kind; null: none ever had. */
  withAffinity: Map<number, PlacedPod> | null = null
  /** Those of them that have required anti-affinity. */
  withRequiredAntiAffinity: Map<number, PlacedPod> | null = null
  use = new NodeUse()
  nonZeroMilliCpu = 0
  nonZeroMemory = 0

  constructor(record: NodeRecord) {
    this.record = record
    this.index = record.index
  }

  static #nextRevision(): number {
    NodeInfo.#revisions = NodeInfo.#revisions === MOST_REVISIONS ? 1 : NodeInfo.#revisions + 1
    return NodeInfo.#revisions
  }

  get name(): string {
    return this.record.name
  }

  get labels(): Labels {
    return this.record.object.metadata.labels
  }

  /** No pod is here any more. */
  clear(): void {
    // A pod may have come and gone: that, too, leaves a table behind.
    this.pods = new Map()
    this.revision = NodeInfo.#nextRevision()
    this.withAffinity = null
    this.withRequiredAntiAffinity = null
    this.use = new NodeUse()
    this.nonZeroMilliCpu = 0
    this.nonZeroMemory = 0
  }

  add(pod: PlacedPod): void {
    const { info, index } = pod
    this.pods.set(index, pod)
    this.revision = NodeInfo.#nextRevision()
    this.use.add(info)
    this.nonZeroMilliCpu += info.nonZeroMilliCpu
    this.nonZeroMemory += info.nonZeroMemory
    if (!info.hasPodAffinity) return
    this.withAffinity ??= new Map()
    this.withAffinity.set(index, pod)
    if (info.requiredAntiAffinity.length === 0) return
    this.withRequiredAntiAffinity ??= new Map()
    this.withRequiredAntiAffinity.set(index, pod)
  }

  remove(pod: PlacedPod): void {
    const { info, index } = pod
    this.pods.delete(index)
    this.revision = NodeInfo.#nextRevision()
    this.use.remove(info)
    this.nonZeroMilliCpu -= info.nonZeroMilliCpu
    this.nonZeroMemory -= info.nonZeroMemory
    if (!info.hasPodAffinity) return
    this.withAffinity?.delete(index)
    this.withRequiredAntiAffinity?.delete(index)
  }

  /** A copy to try things on. */
  clone(): NodeInfo {
    const copy = new NodeInfo(this.record)
    for (const [index, pod] of this.pods) copy.pods.set(index, pod)
    if (this.withAffinity !== null) copy.withAffinity = new Map(this.withAffinity)
    if (this.withRequiredAntiAffinity !== null) copy.withRequiredAntiAffinity = new Map(this.withRequiredAntiAffinity)
    copy.use = this.use.clone()
    copy.nonZeroMilliCpu = this.nonZeroMilliCpu
    copy.nonZeroMemory = this.nonZeroMemory
    return copy
  }
}

/** They stay small integers; nothing is kept for as long as they take to come around. */
const MOST_REVISIONS = 0x3fff_ffff
