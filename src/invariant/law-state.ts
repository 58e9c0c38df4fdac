import type { Node, Pod, Profile } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ContainerRecordOf } from './container-record.js'
import type { LawContext } from './law-context.js'
import { NodeRecord } from './node-record.js'
import { type ContainerFacts, type PodFacts, podFactsOf } from './pod-facts.js'
import { type ContainerRecord, PHASE, PodRecord } from './pod-record.js'
import type { RowInHand } from './row-in-hand.js'

/** The pods, containers and nodes of a run as the rows so far leave them. Records are kept and written anew from run to run. */
export class LawState {
  readonly #context: LawContext
  readonly #profile: Profile
  /** By symbol of the path. */
  readonly pods: (PodRecord | undefined)[] = []
  readonly containers: (ContainerRecord | undefined)[] = []
  /** The pods of this run, in the order of their first creation. */
  readonly known: PodRecord[] = []
  /** Pods whose status the present instant has written. */
  readonly dirty: PodRecord[] = []
  /** Row of the latest step: what it causes was done by hand. */
  stepRow = -1
  /** Symbol of what it says. */
  stepText = 0
  /** Pulls that have begun and not ended, of all nodes. */
  openPulls = 0
  /** The latest addresses of each Service: by number, symbols of its path and of the addresses, and the time. */
  readonly endpoints: { path: number; addresses: number; at: Milliseconds }[] = []
  #epoch = 0
  readonly nodes: NodeRecord[] = []
  /** By symbol of the name. */
  readonly #nodes = new Map<number, NodeRecord>()
  /** By symbol of the path. */
  readonly #nodesByPath = new Map<number, NodeRecord>()
  /** By index of the manifest; a patch of another run may have left another object there. */
  readonly #facts: (PodFacts | undefined)[] = []

  constructor(context: LawContext, profile: Profile) {
    this.#context = context
    this.#profile = profile
    for (const object of context.nodes()) {
      const { name = '' } = object.metadata
      const symbol = context.symbols.intern(name)
      const record = new NodeRecord(object as Node, symbol)
      this.#nodes.set(symbol, record)
      this.#nodesByPath.set(context.symbols.intern(`Node/${name}`), record)
      this.nodes.push(record)
    }
  }

  reset(): void {
    for (const pod of this.known) {
      pod.isGone = true
      pod.epoch = -1
    }
    while (this.known.length > 0) this.known.pop()
    while (this.dirty.length > 0) this.dirty.pop()
    this.stepRow = -1
    this.openPulls = 0
    if (this.endpoints.length > 0) this.endpoints.length = 0
    this.#epoch++
    for (let i = 0; i < this.nodes.length; i++) this.nodes[i].reset()
  }

  node(name: number): NodeRecord | undefined {
    return this.#nodes.get(name)
  }

  /** The record of a node by its path. */
  nodeOf(path: number): NodeRecord | undefined {
    return this.#nodesByPath.get(path)
  }

  /** The record of a pod that this run has made. */
  pod(symbol: number): PodRecord | undefined {
    const pod = this.pods[symbol]
    return pod === undefined || pod.epoch !== this.#epoch ? undefined : pod
  }

  /** The record of a container whose pod this run has made. */
  container(symbol: number): ContainerRecord | undefined {
    const container = this.containers[symbol]
    return container === undefined || container.pod.epoch !== this.#epoch ? undefined : container
  }

  touch(pod: PodRecord): void {
    if (pod.isDirty) return
    pod.isDirty = true
    this.dirty.push(pod)
  }

