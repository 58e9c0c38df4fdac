import type { Service } from '../../model/index.js'
import type { Milliseconds } from '../../time/index.js'
import { ROW } from '../../trace/index.js'
import {
  CHANGE,
  type Environment,
  isTerminalPhase,
  type NodeRecord,
  OP,
  type PodVersion,
  type PodWatcher,
} from '../contract/index.js'
import { type Endpoint, endpointOf, isPodReady } from './endpoint.js'
import { type Selecting, ServiceMembers, selects } from './service-members.js'

/** A Service and what its slices say. */
interface ServiceState extends Selecting {
  service: Service
  /** Symbols: the object's path, and the text of the addresses last written. */
  readonly path: number
  addresses: number
  /** Replaced as a whole: whoever keeps the list keeps what the slices said then. */
  endpoints: readonly Endpoint[]
  isQueued: boolean
  /** How often in a row a sync left out pods whose node is gone, and how long the next one waits. */
  failures: number
  retryMs: Milliseconds
}

const FIRST_RETRY_MS = 1000
const MOST_RETRIES = 15

/** The pods of the API server's store. */
interface StoredPods {
  readonly nodes: readonly NodeRecord[]
  pod(index: number): PodVersion | null
  pods(): readonly PodVersion[]
}

/** Hears of changes of a Service's endpoints. */
export type EndpointsListener = (service: number, before: readonly Endpoint[], cause: number) => void

/**
 * The EndpointSlice controller: for each Service the addresses of the pods it selects, with what may be sent there.
 *
 * controllers: pkg/controller/endpointslice, endpointslice/utils.go, v1.26 and later (control-plane.md 5.1, ES-1 … ES-4).
 */
export class EndpointSlices implements PodWatcher {
  readonly #environment: Environment
  readonly #store: StoredPods
  readonly #members = new ServiceMembers()
  /** Whether the members hear of every write. */
  #isObserving = false
  #services: ServiceState[] = []
  /** Whoever routes by the slices; absent: nobody does. */
  #listener: EndpointsListener | undefined

  constructor(environment: Environment, store: StoredPods) {
    this.#environment = environment
    this.#store = store
  }

  reset(): void {
    if (this.#services.length === 0) return
    this.#services = []
    this.#members.reset()
  }

  /** Whoever is to be told of every write of a pod from now on. */
  observer(): PodWatcher {
    this.#isObserving = true
    return this.#members
  }

  /** From now on somebody routes by the slices. */
  route(listener: EndpointsListener): void {
    this.#listener = listener
  }

  /** The number of the Service of a path such as `Service/default/web`; −1: there is none with a selector. */
  find(path: number): number {
    return this.#services.findIndex(each => each.path === path)
  }

  /** What the slices of a Service say. */
  endpointsOf(service: number): readonly Endpoint[] {
    return this.#services[service]?.endpoints ?? NONE
  }

  /** Symbol of the path of a Service. */
  pathOf(service: number): number {
    return this.#services[service].path
  }

  /** The Service of a number. */
  serviceOf(service: number): Service | undefined {
    return this.#services[service]?.service
  }

  /** A Service came, or is another one; one without a selector gets nothing from this controller (ES-5). Answers its number, −1 for none. */
  addService(service: Service, cause: number): number {
    if (service.spec.selector === undefined || Object.keys(service.spec.selector).length === 0) return -1
    const namespace = service.metadata.namespace ?? 'default'
    const path = this.#environment.symbols.intern(`Service/${namespace}/${service.metadata.name ?? ''}`)
    const known = this.#services.find(each => each.path === path)
    if (known !== undefined) {
      known.service = service
      this.#members.servicesChanged(this.#services, known, this.#store.pods())
      this.#queue(known, cause)
      return known.index
    }
    const state: ServiceState = {
      index: this.#services.length,
      service,
      namespace,
      path,
      members: ServiceMembers.create(),
      addresses: 0,
      endpoints: NONE,
      isQueued: false,
      failures: 0,
      retryMs: FIRST_RETRY_MS,
    }
    this.#services.push(state)
    this.#members.servicesChanged(this.#services, state, this.#store.pods())
    this.#queue(state, cause)
    return state.index
  }

  /** Only changes that an endpoint shows lead to a sync; a phase is not among them (ES-4). */
  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    if (this.#services.length === 0) return
    if (change === CHANGE.modified && previous !== null && isSameToEndpoints(pod, previous)) return
    const hadOtherLabels = previous !== null && previous.spec.object.metadata.labels !== pod.spec.object.metadata.labels
    const selecting = hadOtherLabels
      ? this.#services.filter(state => selects(state, pod) || selects(state, previous))
      : this.#members.servicesOf(pod)
    for (const { index } of selecting) this.#queue(this.#services[index], cause)
  }

  /** The stored pods that a Service selects, in order of creation. */
  *#selected(state: ServiceState): Iterable<PodVersion> {
    if (this.#isObserving) {
      for (const index of state.members.inOrder()) {
        const pod = this.#store.pod(index)
        if (pod !== null) yield pod
      }
    } else for (const pod of this.#store.pods()) if (selects(state, pod)) yield pod
  }

  #queue(state: ServiceState, cause: number): void {
    if (state.isQueued) return
    state.isQueued = true
    const { kernel, timing } = this.#environment
    kernel.schedule(kernel.now + timing.apiWrite, OP.endpoints, state.index, cause)
  }

