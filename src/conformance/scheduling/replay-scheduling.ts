import {
  admitPod,
  type ClusterChange,
  compileNode,
  compilePod,
  condition,
  createDefaultPlugins,
  type Decision,
  decide,
  type Environment,
  Framework,
  identify,
  isTerminalPhase,
  isWorthRequeuing,
  listedStorage,
  type NodeInfo,
  PlacedPod,
  type Plugin,
  type PluginName,
  type PodVersion,
  podAdded,
  podDeleted,
  podInfoOf,
  SchedulerCache,
  TRUTH,
  WORD,
} from '../../cluster/index.js'
import { parseApiTime } from '../../kubectl/index.js'
import type { Pod } from '../../model/index.js'
import { DEFAULT_BEHAVIOUR } from '../../scenario/index.js'
import { createEnvironment, statusOf } from '../tables/engine-objects.js'
import { RecordedObjects } from './recorded-objects.js'
import type { RecordedScheduling, RejectedNode, SchedulingRecording } from './scheduling-recording.js'

/** What the model makes of one pod, in the words of the recorder. */
export interface SimulatedScheduling {
  readonly pod: string
  readonly bound: string | null
  /** Nodes that share the highest score. */
  readonly top: readonly string[]
  readonly feasible: readonly string[]
  readonly rejected: Readonly<Record<string, RejectedNode>>
  /** Distinct texts of FailedScheduling, in order. */
  readonly messages: readonly string[]
  /** Nodes that preemption could equally choose, and who would have to leave each. */
  readonly nominated: readonly string[]
  readonly victims: Readonly<Record<string, readonly string[]>>
}

/** A pod of the recording on its way. */
interface Waiting {
  readonly version: PodVersion
  readonly recorded: RecordedScheduling
  rejectedBy: ReadonlySet<PluginName>
  isDone: boolean
  readonly simulated: { -readonly [Key in keyof SimulatedScheduling]: SimulatedScheduling[Key] }
}

/**
 * Asks the engine's scheduler about each pod of a recording, with the earlier ones where they really went, so that ties do not
 * spread.
 */
export const replayScheduling = (recording: SchedulingRecording): readonly SimulatedScheduling[] =>
  new SchedulingReplay(recording).run()

class SchedulingReplay {
  readonly #recording: SchedulingRecording
  readonly #objects: RecordedObjects
  readonly #environment: Environment
  readonly #plugins: readonly Plugin[]
  readonly #cache: SchedulerCache
  readonly #framework: Framework
  readonly #waiting: Waiting[] = []
  #nextIndex = 0

  constructor(recording: SchedulingRecording) {
    this.#recording = recording
    this.#objects = new RecordedObjects(recording)
    this.#environment = createEnvironment('1.32')
    this.#plugins = createDefaultPlugins(this.#environment.profile)
    this.#cache = new SchedulerCache(this.#objects, this.#plugins, listedStorage(this.#objects))
    this.#framework = new Framework(this.#plugins, this.#cache)
  }

