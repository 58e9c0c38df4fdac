import { PRIORITY } from '../../kernel/index.js'
import type { PlanTraffic, WaitBehaviour } from '../../scenario/index.js'
import { ROW } from '../../trace/index.js'
import {
  type ContainerSpec,
  type Environment,
  type NodeRecord,
  OP,
  type PodIdentity,
  type ServerWatcher,
  type WaitEnd,
} from '../contract/index.js'
import { Backends, type Flight } from './backends.js'
import type { Endpoint } from './endpoint.js'
import type { EndpointSlices } from './endpoint-slices.js'
import { NameAnswers } from './name-answers.js'
import { RequestStream } from './request-stream.js'
import { type LastChange, NodeProxy } from './router.js'
import { type Server, Servers, WHY } from './servers.js'
import { type UsableEndpoints, usableEndpoints } from './usable-endpoints.js'
import { Waiters } from './waiters.js'

/** A stream with what it is routed by. */
interface RoutedStream {
  readonly stream: RequestStream
  readonly backends: Backends
  /** Its client's kube-proxy, or, for a headless Service, the addresses that the client has looked up. */
  router: NodeProxy | NameAnswers
}

/** A client that sits beside the nodes. */
const OUTSIDE = -1

/**
 * Everything that talks to pods through Services: the kube-proxies of those nodes on which somebody does, clients with their
 * requests, and processes that wait until a Service can be reached.
 *
 * It hears of changes before they count: what was sent until then is settled as things stood.
 */
export class Traffic implements ServerWatcher {
  readonly #environment: Environment
  readonly #slices: EndpointSlices
  readonly #nodes: readonly NodeRecord[]
  readonly #plan: readonly PlanTraffic[]
  readonly #servers: Servers
  readonly #waiters: Waiters
  #routers: (NodeProxy | NameAnswers)[] = []
  #proxies = new Map<number, NodeProxy>()
  #streams: RoutedStream[] = []
  #waiting: (Flight | undefined)[] = []
  /** By Service: when its slices changed last, and since when a pod is no ready endpoint any more. */
  readonly #lastChanges = new Map<number, LastChange>()
  readonly #leftAt = new Map<number, Map<number, number>>()
  /** Nodes that cannot be reached, by the row that cut them off. */
  readonly #cuts = new Map<number, number>()
  readonly #rows = new Map<NodeProxy | NameAnswers, Map<number, number>>()

