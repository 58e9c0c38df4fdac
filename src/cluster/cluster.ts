import {
  type ChoiceSource,
  Choices,
  choiceLabel,
  type Dispatch,
  Kernel,
  type ObjectPaths,
  type StopReason,
  type TieBreaker,
} from '../kernel/index.js'
import { controllerProfileOf, type KubernetesObject, nodeMonitorGraceOf, type Service } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { type Retention, type RowListener, type SymbolTable, TraceRecorder } from '../trace/index.js'
import { ApiMachinery } from './api-machinery.js'
import { type EvictionParts, NodeStore, ObjectStore, Store } from './api-server/index.js'
import { ObjectCache, PodCache } from './client/index.js'
import { CHANGE, type Environment, isOwnerKind } from './contract/index.js'
import { ControllerManager } from './controllers/index.js'
import { Dispatcher } from './dispatcher.js'
import { Drains } from './drains.js'
import { Kubelet, type KubeletPod, type ProbeWorker } from './kubelet/index.js'
import { EndpointSlices, Traffic } from './network/index.js'
import { NodeCluster } from './node-cluster.js'
import { KubeletHeartbeats } from './nodes/index.js'
import { createsService, hasTraffic, hasWorkloads } from './plan-needs.js'
import type { PreparedPlan } from './prepared-plan.js'
import { RunRegister } from './run-register.js'
import { ScriptedRuntime } from './runtime/index.js'
import { Scheduler } from './scheduler/index.js'
import { StepRunner } from './step-runner.js'
import type { WorkloadStore } from './stored-objects.js'
import { TemplatePods } from './template-pods.js'

const TIE = choiceLabel('tie', 'first come, first served')

/** What a run keeps and who listens. */
export interface ClusterOptions extends ChoiceSource {
  readonly retention: Retention
  readonly listener?: RowListener | undefined
}

/**
 * A whole cluster in one process: wires the components and hands each entry of the queue to the one it is for.
 *
 * It is built once per prepared plan and reset for each run.
 */
export class Cluster {
  readonly kernel = new Kernel()
  readonly trace: TraceRecorder
  readonly store: Store
  readonly prepared: PreparedPlan
  readonly steps: StepRunner
  readonly register: RunRegister
  choices: Choices
  readonly #canonical: Choices
  readonly #environment: Environment
  readonly #api: ApiMachinery
  readonly #runtime: ScriptedRuntime
  readonly #scheduler: Scheduler
  readonly #endpointSlices: EndpointSlices
  readonly #nodeStore: NodeStore
  readonly #nodes: NodeCluster
  readonly #drains: Drains
  /** Only where somebody talks to pods: a process's every turn is looked at. */
  readonly #traffic: Traffic | undefined
  readonly #services: readonly Service[]
  readonly #kubelets: readonly Kubelet[]
  readonly #kubeletPods: (KubeletPod | undefined)[] = []
  /** Those that are stopped are let go. */
  readonly #probeWorkers: (ProbeWorker | undefined)[] = []
  #controllers: Controllers | undefined
  readonly #dispatch: Dispatch