  /** A pod is made, the first of its path or another; false: what is made is no pod. */
  create(row: RowInHand): boolean {
    const facts = this.#factsOf(row.a)
    if (facts === undefined) return false
    let pod = this.pods[row.object]
    if (pod === undefined) {
      pod = new PodRecord(row.object, facts)
      this.pods[row.object] = pod
    }
    const isFirst = pod.epoch !== this.#epoch
    // The garbage collector makes a pod Failed whose kubelet may go on with it, or has just begun.
    const isOn =
      pod.phase < PHASE.Succeeded || pod.isSandboxReady || pod.isSandboxComing || pod.aliveContainer() !== undefined
    const isUnsettled = pod.node !== 0 && isOn
    pod.isHaunted = !isFirst && (pod.isHaunted || isUnsettled)
    if (isFirst) this.known.push(pod)
    else this.letGo(pod)
    pod.epoch = this.#epoch
    const isSame = pod.facts === facts && pod.containers.length === facts.containers.length
    const { wasEndpoint } = pod
    pod.begin(facts, row.number)
    // Who has not heard of it yet sends requests to the one before, whose name this one has.
    pod.wasEndpoint = !isFirst && wasEndpoint
    if (isSame) for (const container of pod.containers) container.begin(container.facts, !isFirst)
    else {
      pod.containers = []
      for (const each of facts.containers) this.#addContainer(pod, each, !isFirst)
    }
    if (facts.nodeName !== '') {
      const name = this.#context.symbols.find(facts.nodeName) ?? 0
      const node = this.#nodes.get(name)
      if (node !== undefined) {
        pod.node = name
        pod.home = node
        node.hasDirectPods = true
        this.assign(pod, node)
      }
      pod.boundAt = row.time
    }
    return true
  }

  #addContainer(pod: PodRecord, facts: ContainerFacts, isSameRun: boolean): void {
    let record = this.containers[facts.path]
    if (record === undefined || record.pod !== pod) {
      record = new ContainerRecordOf<PodRecord>(pod, facts)
      this.containers[facts.path] = record
    } else record.begin(facts, isSameRun)
    pod.containers.push(record)
  }

  /** The manifest of a pod is another one: images may be others, ephemeral containers may have come. */
  changeSpec(pod: PodRecord, manifest: number): void {
    const facts = this.#factsOf(manifest)
    if (facts === undefined) return
    pod.facts = facts
    pod.hasOldManifest = true
    const { activeDeadlineSeconds } = facts
    if (
      activeDeadlineSeconds > 0 &&
      !(pod.leastDeadlineSeconds > 0 && pod.leastDeadlineSeconds < activeDeadlineSeconds)
    )
      pod.leastDeadlineSeconds = activeDeadlineSeconds
    for (const each of facts.containers) {
      const known = pod.containers.find(({ facts: { path } }) => path === each.path)
      if (known === undefined) this.#addContainer(pod, each, false)
      else {
        if (known.facts.image !== each.image) known.oldImages.push(known.facts.image)
        known.facts = each
      }
    }
  }

  /** A pod's requests count against its node no longer. */
  letGo(pod: PodRecord): void {
    if (!pod.isCounted && !pod.isAssigned) return
    if (pod.isCounted) pod.home?.add(pod.facts.requests, -1)
    if (pod.isAssigned) pod.home?.assign(pod.facts.requests, -1)
    pod.isCounted = false
    pod.isAssigned = false
  }

  /** A pod's requests count against the node that it is bound to. */
  assign(pod: PodRecord, node: NodeRecord): void {
    if (pod.isAssigned) return
    pod.isAssigned = true
    node.assign(pod.facts.requests, 1)
  }

  /** The kubelet of a node is started anew. */
  restartKubelet(node: string, now: Milliseconds): void {
    const name = this.#context.symbols.find(node) ?? 0
    for (const pod of this.known) {
      if (pod.node !== name) continue
      pod.kubeletRestarts++
      pod.kubeletRestartedAt = now
      pod.kubeletRestartRow = this.stepRow
      pod.postStarts = 0
      // Its call to the runtime went with the process.
      pod.isSandboxComing = false
      pod.isEndedByKubelet = false
      pod.isEvicted = false
      if (pod.pullBackOffs.length > 0) pod.pullBackOffs = []
      pod.eventCount = 0
      for (const container of pod.containers) container.forgetKubelet()
    }
  }

  /** The kubelet of a node begins to end every pod there. */
  shutDown(node: number): void {
    for (const pod of this.known) if (pod.node === node) pod.isEndedByKubelet = true
  }

  #factsOf(index: number): PodFacts | undefined {
    const object = this.#context.manifest(index)?.object
    if (object === undefined || object.kind !== 'Pod') return undefined
    const known = this.#facts[index]
    if (known !== undefined && known.object === object) return known
    const facts = podFactsOf(object as Pod, this.#context.symbols, this.#profile)
    this.#facts[index] = facts
    return facts
  }
}
