import { PRIORITY } from '../../kernel/index.js'
import type { ImageBehaviour } from '../../scenario/index.js'
import { ROW } from '../../trace/index.js'
import {
  type ContainerRuntime,
  type ContainerSpec,
  type Environment,
  type HookSpec,
  NO_RUNTIME_POD,
  OP,
  type PodIdentity,
  type PodSpec,
  type ProbeAnswer,
  type ProbeSpec,
  RUNTIME_STATE,
  type RuntimeContainer,
  type RuntimePod,
  type RuntimeSandbox,
  WORD,
} from '../contract/index.js'
import { Calls } from './calls.js'
import { RUNTIME_MESSAGE } from './messages.js'
import { Process } from './process.js'

/** Hears of every change that a list of containers or sandboxes would show; the PLEG's relist looks then. */
export type RuntimeListener = (node: number, pod: number, cause: number) => void

/** A pod in the runtime. */
interface PodState {
  readonly identity: PodIdentity
  readonly node: number
  spec: PodSpec
  sandboxes: RuntimeSandbox[]
  /** Newest first. */
  processes: Process[]
  view: RuntimePod | null
  error: number
  readonly instances: number[]
  readonly starts: number[]
  sandboxCalls: number
  pendingAttempt: number
  pendingOperation: number
  pendingCause: number
  hasDied: boolean
}

interface Pull {
  readonly pod: number
  readonly image: number
  readonly error: number
  readonly operation: number
  readonly cause: number
}

/**
 * The container runtime of every node: processes follow the plan's script, signals and calls are obeyed in virtual time.
 *
 * It is the only component that reads behaviour data.
 */
export class ScriptedRuntime implements ContainerRuntime {
  readonly #environment: Environment
  readonly #images: ReadonlyMap<number, ImageBehaviour>
  readonly #defaultImage: ImageBehaviour
  readonly #onChange: RuntimeListener
  readonly #calls: Calls
  #pods: (PodState | undefined)[] = []
  #processes: Process[] = []
  #pulls: Pull[] = []
  #pullCounts = new Map<number, number>()
  /** Images by node, beyond those the script calls present. */
  #pulled = new Set<number>()
  #addresses: number[] = []

  constructor(
    environment: Environment,
    images: ReadonlyMap<number, ImageBehaviour>,
    defaultImage: ImageBehaviour,
    onChange: RuntimeListener,
  ) {
    this.#environment = environment
    this.#images = images
    this.#defaultImage = defaultImage
    this.#onChange = onChange
    this.#calls = new Calls(environment, process => this.#address(process))
  }

  reset(): void {
    this.#pods = []
    this.#processes = []
    this.#pulls = []
    this.#pullCounts = new Map()
    this.#pulled = new Set()
    this.#addresses = []
    this.#calls.reset()
  }

  podStatus(pod: number): RuntimePod {
    const state = this.#pods[pod]
    if (state === undefined) return NO_RUNTIME_POD
    if (state.view === null) {
      const containers = new Array<RuntimeContainer>(state.processes.length)
      for (let i = 0; i < containers.length; i++) containers[i] = state.processes[i].view
      state.view = { sandboxes: state.sandboxes.slice(), containers }
    }
    return state.view
  }

  errorOf(pod: number): number {
    return this.#pods[pod]?.error ?? 0
  }

  runPodSandbox(identity: PodIdentity, node: number, spec: PodSpec, attempt: number, operation: number, cause: number): void {
    const { kernel, trace } = this.#environment
    let state = this.#pods[identity.index]
    if (state === undefined) {
      state = createPodState(identity, node, spec)
      this.#pods[identity.index] = state
    }
    state.spec = spec
    state.pendingAttempt = attempt
    state.pendingOperation = operation
    state.pendingCause = trace.append(kernel.now, ROW.sandboxCreate, identity.path, attempt, 0, 0, cause)
    kernel.schedule(kernel.now + spec.sandbox.delay, OP.sandboxUp, identity.index, state.pendingCause, PRIORITY.world)
  }

  /** Ends RunPodSandbox. */
  sandboxUp(pod: number): void {
    const { kernel, trace, symbols } = this.#environment
    const state = this.#state(pod)
    const failure = state.spec.sandbox.failures[state.sandboxCalls++]
    if (failure !== undefined) {
      state.error = symbols.message(RUNTIME_MESSAGE.sandboxError, symbols.intern(failure))
      const row = trace.append(kernel.now, ROW.sandboxFailed, state.identity.path, state.pendingAttempt, state.error, 0, state.pendingCause)
      kernel.schedule(kernel.now, state.pendingOperation, pod, row)
      return
    }
    state.error = 0
    const ip = this.#allocateAddress(state)
    const row = trace.append(kernel.now, ROW.sandboxReady, state.identity.path, state.pendingAttempt, ip, 0, state.pendingCause)
    state.sandboxes.unshift({
      attempt: state.pendingAttempt,
      isReady: true,
      hostNetwork: state.spec.hostNetwork,
      ip,
      createdAt: kernel.now,
    })
    const { diesAfter } = state.spec.sandbox
    if (diesAfter !== null && !state.hasDied) {
      state.hasDied = true
      kernel.schedule(kernel.now + diesAfter, OP.sandboxDeath, pod, row, PRIORITY.world)
    }
    this.#changed(state, row)
    kernel.schedule(kernel.now, state.pendingOperation, pod, row)
  }

