import { uidOf } from '../hash/index.js'
import {
  type Event,
  isAnotherGeneration,
  type KubernetesObject,
  type Node,
  type Pod,
  profileOf,
} from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { buildPod, podUidOf } from './build-pod.js'
import type { InstanceRecord } from './container-state.js'
import { EventLog } from './event-log.js'
import { applyNodeChange, applyNodeCondition, buildNode, createNodeRecord, type NodeRecord } from './node-state.js'
import {
  applyToOwner,
  buildOwner,
  createOwnerRecord,
  isOwnerObject,
  type OwnerRecord,
  ownerUidOf,
} from './owner-state.js'
import { applyToPod, applyToPodContainer, createPodRecord, type PodRecord } from './pod-state.js'
import { ROW, ROW_KINDS } from './row-kind.js'
import type { Row } from './row-store.js'
import type { Trace, TraceObject } from './trace.js'

/**
 * The store's content as it was after a number of rows. It moves forward only: asking for many instants in order costs one
 * pass over the rows. API objects are built when somebody asks for them.
 */
export class ClusterState {
  /** Rows applied so far. */
  rowCount = 0
  readonly #trace: Trace
  readonly #pods = new Map<number, PodRecord>()
  readonly #gone = new Map<number, PodRecord>()
  readonly #incarnations = new Map<number, number>()
  readonly #instances = new Map<number, (InstanceRecord | undefined)[]>()
  readonly #nodes = new Map<number, NodeRecord>()
  readonly #owners = new Map<number, OwnerRecord>()
  readonly #events: EventLog
  /** Generation of a new pod; 0 in releases in which pods have none (API-7). */
  readonly #firstGeneration: number

  constructor(trace: Trace) {
    this.#trace = trace
    this.#firstGeneration = profileOf(trace.header.kubernetes).podGeneration ? 1 : 0
    this.#events = new EventLog(trace)
    for (const object of trace.objects.values()) if (object.kind === 'Node') this.#addNode(object)
  }

  /** Applies the rows up to and including the instant `time`. */
  advanceTo(time: Milliseconds): void {
    const { rows } = this.#trace
    while (this.rowCount < rows.length && rows.timeOf(this.rowCount) <= time) this.#apply(rows.at(this.rowCount++))
  }

  /** Applies the rows up to and including the row `number`. */
  advancePast(number: number): void {
    const { rows } = this.#trace
    while (this.rowCount < rows.length && this.rowCount <= number) this.#apply(rows.at(this.rowCount++))
  }

  /** The symbols of the pods that exist, in the order of their creation. */
  podSymbols(): readonly number[] {
    return [...this.#pods.keys()]
  }

  /** The API object of a pod; undefined when there is none. */
  pod(symbol: number): Pod | undefined {
    const record = this.#pods.get(symbol)
    return record === undefined ? undefined : this.#build(record)
  }

  /** The last version of a pod that was removed and not made again: what a watch shows when it goes. */
  removedPod(symbol: number): Pod | undefined {
    const record = this.#gone.get(symbol)
    return record === undefined ? undefined : this.#build(record)
  }

  /** The symbols of the nodes, in the order of the trace's objects. */
  nodeSymbols(): readonly number[] {
    return [...this.#nodes.keys()]
  }

  /** The API object of a node; undefined when there is none. */
  node(symbol: number): Node | undefined {
    const record = this.#nodes.get(symbol)
    return record === undefined ? undefined : buildNode(record)
  }

  /** The symbols of the workload objects that exist, in the order of their creation. */
  ownerSymbols(): readonly number[] {
    return [...this.#owners.keys()]
  }

  /** The API object of a workload; undefined when there is none. */
  owner(symbol: number): KubernetesObject | undefined {
    const record = this.#owners.get(symbol)
    if (record === undefined) return undefined
    return buildOwner(record, this.#trace.manifests[record.manifest].object, this.#trace.symbols)
  }

  /** The Events of the store, in the order of their first occurrence. */
  events(): readonly Event[] {
    return this.#events.events()
  }

  #apply(row: Row): void {
    if (row.kind === ROW.event) this.#applyEvent(row)
    else if (ROW_KINDS[row.kind].clock === 'runtime') this.#applyRuntime(row)
    else if (ROW_KINDS[row.kind].clock === 'api') this.#applyApi(row)
  }

  #applyEvent(row: Row): void {
    const object = this.#trace.objects.get(row.object)
    const pod = object?.pod ?? row.object
    const record = this.#pods.get(pod) ?? this.#gone.get(pod)
    const owner = this.#owners.get(row.object)
    if (owner !== undefined) this.#events.apply(row, undefined, ownerUidOf(owner))
    else if (object?.kind === 'Node') this.#events.apply(row, object.name, uidOf(object.path))
    else if (record === undefined) this.#events.apply(row, undefined, undefined)
    else this.#events.apply(row, this.#nodeNameOf(record), podUidOf(record))
  }

  #applyApi(row: Row): void {
    const { objects, symbols } = this.#trace
    const object = objects.get(row.object)
    if (object === undefined || row.kind === ROW.refused) return
    if (object.kind === 'Node') this.#applyToNode(object, row)
    else if (isOwnerObject(object)) this.#applyToOwner(object, row)
    else if (object.kind === 'Container' && object.pod !== undefined) {
      const record = this.#pods.get(object.pod)
      if (record !== undefined) applyToPodContainer(record, object, row)
    } else if (object.kind === 'Pod') {
      if (row.kind === ROW.created) this.#createPod(object, row)
      const record = this.#pods.get(row.object)
      if (record === undefined) return
      if (row.kind === ROW.specChanged && this.#isNextGeneration(record, row)) record.generation++
      applyToPod(record, row, this.#seconds(row.time), symbols)
      if (row.kind === ROW.removed) {
        this.#pods.delete(row.object)
        this.#gone.set(row.object, record)
      }
    }
  }

  #applyToOwner(object: TraceObject, row: Row): void {
    const seconds = this.#seconds(row.time)
    if (row.kind === ROW.created) {
      const incarnation = this.#incarnations.get(object.symbol) ?? 0
      this.#incarnations.set(object.symbol, incarnation + 1)
      this.#owners.set(object.symbol, createOwnerRecord(object, row, seconds, incarnation))
      return
    }
    const record = this.#owners.get(object.symbol)
    if (record !== undefined) applyToOwner(record, row, seconds, this.#trace.symbols)
    if (row.kind === ROW.removed) this.#owners.delete(object.symbol)
  }

  #createPod(object: TraceObject, row: Row): void {
    const incarnation = this.#incarnations.get(object.symbol) ?? 0
    this.#incarnations.set(object.symbol, incarnation + 1)
    this.#gone.delete(object.symbol)
    this.#pods.set(
      object.symbol,
      createPodRecord(object, row, this.#seconds(row.time), incarnation, this.#firstGeneration),
    )
  }

  #isNextGeneration({ generation, manifest }: PodRecord, row: Row): boolean {
    const { manifests } = this.#trace
    return generation > 0 && isAnotherGeneration(manifests[manifest].object as Pod, manifests[row.a].object as Pod)
  }

  #applyRuntime(row: Row): void {
    switch (row.kind) {
      case ROW.containerCreate:
        this.#instance(row).image = row.c
        break
      case ROW.containerStart:
        this.#instance(row).startedSeconds = this.#seconds(row.time)
        break
      case ROW.containerStartFailed: {
        // The runtime reports the zero of its clock as the start of a container that never ran.
        const instance = this.#instance(row)
        instance.startedSeconds = ZERO_OF_UNIX_SECONDS
        instance.finishedSeconds = this.#seconds(row.time)
        break
      }
      case ROW.exit:
        this.#instance(row).finishedSeconds = this.#seconds(row.time)
        break
    }
  }

