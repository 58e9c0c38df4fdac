import type { Milliseconds } from '../../time/index.js'
import { EventRecorder } from '../client/index.js'
import {
  type ContainerRuntime,
  type Environment,
  type NodeRecord,
  type NodeReporter,
  OP,
  type PodVersion,
  type PodWatcher,
  PROBE,
  RUNTIME_STATE,
  type StoreClient,
} from '../contract/index.js'
import { ActiveDeadlines } from './active-deadlines.js'
import { ContainerKiller, KILLS_PER_POD } from './container-killer.js'
import { ContainerStarter } from './container-starter.js'
import { EvictionManager } from './eviction/eviction-manager.js'
import { ImageManager } from './image-manager.js'
import { type KillRequest, type KubeletPod, WORKER_PHASE } from './kubelet-pod.js'
import { NodeShutdown } from './node-shutdown.js'
import { Orphans } from './orphans.js'
import { Pleg } from './pleg.js'
import { PodHandlers } from './pod-handlers.js'
import { PodWorkers } from './pod-workers.js'
import { ProbeManager } from './probe-manager.js'
import { type ProbeWorker, RESULT } from './probe-worker.js'
import { StatusGenerator } from './status-generation.js'
import { StatusManager } from './status-manager.js'
import { PodSync } from './sync-pod.js'
import { WorkQueue } from './work-queue.js'

/**
 * One node's kubelet: the sync loop and the parts it wires.
 *
 * kubelet: pkg/kubelet/kubelet.go syncLoopIteration and its handlers, v1.32 (R-120 … R-129).
 */
export class Kubelet implements PodWatcher {
  readonly #environment: Environment
  readonly #runtime: ContainerRuntime
  readonly #store: StoreClient
  readonly #node: NodeRecord
  /** Shared by all kubelets of a run: a pod's index finds its state. */
  readonly #pods: (KubeletPod | undefined)[]
  readonly #events: EventRecorder
  readonly #pleg: Pleg
  readonly #queue: WorkQueue
  readonly #probes: ProbeManager
  readonly #statuses: StatusManager
  readonly #images: ImageManager
  readonly #killer: ContainerKiller
  readonly #starter: ContainerStarter
  readonly #workers: PodWorkers
  readonly #generator: StatusGenerator
  readonly #sync: PodSync
  readonly #eviction: EvictionManager
  readonly #shutdown: NodeShutdown
  readonly #deadlines: ActiveDeadlines
  readonly #handlers: PodHandlers
  #isDown = false
  /** The entry with which a started kubelet takes up its pods; −1: none is queued. */
  #upEntry = -1
  readonly #orphans: Orphans
  /** How often this kubelet was started before. */
  #starts = 0