  /** The script kills the sandbox; its containers run on until the kubelet stops them. */
  sandboxDeath(pod: number, cause: number): void {
    const state = this.#state(pod)
    const sandbox = state.sandboxes[0]
    if (sandbox === undefined || !sandbox.isReady) return
    this.#closeSandbox(state, 0, ROW.sandboxDied, cause)
  }

  stopPodSandbox(pod: number, attempt: number, cause: number): void {
    const state = this.#pods[pod]
    if (state === undefined) return
    const index = state.sandboxes.findIndex(sandbox => sandbox.attempt === attempt)
    if (index < 0 || !state.sandboxes[index].isReady) return
    this.#closeSandbox(state, index, ROW.sandboxStop, cause)
  }

  #closeSandbox(state: PodState, index: number, kind: typeof ROW.sandboxDied | typeof ROW.sandboxStop, cause: number): void {
    const { kernel, trace } = this.#environment
    const { attempt, hostNetwork, ip, createdAt } = state.sandboxes[index]
    state.sandboxes[index] = { attempt, isReady: false, hostNetwork, ip, createdAt }
    this.#changed(state, trace.append(kernel.now, kind, state.identity.path, attempt, 0, 0, cause))
  }

  isImagePresent(node: number, container: ContainerSpec): boolean {
    return this.#image(container).isPresent || this.#pulled.has(container.image * MOST_NODES + node)
  }

  /** Whether the image's user is root, as an inspection of the image tells. */
  runsAsRoot(container: ContainerSpec): boolean {
    return this.#image(container).runsAsRoot
  }

  pullImage(pod: number, container: ContainerSpec, operation: number, cause: number): void {
    const { kernel, trace, symbols } = this.#environment
    const behaviour = this.#image(container)
    const count = this.#pullCounts.get(container.image) ?? 0
    this.#pullCounts.set(container.image, count + 1)
    const failure = behaviour.failures[count] ?? behaviour.alwaysFails
    const error = failure === null || failure === undefined ? 0 : symbols.intern(failure)
    const row = trace.append(kernel.now, ROW.pullStart, container.path, container.image, 0, 0, cause)
    this.#pulls.push({ pod, image: container.image, error, operation, cause: row })
    kernel.schedule(kernel.now + behaviour.pullDuration, OP.pullEnd, this.#pulls.length - 1, row, PRIORITY.world)
  }

  pullEnd(number: number): void {
    const { kernel, trace } = this.#environment
    const pull = this.#pulls[number]
    const state = this.#state(pull.pod)
    state.error = pull.error
    if (pull.error === 0) this.#pulled.add(pull.image * MOST_NODES + state.node)
    const row = trace.append(kernel.now, ROW.pullEnd, state.identity.path, pull.image, pull.error, 0, pull.cause)
    kernel.schedule(kernel.now, pull.operation, pull.pod, row)
  }

  createContainer(pod: number, container: ContainerSpec, attempt: number, cause: number): number {
    const { kernel, trace } = this.#environment
    const state = this.#state(pod)
    const instance = state.instances[container.slot] ?? 0
    state.instances[container.slot] = instance + 1
    const view = createdView(container, instance, attempt, kernel.now)
    const process = new Process(this.#processes.length, pod, container, state.sandboxes[0]?.attempt ?? 0, view)
    this.#processes.push(process)
    state.processes.unshift(process)
    this.#changed(state, trace.append(kernel.now, ROW.containerCreate, container.path, instance, attempt, container.image, cause))
    return instance
  }

  startContainer(pod: number, slot: number, instance: number, cause: number): number {
    const { kernel, trace, symbols } = this.#environment
    const state = this.#state(pod)
    const process = this.#process(state, slot, instance)
    const { container } = process
    const run = state.starts[slot] ?? 0
    state.starts[slot] = run + 1
    process.run = run
    const { runs } = container.behaviour
    const behaviour = runs[run < runs.length ? run : runs.length - 1]
    process.behaviour = behaviour
    if (behaviour.startError !== null) {
      const error = symbols.intern(behaviour.startError)
      const row = trace.append(kernel.now, ROW.containerStartFailed, container.path, instance, run, error, cause)
      // containerd: a container whose task cannot be made exits with 128, StartError, and never had a start.
      process.view = exitedView(process.view, NEVER_STARTED, kernel.now, 128, WORD.StartError, error)
      this.#changed(state, row)
      return error
    }
    const row = trace.append(kernel.now, ROW.containerStart, container.path, instance, run, 0, cause)
    process.startRow = row
    process.view = runningView(process.view, kernel.now)
    if (behaviour.exitAfter !== null) {
      this.#planExit(process, kernel.now + behaviour.exitAfter, behaviour.exitCode, behaviour.isOomKilled, row)
    }
    this.#changed(state, row)
    return 0
  }

  stopContainer(
    pod: number,
    slot: number,
    instance: number,
    timeoutSeconds: number,
    operation: number,
    argument: number,
    cause: number,
  ): void {
    const { kernel, trace } = this.#environment
    const process = this.#process(this.#state(pod), slot, instance)
    const { path } = process.container
    if (process.view.state !== RUNTIME_STATE.running) {
      if (process.view.state === RUNTIME_STATE.created) this.#exit(process, 137, WORD.Error, cause)
      kernel.schedule(kernel.now, operation, argument, cause)
      return
    }
    const stopRow = trace.append(kernel.now, ROW.containerStop, path, instance, timeoutSeconds, 0, cause)
    process.stopOperation = operation
    process.stopArgument = argument
    const signalRow = trace.append(kernel.now, ROW.signal, path, instance, SIGTERM, 0, stopRow)
    const onTerm = process.behaviour?.onTerm ?? null
    if (onTerm !== null && kernel.now + onTerm.exitAfter < process.exitAt) {
      this.#planExit(process, kernel.now + onTerm.exitAfter, onTerm.exitCode, false, signalRow)
    }
    process.killEntry = kernel.schedule(kernel.now + timeoutSeconds * 1000, OP.processKill, process.number, stopRow, PRIORITY.late)
  }

  removeContainer(pod: number, slot: number, instance: number): void {
    const state = this.#state(pod)
    const at = state.processes.findIndex(each => each.container.slot === slot && each.view.instance === instance)
    if (at < 0) return
    state.processes[at].isRemoved = true
    state.processes.splice(at, 1)
    state.view = null
  }

  /** A process exits: by itself or from SIGTERM. An entry that is not the latest for its process is void. */
  processExit(number: number): void {
    const process = this.#processes[number]
    process.exitEntry = 0
    if (process.view.state !== RUNTIME_STATE.running) return
    const reason = process.isOomKill ? WORD.OOMKilled : process.exitCode === 0 ? WORD.Completed : WORD.Error
    this.#exit(process, process.exitCode, reason, process.exitCause)
  }

  /** StopContainer's timeout is over. */
  processKill(number: number, cause: number): void {
    const { kernel, trace } = this.#environment
    const process = this.#processes[number]
    process.killEntry = 0
    if (process.view.state !== RUNTIME_STATE.running) return
    const row = trace.append(kernel.now, ROW.signal, process.container.path, process.view.instance, SIGKILL, 0, cause)
    this.#exit(process, 137, WORD.Error, row)
  }

  startHook(pod: number, slot: number, instance: number, hook: HookSpec, operation: number, argument: number, cause: number): number {
    return this.#calls.startHook(this.#process(this.#state(pod), slot, instance), hook, operation, argument, cause)
  }

  hookResult(call: number): number {
    return this.#calls.hookResult(call)
  }

  startProbe(pod: number, slot: number, instance: number, probe: ProbeSpec, operation: number, argument: number, cause: number): number {
    const state = this.#state(pod)
    const isReachable = state.sandboxes[0]?.isReady === true
    return this.#calls.startProbe(this.#process(state, slot, instance), probe, isReachable, operation, argument, cause)
  }

  probeAnswer(call: number): ProbeAnswer {
    return this.#calls.probeAnswer(call)
  }

  callEnd(number: number): void {
    this.#calls.end(number)
  }

  noteSkippedProbes(pod: number, slot: number, type: number, times: number): void {
    const process = this.#state(pod).processes.find(each => each.container.slot === slot)
    if (process !== undefined) process.repeats[type] += times
  }

  steadyUntil(pod: number, slot: number, instance: number, probe: ProbeSpec): number {
    const state = this.#state(pod)
    const process = this.#process(state, slot, instance)
    if (process.view.state !== RUNTIME_STATE.running || state.sandboxes[0]?.isReady !== true) return this.#environment.kernel.now
    // A sandbox that the script will kill answers otherwise from then on.
    if (state.spec.sandbox.diesAfter !== null) return this.#environment.kernel.now
    return Math.min(this.#calls.nextChange(process, probe), process.exitAt)
  }

  /** The run is over: repetitions that nothing ended are told now. */
  flush(): void {
    for (const process of this.#processes) {
      if (process.view.state === RUNTIME_STATE.running) this.#calls.flushRepeats(process, process.startRow)
    }
  }

  #planExit(process: Process, at: number, exitCode: number, isOomKill: boolean, cause: number): void {
    process.exitAt = at
    process.exitCode = isOomKill ? 137 : exitCode
    process.isOomKill = isOomKill
    process.exitCause = cause
    const { kernel } = this.#environment
    kernel.cancel(process.exitEntry)
    process.exitEntry = kernel.schedule(at, OP.processExit, process.number, cause, PRIORITY.world)
  }

  #exit(process: Process, exitCode: number, reason: number, cause: number): void {
    const { kernel, trace } = this.#environment
    const state = this.#state(process.pod)
    kernel.cancel(process.exitEntry)
    kernel.cancel(process.killEntry)
    process.exitEntry = 0
    process.killEntry = 0
    this.#calls.flushRepeats(process, cause)
    const row = trace.append(kernel.now, ROW.exit, process.container.path, process.view.instance, exitCode, reason, cause)
    process.view = exitedView(process.view, process.view.startedAt, kernel.now, exitCode, reason, 0)
    this.#calls.processGone(process, row)
    if (process.stopOperation >= 0) {
      kernel.schedule(kernel.now, process.stopOperation, process.stopArgument, row)
      process.stopOperation = -1
    }
    this.#changed(state, row)
  }

  #changed(state: PodState, cause: number): void {
    state.view = null
    this.#onChange(state.node, state.identity.index, cause)
  }

  #state(pod: number): PodState {
    const state = this.#pods[pod]
    if (state === undefined) throw new Error(`the runtime does not know pod ${pod}`)
    return state
  }

  #process(state: PodState, slot: number, instance: number): Process {
    for (const process of state.processes) {
      if (process.container.slot === slot && process.view.instance === instance) return process
    }
    throw new Error(`the runtime does not know instance ${instance} of container ${slot} of pod ${state.identity.name}`)
  }

  #image(container: ContainerSpec): ImageBehaviour {
    return this.#images.get(container.image) ?? this.#defaultImage
  }

  #address(process: Process): number {
    return this.#state(process.pod).sandboxes[0]?.ip ?? 0
  }

  /** Addresses count up per node, 10.244.NODE.N; a pod of the host's network has the node's. */
  #allocateAddress(state: PodState): number {
    const { symbols } = this.#environment
    if (state.spec.hostNetwork) return symbols.intern(`192.168.${state.node >> 8}.${(state.node & 255) + 1}`)
    const n = (this.#addresses[state.node] ?? 0) + 1
    this.#addresses[state.node] = n
    return symbols.intern(`10.${244 + (state.node >> 8)}.${(state.node + (n >> 8)) & 255}.${n & 255}`)
  }
}

