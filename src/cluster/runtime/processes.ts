import { PRIORITY } from '../../kernel/index.js'
import type { Milliseconds } from '../../time/index.js'
import { ROW } from '../../trace/index.js'
import { type ContainerSpec, type Environment, OP, RUNTIME_STATE, type ServerWatcher, WORD } from '../contract/index.js'
import type { Calls } from './calls.js'
import { isDraining, planExit, planWaitEnd } from './planned-exit.js'
import type { PodState } from './pod-state.js'
import { Process } from './process.js'
import { outgrowsAfter } from './usages.js'
import { createdView, exitedView, runningView } from './views.js'

/** What is scheduled when StopContainer returns. */
export interface StopAnswer {
  readonly operation: number
  readonly argument: number
}

/** The processes of every node's containers: created, started, told to stop, killed and exited as their script and the signals say. */
export class Processes {
  /** Whoever talks to processes over the network; absent: nobody does. */
  servers: ServerWatcher | undefined
  readonly #environment: Environment
  readonly #calls: Calls
  readonly #stateOf: (pod: number) => PodState
  readonly #onChange: (state: PodState, cause: number) => void
  #list: Process[] = []
  #isUsageKnown = false

  constructor(
    environment: Environment,
    calls: Calls,
    stateOf: (pod: number) => PodState,
    onChange: (state: PodState, cause: number) => void,
  ) {
    this.#environment = environment
    this.#calls = calls
    this.#stateOf = stateOf
    this.#onChange = onChange
  }

  reset(): void {
    this.#list = []
    this.#isUsageKnown = false
  }

  /** Whether any process that was started says what it uses. */
  get isUsageKnown(): boolean {
    return this.#isUsageKnown
  }

  /** Makes the next instance of a container, and answers its number. */
  create(state: PodState, container: ContainerSpec, attempt: number, cause: number): number {
    const { kernel, trace } = this.#environment
    const { slot, path, image } = container
    const instance = state.instances[slot] ?? 0
    state.instances[slot] = instance + 1
    const view = createdView(container, instance, attempt, kernel.now)
    const process = new Process(
      this.#list.length,
      state.identity.index,
      container,
      state.sandboxes[0]?.attempt ?? 0,
      view,
    )
    this.#list.push(process)
    state.processes = [process].concat(state.processes)
    this.#onChange(state, trace.append(kernel.now, ROW.containerCreate, path, instance, attempt, image, cause))
    return instance
  }

  /** Starts a created instance, which follows its script from then on; answers 0, or the number of the error's text. */
  start(state: PodState, process: Process, cause: number): number {
    const { kernel, trace, symbols } = this.#environment
    const { container } = process
    const { path, slot } = container
    const { instance } = process.view
    const run = state.starts[slot] ?? 0
    state.starts[slot] = run + 1
    process.run = run
    const { runs, uses } = container.behaviour
    const behaviour = runs[run < runs.length ? run : runs.length - 1]
    process.behaviour = behaviour
    if (behaviour.startError !== null) {
      const error = symbols.intern(behaviour.startError)
      const row = trace.append(kernel.now, ROW.containerStartFailed, path, instance, run, error, cause)
      // containerd: a container whose task cannot be made exits with 128, StartError, and never had a start.
      process.view = exitedView(process.view, NEVER_STARTED, kernel.now, 128, WORD.StartError, error)
      this.#onChange(state, row)
      return error
    }
    const row = trace.append(kernel.now, ROW.containerStart, path, instance, run, 0, cause)
    process.startRow = row
    process.view = runningView(process.view, kernel.now)
    if (uses !== undefined) this.#isUsageKnown = true
    const { exitAfter, exitCode, isOomKilled, waitsFor } = behaviour
    const oomAfter = uses === undefined ? Number.POSITIVE_INFINITY : outgrowsAfter(uses, container, state.spec)
    if (oomAfter < (exitAfter ?? Number.POSITIVE_INFINITY)) {
      planExit(kernel, process, { at: kernel.now + oomAfter, exitCode: 137, isOomKill: true, cause: row })
    } else if (exitAfter !== null) {
      planExit(kernel, process, { at: kernel.now + exitAfter, exitCode, isOomKill: isOomKilled, cause: row })
    }
    this.servers?.started(state.identity.index, state.node, container, row)
    if (waitsFor !== undefined) this.servers?.waits(process.number, state.identity, state.node, slot, waitsFor, row)
    this.#onChange(state, row)
    return 0
  }