  constructor(prepared: PreparedPlan) {
    const { plan, profile, symbols, nodes } = prepared
    this.prepared = prepared
    this.#services = plan.objects.filter((object): object is Service => object.kind === 'Service')
    this.trace = new TraceRecorder(symbols)
    this.#canonical = new Choices({}, pathsOf(symbols), false)
    this.choices = this.#canonical
    const { kernel, trace, choices } = this
    const { timing, kubelet } = plan
    this.#environment = { kernel, trace, symbols, choices, timing, profile, kubelet }
    this.store = new Store(this.#environment, nodes, prepared.objects)
    this.#runtime = new ScriptedRuntime(this.#environment, prepared, (node, pod, cause) =>
      this.#kubelets[node].runtimeChanged(pod, cause),
    )
    this.#scheduler = new Scheduler(this.#environment, this.store, () => this.#api.storage)
    this.store.watchPods(this.#scheduler)
    this.#endpointSlices = new EndpointSlices(this.#environment, this.store)
    if (this.#services.length > 0 || createsService(plan)) {
      this.store.watchPods(this.#endpointSlices)
      this.store.observePods(this.#endpointSlices.observer())
    }
    this.#traffic = hasTraffic(prepared) ? this.#wireTraffic() : undefined
    this.#nodeStore = new NodeStore(this.#environment, nodes, this.#scheduler)
    const heartbeats = new KubeletHeartbeats(this.#environment, this.#nodeStore)
    const [pods, probeWorkers] = [this.#kubeletPods, this.#probeWorkers]
    this.#kubelets = nodes.map(
      node => new Kubelet(this.#environment, this.#runtime, this.store, node, pods, probeWorkers, heartbeats),
    )
    for (const node of nodes) this.store.watchPodsOfNode(node.index, this.#kubelets[node.index])
    this.#nodes = new NodeCluster({
      environment: this.#environment,
      nodes: this.#nodeStore,
      pods: this.store,
      kubelets: this.#kubelets,
      runtime: this.#runtime,
      heartbeats,
      graceMs: nodeMonitorGraceOf(profile, plan.controllers),
      networkCut: (node, isCut, cause) => this.#traffic?.nodeCut(node, isCut, cause),
    })
    this.#nodeStore.watch(...this.#nodes.nodeWatchers)
    const workloads: WorkloadStore = {
      current: () => this.#controllers?.objects,
      wired: () => this.#wired().objects,
    }
    const evictions: EvictionParts = { environment: this.#environment, store: this.store, objects: workloads.current }
    this.#drains = new Drains(evictions)
    this.store.observePods(...this.#nodes.podWatchers, this.#drains)
    this.register = new RunRegister(prepared.manifests.length, prepared.pods.length)
    this.#api = new ApiMachinery(this.#environment, this.store, this.register, prepared, workloads)
    this.#api.resources.watchResources(this.#scheduler.storageWatcher)
    this.#controllers = hasWorkloads(plan) ? this.#wireControllers() : undefined
    this.steps = new StepRunner(
      {
        environment: this.#environment,
        store: this.store,
        objects: workloads.wired,
        register: this.register,
        nodes: this.#nodeStore,
        nodeCluster: this.#nodes,
        drains: this.#drains,
        evictions,
        api: this.#api,
        objectCreated: (object, cause) => this.#objectCreated(object, cause),
      },
      prepared,
    )
    const dispatcher = new Dispatcher({
      kubeletPods: this.#kubeletPods,
      probeWorkers: this.#probeWorkers,
      kubelets: this.#kubelets,
      store: this.store,
      steps: this.steps,
      scheduler: this.#scheduler,
      endpointSlices: this.#endpointSlices,
      nodeStore: this.#nodeStore,
      nodes: this.#nodes,
      drains: this.#drains,
      runtime: this.#runtime,
      traffic: this.#traffic,
      api: this.#api,
      controllers: () => this.#controllers,
    })
    this.#dispatch = (operation, argument, cause) => dispatcher.take(operation, argument, cause)
  }

  /** Those of a run that got something to control by hand are wired on the way. */
  #wired(): Controllers {
    this.#controllers ??= this.#wireControllers()
    return this.#controllers
  }

  /** Only where there is something to control: every pod's change is an entry more. */
  #wireControllers(): Controllers {
    const environment = this.#environment
    const { store, register } = this
    const { plan, pods: planned } = this.prepared
    const objects = new ObjectStore(environment, register, () => store.nextResourceVersion())
    const podControl = new TemplatePods(environment, store, register, plan, planned, this.#api.admission)
    const pods = new PodCache()
    for (const pod of store.pods()) pods.apply(CHANGE.added, pod)
    const manager = new ControllerManager({
      environment,
      profile: controllerProfileOf(plan.controllers),
      timeZones: plan.timeZones,
      metrics: plan.metrics ?? [],
      client: objects,
      store,
      podControl,
      storage: this.#api.storage,
      pods,
      objects: new ObjectCache(),
    })
    store.watchPods(manager)
    store.findOwner = (kind, namespace, name) =>
      isOwnerKind(kind) ? (objects.object(kind, namespace, name)?.object ?? null) : null
    store.listBudgets = () => objects.budgets()
    objects.watchObjects(manager)
    objects.observer = {
      objectChanged: (change, version, _previous, cause) => {
        this.#drains.objectChanged(change, version)
        if (change === CHANGE.removed) this.#api.ownerGone(version.uid, version.namespace, cause)
      },
    }
    this.#nodeStore.watch({ nodeChanged: (node, cause) => manager.nodeChanged(cause, node) })
    return { objects, podControl, manager }
  }

  #wireTraffic(): Traffic {
    const { plan, nodes } = this.prepared
    const traffic = new Traffic(
      this.#environment,
      this.#endpointSlices,
      nodes,
      plan.traffic ?? [],
      (process, at, cause) => this.#runtime.waitEnds(process, at, cause),
    )
    this.#runtime.serve(traffic)
    return traffic
  }

  /** Makes the cluster new, and queues what the plan begins with. */
  reset(options: ClusterOptions): void {
    // Nothing is drawn or kept in a canonical run: it needs no choices of its own.
    const isCanonical = options.seed === undefined && options.recipe === undefined
    this.choices = isCanonical
      ? this.#canonical
      : new Choices(options, pathsOf(this.prepared.symbols), options.retention === 'full')
    this.#environment.choices = this.choices
    const { choices } = this
    this.kernel.reset(choices.isCanonical ? undefined : tieBreakerOf(choices))
    this.trace.reset(options.retention, options.listener)
    this.#kubeletPods.fill(undefined)
    this.#probeWorkers.length = 0
    this.store.reset()
    // Before those who look at the nodes as they begin.
    this.#nodeStore.reset()
    this.register.reset(options.retention === 'full')
    this.#api.reset()
    this.#controllers?.objects.reset()
    this.#controllers?.podControl.reset()
    this.#controllers?.manager.reset()
    this.#runtime.reset()
    this.#scheduler.reset()
    for (const kubelet of this.#kubelets) kubelet.reset()
    this.#endpointSlices.reset()
    for (const service of this.#services) this.#endpointSlices.addService(service, -1)
    this.#nodes.reset()
    this.#drains.reset()
    this.#traffic?.reset()
    this.steps.reset()
  }

  /** Runs up to and including an instant. */
  run(until: Milliseconds, entryLimit: number): StopReason {
    return this.kernel.run(until, entryLimit, this.#dispatch)
  }

  /** The run is over: what components still hold back for the trace is written. */
  finish(): void {
    this.#traffic?.flush()
    this.#runtime.flush()
  }

  #objectCreated(object: KubernetesObject, cause: number): void {
    if (object.kind !== 'Service') return
    const service = this.#endpointSlices.addService(object, cause)
    if (service >= 0) this.#traffic?.serviceAdded(service, cause)
  }
}

const pathsOf = (symbols: SymbolTable): ObjectPaths => ({
  path: object => symbols.text(object),
  hash: object => symbols.highLanes[object],
})

/** What there is where a plan has workload objects. */
interface Controllers {
  readonly objects: ObjectStore
  readonly podControl: TemplatePods
  readonly manager: ControllerManager
}

/** Ties are drawn for every entry, and told in the recipe where they decided something. */
const tieBreakerOf = (choices: Choices): TieBreaker => ({
  draw: (operation, argument, time) => choices.draw(TIE, 0, tieAddress(operation, argument, time), 65_536, 0, false),
  decided: (operation, argument, time) => {
    choices.draw(TIE, 0, tieAddress(operation, argument, time), 65_536, 0)
  },
})

/** A tie is addressed by what is due, for whom, and when. */
const tieAddress = (operation: number, argument: number, time: Milliseconds): number =>
  (time * 64 + operation) * 1024 + (argument & 1023)
