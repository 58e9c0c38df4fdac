import { NEVER, STATE } from './container-record.js'
import type { Law } from './law.js'
import { containerNamed, type LawParts, podNamed } from './law-parts.js'
import { phaseOf } from './phase-of.js'
import { CONDITION, type ContainerRecord, PHASE, type PodRecord, TRUTH } from './pod-record.js'

/** Laws of a pod's status as a whole: what one write of its kubelet says together. */
export const SETTLED_LAWS: readonly Law[] = [
  {
    name: 'phase-follows-containers',
    family: 'phases',
    sentence:
      'While a pod goes on its phase is what the states of its containers make it: Pending until it is initialised and each regular container has run, then Running.',
    source: 'pkg/kubelet/kubelet_pods.go getPhase (R-801, R-802, R-803)',
  },
  {
    name: 'containers-ready-follows-containers',
    family: 'conditions',
    sentence: 'While a pod goes on and each regular container and sidecar of it is ready, ContainersReady is True.',
    source: 'pkg/kubelet/status/generate.go GenerateContainersReadyCondition (R-821)',
  },
  {
    name: 'ready-follows-containers-ready',
    family: 'conditions',
    sentence:
      'While ContainersReady is True, a pod without readiness gates is Ready, unless its node has become not ready since.',
    source: 'pkg/kubelet/status/generate.go GeneratePodReadyCondition (R-822)',
  },
  {
    name: 'initialized-follows-inits',
    family: 'conditions',
    sentence:
      'Once every plain init container has exited with 0 and every sidecar has started up, or a regular container runs, the pod is Initialized.',
    source: 'pkg/kubelet/status/generate.go GeneratePodInitializedCondition (R-823)',
  },
  {
    name: 'running-container-has-an-address',
    family: 'runtime',
    sentence: 'A pod of which a container is shown running has a startTime, and a podIP while its first sandbox is up.',
    source: 'pkg/kubelet/kubelet_pods.go generateAPIPodStatus; status_manager.go updateStatusInternal (R-163, R-807)',
  },
  {
    name: 'last-state-is-the-exit-before',
    family: 'container states',
    sentence:
      'A regular container that is shown running after another instance has exited has that exit as its last state.',
    source: 'pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses (R-812)',
  },
]

/** Looks at what an instant has left that wrote states of containers, flags or conditions. */
export class SettledLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** `last` is the instant's last row. */
  settled(pod: PodRecord, time: number, last: number): void {
    const { containers, phase, truths } = pod
    if (pod.isGone || pod.isHaunted || phase >= PHASE.Succeeded || pod.hasHandmadeConditions) return
    if (containers.length === 0 || containers[0].state === STATE.none) return
    let areReady = true
    let areInitialized = true
    let hasStarted = false
    for (let i = 0; i < containers.length; i++) {
      const container = containers[i]
      const { role } = container.facts
      if (container.state === STATE.running) this.#running(container, time, last)
      if (role === 'ephemeral') continue
      if (role === 'container') hasStarted ||= container.state >= STATE.running
      else if (role === 'init') areInitialized &&= container.isReady
      // A startup probe's success is told before the sync that makes something of it.
      else areInitialized &&= container.isStartedUp && container.facts.probes[STARTUP] === null
      if (role !== 'init') areReady &&= container.isReady
    }
    if ((areInitialized || hasStarted) && truths[CONDITION.Initialized] !== TRUTH.True)
      this.#add(
        'initialized-follows-inits',
        pod,
        time,
        last,
        'is not Initialized although its init containers are done',
      )
    const isTrue = truths[CONDITION.ContainersReady] === TRUTH.True
    if (areReady && !isTrue && !this.#mayEnd(pod, time))
      this.#add(
        'containers-ready-follows-containers',
        pod,
        time,
        last,
        'has all containers ready without ContainersReady',
      )
    const isReady = truths[CONDITION.Ready] === TRUTH.True
    if (isTrue && !isReady && !pod.isMarkedNotReady && pod.facts.gates.length === 0)
      this.#add('ready-follows-containers-ready', pod, time, last, 'has ContainersReady and no gates, and is not Ready')
    if (phaseOf(pod) !== phase) this.#wrongPhase(pod, time, last)
  }

  #wrongPhase(pod: PodRecord, time: number, last: number): void {
    const phase = phaseOf(pod)
    // The kubelet withholds a phase that is an end until all is stopped, and with it what it would have said before.
    if (phase >= PHASE.Succeeded || this.#mayEnd(pod, time)) return
    const names = Object.keys(PHASE)
    this.#add(
      'phase-follows-containers',
      pod,
      time,
      last,
      `is ${names[pod.phase]}; the states of its containers make it ${names[phase]}`,
    )
  }

  #running(container: ContainerRecord, time: number, last: number): void {
    const { pod, facts, stateInstance } = container
    const hasAddress = pod.ip !== 0 || !pod.isSandboxReady || pod.sandboxes > 1
    if (!hasAddress || pod.startSeconds < 0) {
      const what = hasAddress ? 'startTime' : 'podIP'
      this.#add(
        'running-container-has-an-address',
        pod,
        time,
        last,
        `has no ${what} although ${facts.name} is shown running`,
      )
    }
    if (stateInstance < 1 || facts.role !== 'container' || container.lastInstance === stateInstance - 1) return
    if (container.exitCodeOf(stateInstance - 1) < 0) return
    this.#parts.findings.addAt(
      'last-state-is-the-exit-before',
      time,
      last,
      facts.path,
      `${containerNamed(container)} is shown running without the exit of the instance before as its last state`,
      container.stateRow,
    )
  }

  #mayEnd(pod: PodRecord, time: number): boolean {
    return pod.mayBeEnding(time, this.#parts.clockOffset) || pod.deletedAt !== NEVER
  }

  #add(law: string, pod: PodRecord, time: number, last: number, what: string): void {
    this.#parts.findings.addAt(law, time, last, pod.symbol, `${podNamed(pod)} ${what}`, pod.phaseRow)
  }
}

const STARTUP = 2
