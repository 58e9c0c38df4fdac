import { PRIORITY } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { ROW } from '../../trace/index.js'
import {
  type ContainerRuntime,
  type ContainerSpec,
  type ContainerUsage,
  type Environment,
  type HookSpec,
  NO_RUNTIME_POD,
  OP,
  type PodIdentity,
  type PodSpec,
  type ProbeAnswer,
  type ProbeSpec,
  RUNTIME_STATE,
  type RuntimePod,
  type ServerWatcher,
  WORD,
} from '../contract/index.js'
import { Calls } from './calls.js'
import { Images, type RuntimeWorld } from './images.js'
import { isDraining, planExit, planWaitEnd } from './planned-exit.js'
import { ABANDONED, createPodState, findProcess, type PodState, podView } from './pod-state.js'
import { Process } from './process.js'
import { Sandboxes } from './sandboxes.js'
import { containerUsages, outgrowsAfter } from './usages.js'
import { createdView, exitedView, runningView } from './views.js'

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
  #processes: Process[] = []
  readonly #sandboxes: Sandboxes
  /** Whoever talks to processes over the network; absent: nobody does. */
  #servers: ServerWatcher | undefined
  #isUsageKnown = false

  constructor(environment: Environment, world: RuntimeWorld, onChange: RuntimeListener) {
    this.#environment = environment
    this.#images = new Images(environment, world)
    this.#onChange = onChange
    this.#sandboxes = new Sandboxes(environment, world.nodes, (state, cause) => this.#changed(state, cause))
    this.#calls = new Calls(environment, process => this.#address(process))
  }

  reset(): void {
    this.#isUsageKnown = false
    this.#pods = []
    this.#processes = []
    this.#images.reset()
    this.#sandboxes.reset()
    this.#calls.reset()
  }

  /** From now on somebody talks to processes over the network. */
  serve(servers: ServerWatcher): void {
    this.#servers = servers
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
    const { kernel, trace } = this.#environment
    const state = this.#state(pod)
    const instance = state.instances[container.slot] ?? 0
    state.instances[container.slot] = instance + 1
    const view = createdView(container, instance, attempt, kernel.now)
    const process = new Process(this.#processes.length, pod, container, state.sandboxes[0]?.attempt ?? 0, view)
    this.#processes.push(process)
    state.processes = [process].concat(state.processes)
    this.#changed(
      state,
      trace.append(kernel.now, ROW.containerCreate, container.path, instance, attempt, container.image, cause),
    )
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
    const { uses } = container.behaviour
    if (uses !== undefined) this.#isUsageKnown = true
    const { exitAfter, exitCode, isOomKilled } = behaviour
    const oomAfter = uses === undefined ? Number.POSITIVE_INFINITY : outgrowsAfter(uses, container, state.spec)
    if (oomAfter < (exitAfter ?? Number.POSITIVE_INFINITY)) {
      planExit(kernel, process, { at: kernel.now + oomAfter, exitCode: 137, isOomKill: true, cause: row })
    } else if (exitAfter !== null) {
      planExit(kernel, process, { at: kernel.now + exitAfter, exitCode, isOomKill: isOomKilled, cause: row })
    }
    this.#servers?.started(pod, state.node, container, row)
    const { waitsFor } = behaviour
    if (waitsFor !== undefined) this.#servers?.waits(process.number, state.identity, state.node, slot, waitsFor, row)
    this.#changed(state, row)
    return 0
  }

  get isUsageKnown(): boolean {
    return this.#isUsageKnown
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
      const { exitAfter, exitCode } = onTerm
      planExit(kernel, process, { at: kernel.now + exitAfter, exitCode, isOomKill: false, cause: signalRow })
      process.isStopping = true
    }
    this.#servers?.signalled(pod, process.container, onTerm !== null, signalRow)
    process.killEntry = kernel.schedule(
      kernel.now + timeoutSeconds * 1000,
      OP.processKill,
      process.number,
      stopRow,
      PRIORITY.late,
    )
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
    if (isDraining(this.#environment.kernel, process, this.#servers)) return
    const reason = process.isOomKill ? WORD.OOMKilled : process.exitCode === 0 ? WORD.Completed : WORD.Error
    this.#exit(process, process.exitCode, reason, process.exitCause)
  }

  /** A process that waits for a Service will have found it at an instant; Infinity: not for what is known now. */
  waitEnds(number: number, at: Milliseconds, cause: number): void {
    planWaitEnd(this.#environment.kernel, this.#processes[number], at, cause)
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
    const process = this.#process(state, slot, instance)
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
    const process = this.#process(state, slot, instance)
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
    const process = this.#process(state, slot, instance)
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
      for (const process of state.processes) {
        if (process.view.state === RUNTIME_STATE.running) this.#exit(process, LOST, WORD.Unknown, cause)
      }
    }
  }

  /** The run is over: repetitions that nothing ended are told now. */
  flush(): void {
    for (const process of this.#processes) {
      if (process.view.state === RUNTIME_STATE.running) this.#calls.flushRepeats(process, process.startRow)
    }
  }

  #exit(process: Process, exitCode: number, reason: number, cause: number): void {
    const { kernel, trace } = this.#environment
    const state = this.#state(process.pod)
    kernel.cancel(process.exitEntry)
    kernel.cancel(process.killEntry)
    process.exitEntry = 0
    process.killEntry = 0
    this.#calls.flushRepeats(process, cause)
    const row = trace.append(
      kernel.now,
      ROW.exit,
      process.container.path,
      process.view.instance,
      exitCode,
      reason,
      cause,
    )
    process.view = exitedView(process.view, process.view.startedAt, kernel.now, exitCode, reason, 0)
    this.#servers?.exited(process.pod, process.container, row)
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
    const process = findProcess(state, this.#processes, slot, instance)
    if (process !== undefined) return process
    throw new Error(`the runtime does not know instance ${instance} of container ${slot} of pod ${state.identity.name}`)
  }

  #address(process: Process): number {
    return this.#state(process.pod).sandboxes[0]?.ip ?? 0
  }
}

const SIGTERM = 15
const SIGKILL = 9
/** `startedAt` of a container that never started: the Unix epoch. */
const NEVER_STARTED = -1_735_689_600_000

/** A sandbox that is down refuses connections; exec still works. */
const isSandboxReady = ({ sandboxes }: PodState): boolean => sandboxes[0]?.isReady === true

/** The exit code of a container whose end nobody saw. */
const LOST = 255
