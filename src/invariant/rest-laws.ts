import type { Ending } from '../expect/index.js'
import type { Milliseconds } from '../time/index.js'
import { ActivityRest } from './activity-rest.js'
import { ConditionRest } from './condition-rest.js'
import { NEVER, STATE } from './container-record.js'
import { EndpointRest } from './endpoint-rest.js'
import type { LawContext } from './law-context.js'
import { at, containerNamed, type LawParts, podNamed } from './law-parts.js'
import type { LawState } from './law-state.js'
import { PlacementLaws } from './placement-laws.js'
import type { ProbeFacts } from './pod-facts.js'
import { CONDITION, type ContainerRecord, PHASE, type PodRecord, TRUTH } from './pod-record.js'

/** A pod is synced at least every 90 s, and volumes may take 123 s to be unmounted. */
const REST_MS = 200_000
/** A tick, a relist, and a sync. */
const DEADLINE_MS = 20_000

/** … after whatever the worker has done last. */
const FAILURE_MS = 30_000

/** Takes stock of the pods at a run's end. */
export class RestLaws {
  readonly #parts: LawParts
  readonly #placement: PlacementLaws
  readonly #endpoints: EndpointRest
  readonly #activity: ActivityRest
  readonly #conditions: ConditionRest

  constructor(parts: LawParts, context: LawContext) {
    this.#parts = parts
    this.#placement = new PlacementLaws(parts)
    this.#endpoints = new EndpointRest(parts, context)
    this.#activity = new ActivityRest(parts)
    this.#conditions = new ConditionRest(parts)
  }

  /** The run is over. */
  finished(state: LawState, end: Milliseconds, ending: Ending): void {
    const isOver = ending === 'quiescent'
    if (isOver) for (const pod of state.known) if (!pod.isGone && !pod.isHaunted) this.#activity.unended(pod, end)
    // A pull may wait for that of another pod.
    if (state.openPulls > 0) return
    for (const pod of state.known) {
      if (pod.isHaunted) continue
      if (pod.node === 0) {
        if (isOver && !pod.isGone) this.#placement.left(pod, end, state.nodes, state.known)
        continue
      }
      // Nobody is there to do what is left to do.
      if (pod.isHeldUp() || pod.home?.isLost === true) continue
      const backAt = pod.home?.readyAt ?? NEVER
      const since = Math.max(pod.workedAt, pod.writtenAt, pod.removedAt, pod.kubeletRestartedAt, backAt)
      const isAtRest = isOver || end - since > REST_MS
      if (!pod.isGone) this.#left(pod, end, isAtRest, isOver)
      else if (isAtRest) this.#stopped(pod, end)
    }
    this.#endpoints.finished(state, end, isOver)
  }

  #left(pod: PodRecord, end: Milliseconds, isAtRest: boolean, isOver: boolean): void {
    if (pod.deletedAt !== NEVER) {
      const isKept = (pod.facts.object.metadata.finalizers ?? []).length > 0
      if (isAtRest && !isKept)
        this.#add('deleted-pod-goes', pod, end, `is still there although it was deleted at ${at(pod.deletedAt)}`)
      return
    }
    if (pod.phase >= PHASE.Succeeded) {
      if (isAtRest) this.#stopped(pod, end)
      if (isAtRest) this.#conditions.finished(pod, end)
      return
    }
    if (this.#isPastDeadline(pod, end)) return
    for (const container of pod.containers) if (container.isAlive) this.#probes(container, end, isOver)
    if (!isAtRest) return
    if (pod.isDone()) {
      // A sidecar that crashes, alone among all, keeps the pod from being initialised, and so from its end.
      const areUp = pod.containers.every(({ facts, isAlive }) => facts.role !== 'sidecar' || isAlive)
      if (areUp && !pod.hasOldManifest)
        this.#add('done-pod-finishes', pod, end, 'goes on although its containers leave it nothing to do')
      return
    }
    for (const container of pod.containers) this.#shown(container, end)
    this.#conditions.unfinished(pod, end)
    this.#gates(pod, end)
    this.#sandbox(pod, end)
    // Under Never a sandbox that is down is not made again.
    if (pod.isSandboxReady || (isOver && pod.sandboxes === 0)) this.#turns(pod, end, isOver)
  }