  /** StopContainer: SIGTERM now, SIGKILL when the timeout is over, the answer when the process is gone. */
  stop(process: Process, timeoutSeconds: number, { operation, argument }: StopAnswer, cause: number): void {
    const { kernel, trace } = this.#environment
    const { container, view } = process
    if (view.state !== RUNTIME_STATE.running) {
      if (view.state === RUNTIME_STATE.created) this.#exit(process, 137, WORD.Error, cause)
      kernel.schedule(kernel.now, operation, argument, cause)
      return
    }
    const stopRow = trace.append(kernel.now, ROW.containerStop, container.path, view.instance, timeoutSeconds, 0, cause)
    process.stopOperation = operation
    process.stopArgument = argument
    const signalRow = trace.append(kernel.now, ROW.signal, container.path, view.instance, SIGTERM, 0, stopRow)
    const onTerm = process.behaviour?.onTerm ?? null
    if (onTerm !== null && kernel.now + onTerm.exitAfter < process.exitAt) {
      const { exitAfter, exitCode } = onTerm
      planExit(kernel, process, { at: kernel.now + exitAfter, exitCode, isOomKill: false, cause: signalRow })
      process.isStopping = true
    }
    this.servers?.signalled(process.pod, container, onTerm !== null, signalRow)
    const killAt = kernel.now + timeoutSeconds * 1000
    process.killEntry = kernel.schedule(killAt, OP.processKill, process.number, stopRow, PRIORITY.late)
  }

  /** A process exits: by itself or from SIGTERM. An entry that is not the latest for its process is void. */
  exitDue(number: number): void {
    const process = this.#list[number]
    process.exitEntry = 0
    if (process.view.state !== RUNTIME_STATE.running) return
    if (isDraining(this.#environment.kernel, process, this.servers)) return
    const reason = process.isOomKill ? WORD.OOMKilled : process.exitCode === 0 ? WORD.Completed : WORD.Error
    this.#exit(process, process.exitCode, reason, process.exitCause)
  }

  /** StopContainer's timeout is over. */
  killDue(number: number, cause: number): void {
    const { kernel, trace } = this.#environment
    const process = this.#list[number]
    process.killEntry = 0
    if (process.view.state !== RUNTIME_STATE.running) return
    const row = trace.append(kernel.now, ROW.signal, process.container.path, process.view.instance, SIGKILL, 0, cause)
    this.#exit(process, 137, WORD.Error, row)
  }

  /** A process that waits for a Service will have found it at an instant; Infinity: not for what is known now. */
  waitEnds(number: number, at: Milliseconds, cause: number): void {
    planWaitEnd(this.#environment.kernel, this.#list[number], at, cause)
  }

  /** The machine under a pod's processes went down. */
  lose(state: PodState, cause: number): void {
    for (const process of state.processes) {
      if (process.view.state === RUNTIME_STATE.running) this.#exit(process, LOST, WORD.Unknown, cause)
    }
  }

  /** The run is over: repetitions that nothing ended are told now. */
  flush(): void {
    for (const process of this.#list) {
      if (process.view.state === RUNTIME_STATE.running) this.#calls.flushRepeats(process, process.startRow)
    }
  }

  #exit(process: Process, exitCode: number, reason: number, cause: number): void {
    const { kernel, trace } = this.#environment
    const { container, view } = process
    kernel.cancel(process.exitEntry)
    kernel.cancel(process.killEntry)
    process.exitEntry = 0
    process.killEntry = 0
    this.#calls.flushRepeats(process, cause)
    const row = trace.append(kernel.now, ROW.exit, container.path, view.instance, exitCode, reason, cause)
    process.view = exitedView(view, view.startedAt, kernel.now, exitCode, reason, 0)
    this.servers?.exited(process.pod, container, row)
    this.#calls.processGone(process, row)
    if (process.stopOperation >= 0) {
      kernel.schedule(kernel.now, process.stopOperation, process.stopArgument, row)
      process.stopOperation = -1
    }
    this.#onChange(this.#stateOf(process.pod), row)
  }
}

const SIGTERM = 15
const SIGKILL = 9

/** `startedAt` of a container that never started: the Unix epoch. */
const NEVER_STARTED = -1_735_689_600_000

/** The exit code of a container whose end nobody saw (containerd). */
const LOST = 255
