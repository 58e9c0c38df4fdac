import { ApiMachinery } from './api-machinery.js'
import type { NodeStore, ObjectStore, Store } from './api-server/index.js'
import { OP, type PodVersion } from './contract/index.js'
import type { ControllerManager } from './controllers/index.js'
import type { Drains } from './drains.js'
import { KILLS_PER_POD, type Kubelet, type KubeletPod, type ProbeWorker } from './kubelet/index.js'
import type { EndpointSlices, Traffic } from './network/index.js'
import type { NodeCluster } from './node-cluster.js'
import type { ScriptedRuntime } from './runtime/index.js'
import type { Scheduler } from './scheduler/index.js'
import type { StepRunner } from './step-runner.js'

/** Those who take entries of the queue. */
export interface DispatcherParts {
  readonly kubelets: readonly Kubelet[]
  /** By the pod's index: it tells the node, and so the kubelet. */
  readonly kubeletPods: readonly (KubeletPod | undefined)[]
  readonly probeWorkers: readonly (ProbeWorker | undefined)[]
  readonly store: Store
  readonly steps: StepRunner
  readonly scheduler: Scheduler
  readonly endpointSlices: EndpointSlices
  readonly nodeStore: NodeStore
  readonly nodes: NodeCluster
  readonly drains: Drains
  readonly runtime: ScriptedRuntime
  readonly traffic: Traffic | undefined
  readonly api: ApiMachinery
  /** Wired on the way where a step creates the first workload. */
  readonly controllers: () => { readonly objects: ObjectStore; readonly manager: ControllerManager } | undefined
}

/** Hands each entry of the queue to the component it is for: the table from operations to their takers. */
export class Dispatcher {
  readonly #kubelets: readonly Kubelet[]
  readonly #kubeletPods: readonly (KubeletPod | undefined)[]
  readonly #probeWorkers: readonly (ProbeWorker | undefined)[]
  readonly #store: Store
  readonly #steps: StepRunner
  readonly #scheduler: Scheduler
  readonly #endpointSlices: EndpointSlices
  readonly #nodeStore: NodeStore
  readonly #nodes: NodeCluster
  readonly #drains: Drains
  readonly #runtime: ScriptedRuntime
  readonly #traffic: Traffic | undefined
  readonly #api: ApiMachinery
  readonly #controllers: DispatcherParts['controllers']

  constructor(parts: DispatcherParts) {
    this.#kubelets = parts.kubelets
    this.#kubeletPods = parts.kubeletPods
    this.#probeWorkers = parts.probeWorkers
    this.#store = parts.store
    this.#steps = parts.steps
    this.#scheduler = parts.scheduler
    this.#endpointSlices = parts.endpointSlices
    this.#nodeStore = parts.nodeStore
    this.#nodes = parts.nodes
    this.#drains = parts.drains
    this.#runtime = parts.runtime
    this.#traffic = parts.traffic
    this.#api = parts.api
    this.#controllers = parts.controllers
  }