  #instance(row: Row): InstanceRecord {
    let instances = this.#instances.get(row.object)
    if (instances === undefined) {
      instances = []
      this.#instances.set(row.object, instances)
    }
    let instance = instances[row.a]
    if (instance === undefined || row.kind === ROW.containerCreate) {
      instance = { image: 0, startedSeconds: undefined, finishedSeconds: undefined }
      instances[row.a] = instance
    }
    return instance
  }

  #addNode(object: TraceObject): void {
    const manifest = this.#trace.manifests.find(
      ({ object: { kind, metadata } }) => kind === 'Node' && metadata.name === object.name,
    )
    if (manifest === undefined) return
    this.#nodes.set(object.symbol, createNodeRecord(object, manifest.object as Node, 0, -1))
  }

  #applyToNode(object: TraceObject, row: Row): void {
    const { symbols, manifests } = this.#trace
    const record = this.#nodes.get(object.symbol)
    const seconds = this.#seconds(row.time)
    if (row.kind === ROW.created) {
      const manifest = manifests[row.a].object as Node
      this.#nodes.set(object.symbol, createNodeRecord(object, manifest, seconds, row.number))
    } else if (record === undefined) return
    else if (row.kind === ROW.specChanged) {
      record.manifest = manifests[row.a].object as Node
      record.lastRow = row.number
    } else if (row.kind === ROW.removed) this.#nodes.delete(object.symbol)
    else if (row.kind === ROW.nodeCondition) applyNodeCondition(record, row, seconds, symbols)
    else if (row.kind === ROW.nodeChanged) applyNodeChange(record, row, symbols)
  }

  #build(record: PodRecord): Pod {
    const nodeName = this.#nodeNameOf(record)
    const manifest = this.#manifestOf(record)
    const parts = { record, manifest, instances: this.#instances, symbols: this.#trace.symbols }
    return buildPod(parts, nodeName, nodeName === undefined ? undefined : this.#addressOf(nodeName))
  }

  #manifestOf(record: PodRecord): Pod {
    return this.#trace.manifests[record.manifest].object as Pod
  }

  /** Rows name a node by its path or by its bare name. */
  #nodeNameOf(record: PodRecord): string | undefined {
    if (record.node === 0) return this.#manifestOf(record).spec.nodeName
    const text = this.#trace.symbols.text(record.node)
    return text.startsWith(NODE_PREFIX) ? text.slice(NODE_PREFIX.length) : text
  }

  #addressOf(nodeName: string): string | undefined {
    for (const { manifest, object } of this.#nodes.values()) {
      if (object.name === nodeName)
        return manifest.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address
    }
    return undefined
  }

  #seconds(time: Milliseconds): number {
    return Math.floor((time + (this.#trace.header.clockOffset ?? 0)) / 1000)
  }
}

const NODE_PREFIX = 'Node/'

/** 1970-01-01T00:00:00Z in seconds of the run's epoch. */
const ZERO_OF_UNIX_SECONDS = -1_735_689_600
