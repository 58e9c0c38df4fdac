import { becomes, fromTo, inPhase, namesOf, never, or } from './clauses.js'
import { NEVER, STATE } from './container-record.js'
import type { Law } from './law.js'
import { at, type LawParts, podNamed } from './law-parts.js'
import { CONDITION, PHASE, type PodRecord, TRUTH } from './pod-record.js'

/** Laws of the phase. */
export const PHASE_LAWS: readonly Law[] = [
  {
    name: 'phase-begins-pending',
    family: 'phases',
    sentence: 'The first phase of a pod is Pending.',
    source: 'pkg/registry/core/pod/strategy.go PrepareForCreate (API-6)',
    clausesFor: pod => {
      const { pod: name } = namesOf(pod)
      const others = or(inPhase(name, 'Running'), inPhase(name, 'Succeeded'), inPhase(name, 'Failed'))
      return [{ kind: 'notBefore', what: becomes(others), before: becomes(inPhase(name, 'Pending')) }]
    },
  },
  {
    name: 'terminal-phase-is-final',
    family: 'phases',
    sentence:
      'Succeeded and Failed are final; only a deadline that passes before a pod’s last status is written turns Succeeded into Failed.',
    source: 'pkg/kubelet/kubelet_pods.go generateAPIPodStatus, SyncTerminatedPod (R-152, R-735, R-805, R-806)',
    clausesFor: pod => {
      const { pod: name } = namesOf(pod)
      const isUnfinished = or(inPhase(name, 'Pending'), inPhase(name, 'Running'))
      return [
        fromTo(name, inPhase(name, 'Succeeded'), never(becomes(isUnfinished))),
        fromTo(name, inPhase(name, 'Failed'), never(becomes(or(isUnfinished, inPhase(name, 'Succeeded'))))),
      ]
    },
  },
  {
    name: 'running-goes-back-only-to-initialise',
    family: 'phases',
    sentence:
      'A pod goes from Running back to Pending only if it has sidecars, which do not count while no regular container runs or has exited, or was given another sandbox and is initialised again.',
    source: 'pkg/kubelet/kubelet_pods.go getPhase (R-203, R-801, R-803)',
  },
  {
    name: 'succeeded-means-all-zero',
    family: 'phases',
    sentence: 'A pod becomes Succeeded only when every regular container has terminated with exit code 0.',
    source: 'pkg/kubelet/kubelet_pods.go getPhase (R-803)',
    clausesFor: pod => {
      const { pod: name, regular, container } = namesOf(pod)
      return regular.map(each => ({
        kind: 'notBefore',
        what: becomes(inPhase(name, 'Succeeded')),
        before: becomes({ kind: 'terminated', container: container(each), exitCode: 0 }),
      }))
    },
  },
  {
    name: 'failed-means-not-all-zero',
    family: 'phases',
    sentence:
      'A pod becomes Failed without a reason only when some init or regular container has terminated with another exit code than 0, or, where the pod is deleted, has not terminated, or when its node is gone or out of service.',
    source:
      'pkg/kubelet/kubelet_pods.go getPhase; status_manager.go TerminatePod; podgc/gc_controller.go (R-730, R-803, GC-5)',
  },
  {
    name: 'finished-after-its-containers',
    family: 'phases',
    sentence:
      'A pod becomes Succeeded or Failed only when none of its containers runs and its sandbox is down, unless its kubelet rejects it, its node is lost or a step says so.',
    source: 'pkg/kubelet/status/status_manager.go mergePodStatus; kubelet.go SyncTerminatingPod (R-150, R-165)',
  },
  {
    name: 'deadline-not-early',
    family: 'phases',
    sentence:
      'A pod fails with DeadlineExceeded only once activeDeadlineSeconds have passed since its startTime, both in whole seconds.',
    source: 'pkg/kubelet/active_deadline.go (R-750, API-17)',
  },
]

