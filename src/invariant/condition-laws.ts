import { formatTimestamp } from '../time/index.js'
import { implies, inPhase, isTrue, namesOf, not, or } from './clauses.js'
import { NEVER, STATE } from './container-record.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts, podNamed } from './law-parts.js'
import { CONDITION, type ContainerRecord, PHASE, type PodRecord, TRUTH } from './pod-record.js'
import { mayLackWorkers } from './probe-laws.js'

const { Ready, ContainersReady, Initialized, PodScheduled } = CONDITION

/** Laws of conditions and readiness, as an instant leaves them. What a step sets by hand is nobody's law. */
export const CONDITION_LAWS: readonly Law[] = [
  {
    name: 'ready-needs-containers-ready',
    family: 'conditions',
    sentence: 'A pod that is Ready has ContainersReady True.',
    source: 'pkg/kubelet/status/generate.go GeneratePodReadyCondition (R-822)',
    clausesFor: pod => {
      const { pod: name } = namesOf(pod)
      return [implies(isTrue(name, 'Ready'), isTrue(name, 'ContainersReady'))]
    },
  },
  {
    name: 'containers-ready-needs-every-container',
    family: 'conditions',
    sentence: 'While ContainersReady is True every regular container and every sidecar of the pod is ready.',
    source: 'pkg/kubelet/status/generate.go GenerateContainersReadyCondition (R-821)',
    clausesFor: pod => {
      const { pod: name, lasting, level } = namesOf(pod)
      return lasting.map(each => implies(isTrue(name, 'ContainersReady'), level('ready', each)))
    },
  },
  {
    name: 'containers-ready-needs-initialized',
    family: 'conditions',
    sentence: 'While ContainersReady is True the pod is Initialized.',
    source: 'pkg/kubelet/status/generate.go GeneratePodInitializedCondition (R-823)',
    clausesFor: pod => {
      const { pod: name } = namesOf(pod)
      return [implies(isTrue(name, 'ContainersReady'), isTrue(name, 'Initialized'))]
    },
  },
  {
    name: 'ready-needs-phase-running',
    family: 'conditions',
    sentence: 'A pod that is Ready is in phase Running.',
    source: 'pkg/kubelet/kubelet_pods.go getPhase; status/generate.go (R-803, R-821)',
    clausesFor: pod => {
      const { pod: name } = namesOf(pod)
      return [implies(isTrue(name, 'Ready'), inPhase(name, 'Running'))]
    },
  },
  {
    name: 'finished-pod-is-not-ready',
    family: 'conditions',
    sentence:
      'A Succeeded or Failed pod has neither Ready nor ContainersReady True, unless the garbage collector has made it Failed and finalizers keep it.',
    source: 'pkg/kubelet/status/status_manager.go mergePodStatus (R-165)',
    clausesFor: pod => {
      const { pod: name } = namesOf(pod)
      if ((pod.metadata.finalizers ?? []).length > 0) return []
      const over = or(inPhase(name, 'Succeeded'), inPhase(name, 'Failed'))
      return [implies(over, not(or(isTrue(name, 'Ready'), isTrue(name, 'ContainersReady'))))]
    },
  },
  {
    name: 'ready-after-gates',
    family: 'conditions',
    sentence: 'A pod becomes Ready only after the condition of each of its readiness gates has been True.',
    source: 'pkg/kubelet/status/generate.go GeneratePodReadyCondition (R-822)',
    clausesFor: pod => {
      const { pod: name } = namesOf(pod)
      return (pod.spec.readinessGates ?? []).map(({ conditionType }) => ({
        kind: 'notBefore',
        what: { kind: 'becomes', level: isTrue(name, 'Ready') },
        before: { kind: 'becomes', level: isTrue(name, conditionType) },
      }))
    },
  },
  {
    name: 'initialized-means-inits-done',
    family: 'conditions',
    sentence:
      'Initialized becomes True only when every plain init container has exited with 0 and every sidecar was started.',
    source: 'pkg/kubelet/status/generate.go GeneratePodInitializedCondition (R-823)',
    clausesFor: pod => {
      const { pod: name, inits, sidecars, container } = namesOf(pod)
      const what = { kind: 'becomes', level: isTrue(name, 'Initialized') } as const
      return [
        ...inits.map(
          init =>
            ({
              kind: 'notBefore',
              what,
              before: { kind: 'exited', container: container(init), code: 0 },
            }) as const,
        ),
        ...sidecars.map(
          each => ({ kind: 'notBefore', what, before: { kind: 'started', container: container(each) } }) as const,
        ),
      ]
    },
  },
  {
    name: 'ready-container-runs',
    family: 'conditions',
    sentence:
      'A ready container runs and has started up; a ready plain init container has exited with 0; an answer that came with the exit, a restarted kubelet, and a startup probe that an instance that is not restarted took with it, may show otherwise for a moment.',
    source: 'pkg/kubelet/prober/prober_manager.go UpdatePodStatus (R-127, R-601, R-622, R-632)',
  },
  {
    name: 'scheduled-means-bound',
    family: 'scheduling',
    sentence: 'PodScheduled is True only of a pod that is bound to a node, and never False of one.',
    source: 'pkg/registry/core/pod/storage/storage.go assignPod; kubelet status (R-824, BIND-1)',
    clausesFor: pod => {
      const { pod: name } = namesOf(pod)
      return [implies(isTrue(name, 'PodScheduled'), { kind: 'scheduled', pod: name })]
    },
  },
  {
    name: 'writes-change-something',
    family: 'conditions',
    sentence:
      'A condition, a phase, a restartCount, ready or started is written only where it says something else than before.',
    source: 'apiserver storage GuaranteedUpdate; pkg/kubelet/status/status_manager.go (API-11, R-160)',
  },
  {
    name: 'transition-time-moves-with-status',
    family: 'conditions',
    sentence: 'The lastTransitionTime of a condition moves when its status does, and never otherwise.',
    source: 'pkg/kubelet/status/status_manager.go updateLastTransitionTime (R-163)',
  },
]

