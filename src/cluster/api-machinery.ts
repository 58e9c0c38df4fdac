import { choiceLabel } from '../kernel/index.js'
import { type KubernetesObject, kindNamed, type Pod, qualifiedResource } from '../model/index.js'
import {
  BehaviourResolver,
  NAME_SUFFIXES,
  type PlanBehaviours,
  type PlanPod,
  scriptedContainers,
  suffixNumber,
  suffixOf,
} from '../scenario/index.js'
import { ApiRequests } from './api-requests.js'
import {
  NamespacePolicies,
  PodAdmission,
  ResourceStore,
  StorageClient,
  type Store,
  usedOf,
} from './api-server/index.js'
import {
  claimsOf,
  type Environment,
  isDeleting,
  isTerminalPhase,
  type NamespaceCleaner,
  type NamespaceContent,
  type PodVersion,
  type ResourceVersion,
} from './contract/index.js'
import { ResourceControllers } from './controllers/index.js'
import { defaultAccount, initialResources } from './initial-resources.js'
import type { PodSteps } from './pod-steps.js'
import type { PreparedPlan } from './prepared-plan.js'
import { type PodWrites, RequestWrites } from './request-writes.js'
import type { RunRegister } from './run-register.js'
import { type ObjectParts, StoredObjects, type WorkloadStore } from './stored-objects.js'

const GENERATED_NAME = choiceLabel('generated-name', 'scattered by the path, the next with each object')

/**
 * The API server beyond its stores: requests, admission, and the controllers of namespaces, quotas and service accounts.
 *
 * Without requests and without objects that say something to others nothing of it does anything.
 */
export class ApiMachinery implements NamespaceCleaner {
  readonly admission: PodAdmission
  readonly storage: StorageClient
  readonly resources: ResourceStore
  readonly #environment: Environment
  readonly #behaviours: PlanBehaviours | undefined
  readonly #controllers: ResourceControllers
  readonly #parts: ObjectParts
  readonly #objects: StoredObjects
  #requests: ApiRequests | undefined
  readonly #policies: NamespacePolicies
  /** Whether anybody asks what becomes of pods. */
  #isWatching = false
  #names = new Map<string, number>()