  constructor(
    environment: Environment,
    slices: EndpointSlices,
    nodes: readonly NodeRecord[],
    plan: readonly PlanTraffic[],
    waitEnds: WaitEnd,
  ) {
    this.#environment = environment
    this.#slices = slices
    this.#nodes = nodes
    this.#plan = plan
    this.#servers = new Servers(environment)
    this.#waiters = new Waiters(environment, waitEnds)
    slices.route((service, before, cause) => this.#endpointsChanged(service, before, cause))
  }

  reset(): void {
    this.#servers.reset()
    this.#waiters.reset()
    this.#routers = []
    this.#proxies = new Map()
    this.#waiting = []
    this.#lastChanges.clear()
    this.#leftAt.clear()
    this.#cuts.clear()
    this.#rows.clear()
    this.#streams = this.#plan.map((traffic, number) => this.#open(number, traffic))
  }

  /** A Service that the slices know has come. */
  serviceAdded(service: number, cause: number): void {
    for (const routed of this.#streams) if (routed.stream.service < 0) this.#bind(routed, cause)
    for (const proxy of this.#waiters.proxiesOf(this.#slices.pathOf(service))) this.#follow(proxy, service, cause)
  }

  /** Takes an entry of the queue; false: it is for somebody else. */
  take(operation: number, argument: number, cause: number): boolean {
    switch (operation) {
      case OP.routes:
        this.#sync(this.#routers[argument], cause)
        return true
      case OP.request:
        this.#streams[argument].stream.take()
        return true
      case OP.requestTimeout:
        this.#timeOut(argument)
        return true
      case OP.serverTurn: {
        const server = this.#servers.at(argument)
        this.#change(server, () => this.#servers.turn(server))
        return true
      }
      case OP.trafficEnd:
        this.#end(this.#streams[argument])
        return true
      default:
        return false
    }
  }

  started(pod: number, node: number, container: ContainerSpec, row: number): void {
    const server = this.#servers.of(pod, container)
    this.#change(server, () => this.#servers.start(server, node, row))
  }

  signalled(pod: number, container: ContainerSpec, isHeard: boolean, row: number): void {
    const server = this.#servers.of(pod, container)
    if (isHeard && !server.behaviour.keepsListening) this.#change(server, () => this.#servers.close(server, row))
  }

  drainedAt(pod: number, container: ContainerSpec, cause: number): number {
    const { now } = this.#environment.kernel
    const server = this.#servers.of(pod, container)
    if (server.behaviour.dropsInFlightOnExit) return now
    let last = now
    for (const { stream, backends } of this.#streams) {
      stream.settle()
      const backend = backends.find(server)
      for (const { at } of backend === undefined ? [] : backends.land(backend)) {
        last = Math.max(last, at + server.behaviour.latency)
      }
    }
    if (last > now && server.why === WHY.none) this.#change(server, () => this.#servers.close(server, cause))
    return last
  }

  exited(pod: number, container: ContainerSpec, row: number): void {
    this.#waiters.exited(pod, container.slot)
    const server = this.#servers.of(pod, container)
    this.#settle()
    const lost = this.#streams.flatMap(({ backends }) => {
      const backend = backends.find(server)
      if (backend === undefined) return []
      const flights = backends.lose(backend)
      backends.tell(backend, row)
      return flights
    })
    this.#servers.exit(server, row)
    this.#refresh()
    for (const { stream, backend, index, attempt } of lost) {
      stream.fail(index, attempt, backend, WHY.exitedBeforeAnswer, row)
    }
  }

  waits(process: number, pod: PodIdentity, node: number, slot: number, wait: WaitBehaviour, row: number): void {
    const name = wait.service.includes('/') ? wait.service : `${pod.namespace}/${wait.service}`
    const path = this.#environment.symbols.intern(`Service/${name}`)
    const proxy = this.#proxyOf(node)
    this.#waiters.add({ process, pod: pod.index, slot, proxy, path, period: wait.period })
    const service = this.#slices.find(path)
    if (service >= 0) this.#follow(proxy, service, row)
    this.#lookForWaiters(proxy, row)
  }

  /** A node cannot be reached over the network from now on, or can again. */
  nodeCut(node: number, isCut: boolean, row: number): void {
    this.#settle()
    if (isCut) this.#cuts.set(node, row)
    else this.#cuts.delete(node)
    if (!isCut) this.#proxies.get(node)?.joined(row)
    this.#refresh()
    if (!isCut) return
    for (const { backends } of this.#streams) {
      for (const backend of backends.all()) {
        if (backends.whyNotOpen(backend) !== WHY.nodeCut) continue
        for (const flight of backends.lose(backend)) flight.stream.await({ ...flight, why: WHY.nodeCut, cause: row })
      }
    }
  }

  /** The run is over: what was counted is told. */
  flush(): void {
    const { kernel, trace } = this.#environment
    const underWay = new Map<number, number>()
    for (const { stream, backends } of this.#streams) {
      stream.settle()
      for (const backend of backends.all()) {
        const left = backends.land(backend).length
        backends.tell(backend, -1)
        underWay.set(stream.path, (underWay.get(stream.path) ?? 0) + left)
      }
    }
    for (const flight of this.#waiting) {
      if (flight !== undefined) underWay.set(flight.stream.path, (underWay.get(flight.stream.path) ?? 0) + 1)
    }
    for (const [path, count] of underWay) {
      if (count > 0) trace.append(kernel.now, ROW.requestsUnderWay, path, count, 0, 0, -1)
    }
  }

  #open(number: number, traffic: PlanTraffic): RoutedStream {
    const environment = this.#environment
    const { symbols } = environment
    const path = symbols.intern(`Service/${traffic.service}`)
    const name = traffic.client.node
    const node = name === undefined ? OUTSIDE : this.#nodes.findIndex(each => each.name === name)
    const backends = new Backends(environment, this.#servers, this.#cuts, path, node, traffic)
    const routed: RoutedStream = {
      router: this.#proxyOf(node),
      backends,
      stream: new RequestStream(
        number,
        traffic,
        path,
        environment,
        {
          usable: () => this.#usable(routed),
          row: () => this.#rows.get(routed.router)?.get(routed.stream.service) ?? -1,
          staleFor: pod => this.#staleFor(routed.stream.service, pod),
        },
        backends,
        this.#waiting,
      ),
    }
    routed.stream.begin()
    this.#bind(routed, -1)
    return routed
  }

  /** Finds a stream's Service among those with endpoints. */
  #bind(routed: RoutedStream, cause: number): void {
    const { stream, backends } = routed
    const index = this.#slices.find(stream.path)
    const service = this.#slices.serviceOf(index)
    if (service !== undefined) {
      backends.serve(service)
      stream.serve(index, service)
      if (service.spec.clusterIP === 'None') routed.router = this.#answersOf(stream)
      this.#follow(routed.router, index, cause)
    }
    stream.refresh()
  }

  #answersOf({ traffic }: RequestStream): NameAnswers {
    const slices = (service: number): readonly Endpoint[] => this.#slices.endpointsOf(service)
    const answers = new NameAnswers(this.#routers.length, traffic.from ?? 0, this.#environment, slices)
    this.#routers.push(answers)
    return answers
  }

  /** Made when somebody on the node first asks: the proxies of other nodes decide nothing. */
  #proxyOf(node: number): NodeProxy {
    const known = this.#proxies.get(node)
    if (known !== undefined) return known
    const { symbols } = this.#environment
    const path = node < 0 ? symbols.intern('Client') : this.#nodes[node].path
    const slices = (service: number): readonly Endpoint[] => this.#slices.endpointsOf(service)
    const proxy = new NodeProxy(this.#routers.length, node, path, this.#environment, slices)
    this.#routers.push(proxy)
    this.#proxies.set(node, proxy)
    return proxy
  }

