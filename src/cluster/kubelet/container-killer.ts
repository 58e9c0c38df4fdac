import type { EventRecorder } from '../client/index.js'
import {
  type ContainerRuntime,
  type ContainerSpec,
  type Environment,
  HOOK_RESULT,
  OP,
  type PodSpec,
  PROBE,
  RUNTIME_STATE,
  type RuntimePod,
  WORD,
} from '../contract/index.js'
import type { KillReason } from './compute-pod-actions.js'
import { ContainerKill, KILL_STEP } from './container-kill.js'
import type { KubeletPod } from './kubelet-pod.js'
import { MESSAGE } from './messages.js'

/**
 * The grace in seconds that a kill begins with, before the worker's override.
 *
 * kubelet: pkg/kubelet/kuberuntime/kuberuntime_container.go setTerminationGracePeriod, v1.32.
 */
export function terminationGraceSeconds(
  podGraceSeconds: number | null,
  deletionGraceSeconds: number,
  reason: KillReason,
  probeGraceSeconds: { readonly liveness: number; readonly startup: number },
): number {
  if (deletionGraceSeconds >= 0) return deletionGraceSeconds
  if (reason === 'startup' && probeGraceSeconds.startup >= 0) return probeGraceSeconds.startup
  if (reason === 'liveness' && probeGraceSeconds.liveness >= 0) return probeGraceSeconds.liveness
  return podGraceSeconds ?? MINIMUM_GRACE_SECONDS
}

/** Every SIGTERM gets this window at least. */
export const MINIMUM_GRACE_SECONDS = 2

/**
 * Kills containers: one for a sync, or all of a pod at once.
 *
 * kubelet: pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer, kuberuntime_termination_order.go, v1.32 (R-503 … … R-713).
 */
export class ContainerKiller {
  readonly #environment: Environment
  readonly #runtime: ContainerRuntime
  readonly #events: EventRecorder
  readonly #onAllKilled: (pod: KubeletPod, cause: number) => void

  constructor(
    environment: Environment,
    runtime: ContainerRuntime,
    events: EventRecorder,
    onAllKilled: (pod: KubeletPod, cause: number) => void,
  ) {
    this.#environment = environment
    this.#runtime = runtime
    this.#events = events
    this.#onAllKilled = onAllKilled
  }

