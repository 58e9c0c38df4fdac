import { PRIORITY } from '../../kernel/index.js'
import type { HookBehaviour, ProbeBehaviour } from '../../scenario/index.js'
import type { Milliseconds } from '../../time/index.js'
import { PROBE_TYPES, ROW } from '../../trace/index.js'
import {
  ANSWER,
  type Environment,
  HANDLER,
  HOOK,
  HOOK_HANDLER,
  HOOK_RESULT,
  type HookSpec,
  OP,
  type ProbeAnswer,
  type ProbeSpec,
  RUNTIME_STATE,
} from '../contract/index.js'
import { Call } from './call.js'
import { RUNTIME_MESSAGE } from './messages.js'
import { ABANDONED } from './pod-state.js'
import type { Process } from './process.js'

/**
 * Hooks and probes in flight: exec calls, HTTP requests, TCP connections. The script's answer is the one at the end of the call;
 * `hang` lasts until the probe's timeout or the end of the process.
 */
export class Calls {
  readonly #environment: Environment
  readonly #addressOf: (process: Process) => number
  #calls: Call[] = []
  #free: number[] = []
  readonly #answer: ProbeAnswer = { result: 0, output: 0 }
  #typeNames: readonly number[] = []

  constructor(environment: Environment, addressOf: (process: Process) => number) {
    this.#environment = environment
    this.#addressOf = addressOf
    this.#typeNames = PROBE_TYPES.map(name => environment.symbols.intern(name))
  }

  reset(): void {
    if (this.#free.length > 0) this.#free = []
    if (this.#calls.length > 0) this.#calls = []
  }

  startHook(
    process: Process,
    hook: HookSpec,
    isReachable: boolean,
    operation: number,
    argument: number,
    cause: number,
  ): number {
    const { kernel, trace } = this.#environment
    const { container, view } = process
    const row = trace.append(kernel.now, ROW.hookStart, container.path, view.instance, hook.hook, hook.handler, cause)
    const number = this.#open(process, null, hook, operation, argument, row)
    const call = this.#calls[number]
    const behaviour = scriptOfHook(process, hook)
    const isRunning = view.state === RUNTIME_STATE.running
    if (hook.handler === HOOK_HANDLER.httpGet && !this.#isListening(process, isReachable))
      call.result = HOOK_RESULT.refused
    else if (hook.handler === HOOK_HANDLER.exec && !isRunning) call.result = HOOK_RESULT.containerGone
    const duration = call.result === HOOK_RESULT.success ? this.#hookDuration(hook, behaviour) : 0
    call.entry = kernel.schedule(kernel.now + duration, OP.callEnd, number, row, PRIORITY.world)
    return number
  }

  #hookDuration(hook: HookSpec, behaviour: HookBehaviour): Milliseconds {
    const { timing } = this.#environment
    if (hook.handler === HOOK_HANDLER.sleep) return hook.sleepMs
    if (hook.handler === HOOK_HANDLER.tcpSocket) return 0
    if (hook.handler === HOOK_HANDLER.httpGet && behaviour.isRefused === true) return timing.tcpCall
    return behaviour.duration
  }

  hookResult(number: number): number {
    const { result } = this.#calls[number]
    this.#free.push(number)
    return result
  }

  startProbe(
    process: Process,
    probe: ProbeSpec,
    isReachable: boolean,
    operation: number,
    argument: number,
    cause: number,
  ): number {
    const { kernel, timing } = this.#environment
    const number = this.#open(process, probe, null, operation, argument, cause)
    const call = this.#calls[number]
    let duration = CALL_DURATIONS[probe.handler](timing)
    if (
      probe.handler === HANDLER.exec
        ? process.view.state !== RUNTIME_STATE.running
        : !this.#isListening(process, isReachable)
    ) {
      this.#decideDead(call, process, probe)
      duration = Math.min(duration, 1)
    }
    call.entry = kernel.schedule(kernel.now + duration, OP.callEnd, number, cause, PRIORITY.world)
    return number
  }

  #isListening(process: Process, isReachable: boolean): boolean {
    return isReachable && process.view.state === RUNTIME_STATE.running
  }

  /** The answer where nobody is there to answer: exec is refused by the runtime, a connection by the network. */
  #decideDead(call: Call, process: Process, probe: ProbeSpec): void {
    const { symbols } = this.#environment
    call.isDone = true
    if (probe.handler === HANDLER.exec) {
      call.result = ANSWER.error
      call.output = symbols.message(process.isRemoved ? RUNTIME_MESSAGE.execInRemoved : RUNTIME_MESSAGE.execInExited)
      return
    }
    const ip = this.#addressOf(process)
    call.result = ANSWER.failure
    call.output =
      probe.handler === HANDLER.httpGet
        ? symbols.message(RUNTIME_MESSAGE.httpRefused, ip, probe.url, probe.port)
        : symbols.message(RUNTIME_MESSAGE.tcpRefused, ip, probe.port)
  }