  #follow(router: NodeProxy | NameAnswers, service: number, cause: number): void {
    router.follow(service, this.#lastChanges.get(service), cause)
  }

  #usable({ router, stream }: RoutedStream): UsableEndpoints {
    const { service } = stream
    const known = router.known(service)
    return router instanceof NameAnswers
      ? { endpoints: known, isNoneLocal: false }
      : usableEndpoints(known, this.#nodeOfPolicy(router, service))
  }

  #staleFor(service: number, pod: number): number {
    const left = this.#leftAt.get(service)?.get(pod)
    return left === undefined ? -1 : this.#environment.kernel.now - left
  }

  #endpointsChanged(service: number, before: readonly Endpoint[], cause: number): void {
    const { now } = this.#environment.kernel
    this.#lastChanges.set(service, { at: now, before })
    const left = this.#leftAt.get(service) ?? new Map<number, number>()
    this.#leftAt.set(service, left)
    for (const { pod, isReady } of before)
      if (isReady) left.set(pod.identity.index, left.get(pod.identity.index) ?? now)
    for (const { pod, isReady } of this.#slices.endpointsOf(service)) if (isReady) left.delete(pod.identity.index)
    for (const router of this.#routers) router.changed(service, cause)
    if (!this.#isHeadless(service)) return
    for (const proxy of this.#waiters.proxiesOf(this.#slices.pathOf(service))) this.#lookForWaiters(proxy, cause)
  }

  #sync(router: NodeProxy | NameAnswers, cause: number): void {
    this.#settle()
    const { trace, symbols, kernel } = this.#environment
    const isCut = router instanceof NodeProxy && this.#cuts.has(router.node)
    for (const service of router.sync(isCut)) {
      const path = this.#slices.pathOf(service)
      const node = router instanceof NodeProxy && router.node >= 0 ? this.#nodes[router.node].nameSymbol : 0
      const addresses = symbols.intern(this.#addressesOf(router, service))
      const row = trace.append(kernel.now, ROW.proxyRules, path, node, addresses, 0, cause)
      const rows = this.#rows.get(router) ?? new Map<number, number>()
      this.#rows.set(router, rows)
      rows.set(service, row)
      if (router instanceof NodeProxy) this.#lookForWaiters(router, row)
    }
    this.#refresh()
  }

  #addressesOf(router: NodeProxy | NameAnswers, service: number): string {
    const { endpoints } = usableEndpoints(router.known(service), -1)
    return endpoints.map(({ ip }) => this.#environment.symbols.text(ip)).join(', ')
  }

  #lookForWaiters(proxy: NodeProxy, row: number): void {
    this.#waiters.look(proxy, path => this.#isReachable(proxy, this.#slices.find(path)), row)
  }

  /** The name of a headless Service is answered from the slices, whatever the proxies know. */
  #isReachable(proxy: NodeProxy, service: number): boolean {
    if (service < 0) return false
    if (this.#isHeadless(service)) return this.#slices.endpointsOf(service).some(({ isReady }) => isReady)
    return usableEndpoints(proxy.known(service), this.#nodeOfPolicy(proxy, service)).endpoints.length > 0
  }

  #isHeadless(service: number): boolean {
    return this.#slices.serviceOf(service)?.spec.clusterIP === 'None'
  }

  /** The node that a Service's policy keeps a client to; −1: any. */
  #nodeOfPolicy({ node }: NodeProxy, service: number): number {
    // A client beside the nodes comes through a load balancer, which only sends to nodes with endpoints of their own (KP-2).
    return this.#slices.serviceOf(service)?.spec.internalTrafficPolicy === 'Local' ? node : -1
  }

  #timeOut(number: number): void {
    const flight = this.#waiting[number]
    this.#waiting[number] = undefined
    flight?.stream.giveUp(flight)
  }

  /** No more requests are sent; what has been answered is told when the last answer has come. */
  #end({ stream, backends }: RoutedStream): void {
    const { kernel } = this.#environment
    stream.end()
    const last = Math.max(...[...backends.all()].map(backend => backends.lastAnswerOf(backend)))
    if (last > kernel.now) {
      kernel.schedule(last, OP.trafficEnd, stream.number, -1, PRIORITY.late)
      return
    }
    for (const backend of backends.all()) {
      backends.land(backend)
      backends.tell(backend, -1)
    }
  }

  /** Something is about to change for one server: those who do not talk to it need not look. */
  #change(server: Server, change: () => void): void {
    const streams = this.#streams.filter(({ backends }) => backends.find(server) !== undefined)
    for (const { stream } of streams) stream.settle()
    change()
    for (const { stream } of streams) stream.refresh()
  }

  #settle(): void {
    for (const { stream } of this.#streams) stream.settle()
  }

  #refresh(): void {
    for (const { stream } of this.#streams) stream.refresh()
  }
}