  /**
   * Hands one entry to its component.
   *
   * @throws Error where no component takes such an operation: a fault of the engine.
   */
  take(operation: number, argument: number, cause: number): void {
    switch (operation) {
      case OP.step:
        this.#steps.run(argument)
        break
      case OP.watch:
        this.#store.deliver(argument)
        break
      case OP.schedule:
        this.#scheduler.schedule(cause)
        break
      case OP.flushSchedulerQueues:
        this.#scheduler.flush(cause)
        break
      case OP.watchStorage:
        this.#scheduler.storageChanged()
        break
      case OP.bindVolumes:
        this.#scheduler.bindVolumes(argument)
        break
      case OP.flushUnschedulable:
        this.#scheduler.flushUnschedulable(cause)
        break
      case OP.relist:
        this.#kubelets[argument].relist(cause)
        break
      case OP.inspect:
        this.#kubelets[argument].inspect()
        break
      case OP.syncTick:
        this.#kubelets[argument].syncTick(cause)
        break
      case OP.workerStep:
        this.#kubeletOf(argument)?.workerStep(argument, cause)
        break
      case OP.killStop:
        this.#kubeletOf(Math.floor(argument / KILLS_PER_POD))?.killStopped(argument, cause)
        break
      case OP.killHook:
        this.#kubeletOf(Math.floor(argument / KILLS_PER_POD))?.killHookEnded(argument, cause)
        break
      case OP.killTimeout:
        this.#kubeletOf(Math.floor(argument / KILLS_PER_POD))?.killTimeout(argument, cause)
        break
      case OP.probeTick:
        this.#kubeletOfProbe(argument)?.probeTick(argument, cause)
        break
      case OP.probeEnd:
        this.#kubeletOfProbe(argument)?.probeEnd(argument, cause)
        break
      case OP.endpoints:
        this.#endpointSlices.sync(argument, cause)
        break
      case OP.statusBatch:
        this.#kubelets[argument].statusBatch()
        break
      case OP.lastDelete:
        this.#store.deletePod(argument, 0, cause)
        break
      case OP.removal:
        this.#store.removePod(argument, cause)
        break
      case OP.deadline:
        this.#kubeletOf(argument)?.deadline(argument, cause)
        break
      case OP.kubeletUp:
        this.#kubelets[argument].up(cause)
        break
      case OP.volumeRetry:
        this.#kubeletOf(argument)?.retryVolumes(argument)
        break
      case OP.drainTimeout:
        this.#drains.giveUp(cause)
        break
      case OP.nodeWatch:
        this.#nodeStore.deliver(argument, cause)
        break
      default:
        this.#takeOther(operation, argument, cause)
    }
  }

  /** Asks those who take entries in their turn, the most frequent first. */
  #takeOther(operation: number, argument: number, cause: number): void {
    if (this.#takeRuntime(operation, argument, cause) || this.#takeController(operation, argument)) return
    if (this.#traffic?.take(operation, argument, cause) === true || this.#nodes.take(operation, argument, cause)) return
    if (operation !== OP.drainRetry) throw new Error(`no component takes operation ${operation}`)
    this.#drains.retry(argument)
  }

  /** Takes an entry for workloads and their controllers; false: it is for somebody else. */
  #takeController(operation: number, argument: number): boolean {
    switch (operation) {
      case OP.watchObjects:
        this.#controllers()?.objects.deliver()
        return true
      case OP.createWorkload:
        this.#steps.createWorkload(argument)
        return true
      case OP.controllerSync:
        if (ApiMachinery.owns(argument)) this.#api.sync(argument)
        else this.#controllers()?.manager.sync(argument)
        return true
      case OP.controllerDelay:
        if (ApiMachinery.ownsDelay(argument)) this.#api.delayOver(argument)
        else this.#controllers()?.manager.delayOver(argument)
        return true
      default:
        return false
    }
  }

  /** Takes an entry for the runtime; false: it is for somebody else. */
  #takeRuntime(operation: number, argument: number, cause: number): boolean {
    switch (operation) {
      case OP.sandboxUp:
        this.#runtime.sandboxUp(argument)
        return true
      case OP.sandboxDeath:
        this.#runtime.sandboxDeath(argument, cause)
        return true
      case OP.processExit:
        this.#runtime.processExit(argument)
        return true
      case OP.processKill:
        this.#runtime.processKill(argument, cause)
        return true
      case OP.callEnd:
        this.#runtime.callEnd(argument)
        return true
      case OP.pullEnd:
        this.#runtime.pullEnd(argument)
        return true
      default:
        return false
    }
  }

  #kubeletOf(pod: number): Kubelet | undefined {
    const version: PodVersion | undefined = this.#kubeletPods[pod]?.active
    return version === undefined ? undefined : this.#kubelets[version.node]
  }

  #kubeletOfProbe(worker: number): Kubelet | undefined {
    const node = this.#probeWorkers[worker]?.podAtAdd.node
    return node === undefined ? undefined : this.#kubelets[node]
  }
}