  /** A call's time is over; it may turn out that it hangs. */
  end(number: number): void {
    const { kernel, trace } = this.#environment
    const call = this.#calls[number]
    if (call.entry !== kernel.entry || call.operation < 0) return
    const { process, hook, probe } = call
    if (probe !== null) {
      if (!call.isDone && !this.#decide(call, number, process, probe)) return
      const row = this.#recordProbe(call, process, probe)
      kernel.schedule(kernel.now, call.operation, call.argument, row)
    } else if (hook !== null) {
      if (call.result === HOOK_RESULT.success) call.result = this.#hookOutcome(process, hook)
      const row = trace.append(
        kernel.now,
        ROW.hookEnd,
        process.container.path,
        process.view.instance,
        hook.hook,
        this.#hookExitCode(process, hook, call.result),
        call.cause,
      )
      kernel.schedule(kernel.now, call.operation, call.argument, row, PRIORITY.world)
    }
    call.operation = -1
    process.openCalls--
  }

  #hookExitCode(process: Process, hook: HookSpec, result: number): number {
    if (result === HOOK_RESULT.success) return 0
    if (hook.handler !== HOOK_HANDLER.exec) return 1
    if (result !== HOOK_RESULT.failed) return result === HOOK_RESULT.containerGone ? 126 : 137
    return scriptOfHook(process, hook).exitCode
  }

