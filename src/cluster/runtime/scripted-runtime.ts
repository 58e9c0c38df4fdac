import type { Milliseconds } from '../../time/index.js'
import { ROW } from '../../trace/index.js'
import {
  type ContainerRuntime,
  type ContainerSpec,
  type ContainerUsage,
  type Environment,
  type HookSpec,
  NO_RUNTIME_POD,
  type PodIdentity,
  type PodSpec,
  type ProbeAnswer,
  type ProbeSpec,
  RUNTIME_STATE,
  type RuntimePod,
  type ServerWatcher,
} from '../contract/index.js'
import { Calls } from './calls.js'
import { Images, type RuntimeWorld } from './images.js'
import { ABANDONED, createPodState, findProcess, type PodState, podView } from './pod-state.js'
import { Processes } from './processes.js'
import { Sandboxes } from './sandboxes.js'
import { containerUsages } from './usages.js'

/** Hears of every change that a list of containers or sandboxes would show; the PLEG's relist looks then. */
export type RuntimeListener = (node: number, pod: number, cause: number) => void

/**
 * The container runtime of every node: processes follow the plan's script, signals and calls are obeyed in virtual time.
 *
 * It is the only component that reads behaviour data.
 */
export class ScriptedRuntime implements ContainerRuntime {
  readonly #environment: Environment
  readonly #images: Images
  readonly #onChange: RuntimeListener
  readonly #calls: Calls
  #pods: (PodState | undefined)[] = []
  readonly #processes: Processes
  readonly #sandboxes: Sandboxes

