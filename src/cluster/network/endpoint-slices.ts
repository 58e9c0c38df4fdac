import { matchesLabels, type Service } from '../../model/index.js'
import { ROW } from '../../trace/index.js'
import {
  CHANGE,
  type Environment,
  findCondition,
  isDeleting,
  isTerminalPhase,
  OP,
  type PodVersion,
  type PodWatcher,
  TRUTH,
  WORD,
} from '../contract/index.js'

/** A Service and what its slices say. */
interface ServiceState {
  readonly index: number
  readonly service: Service
  readonly namespace: string
  /** Symbols: the object's path, and the text of the addresses last written. */
  readonly path: number
  addresses: number
  isQueued: boolean
}

/**
 * The EndpointSlice controller: for each Service the addresses of the pods it selects, with what may be sent there.
 *
 * controllers: pkg/controller/endpointslice, endpointslice/utils.go, v1.26 and later (control-plane.md 5.1, ES-1 … ES-4).
 */
export class EndpointSlices implements PodWatcher {
  readonly #environment: Environment
  readonly #pods: () => readonly PodVersion[]
  #services: ServiceState[] = []

  constructor(environment: Environment, pods: () => readonly PodVersion[]) {
    this.#environment = environment
    this.#pods = pods
  }

  reset(): void {
    this.#services = []
  }

  /** A Service came; one without a selector gets nothing from this controller (ES-5). */
  addService(service: Service, cause: number): void {
    if (service.spec.selector === undefined || Object.keys(service.spec.selector).length === 0) return
    const namespace = service.metadata.namespace ?? 'default'
    const path = this.#environment.symbols.intern(`Service/${namespace}/${service.metadata.name ?? ''}`)
    const state = { index: this.#services.length, service, namespace, path, addresses: 0, isQueued: false }
    this.#services.push(state)
    this.#queue(state, cause)
  }

  /** Only changes that an endpoint shows lead to a sync; a phase is not among them (ES-4). */
  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    if (this.#services.length === 0) return
    if (change === CHANGE.modified && previous !== null && isSameToEndpoints(pod, previous)) return
    for (const state of this.#services) {
      if (selects(state, pod) || (previous !== null && selects(state, previous))) this.#queue(state, cause)
    }
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
    const parts: string[] = []
    for (const pod of this.#pods()) {
      if (!selects(state, pod) || isTerminalPhase(pod.status.phase) || pod.status.podIP === 0) continue
      parts.push(
        describeEndpoint(symbols.text(pod.status.podIP), pod, state.service.spec.publishNotReadyAddresses === true),
      )
    }
    const addresses = symbols.intern(parts.join(', '))
    if (addresses === state.addresses) return
    state.addresses = addresses
    trace.append(kernel.now, ROW.endpoints, state.path, addresses, 0, 0, cause)
  }
}

const selects = ({ service, namespace }: ServiceState, pod: PodVersion): boolean =>
  pod.identity.namespace === namespace && matchesLabels(service.spec.selector, pod.spec.object.metadata.labels)

const isReady = (pod: PodVersion): boolean => findCondition(pod.status.conditions, WORD.Ready)?.status === TRUTH.True

const isSameToEndpoints = (a: PodVersion, b: PodVersion): boolean =>
  a.deletionSeconds === b.deletionSeconds &&
  a.status.podIP === b.status.podIP &&
  a.spec.object.metadata.labels === b.spec.object.metadata.labels &&
  isReady(a) === isReady(b)

/** `10.244.0.5 ready serving`, `10.244.0.5 serving terminating`, `10.244.0.5` (ES-2). */
function describeEndpoint(ip: string, pod: PodVersion, publishNotReady: boolean): string {
  const serving = isReady(pod)
  const terminating = isDeleting(pod)
  const words = [ip]
  if (publishNotReady || (serving && !terminating)) words.push('ready')
  if (serving) words.push('serving')
  if (terminating) words.push('terminating')
  return words.join(' ')
}