  #hookOutcome(process: Process, hook: HookSpec): number {
    const script = scriptOfHook(process, hook)
    if (hook.handler === HOOK_HANDLER.tcpSocket) return HOOK_RESULT.failed
    if (hook.handler === HOOK_HANDLER.httpGet)
      return script.isRefused === true ? HOOK_RESULT.refused : HOOK_RESULT.success
    if (hook.handler === HOOK_HANDLER.exec) return script.exitCode === 0 ? HOOK_RESULT.success : HOOK_RESULT.failed
    return HOOK_RESULT.success
  }

  /** Settles a probe's answer at the end of its call; false: it hangs on, and its entry was queued anew. */
  #decide(call: Call, number: number, process: Process, probe: ProbeSpec): boolean {
    const { kernel } = this.#environment
    const answer = answerAt(scriptOf(process, probe.type), kernel.now - process.view.startedAt)
    if (call.isHanging || answer === 'hang') {
      const deadline = call.startedAt + probe.timeoutMs
      if (kernel.now < deadline) {
        call.isHanging = true
        call.entry = kernel.schedule(deadline, OP.callEnd, number, call.cause, PRIORITY.world)
        return false
      }
      call.result = ANSWER.hang
      call.output = this.#timeoutText(process, probe)
    } else if (answer === 'success') {
      call.result = ANSWER.success
      call.output = 0
    } else {
      call.result = ANSWER.failure
      call.output = this.#failureText(process, probe)
    }
    call.isDone = true
    return true
  }

  #timeoutText(process: Process, probe: ProbeSpec): number {
    const { symbols } = this.#environment
    const ip = this.#addressOf(process)
    switch (probe.handler) {
      case HANDLER.exec:
        return symbols.message(RUNTIME_MESSAGE.execTimedOut, probe.command, probe.timeoutMs)
      case HANDLER.httpGet:
        return symbols.message(RUNTIME_MESSAGE.httpTimeout, ip, probe.url)
      case HANDLER.tcpSocket:
        return symbols.message(RUNTIME_MESSAGE.tcpTimeout, ip, probe.port)
      default:
        return symbols.message(RUNTIME_MESSAGE.grpcTimeout, ip, probe.port, probe.timeoutMs)
    }
  }

  #failureText(process: Process, probe: ProbeSpec): number {
    const { symbols } = this.#environment
    switch (probe.handler) {
      case HANDLER.exec:
        return symbols.message(RUNTIME_MESSAGE.probeFailed, this.#typeNames[probe.type])
      case HANDLER.httpGet:
        return symbols.message(RUNTIME_MESSAGE.statusCode)
      case HANDLER.tcpSocket:
        return symbols.message(RUNTIME_MESSAGE.tcpRefused, this.#addressOf(process), probe.port)
      default:
        return symbols.message(RUNTIME_MESSAGE.grpcNotServing)
    }
  }

  /** One row per change of the answer; repetitions are counted and told when the next answer differs. */
  #recordProbe(call: Call, process: Process, probe: ProbeSpec): number {
    const { kernel, trace } = this.#environment
    if (process.lastAnswers[probe.type] === call.result) {
      process.repeats[probe.type]++
      return call.cause
    }
    this.#flushRepeat(process, probe.type, call.cause)
    process.lastAnswers[probe.type] = call.result
    const duration = kernel.now - call.startedAt
    const typeAndHandler = probe.type | (probe.handler << 2)
    const { instance } = process.view
    return trace.append(
      kernel.now,
      ROW.probe,
      process.container.path,
      instance,
      typeAndHandler,
      call.result | (duration << 2),
      process.startRow,
    )
  }

  flushRepeats(process: Process, cause: number): void {
    for (let type = 0; type < PROBE_TYPES.length; type++) this.#flushRepeat(process, type, cause)
  }

  #flushRepeat(process: Process, type: number, cause: number): void {
    const times = process.repeats[type]
    if (times === 0) return
    process.repeats[type] = 0
    const { kernel, trace } = this.#environment
    trace.append(kernel.now, ROW.probeRepeated, process.container.path, process.view.instance, type, times, cause)
  }

  /** Nobody waits any more for the process' calls. */
  abandon(process: Process): void {
    if (process.openCalls === 0) return
    for (const call of this.#calls) if (call.process === process) call.operation = ABANDONED
    process.openCalls = 0
  }

  /** The process is gone: calls that hang end now, connections are cut, hooks lose their container. */
  processGone(process: Process, cause: number): void {
    if (process.openCalls === 0) return
    const { kernel, symbols } = this.#environment
    for (let number = 0; number < this.#calls.length; number++) {
      const call = this.#calls[number]
      if (call.process !== process || call.operation < 0) continue
      if (call.hook !== null) {
        if (call.hook.handler === HOOK_HANDLER.sleep) continue
        const isAnswered = call.hook.handler === HOOK_HANDLER.httpGet && scriptOfHook(process, call.hook).answersAtExit
        if (!isAnswered) call.result = HOOK_RESULT.containerExited
      } else if (call.probe !== null && !call.isDone) {
        const { handler } = call.probe
        if (handler === HANDLER.exec && !call.isHanging) continue
        if (handler === HANDLER.tcpSocket) continue
        call.isDone = true
        call.result = ANSWER.failure
        call.output =
          handler === HANDLER.exec
            ? 0
            : symbols.message(RUNTIME_MESSAGE.httpEof, this.#addressOf(process), call.probe.url)
      }
      call.entry = kernel.schedule(kernel.now, OP.callEnd, number, cause, PRIORITY.world)
    }
  }

  probeAnswer(number: number): ProbeAnswer {
    const call = this.#calls[number]
    this.#answer.result = call.result
    this.#answer.output = call.output
    this.#free.push(number)
    return this.#answer
  }

  /** When the script's answer to a probe changes next. */
  nextChange(process: Process, probe: ProbeSpec): Milliseconds {
    const { kernel } = this.#environment
    const since = kernel.now - process.view.startedAt
    for (const span of scriptOf(process, probe.type)) if (span.from > since) return process.view.startedAt + span.from
    return Number.POSITIVE_INFINITY
  }

  #open(
    process: Process,
    probe: ProbeSpec | null,
    hook: HookSpec | null,
    operation: number,
    argument: number,
    cause: number,
  ): number {
    const number = this.#free.pop() ?? this.#calls.length
    let call = this.#calls[number]
    if (call === undefined) {
      call = new Call()
      this.#calls[number] = call
    }
    process.openCalls++
    call.process = process
    call.probe = probe
    call.hook = hook
    call.startedAt = this.#environment.kernel.now
    call.operation = operation
    call.argument = argument
    call.cause = cause
    call.isHanging = false
    call.isDone = false
    call.result = 0
    call.output = 0
    return number
  }
}

const CALL_DURATIONS: readonly ((timing: Environment['timing']) => Milliseconds)[] = [
  timing => timing.execCall,
  timing => timing.httpCall,
  timing => timing.tcpCall,
  timing => timing.httpCall,
]

function scriptOfHook(process: Process, hook: HookSpec): HookBehaviour {
  const { postStart, preStop } = process.container.behaviour
  return hook.hook === HOOK.postStart ? postStart : preStop
}

function scriptOf(process: Process, type: number): ProbeBehaviour {
  const { liveness, readiness, startup } = process.container.behaviour
  const perRun = type === 0 ? liveness : type === 1 ? readiness : startup
  return perRun[process.run < perRun.length ? process.run : perRun.length - 1]
}

function answerAt(script: ProbeBehaviour, since: Milliseconds): 'success' | 'failure' | 'hang' {
  let answer: 'success' | 'failure' | 'hang' = 'success'
  for (const span of script) {
    if (span.from > since) break
    answer = span.result
  }
  return answer
}