  run(): readonly SimulatedScheduling[] {
    const { symbols } = this.#environment
    this.#cache.reset(this.#objects.nodes.map((node, i) => compileNode(symbols, node, i, new Map())))
    for (const pod of this.#objects.existing) {
      const version = this.#versionOf(pod)
      if (!isTerminalPhase(version.status.phase)) this.#place(version, pod.spec.nodeName)
    }
    this.#objects.pods.forEach((pod, i) => {
      this.#create(pod, this.#recording.result[i])
    })
    return this.#waiting.map(({ simulated }) => simulated)
  }

  #create(object: Pod, recorded: RecordedScheduling): void {
    const version = this.#versionOf(object)
    const { nodeName, schedulingGates = [], schedulerName = DEFAULT_SCHEDULER } = version.spec.object.spec
    const pod = object.metadata.name ?? ''
    const nothing = { top: [], feasible: [], rejected: {}, messages: [], nominated: [], victims: {} }
    const simulated = { ...nothing, pod, bound: nodeName || null }
    const isDone = Boolean(nodeName) || schedulingGates.length > 0 || schedulerName !== DEFAULT_SCHEDULER
    const waiting: Waiting = { version, recorded, rejectedBy: new Set(), isDone, simulated }
    this.#waiting.push(waiting)
    if (nodeName) this.#place(version, nodeName)
    else if (!isDone) this.#attempt(waiting)
  }

  #attempt(waiting: Waiting): void {
    const { version, simulated } = waiting
    const { index } = version.identity
    const decision = decide(this.#framework, this.#cache, this.#environment.profile, {
      pod: podInfoOf(version.spec),
      index,
      nominated: this.#framework.nominator.nodeOf(index),
      nowSeconds: NOW_SECONDS,
      drawOffset: () => 0,
    })
    if (decision.kind === 'fits') this.#bind(waiting, decision)
    else {
      if (!simulated.messages.includes(decision.message)) simulated.messages = [...simulated.messages, decision.message]
      waiting.rejectedBy = decision.rejectedBy
      simulated.rejected = rejectedNodes(decision)
      this.#preempt(waiting, decision)
    }
  }

  /** The pod goes where it really went, if that is one of the best nodes or at least one that it fits on. */
  #bind(waiting: Waiting, { feasible, top }: Extract<Decision, { kind: 'fits' }>): void {
    const { version, simulated, recorded } = waiting
    simulated.feasible = feasible.map(({ name }) => name)
    simulated.top = top.map(({ name }) => name)
    simulated.rejected = {}
    simulated.bound = recorded.bound !== null && simulated.top.includes(recorded.bound) ? recorded.bound : top[0].name
    waiting.isDone = true
    this.#framework.nominator.remove(version.identity.index)
    this.#place(version, recorded.bound ?? undefined)
  }

  #preempt(waiting: Waiting, { preemption }: Extract<Decision, { kind: 'fails' }>): void {
    if (preemption?.kind !== 'victims') return
    const { version, simulated, recorded } = waiting
    const { best } = preemption
    const nameOf = ({ version: { identity } }: PlacedPod): string => identity.name
    simulated.nominated = best.map(({ node }) => node.name)
    simulated.victims = Object.fromEntries(best.map(({ node, victims }) => [node.name, victims.map(nameOf)]))
    const { node, victims } = best.find(({ node: { name } }) => name === recorded.nominatedNodeName) ?? best[0]
    this.#framework.nominator.nominate(new PlacedPod(version), node)
    const priority = podInfoOf(version.spec).priority
    for (const other of [...this.#framework.nominator.on(node)]) {
      if (other.info.priority < priority) this.#framework.nominator.remove(other.index)
    }
    for (const victim of victims) {
      // There is no kubelet: who has no grace is gone at once, who has some stays for ever.
      if (victim.version.spec.graceSeconds > 0) {
        this.#cache.update(leaving(victim.version))
        continue
      }
      this.#cache.remove(victim.index)
      this.#changed(podDeleted({ index: victim.index, info: victim.info, node: node.record.index }))
    }
  }

  #place(version: PodVersion, nodeName: string | undefined): void {
    const node: NodeInfo | undefined = nodeName === undefined ? undefined : this.#cache.nodeNamed(nodeName)
    if (node === undefined) return
    this.#cache.add(version, node)
    const { index } = version.identity
    this.#changed(podAdded({ index, info: podInfoOf(version.spec), node: node.record.index }))
  }

  /** Pods that wait are tried again where their plugins say so. */
  #changed(change: ClusterChange): void {
    const { profile } = this.#environment
    for (const waiting of this.#waiting) {
      const { version, rejectedBy, isDone } = waiting
      if (isDone || rejectedBy.size === 0) continue
      const { index } = version.identity
      const info = podInfoOf(version.spec)
      if (isWorthRequeuing(this.#plugins, profile, info, index, rejectedBy, change)) this.#attempt(waiting)
    }
  }

  #versionOf(object: Pod): PodVersion {
    const { symbols, profile } = this.#environment
    const admitted = admitPod(object, this.#objects)
    const pod = 'pod' in admitted ? admitted.pod : object
    const spec = compilePod(symbols, pod, 0, {}, DEFAULT_BEHAVIOUR.sandbox, profile)
    const { deletionTimestamp, deletionGracePeriodSeconds = 30 } = pod.metadata
    return {
      identity: identify(symbols, this.#nextIndex++, pod, 0),
      spec,
      row: -1,
      resourceVersion: 1,
      generation: 0,
      observedGeneration: 0,
      node: -1,
      deletionGraceSeconds: deletionTimestamp === undefined ? -1 : deletionGracePeriodSeconds,
      deletionSeconds: 0,
      hasFinalizers: false,
      creationSeconds: 0,
      status: { ...statusOf(symbols, spec, pod.status), startSeconds: startSecondsOf(pod) },
    }
  }
}

/** Pods of others are not this scheduler's business. */
const DEFAULT_SCHEDULER = 'default-scheduler'

/** Instants of a recording lie before and after podwright's own epoch: moved, so that none is below 0. */
const EPOCH_SECONDS = 2 ** 32
/** After everything that a recording can have seen. */
const NOW_SECONDS = 2 ** 33

const startSecondsOf = ({ status }: Pod): number => {
  const start = parseApiTime(status?.startTime)
  return start === undefined ? -1 : Math.floor(start / 1000) + EPOCH_SECONDS
}

const leaving = (version: PodVersion): PodVersion => {
  const target = condition(WORD.DisruptionTarget, TRUTH.True, WORD.PreemptionByScheduler)
  const { status, spec } = version
  const conditions = [...status.conditions, target]
  return { ...version, deletionGraceSeconds: spec.graceSeconds, status: { ...status, conditions } }
}

const code = (isResolvable: boolean): string => (isResolvable ? 'Unschedulable' : 'UnschedulableAndUnresolvable')

const rejectedNodes = ({ search }: Extract<Decision, { kind: 'fails' }>): Readonly<Record<string, RejectedNode>> =>
  Object.fromEntries(
    [...(search?.refusals ?? [])].map(([node, { plugin, reasons, isResolvable }]) => [
      node.name,
      { code: code(isResolvable), plugin, reasons },
    ]),
  )