  constructor(
    environment: Environment,
    store: Store,
    register: RunRegister,
    { plan }: PreparedPlan,
    workloads: WorkloadStore,
  ) {
    const initial = initialResources(plan)
    this.#environment = environment
    this.#behaviours = plan.behaviours
    this.resources = new ResourceStore(environment, register, store, initial)
    this.#policies = new NamespacePolicies(this.resources, initial.assumed)
    this.admission = new PodAdmission(store, this.resources, this.#policies)
    this.storage = new StorageClient(this.resources, this.#policies)
    this.#parts = { environment, store, workloads, resources: this.resources }
    this.#objects = new StoredObjects(this.#parts)
    this.#controllers = new ResourceControllers(
      {
        environment,
        client: this.resources,
        cleaner: this,
        counted: namespace => this.#counted(namespace),
        defaultAccount,
        usedOf,
      },
      {
        environment,
        client: this.storage,
        nodes: store.nodes,
        pods: namespace => store.pods().filter(({ identity }) => identity.namespace === namespace),
        podAt: path => store.podAt(path),
        defaultClass: () => this.storage.defaultClass(),
        uidOf: (kind, namespace, name) => this.#uidOf(kind, namespace, name),
      },
    )
    store.observePods({
      podChanged: (change, pod, previous, cause) => {
        if (this.#isWatching || claimsOf(pod.spec.object).length > 0)
          this.#controllers.podChanged(change, pod, previous, cause)
      },
    })
    this.resources.watchResources({ resourceChanged: (...change) => this.#resourceChanged(...change) })
  }

  /** Tells of who carries out what requests do to pods. */
  wire(steps: PodSteps): void {
    const pods = this.#podWrites(steps)
    const writes = new RequestWrites(this.#parts, {
      objects: this.#objects,
      policies: this.#policies,
      admission: this.admission,
      storage: this.storage,
      pods,
    })
    this.#requests = new ApiRequests(this.#parts, this.#objects, writes)
    this.#writes = writes
  }

  #writes: RequestWrites | undefined

  reset(): void {
    this.resources.reset()
    this.#controllers.reset()
    this.#requests?.reset()
    if (this.#names.size > 0) this.#names = new Map()
    this.#isWatching = this.resources.hasPolicies
  }

  get requests(): ApiRequests {
    return this.#requests!
  }

  get objects(): StoredObjects {
    return this.#objects
  }

  static owns(number: number): boolean {
    return ResourceControllers.has(number)
  }

  static ownsDelay(argument: number): boolean {
    return ResourceControllers.has(ResourceControllers.ofDelay(argument))
  }

  sync(number: number): void {
    this.#controllers.sync(number)
  }

  delayOver(argument: number): void {
    this.#controllers.delayOver(argument)
  }

  deleteContent(namespace: string, cause: number): void {
    for (const stored of this.#objects.inNamespace(namespace)) {
      if (stored.isDeleting || this.#objects.find(stored.kind, namespace, stored.name) === null) continue
      this.#writes?.delete(stored, { verb: 'delete', kind: stored.kind }, cause)
    }
  }

  content(namespace: string): NamespaceContent {
    const counts = new Map<string, number>()
    const finalizers = new Map<string, number>()
    let graceSeconds = 0
    for (const { kind, served, pod } of this.#objects.inNamespace(namespace)) {
      const resource = qualifiedResource(kind)
      const name = resource.includes('.') ? resource : `${resource}.`
      counts.set(name, (counts.get(name) ?? 0) + 1)
      for (const each of served.metadata.finalizers ?? []) finalizers.set(each, (finalizers.get(each) ?? 0) + 1)
      if (pod !== undefined && !isTerminalPhase(pod.status.phase))
        graceSeconds = Math.max(graceSeconds, pod.spec.graceSeconds)
    }
    return { counts, finalizers, graceSeconds }
  }

  #resourceChanged(change: number, version: ResourceVersion, cause: number): void {
    // From now on somebody may ask what becomes of pods.
    this.#isWatching = true
    this.#controllers.resourceChanged(change, version, cause)
  }

  #uidOf(kind: string, namespace: string, name: string): string | undefined {
    const known = kindNamed(kind)
    return known === undefined ? undefined : this.#objects.find(known, namespace, name)?.uid
  }

  /** A workload is gone. */
  ownerGone(uid: string, namespace: string, cause: number): void {
    if (this.#isWatching) this.#controllers.ownerGone(uid, namespace, cause)
  }

  *#counted(namespace: string): Iterable<KubernetesObject> {
    const { now } = this.#environment.kernel
    // A pod counts no more once it has ended, or twice its grace has passed (ADM-7).
    const isCounted = (pod: PodVersion): boolean =>
      !isTerminalPhase(pod.status.phase) &&
      !(isDeleting(pod) && now > (pod.deletionSeconds + pod.deletionGraceSeconds) * 1000)
    for (const { served } of this.#objects.inNamespace(namespace, isCounted)) yield served
  }

  #podWrites(steps: PodSteps): PodWrites {
    return {
      create: (pod, cause) => steps.createPod(this.#planned(pod), cause),
      replace: (stored, next, cause) => steps.replacePod(stored, next, cause),
      evict: (stored, cause) => steps.evictPod(stored, cause),
      nameSuffix: path => this.#nameSuffix(path),
    }
  }

  /** A pod with the behaviour that the plan's rules give it. */
  #planned(pod: Pod): PlanPod {
    const { rules = [], overrides = [] } = this.#behaviours ?? {}
    const resolver = new BehaviourResolver(rules, overrides)
    const scripted = scriptedContainers(pod, undefined)
    const containers = Object.fromEntries(scripted.map(it => [it.container, resolver.container(it).behaviour]))
    return { pod, createdAt: this.#environment.kernel.now, containers, sandbox: resolver.sandbox(scripted[0]) }
  }

  #nameSuffix(path: string): string {
    const n = this.#names.get(path) ?? 0
    this.#names.set(path, n + 1)
    const { symbols, choices } = this.#environment
    return suffixOf(choices.draw(GENERATED_NAME, symbols.intern(path), n, NAME_SUFFIXES, suffixNumber(path, n)))
  }
}