  #stopped(pod: PodRecord, end: Milliseconds): void {
    const alive = pod.aliveContainer()
    if (alive === undefined && !pod.isSandboxReady) return
    const what = alive === undefined ? 'its sandbox is up' : `${alive.facts.name} runs`
    this.#add('finished-pod-is-stopped', pod, end, `is ${pod.isGone ? 'gone' : 'finished'}, and ${what}`)
  }

  /** Whether the deadline has passed, be that enforced or not. */
  #isPastDeadline(pod: PodRecord, end: Milliseconds): boolean {
    const { activeDeadlineSeconds } = pod.facts
    if (activeDeadlineSeconds === 0 || pod.startSeconds < 0) return false
    const due = (pod.startSeconds + activeDeadlineSeconds) * 1000 - this.#parts.clockOffset
    if (end <= due) return false
    const since = Math.max(due, pod.workedAt, pod.hasOldManifest ? pod.writtenAt : 0, pod.kubeletRestartedAt)
    const runs = pod.containers.some(({ isAlive }) => isAlive)
    if (end - since > (runs ? DEADLINE_MS : REST_MS))
      this.#add('deadline-is-enforced', pod, end, `goes on at ${at(end)} although its deadline was ${at(due)}`)
    return true
  }

  #shown(container: ContainerRecord, end: Milliseconds): void {
    const { isAlive, state, stateInstance, started } = container
    const isShown = state === STATE.running
    if (isAlive ? isShown && stateInstance === started : !isShown) {
      if (isAlive) this.#runs(container, end)
      return
    }
    const what = isAlive
      ? `runs since ${at(container.startedAt)}, and the API does not show that`
      : `is shown running although it does not run`
    this.#addOf(container, 'state-catches-up', end, what)
  }

  /** A failure that was seen often enough leads to a stop as soon as the pod's worker is free. */
  #probes(container: ContainerRecord, end: Milliseconds, isOver: boolean): void {
    const [liveness, , startup] = container.facts.probes
    if (container.pod.isDone()) return
    this.#activity.probes(container, end, isOver)
    this.#stops(container, 'liveness', liveness, container.livenessFailingSince, end)
    this.#stops(container, 'startup', startup, container.startupFailingSince, end)
  }

  #stops(container: ContainerRecord, type: string, probe: ProbeFacts | null, since: number, end: Milliseconds): void {
    if (probe === null || since === NEVER) return
    const due = since + probe.failureThreshold * (probe.periodMs + probe.timeoutMs)
    const { workedAt, kubeletRestartedAt } = container.pod
    if (end - Math.max(due, workedAt, kubeletRestartedAt) <= FAILURE_MS) return
    this.#addOf(container, 'failed-probe-stops', end, `runs on although its ${type} probe fails since ${at(since)}`)
  }

  #sandbox(pod: PodRecord, end: Milliseconds): void {
    const truth = pod.truths[CONDITION.PodReadyToStartContainers]
    if (truth === TRUTH.none || pod.hasHandmadeConditions || pod.sandboxes !== 1 || pod.ip === 0) return
    if (pod.isSandboxReady === (truth === TRUTH.True)) return
    const what = `has PodReadyToStartContainers ${truth === TRUTH.True ? 'True' : 'False'} although its sandbox is ${pod.isSandboxReady ? 'up' : 'down'}`
    this.#add('sandbox-condition-catches-up', pod, end, what)
  }

  #runs(container: ContainerRecord, end: Milliseconds): void {
    const { facts, image } = container
    const isReplaced = facts.role === 'container' || facts.role === 'sidecar'
    if (isReplaced && image !== facts.image) {
      const names = `${this.#parts.symbols.text(image)} although its spec has ${this.#parts.symbols.text(facts.image)}`
      this.#addOf(container, 'running-image-is-the-specs', end, `runs ${names}`)
    }
    this.#readiness(container, end)
  }

  /** `container` runs and is shown to. */
  #readiness(container: ContainerRecord, end: Milliseconds): void {
    const { facts, pod, isReady } = container
    if (facts.role === 'init' || facts.role === 'ephemeral') return
    // The workers of a container's probes may have ended with an instance before.
    if (container.starts > 1 && (pod.facts.restartPolicy === 'Never' || this.#parts.profile.containerRestartRules))
      return
    if (pod.kubeletRestarts > 0) return
    if (facts.probes[STARTUP] !== null && container.startupSucceededAt === NEVER) {
      if (isReady) this.#addOf(container, 'readiness-catches-up', end, 'is ready although it has not started up')
      return
    }
    const probe = facts.probes[READINESS]
    if (probe === null) {
      if (!isReady)
        this.#addOf(container, 'readiness-catches-up', end, 'runs, has no readiness probe, and is not ready')
      return
    }
    const { readinessSince: since, isReadinessFailing } = container
    if (since === NEVER) return
    const threshold = isReadinessFailing ? probe.failureThreshold : probe.successThreshold
    if (end <= since + threshold * (probe.periodMs + probe.timeoutMs) + DEADLINE_MS) return
    if (isReady !== isReadinessFailing) return
    const answers = isReadinessFailing ? 'fails' : 'succeeds'
    const what = `is ${isReady ? '' : 'not '}ready although its readiness probe ${answers} since ${at(since)}`
    this.#addOf(container, 'readiness-catches-up', end, what)
  }

  #gates(pod: PodRecord, end: Milliseconds): void {
    const { facts, foreign, truths } = pod
    if (facts.gates.length === 0 || pod.hasHandmadeConditions) return
    if (truths[CONDITION.ContainersReady] !== TRUTH.True) return
    const areTrue = facts.gates.every(gate =>
      foreign.some(({ type, status }) => type === gate && status === TRUTH.True),
    )
    const isReady = truths[CONDITION.Ready] === TRUTH.True
    if (areTrue === isReady) return
    this.#add('ready-follows-gates', pod, end, `is ${isReady ? '' : 'not '}Ready although its gates say otherwise`)
  }

  /** Whoever should run and does not never will where nothing more happens, nor where the API does not say why. */
  #turns(pod: PodRecord, end: Milliseconds, isOver: boolean): void {
    for (const container of pod.containers) {
      const { facts, isAlive, starts, exitCode } = container
      if (facts.role === 'ephemeral') continue
      if (facts.role === 'init' && !isAlive && starts > 0 && exitCode === 0) continue
      const isDone = facts.role === 'container' && starts > 0 && !isAlive && !facts.isRestartedAfter(exitCode)
      if (!isAlive && !isDone) {
        if (!isOver && !this.#isUntold(container)) return
        this.#addOf(container, 'whose-turn-it-is-runs', end, `does not run at ${at(end)} although it is its turn`)
        return
      }
      if (facts.role === 'init' && isAlive) return
      if (facts.role === 'sidecar' && facts.probes[STARTUP] !== null && container.doneInSandbox !== pod.sandboxes)
        return
    }
  }

  /** It was never started, and waits as if that were to come at once. */
  #isUntold({ starts, state, stateReason }: ContainerRecord): boolean {
    const { containerCreating, podInitializing } = this.#parts.words
    if (starts > 0 || state > STATE.waiting) return false
    return state === STATE.none || stateReason === containerCreating || stateReason === podInitializing
  }

  #add(law: string, pod: PodRecord, end: Milliseconds, what: string): void {
    this.#parts.findings.addAt(law, end, pod.phaseRow, pod.symbol, `${podNamed(pod)} ${what}`, pod.phaseRow)
  }

  #addOf(container: ContainerRecord, law: string, end: Milliseconds, what: string): void {
    const { facts, stateRow } = container
    this.#parts.findings.addAt(
      law,
      end,
      stateRow,
      facts.path,
      `${containerNamed(container)} ${what}`,
      container.startRow,
    )
  }
}

const READINESS = 1
const STARTUP = 2