  constructor(
    environment: Environment,
    runtime: ContainerRuntime,
    store: StoreClient,
    node: NodeRecord,
    pods: (KubeletPod | undefined)[],
    probeWorkers: (ProbeWorker | undefined)[],
    reporter: NodeReporter,
  ) {
    this.#environment = environment
    this.#runtime = runtime
    this.#store = store
    this.#node = node
    this.#pods = pods
    const { index, path } = node
    this.#events = new EventRecorder(environment, KUBELET_SOURCE)
    this.#pleg = new Pleg(environment, runtime, index, path, {
      podChanged: (pod, hasDied, cause) => this.#plegEvent(pod, hasDied, cause),
      cacheRenewed: pod => this.#workers.runRound(pod),
    })
    this.#queue = new WorkQueue(environment, index, path)
    this.#probes = new ProbeManager(environment, runtime, this.#events, probeWorkers, (worker, value, cause) =>
      this.#probeResult(worker, value, cause),
    )
    this.#statuses = new StatusManager(environment, store, this.#probes, index, path)
    this.#images = new ImageManager(environment, runtime, this.#events, index)
    this.#killer = new ContainerKiller(environment, runtime, this.#events, (pod, cause) =>
      this.#sync.killed(pod, cause),
    )
    this.#starter = new ContainerStarter(environment, runtime, store, this.#events, this.#images, this.#killer)
    this.#workers = new PodWorkers(environment, this.#pleg, this.#queue)
    this.#orphans = new Orphans(store, this.#pleg, this.#workers)
    this.#generator = new StatusGenerator(environment, this.#probes, this.#events)
    this.#sync = new PodSync({
      environment,
      runtime,
      store,
      events: this.#events,
      generator: this.#generator,
      statuses: this.#statuses,
      probes: this.#probes,
      killer: this.#killer,
      starter: this.#starter,
      workers: this.#workers,
      killReturned: (pod, cause) => {
        this.#eviction.killReturned(pod, cause)
        this.#shutdown.killReturned(pod, cause)
      },
    })
    this.#workers.connect(this.#sync)
    const host = {
      node,
      events: this.#events,
      activePods: () => this.#activePods(),
      kill: (pod: KubeletPod, request: KillRequest, graceSeconds: number, cause: number) =>
        this.#kill(pod, request, graceSeconds, cause),
    }
    this.#eviction = new EvictionManager(environment, runtime, host, reporter)
    this.#shutdown = new NodeShutdown(environment, host, reporter)
    this.#deadlines = new ActiveDeadlines(environment, this.#queue, this.#generator, this.#workers)
    this.#handlers = new PodHandlers({
      environment,
      store,
      node,
      pods,
      events: this.#events,
      pleg: this.#pleg,
      probes: this.#probes,
      statuses: this.#statuses,
      workers: this.#workers,
      sync: this.#sync,
      eviction: this.#eviction,
      shutdown: this.#shutdown,
      deadlines: this.#deadlines,
    })
  }

  reset(): void {
    this.#starts = 0
    this.#isDown = false
    this.#upEntry = -1
    this.#eviction.reset()
    this.#shutdown.reset()
    this.#forgetEverything(Number.NEGATIVE_INFINITY)
  }

  /** The kubelet's process ends and a new one comes up at once. */
  restart(cause: number): void {
    if (this.#isDown) return
    this.stop()
    this.start(cause)
  }

  /**
   * The kubelet's process ends: containers live on, everything that was only in memory is forgotten (back-off, results of probes,
   * counts of Events).
   */
  stop(): void {
    const { kernel } = this.#environment
    if (this.#upEntry >= 0) kernel.cancel(this.#upEntry)
    this.#upEntry = -1
    if (this.#isDown) return
    this.#isDown = true
    this.#eviction.stop()
    this.#shutdown.stop()
    for (const pod of this.#ownPods()) {
      this.#orphans.remember(pod)
      this.#probes.removePod(pod)
      this.#killer.abandon(pod)
      this.#runtime.abandonCalls(pod.identity.index)
      for (const entry of pod.entries()) kernel.cancel(entry)
      this.#pods[pod.identity.index] = undefined
    }
    this.#starts++
    this.#forgetEverything(kernel.now)
  }

  /** A kubelet's process is started; it takes up its pods a little later. */
  start(cause: number): void {
    if (!this.#isDown || this.#upEntry >= 0) return
    const { kernel } = this.#environment
    const upAt = kernel.now + RESTART_MS
    this.#forgetEverything(upAt)
    this.#upEntry = kernel.schedule(upAt, OP.kubeletUp, this.#node.index, cause)
  }

  /** Takes up the pods that the API server has for this node, each with what the runtime shows of it. */
  up(cause: number): void {
    this.#isDown = false
    this.#upEntry = -1
    for (const version of this.#store.podsOfNode(this.#node.index)) this.#handlers.adopt(version, cause)
    this.#orphans.end(this.#pods, cause, this.#firstRound)
    this.#eviction.start(cause)
  }

  /** What is drawn for a round has an address of its own, whichever kubelet's process it is. */
  get #firstRound(): number {
    return this.#starts * MOST_ROUNDS
  }

  // ── what the node runs out of, and its end ──

  /** Looks after what the node has left of memory, storage and processes. */
  get eviction(): EvictionManager {
    return this.#eviction
  }

  /** Ends the node's pods before the machine goes down. */
  get shutdown(): NodeShutdown {
    return this.#shutdown
  }

  #activePods(): KubeletPod[] {
    return this.#store.podsOfNode(this.#node.index).flatMap(({ identity }) => {
      const pod = this.#pods[identity.index]
      return pod === undefined || pod.phase > WORKER_PHASE.terminating ? [] : [pod]
    })
  }

  /** killPodNow. */
  #kill(pod: KubeletPod, request: KillRequest, graceSeconds: number, cause: number): void {
    const wasSyncing = pod.phase === WORKER_PHASE.sync
    this.#workers.update(pod, pod.current ?? pod.active, cause, request, false, graceSeconds)
    if (wasSyncing) this.#sync.cancelVolumeWait(pod)
  }

  #ownPods(): KubeletPod[] {
    return this.#pods.filter((pod): pod is KubeletPod => pod !== undefined && pod.active.node === this.#node.index)
  }

  #forgetEverything(upSince: Milliseconds): void {
    this.#probes.reset(upSince)
    this.#handlers.reset(this.#firstRound)
    this.#events.reset()
    this.#pleg.reset(this.#starts)
    this.#queue.reset(this.#starts)
    this.#statuses.reset(this.#starts)
    this.#images.reset()
    this.#starter.reset()
  }

  // ── configCh: what the watch of this node's pods delivers ──

  podChanged(change: number, version: PodVersion, previous: PodVersion | null, cause: number): void {
    if (!this.#isDown) this.#handlers.podChanged(change, version, previous, cause)
  }

  // ── the other channels ──

  /** The runtime changed something about a pod of this node. */
  runtimeChanged(index: number, cause: number): void {
    const pod = this.#pods[index]
    if (pod === undefined) return
    this.#pleg.markChanged(pod, cause)
    this.#probes.runtimeChanged(pod, cause)
    if (this.#eviction.isWatching) this.#eviction.usageChanged(cause)
  }

  relist(cause: number): void {
    this.#pleg.relist(cause)
  }

  inspect(): void {
    this.#pleg.inspect()
  }

  /** every event of one relist is one sync; a death also cleans up older instances. */
  #plegEvent(pod: KubeletPod, hasDied: boolean, cause: number): void {
    if (pod.alsoChanged.length > 0) {
      pod.alsoPending.push(...pod.alsoChanged)
      pod.alsoChanged.length = 0
    }
    if (pod.phase !== WORKER_PHASE.finished) this.#workers.update(pod, pod.current ?? pod.active, cause)
    if (hasDied) this.#removeOldInstances(pod)
  }

  /** Only the newest dead instance of each container is kept. */
  #removeOldInstances(pod: KubeletPod): void {
    const seen = new Set<number>()
    for (const record of pod.cache.containers) {
      if (record.state !== RUNTIME_STATE.exited) continue
      const { slot } = record.container
      if (seen.has(slot)) this.#runtime.removeContainer(pod.identity.index, slot, record.instance)
      seen.add(slot)
    }
  }

  /** liveness matters when it fails; readiness and startup change the stored status first. */
  #probeResult(worker: ProbeWorker, value: number, cause: number): void {
    const pod = this.#pods[worker.pod.identity.index]
    if (pod === undefined) return
    const { slot } = worker.container
    const isSuccess = value === RESULT.success
    if (worker.spec.type === PROBE.liveness) {
      if (value !== RESULT.failure) return
    } else if (worker.spec.type === PROBE.readiness) {
      this.#statuses.setContainerReadiness(pod, slot, worker.instance, isSuccess, cause)
    } else {
      this.#statuses.setContainerStartup(pod, slot, worker.instance, isSuccess, cause)
    }
    this.#workers.update(pod, pod.current ?? pod.active, cause)
  }

  syncTick(cause: number): void {
    for (const pod of this.#queue.takeDue(cause)) this.#workers.update(pod, pod.current ?? pod.active, pod.queueCause)
  }

  deadline(index: number, cause: number): void {
    const pod = this.#pods[index]
    if (pod !== undefined) this.#deadlines.due(pod, cause)
  }

  workerStep(index: number, cause: number): void {
    const pod = this.#pods[index]
    if (pod !== undefined) this.#sync.resume(pod, cause)
  }

  retryVolumes(index: number): void {
    const pod = this.#pods[index]
    if (pod !== undefined) this.#sync.retryVolumes(pod)
  }

  killStopped(argument: number, cause: number): void {
    const pod = this.#pods[Math.floor(argument / KILLS_PER_POD)]
    if (pod !== undefined) this.#killer.stopped(pod, argument % KILLS_PER_POD, cause)
  }

  killHookEnded(argument: number, cause: number): void {
    const pod = this.#pods[Math.floor(argument / KILLS_PER_POD)]
    if (pod !== undefined) this.#killer.hookEnded(pod, argument % KILLS_PER_POD, cause)
  }

  killTimeout(argument: number, cause: number): void {
    const pod = this.#pods[Math.floor(argument / KILLS_PER_POD)]
    if (pod !== undefined) this.#killer.timeout(pod, argument % KILLS_PER_POD, cause)
  }

  probeTick(worker: number, cause: number): void {
    this.#probes.tick(worker, cause)
  }

  probeEnd(worker: number, cause: number): void {
    this.#probes.callEnded(worker, cause)
  }

  statusBatch(): void {
    this.#statuses.syncBatch()
  }
}

/** More rounds than this no pod has before its kubelet is restarted. */
const MOST_ROUNDS = 1_000_000

/** A restarted kubelet syncs its first pod about a second later (control-plane.md 0b: 1.1 s). */
const RESTART_MS = 1100

/** Number of `kubelet` in EVENT_SOURCES. */
const KUBELET_SOURCE = 0