  /** Brings one Service's addresses up to date. */
  sync(index: number, cause: number): void {
    const state = this.#services[index]
    state.isQueued = false
    const { kernel, trace, symbols } = this.#environment
    const publishesNotReady = state.service.spec.publishNotReadyAddresses === true
    const parts: string[] = []
    const endpoints: Endpoint[] = []
    let isIncomplete = false
    for (const pod of this.#selected(state)) {
      if (isTerminalPhase(pod.status.phase) || pod.status.podIP === 0) continue
      if (pod.node >= 0 && this.#store.nodes[pod.node].isGone && !publishesNotReady) {
        isIncomplete = true
        continue
      }
      const endpoint = endpointOf(pod, publishesNotReady)
      endpoints.push(endpoint)
      parts.push(describeEndpoint(symbols.text(endpoint.ip), endpoint))
    }
    this.#retry(state, isIncomplete, cause)
    const before = state.endpoints
    state.endpoints = endpoints
    const addresses = symbols.intern(parts.join(', '))
    if (addresses === state.addresses) {
      // Pods of the host's network take over the address of those before them.
      if (!hasSamePods(before, endpoints)) this.#listener?.(index, before, cause)
      return
    }
    state.addresses = addresses
    const row = trace.append(kernel.now, ROW.endpoints, state.path, addresses, 0, 0, cause)
    this.#listener?.(index, before, row)
  }

  /** ES-1, ES-4: a pod whose node is gone is left out, and looked for again after 1 s, 2 s, 4 s … */
  #retry(state: ServiceState, isIncomplete: boolean, cause: number): void {
    if (!isIncomplete) {
      state.failures = 0
      state.retryMs = FIRST_RETRY_MS
      return
    }
    if (state.failures++ >= MOST_RETRIES) return
    const { kernel } = this.#environment
    kernel.schedule(kernel.now + state.retryMs, OP.endpoints, state.index, cause)
    state.retryMs *= 2
  }
}

const hasSamePods = (a: readonly Endpoint[], b: readonly Endpoint[]): boolean =>
  a.length === b.length && a.every(({ pod }, i) => pod.identity.index === b[i].pod.identity.index)

const NONE: readonly Endpoint[] = []

const isSameToEndpoints = (a: PodVersion, b: PodVersion): boolean =>
  a.deletionSeconds === b.deletionSeconds &&
  a.status.podIP === b.status.podIP &&
  a.spec.object.metadata.labels === b.spec.object.metadata.labels &&
  isPodReady(a) === isPodReady(b)

/** `10.244.0.5 ready serving`, `10.244.0.5 serving terminating`, `10.244.0.5` (ES-2). */
function describeEndpoint(ip: string, { isReady, isServing, isTerminating }: Endpoint): string {
  const words = [ip]
  if (isReady) words.push('ready')
  if (isServing) words.push('serving')
  if (isTerminating) words.push('terminating')
  return words.join(' ')
}