  constructor(environment: Environment, world: RuntimeWorld, onChange: RuntimeListener) {
    this.#environment = environment
    this.#images = new Images(environment, world)
    this.#onChange = onChange
    this.#sandboxes = new Sandboxes(environment, world.nodes, (state, cause) => this.#changed(state, cause))
    this.#calls = new Calls(environment, ({ pod }) => this.#state(pod).sandboxes[0]?.ip ?? 0)
    this.#processes = new Processes(
      environment,
      this.#calls,
      pod => this.#state(pod),
      (state, cause) => this.#changed(state, cause),
    )
  }

  reset(): void {
    this.#pods = []
    this.#processes.reset()
    this.#images.reset()
    this.#sandboxes.reset()
    this.#calls.reset()
  }

  /** From now on somebody talks to processes over the network. */
  serve(servers: ServerWatcher): void {
    this.#processes.servers = servers
  }

  podStatus(pod: number): RuntimePod {
    const state = this.#pods[pod]
    if (state === undefined) return NO_RUNTIME_POD
    state.view ??= podView(state)
    return state.view
  }

  errorOf(pod: number): number {
    return this.#pods[pod]?.error ?? 0
  }

  runPodSandbox(
    identity: PodIdentity,
    node: number,
    spec: PodSpec,
    attempt: number,
    operation: number,
    cause: number,
  ): void {
    let state = this.#pods[identity.index]
    if (state === undefined) {
      state = createPodState(identity, node, spec)
      this.#pods[identity.index] = state
    }
    state.spec = spec
    this.#sandboxes.run(state, attempt, operation, cause)
  }

  sandboxUp(pod: number): void {
    this.#sandboxes.up(this.#state(pod))
  }

  sandboxDeath(pod: number, cause: number): void {
    this.#sandboxes.die(this.#state(pod), cause)
  }

  stopPodSandbox(pod: number, attempt: number, cause: number): void {
    const state = this.#pods[pod]
    if (state !== undefined) this.#sandboxes.stop(state, attempt, cause)
  }

  isImagePresent(node: number, container: ContainerSpec): boolean {
    return this.#images.isPresent(node, container.image)
  }

  /** Whether the image's user is root, as an inspection of the image tells. */
  runsAsRoot(container: ContainerSpec): boolean {
    return this.#images.behaviourOf(container.image).runsAsRoot
  }

  pullImage(pod: number, container: ContainerSpec, operation: number, cause: number): void {
    this.#images.pull(pod, this.#state(pod).node, container, operation, cause)
  }

  pullEnd(number: number): void {
    const { pod, image, error, operation, cause } = this.#images.endPull(number)
    const { kernel, trace } = this.#environment
    const state = this.#state(pod)
    state.error = error
    const row = trace.append(kernel.now, ROW.pullEnd, state.identity.path, image, error, 0, cause)
    if (operation !== ABANDONED) kernel.schedule(kernel.now, operation, pod, row)
  }

  createContainer(pod: number, container: ContainerSpec, attempt: number, cause: number): number {
    return this.#processes.create(this.#state(pod), container, attempt, cause)
  }

  startContainer(pod: number, slot: number, instance: number, cause: number): number {
    const state = this.#state(pod)
    return this.#processes.start(state, findProcess(state, slot, instance), cause)
  }

  get isUsageKnown(): boolean {
    return this.#processes.isUsageKnown
  }

  usageOf(pod: number): readonly ContainerUsage[] {
    const state = this.#pods[pod]
    return state === undefined ? [] : containerUsages(state)
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
    const process = findProcess(this.#state(pod), slot, instance)
    this.#processes.stop(process, timeoutSeconds, { operation, argument }, cause)
  }

  removeContainer(pod: number, slot: number, instance: number): void {
    const state = this.#state(pod)
    const at = state.processes.findIndex(each => each.container.slot === slot && each.view.instance === instance)
    if (at < 0) return
    const [process] = state.processes.splice(at, 1)
    process.isRemoved = true
    state.removed.push(process)
    state.view = null
  }

  processExit(number: number): void {
    this.#processes.exitDue(number)
  }

  /** A process that waits for a Service will have found it at an instant; Infinity: not for what is known now. */
  waitEnds(number: number, at: Milliseconds, cause: number): void {
    this.#processes.waitEnds(number, at, cause)
  }

  processKill(number: number, cause: number): void {
    this.#processes.killDue(number, cause)
  }

  startHook(
    pod: number,
    slot: number,
    instance: number,
    hook: HookSpec,
    operation: number,
    argument: number,
    cause: number,
  ): number {
    const state = this.#state(pod)
    const process = findProcess(state, slot, instance)
    return this.#calls.startHook(process, hook, isSandboxReady(state), operation, argument, cause)
  }

  hookResult(call: number): number {
    return this.#calls.hookResult(call)
  }

  startProbe(
    pod: number,
    slot: number,
    instance: number,
    probe: ProbeSpec,
    operation: number,
    argument: number,
    cause: number,
  ): number {
    const state = this.#state(pod)
    const process = findProcess(state, slot, instance)
    return this.#calls.startProbe(process, probe, isSandboxReady(state), operation, argument, cause)
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
    const process = findProcess(state, slot, instance)
    if (process.view.state !== RUNTIME_STATE.running || !isSandboxReady(state)) return this.#environment.kernel.now
    // A sandbox that the script will kill answers otherwise from then on.
    if (state.spec.sandbox.diesAfter !== null) return this.#environment.kernel.now
    return Math.min(this.#calls.nextChange(process, probe), process.exitAt)
  }

  abandonCalls(pod: number): void {
    const state = this.#pods[pod]
    if (state === undefined) return
    this.#sandboxes.abandon(state)
    this.#images.abandon(pod)
    for (const process of state.processes) {
      process.stopOperation = ABANDONED
      this.#environment.kernel.cancel(process.killEntry)
      process.killEntry = 0
      this.#calls.abandon(process)
    }
  }

  /** A machine goes down: what ran on it is gone, and the runtime finds it so when it is up again (containerd's exit code 255). */
  powerOff(node: number, cause: number): void {
    for (const state of this.#pods) {
      if (state === undefined || state.node !== node) continue
      this.abandonCalls(state.identity.index)
      this.#sandboxes.die(state, cause)
      this.#processes.lose(state, cause)
    }
  }

  /** The run is over: repetitions that nothing ended are told now. */
  flush(): void {
    this.#processes.flush()
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
}

/** A sandbox that is down refuses connections; exec still works. */
const isSandboxReady = ({ sandboxes }: PodState): boolean => sandboxes[0]?.isReady === true