const STARTUP = 2

/** Looks at conditions as rows write them and as instants leave them. */
export class ConditionLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** The row in hand writes one of the kubelet's conditions; the record has what it was. */
  written(pod: PodRecord, condition: number): void {
    const { row } = this.#parts
    if (pod.conditionBits[condition] === row.b && pod.conditionMessages[condition] === row.c) this.unchanged(pod)
    if ((row.b & 3) !== TRUTH.True || pod.truths[condition] === TRUTH.True) return
    if (condition === Ready) this.#gates(pod)
    else if (condition === Initialized && !pod.isHaunted) this.#initialized(pod)
  }

  /** The row in hand says what was so before. */
  unchanged(pod: PodRecord): void {
    const { row, findings } = this.#parts
    findings.add('writes-change-something', row.object, `a write about ${podNamed(pod)} changes nothing`)
  }

  #gates(pod: PodRecord): void {
    const { symbols, findings } = this.#parts
    for (const gate of pod.facts.gates) {
      if (pod.foreign.some(({ type, wasTrue }) => type === gate && wasTrue)) continue
      findings.add(
        'ready-after-gates',
        pod.symbol,
        `${podNamed(pod)} becomes Ready although ${symbols.text(gate)}, one of its readiness gates, has not been True`,
      )
    }
  }

  #initialized(pod: PodRecord): void {
    // A regular container that has started proves it, too: what led there is other laws' business.
    if (pod.containers.some(({ facts, starts }) => facts.role === 'container' && starts > 0)) return
    for (const container of pod.containers) {
      const { role } = container.facts
      if (role === 'container') break
      if (role === 'sidecar' ? container.starts > 0 : container.wasDone) continue
      this.#parts.findings.add(
        'initialized-means-inits-done',
        pod.symbol,
        `${podNamed(pod)} is Initialized although ${container.facts.name} ${role === 'sidecar' ? 'was not started' : 'has not exited with 0'}`,
      )
    }
  }

  /** What the instant that is over has left. `last` is its last row. */
  settled(pod: PodRecord, time: number, last: number): void {
    if (pod.isGone || pod.hasHandmadeConditions) return
    const { truths, phase } = pod
    const isReady = truths[Ready] === TRUTH.True
    const areReady = truths[ContainersReady] === TRUTH.True
    if (isReady && !areReady)
      this.#add('ready-needs-containers-ready', pod, time, last, 'is Ready without ContainersReady')
    // The Failed of a pod that its kubelet ends is withheld, and the phase before it with it.
    if (isReady && phase !== PHASE.Running && !pod.mayBeEndedByKubelet)
      this.#add('ready-needs-phase-running', pod, time, last, 'is Ready without being Running')
    if (areReady && truths[Initialized] !== TRUTH.True)
      this.#add('containers-ready-needs-initialized', pod, time, last, 'has ContainersReady without Initialized')
    const isOver = phase === PHASE.Succeeded || (phase === PHASE.Failed && pod.home?.isGivenUp !== true)
    if ((isReady || areReady) && isOver)
      this.#add('finished-pod-is-not-ready', pod, time, last, 'is finished and still Ready or ContainersReady')
    const isBound = pod.node !== 0
    if (isBound ? truths[PodScheduled] === TRUTH.False : truths[PodScheduled] === TRUTH.True)
      this.#add('scheduled-means-bound', pod, time, last, `has PodScheduled ${isBound ? 'False' : 'True'}`)
    const { containers } = pod
    for (let i = 0; i < containers.length; i++) {
      const container = containers[i]
      if (container.isReady) this.#readyContainer(container, time, last)
      else if (areReady && container.facts.role !== 'init' && container.facts.role !== 'ephemeral')
        this.#add(
          'containers-ready-needs-every-container',
          pod,
          time,
          last,
          `has ContainersReady although ${container.facts.name} is not ready`,
        )
    }
  }

  #readyContainer(container: ContainerRecord, time: number, last: number): void {
    const { facts, state, pod } = container
    // A status that is made while nobody probes says started and ready; the worker that comes with its sync then takes `started`
    // away, and the sync after it `ready` (R-127, R-601, R-622; worker.go doProbe, prober_manager.go UpdatePodStatus).
    const mayLag =
      pod.kubeletRestarts > 0 || (facts.probes[STARTUP] !== null && mayLackWorkers(container, this.#parts.profile))
    let isSo = state === STATE.running && (container.isStartedUp || mayLag)
    if (facts.role === 'init') isSo = state === STATE.terminated && container.stateExitCode === 0
    // An answer under way when its container exits arrives after the status has told the exit (recording random-1-0078).
    if (isSo || (!container.isAlive && container.readinessSucceededAt >= container.exitedAt)) return
    this.#parts.findings.addAt(
      'ready-container-runs',
      time,
      last,
      facts.path,
      `${containerNamed(container)} is ready although it ${facts.role === 'init' ? 'has not exited with 0' : 'does not run, or has not started up'}`,
    )
  }

  /** Compares the transition time that an API object shows with the one that the rows say. */
  transition(pod: PodRecord, type: string, shown: string, last: number): void {
    const { symbols, words, clockOffset, findings } = this.#parts
    const condition = words.conditions[symbols.find(type) ?? 0]
    const changedAt = condition === undefined ? NEVER : pod.transitions[condition]
    if (changedAt === NEVER) return
    const expected = formatTimestamp(Math.floor((changedAt + clockOffset) / 1000) * 1000)
    if (expected === shown) return
    findings.addAt(
      'transition-time-moves-with-status',
      changedAt,
      last,
      pod.symbol,
      `${type} of ${podNamed(pod)} has changed at ${at(changedAt)}, ${expected}, for the last time; its lastTransitionTime is ${shown}`,
    )
  }

  #add(law: string, pod: PodRecord, time: number, last: number, what: string): void {
    this.#parts.findings.addAt(law, time, last, pod.symbol, `${podNamed(pod)} ${what}`)
  }
}