const SIGTERM = 15
const SIGKILL = 9
const MOST_NODES = 65_536
/** `startedAt` of a container that never started: the Unix epoch. */
const NEVER_STARTED = -1_735_689_600_000

const createPodState = (identity: PodIdentity, node: number, spec: PodSpec): PodState => ({
  identity,
  node,
  spec,
  sandboxes: [],
  processes: [],
  view: null,
  error: 0,
  instances: [],
  starts: [],
  sandboxCalls: 0,
  pendingAttempt: 0,
  pendingOperation: 0,
  pendingCause: -1,
  hasDied: false,
})

const createdView = (container: ContainerSpec, instance: number, attempt: number, now: number): RuntimeContainer => ({
  container,
  instance,
  attempt,
  image: container.image,
  state: RUNTIME_STATE.created,
  createdAt: now,
  startedAt: 0,
  finishedAt: 0,
  exitCode: 0,
  reason: 0,
  message: 0,
})

const runningView = (view: RuntimeContainer, now: number): RuntimeContainer => ({
  container: view.container,
  instance: view.instance,
  attempt: view.attempt,
  image: view.image,
  state: RUNTIME_STATE.running,
  createdAt: view.createdAt,
  startedAt: now,
  finishedAt: 0,
  exitCode: 0,
  reason: 0,
  message: 0,
})

const exitedView = (
  view: RuntimeContainer,
  startedAt: number,
  now: number,
  exitCode: number,
  reason: number,
  message: number,
): RuntimeContainer => ({
  container: view.container,
  instance: view.instance,
  attempt: view.attempt,
  image: view.image,
  state: RUNTIME_STATE.exited,
  createdAt: view.createdAt,
  startedAt,
  finishedAt: now,
  exitCode,
  reason,
  message,
})