/** Looks at every phase that is written. */
export class PhaseLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** The row in hand writes a phase; the record has the one before, and the containers' states of the same write. */
  written(pod: PodRecord, phase: number): void {
    const { row, findings } = this.#parts
    const before = pod.phase
    if (phase === before) {
      if (row.b === pod.phaseReason && row.c === pod.phaseMessage)
        findings.add('writes-change-something', pod.symbol, `a write about ${podNamed(pod)} changes nothing`)
      return
    }
    if (before === PHASE.none) {
      if (phase !== PHASE.Pending) this.#add('phase-begins-pending', pod, `begins in phase ${nameOf(phase)}`)
    } else if (before === PHASE.Succeeded || before === PHASE.Failed) {
      if (before === PHASE.Succeeded && row.b === this.#parts.words.deadlineExceeded) return
      this.#add(
        'terminal-phase-is-final',
        pod,
        `goes from ${nameOf(before)}, which it was since ${at(pod.phaseAt)}, to ${nameOf(phase)}`,
      )
    } else if (before === PHASE.Running && phase === PHASE.Pending) this.#backToPending(pod)
    if (phase >= PHASE.Succeeded && !pod.isHaunted) this.#finished(pod)
    if (phase === PHASE.Succeeded) this.#succeeded(pod)
    else if (phase === PHASE.Failed) this.#failed(pod)
  }

  #backToPending(pod: PodRecord): void {
    const hasSidecars = pod.containers.some(({ facts }) => facts.role === 'sidecar')
    if (hasSidecars || pod.sandboxes > 1 || pod.sandboxAttempt > 0 || pod.isHaunted) return
    this.#add('running-goes-back-only-to-initialise', pod, 'goes from Running back to Pending')
  }

  #finished(pod: PodRecord): void {
    const { row } = this.#parts
    const alive = pod.aliveContainer()
    if (alive === undefined && !pod.isSandboxReady) return
    // A rejection takes the conditions away, and what a step says has the step as its cause.
    if (pod.truths[CONDITION.PodScheduled] === TRUTH.none || pod.isPhaseHandmade) return
    // The pod garbage collector ends by force what a node that is lost cannot (GC-2, GC-3).
    if (pod.home?.isLost === true) return
    const what = alive === undefined ? 'its sandbox is up' : `${alive.facts.name} runs`
    this.#add(
      'finished-after-its-containers',
      pod,
      `is ${nameOf(this.#parts.words.phases[row.a] ?? 0)} although ${what}`,
    )
  }

  #succeeded(pod: PodRecord): void {
    for (const { facts, state, stateExitCode } of pod.containers) {
      if (facts.role !== 'container' || (state === STATE.terminated && stateExitCode === 0)) continue
      this.#add('succeeded-means-all-zero', pod, `becomes Succeeded although ${facts.name} has not exited with 0`)
    }
  }

  #failed(pod: PodRecord): void {
    const { row, words, clockOffset } = this.#parts
    if (row.b === words.deadlineExceeded) {
      const due = (pod.startSeconds + pod.leastDeadlineSeconds) * 1000 - clockOffset
      if (pod.leastDeadlineSeconds === 0 || row.time < due)
        this.#add('deadline-not-early', pod, `fails with DeadlineExceeded; its deadline is ${at(Math.max(0, due))}`)
    }
    // The pod garbage collector makes every pod Failed that it takes from a node (GC-5).
    if (row.b !== 0 || pod.home?.isGivenUp === true) return
    // What a pod that is deleted has not begun counts as failed.
    const mayBeUnbegun = pod.deletedAt !== NEVER || pod.isGone || pod.isPhaseHandmade
    for (const { facts, state, stateExitCode, stateInstance } of pod.containers) {
      if (facts.role !== 'container' && facts.role !== 'init') continue
      const hasFailed = state === STATE.terminated && stateExitCode !== 0 && stateInstance >= 0
      if (hasFailed || (mayBeUnbegun && (state !== STATE.terminated || stateExitCode !== 0))) return
    }
    this.#add('failed-means-not-all-zero', pod, 'becomes Failed although no container has failed')
  }

  #add(law: string, pod: PodRecord, what: string): void {
    this.#parts.findings.add(law, pod.symbol, `${podNamed(pod)} ${what}`, pod.phaseRow)
  }
}

const nameOf = (phase: number): string => Object.entries(PHASE).find(([, n]) => n === phase)?.[0] ?? 'unknown'