  /** Kills every running container of the status in parallel; `overrideSeconds` −1: none. Answers whether there is one to wait for. */
  killAll(pod: KubeletPod, runtime: RuntimePod, spec: PodSpec, overrideSeconds: number, cause: number): boolean {
    dropFinished(pod)
    const hasOrder = spec.hasSidecars
    const running: { container: ContainerSpec; instance: number }[] = []
    for (const { state, container, instance } of runtime.containers) {
      if (state === RUNTIME_STATE.running)
        running.push({ container: spec.bySlot[container.slot] ?? container, instance })
    }
    if (running.length === 0) return false
    // All goroutines begin at once; the last one of the list gets to run first.
    const order = running.length > 1 ? [running[running.length - 1], ...running.slice(0, -1)] : running
    for (const { container, instance } of order) {
      this.#open(
        pod,
        spec,
        container,
        instance,
        'stop',
        false,
        overrideSeconds,
        hasOrder && container.role === 'sidecar',
        cause,
      )
    }
    for (const kill of pod.kills.slice()) if (kill.step === KILL_STEP.preStop) this.#begin(pod, kill, cause)
    return true
  }

  /** Kills one container for a sync, then goes on with the round. */
  killOne(
    pod: KubeletPod,
    spec: PodSpec,
    container: ContainerSpec,
    instance: number,
    reason: KillReason,
    willRestart: boolean,
    cause: number,
  ): void {
    dropFinished(pod)
    this.#begin(pod, this.#open(pod, spec, container, instance, reason, willRestart, -1, false, cause), cause)
  }

  #open(
    pod: KubeletPod,
    spec: PodSpec,
    container: ContainerSpec,
    instance: number,
    reason: KillReason,
    willRestart: boolean,
    overrideSeconds: number,
    isOrdered: boolean,
    cause: number,
  ): ContainerKill {
    const graceSeconds = terminationGraceSeconds(spec.graceSeconds, pod.active.deletionGraceSeconds, reason, {
      liveness: container.probes[PROBE.liveness]?.graceSeconds ?? -1,
      startup: container.probes[PROBE.startup]?.graceSeconds ?? -1,
    })
    const { kernel } = this.#environment
    const message = this.#killingText(container, reason, willRestart)
    this.#events.record(pod.identity.index, container.path, false, WORD.Killing, message, cause)
    const grace = overrideSeconds >= 0 ? overrideSeconds : graceSeconds
    const kill = new ContainerKill(pod.killCount++ % KILLS_PER_POD, container, instance, grace, kernel.now, isOrdered)
    pod.kills.push(kill)
    pod.openKills++
    return kill
  }

  #killingText(container: ContainerSpec, reason: KillReason, willRestart: boolean): number {
    const { symbols } = this.#environment
    const name = container.nameSymbol
    const isSidecar = container.role === 'sidecar' || container.role === 'init'
    switch (reason) {
      case 'liveness':
        if (isSidecar) return symbols.message(MESSAGE.sidecarLiveness, name)
        return symbols.message(willRestart ? MESSAGE.livenessRestart : MESSAGE.livenessKill, name)
      case 'startup':
        if (isSidecar) return symbols.message(MESSAGE.sidecarStartup, name)
        return symbols.message(willRestart ? MESSAGE.startupRestart : MESSAGE.startupKill, name)
      case 'definition':
        return symbols.message(isSidecar ? MESSAGE.sidecarDefinition : MESSAGE.definitionRestart, name)
      case 'unknown':
        return symbols.message(isSidecar ? MESSAGE.unknownInit : MESSAGE.unknown)
      case 'postStart':
        return symbols.message(MESSAGE.failedPostStart)
      default:
        return symbols.message(MESSAGE.stopping, name)
    }
  }

  /** preStop runs if there is one and any grace; it may take all of it. */
  #begin(pod: KubeletPod, kill: ContainerKill, cause: number): void {
    const { kernel } = this.#environment
    const { preStop } = kill.container
    if (preStop === null || kill.graceSeconds <= 0) {
      this.#takeTurn(pod, kill, cause)
      return
    }
    const argument = killArgument(pod, kill)
    kill.hookCall = this.#runtime.startHook(
      pod.identity.index,
      kill.container.slot,
      kill.instance,
      preStop,
      OP.killHook,
      argument,
      cause,
    )
    kill.timeoutEntry = kernel.schedule(kernel.now + kill.graceSeconds * 1000, OP.killTimeout, argument, cause)
  }

  /** The kubelet is gone: waits of its kills end nothing any more. */
  abandon(pod: KubeletPod): void {
    for (const kill of pod.kills) this.#environment.kernel.cancel(kill.timeoutEntry)
    pod.kills.length = 0
  }

  /** A preStop hook is over; of one that was abandoned only its failure is told. */
  hookEnded(pod: KubeletPod, number: number, cause: number): void {
    const kill = pod.kills.find(each => each.number === number)
    if (kill === undefined || kill.hookCall < 0) return
    const result = this.#runtime.hookResult(kill.hookCall)
    kill.hookCall = -1
    if (result !== HOOK_RESULT.success) {
      const message = this.#environment.symbols.message(MESSAGE.preStopFailed)
      this.#events.record(pod.identity.index, kill.container.path, true, WORD.FailedPreStopHook, message, cause)
    }
    if (!kill.isHookAbandoned) this.#endPreStop(pod, kill, cause)
  }

  /** A StopContainer is over. */
  stopped(pod: KubeletPod, number: number, cause: number): void {
    const kill = pod.kills.find(each => each.number === number)
    if (kill?.step === KILL_STEP.stopping) this.#finish(pod, kill, cause)
  }

  /** The grace is over before the hook or the turn came. */
  timeout(pod: KubeletPod, number: number, cause: number): void {
    const kill = pod.kills.find(each => each.number === number)
    if (kill === undefined || kill.timeoutEntry !== this.#environment.kernel.entry) return
    if (kill.step === KILL_STEP.preStop) {
      kill.isHookAbandoned = kill.hookCall >= 0
      this.#endPreStop(pod, kill, cause)
    } else if (kill.step === KILL_STEP.waitingForTurn) {
      this.#endTurn(pod, kill, cause)
    }
  }

  #endPreStop(pod: KubeletPod, kill: ContainerKill, cause: number): void {
    const elapsedMs = this.#environment.kernel.now - kill.startedAt
    this.#cancelTimeout(kill)
    kill.graceSeconds -= Math.trunc(elapsedMs / 1000)
    this.#takeTurn(pod, kill, cause)
  }

  /** The wait is over; its entry, if it is not the one in hand, is not needed any more. */
  #cancelTimeout(kill: ContainerKill): void {
    const { kernel } = this.#environment
    if (kill.timeoutEntry !== kernel.entry) kernel.cancel(kill.timeoutEntry)
    kill.timeoutEntry = 0
  }

  /** A sidecar waits for regular containers and later sidecars to be gone, as long as its own grace lasts. */
  #takeTurn(pod: KubeletPod, kill: ContainerKill, cause: number): void {
    const { kernel } = this.#environment
    kill.step = KILL_STEP.waitingForTurn
    kill.startedAt = kernel.now
    if (!kill.isOrdered || kill.graceSeconds <= 0 || !mustWait(pod, kill)) {
      this.#stop(pod, kill, cause)
      return
    }
    kill.timeoutEntry = kernel.schedule(
      kernel.now + kill.graceSeconds * 1000,
      OP.killTimeout,
      killArgument(pod, kill),
      cause,
    )
  }

  #endTurn(pod: KubeletPod, kill: ContainerKill, cause: number): void {
    const waitedMs = this.#environment.kernel.now - kill.startedAt
    this.#cancelTimeout(kill)
    kill.graceSeconds -= Math.trunc(waitedMs / 1000)
    this.#stop(pod, kill, cause)
  }

  #stop(pod: KubeletPod, kill: ContainerKill, cause: number): void {
    kill.step = KILL_STEP.stopping
    const seconds = Math.max(kill.graceSeconds, MINIMUM_GRACE_SECONDS)
    const { container, instance } = kill
    this.#runtime.stopContainer(
      pod.identity.index,
      container.slot,
      instance,
      seconds,
      OP.killStop,
      killArgument(pod, kill),
      cause,
    )
  }

  #finish(pod: KubeletPod, kill: ContainerKill, cause: number): void {
    kill.step = KILL_STEP.done
    pod.openKills--
    for (const other of pod.kills) {
      if (other.step === KILL_STEP.waitingForTurn && !mustWait(pod, other)) this.#endTurn(pod, other, cause)
    }
    if (pod.openKills === 0) this.#onAllKilled(pod, cause)
  }
}

/** Kills of a pod are numbered in the argument's low six bits. */
export const KILLS_PER_POD = 64

const killArgument = (pod: KubeletPod, kill: ContainerKill): number => pod.identity.index * KILLS_PER_POD + kill.number

/** Kills of an earlier round are forgotten, but for those whose abandoned hook still runs. */
function dropFinished(pod: KubeletPod): void {
  pod.openKills = 0
  for (let i = pod.kills.length - 1; i >= 0; i--) if (pod.kills[i].hookCall < 0) pod.kills.splice(i, 1)
}

/** Whether a regular container, or a sidecar declared later, is still on its way out. */
function mustWait(pod: KubeletPod, kill: ContainerKill): boolean {
  for (const other of pod.kills) {
    if (other.step === KILL_STEP.done || other === kill) continue
    if (other.container.role === 'container') return true
    if (other.container.role === 'sidecar' && other.container.index > kill.container.index) return true
  }
  return false
}
