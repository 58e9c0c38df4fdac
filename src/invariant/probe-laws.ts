import type { Profile } from '../model/index.js'
import { PROBE_TYPES, unpackResultAndDuration } from '../trace/index.js'
import { namesOf, notBefore, started } from './clauses.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts } from './law-parts.js'
import type { ContainerRecord } from './pod-record.js'

/** Laws of probes, and of what their verdicts make of `started` and `ready`. */
export const PROBE_LAWS: readonly Law[] = [
  {
    name: 'probes-of-a-started-instance',
    family: 'probes',
    sentence:
      'A probe is made only where it is declared and of an instance that was started, never of a plain init or an ephemeral container.',
    source: 'pkg/kubelet/prober/prober_manager.go AddPod; worker.go doProbe (R-601, R-604)',
    clausesFor: pod => {
      const { lasting, inits, container } = namesOf(pod)
      return [
        ...lasting.flatMap(name =>
          PROBE_TYPES.map(probe =>
            notBefore({ kind: 'probed', container: container(name), probe }, started(container(name))),
          ),
        ),
        ...inits.flatMap(name =>
          PROBE_TYPES.map(probe => ({
            kind: 'never' as const,
            what: { kind: 'probed' as const, container: container(name), probe },
          })),
        ),
      ]
    },
  },
  {
    name: 'startup-gates-probes',
    family: 'probes',
    sentence:
      'No liveness or readiness probe of an instance is answered before its startup probe has succeeded, while its pod goes on and the kubelet that started it runs; a container of a Never pod may have lost its startup probe with an earlier instance.',
    source: 'pkg/kubelet/prober/worker.go doProbe (R-604, R-607, R-630)',
  },
  {
    name: 'probe-waits-initial-delay',
    family: 'probes',
    sentence:
      'No probe of an instance is begun before initialDelaySeconds have passed since its start, or up to a second less: startedAt is cut to whole seconds.',
    source: 'pkg/kubelet/prober/worker.go doProbe (R-604, R-606)',
  },
  {
    name: 'decided-probe-stops',
    family: 'probes',
    sentence:
      'Once a startup probe has succeeded, or a liveness or startup probe has failed failureThreshold times in a row, that probe of the instance is not made again.',
    source: 'pkg/kubelet/prober/worker.go doProbe (R-604, onHold)',
  },
  {
    name: 'started-needs-startup-success',
    family: 'probes',
    sentence:
      'A container with a startup probe shows started only after the probe has succeeded in that instance, with the exceptions of startup-gates-probes.',
    source: 'pkg/kubelet/prober/prober_manager.go UpdatePodStatus (R-607, R-622)',
  },
  {
    name: 'ready-needs-readiness-success',
    family: 'probes',
    sentence:
      'A container with a readiness probe shows ready only after the probe has succeeded in that instance, with the exceptions of startup-gates-probes.',
    source: 'pkg/kubelet/prober/prober_manager.go UpdatePodStatus (R-621, R-622)',
  },
]

const [LIVENESS, READINESS, STARTUP] = [0, 1, 2]
const SUCCESS = 0
const ERROR = 3

/** Looks at the answers of probes, and at the flags that hang on them. */
export class ProbeLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** A probe's call has ended; the record does not know it yet. */
  probed(container: ContainerRecord, type: number): void {
    const { row } = this.#parts
    const { facts } = container
    const isProbed = facts.role === 'container' || facts.role === 'sidecar'
    if (!isProbed || facts.probes[type] === null || row.a > mostStarted(container)) {
      this.#add(
        'probes-of-a-started-instance',
        container,
        `a ${PROBE_TYPES[type]} probe of ${containerNamed(container)} is answered although there is none to ask`,
      )
      return
    }
    if (row.a !== container.started) return
    this.#delayed(container, type)
    if (this.#isForgiven(container)) return
    if (type !== STARTUP) this.#gated(container, type)
    else if (container.startupSucceededAt !== NEVER) this.#decided(container, type)
  }

  #delayed(container: ContainerRecord, type: number): void {
    const { row } = this.#parts
    const initialDelayMs = container.facts.probes[type]?.initialDelayMs ?? 0
    if (initialDelayMs === 0) return
    const begunAt = row.time - unpackResultAndDuration(row.c).durationMs
    if (begunAt >= container.startedAt + initialDelayMs - 1000) return
    this.#add(
      'probe-waits-initial-delay',
      container,
      `the ${PROBE_TYPES[type]} probe of ${containerNamed(container)} is begun at ${at(begunAt)}; its initial delay of ${at(initialDelayMs)} counts from ${at(container.startedAt)}`,
    )
  }

  #gated(container: ContainerRecord, type: number): void {
    if (container.facts.probes[STARTUP] === null || container.startupSucceededAt !== NEVER) return
    if (mayLackWorkers(container, this.#parts.profile)) return
    this.#add(
      'startup-gates-probes',
      container,
      `the ${PROBE_TYPES[type]} probe of ${containerNamed(container)} is answered before its startup probe has succeeded`,
    )
  }

  /** Failures in a row were counted up, by an answer or by its repetitions. */
  counted(container: ContainerRecord, type: number): void {
    const { facts } = container
    const probe = facts.probes[type]
    const failures = type === LIVENESS ? container.livenessFailures : container.startupFailures
    if (probe === null || type === READINESS || failures <= probe.failureThreshold) return
    if (!this.#isForgiven(container)) this.#decided(container, type)
  }

  /** The last answer came again, so many times. */
  repeated(container: ContainerRecord, type: number): void {
    if (type === STARTUP && container.startupSucceededAt !== NEVER && !this.#isForgiven(container))
      this.#decided(container, type)
  }

  #decided(container: ContainerRecord, type: number): void {
    const { startupSucceededAt } = container
    const why =
      type === STARTUP && startupSucceededAt !== NEVER
        ? `has succeeded at ${at(startupSucceededAt)}`
        : `has failed ${container.facts.probes[type]?.failureThreshold} times in a row`
    this.#add(
      'decided-probe-stops',
      container,
      `the ${PROBE_TYPES[type]} probe of ${containerNamed(container)} is made again although it ${why}`,
    )
  }

  /** The row in hand makes `started` true. */
  startedUp(container: ContainerRecord): void {
    if (container.facts.probes[STARTUP] === null || container.startupSucceededAt !== NEVER) return
    if (this.#isUnclear(container)) return
    this.#add(
      'started-needs-startup-success',
      container,
      `${containerNamed(container)} shows started although its startup probe has not succeeded`,
    )
  }

  /** The row in hand makes `ready` true. */
  ready(container: ContainerRecord): void {
    if (container.facts.probes[READINESS] === null || container.readinessSucceededAt !== NEVER) return
    if (this.#isUnclear(container)) return
    this.#add(
      'ready-needs-readiness-success',
      container,
      `${containerNamed(container)} shows ready although its readiness probe has not succeeded`,
    )
  }

  /** The status may be about another instance than the records, or about one whose probes nobody makes any more. */
  #isUnclear(container: ContainerRecord): boolean {
    const { pod, facts } = container
    if (facts.role === 'init' || facts.role === 'ephemeral') return true
    if (pod.isHaunted || container.stateInstance !== container.started) return true
    return this.#isForgiven(container) || mayLackWorkers(container, this.#parts.profile)
  }

  /** A restarted kubelet begins its probes anew, in some releases without what it knew; one that ends a pod stops them. */
  #isForgiven({ pod, startedAt }: ContainerRecord): boolean {
    const { row, clockOffset } = this.#parts
    return pod.kubeletRestartedAt >= startedAt || pod.mayBeEnding(row.time, clockOffset)
  }

  #add(law: string, container: ContainerRecord, text: string): void {
    this.#parts.findings.add(law, container.facts.path, text, container.startRow)
  }
}

/** The worker of a probe ends with an instance that is not restarted, and is not always made anew (R-601, R-604, T-D6). */
export function mayLackWorkers(container: ContainerRecord, { containerRestartRules }: Profile): boolean {
  if (container.starts < 2) return false
  if (container.pod.facts.restartPolicy === 'Never') return true
  if (!containerRestartRules) return false
  for (let instance = 0; instance <= container.created; instance++) {
    const code = container.exitCodeOf(instance)
    if (code >= 0 && !container.facts.isRestartedAfter(code)) return true
  }
  return false
}

/** Enters a probe's answer into the record of its instance. */
export function recordAnswer(
  container: ContainerRecord,
  type: number,
  result: number,
  now: number,
  number: number,
): void {
  // An error is no answer: the run of equal ones goes on (R-604, step 10).
  if (result === ERROR) {
    if (type === LIVENESS) container.livenessFailingSince = NEVER
    if (type === LIVENESS) container.isLivenessFailing = false
    if (type === STARTUP) container.isStartupFailing = false
    if (type === STARTUP) container.startupFailingSince = NEVER
    if (type === READINESS && !container.isReadinessFailing) container.readinessSince = NEVER
    return
  }
  const isFailure = result !== SUCCESS
  if (type === READINESS) {
    if (!isFailure) container.readinessSucceededAt = now
    if (container.readinessSince === NEVER || container.isReadinessFailing !== isFailure) {
      container.readinessSince = now
      container.readinessRow = number
      container.isReadinessFailing = isFailure
    }
    return
  }
  if (isFailure) container.hasFailedProbe = true
  if (type === LIVENESS) {
    container.isLivenessFailing = isFailure
    container.livenessFailures = isFailure ? container.livenessFailures + 1 : 0
    if (!isFailure) container.livenessFailingSince = NEVER
    else if (container.livenessFailingSince === NEVER) {
      container.livenessFailingSince = now
      container.livenessFailureRow = number
    }
  } else {
    container.isStartupFailing = isFailure
    container.startupFailures = isFailure ? container.startupFailures + 1 : 0
    if (!isFailure) {
      container.startupSucceededAt = now
      container.startupFailingSince = NEVER
    } else if (container.startupFailingSince === NEVER) {
      container.startupFailingSince = now
      container.startupFailureRow = number
    }
  }
}

/** Enters repetitions of the last answer. */
export function recordRepetitions(container: ContainerRecord, type: number, times: number): void {
  if (type === LIVENESS && container.isLivenessFailing) container.livenessFailures += times
  if (type === STARTUP && container.isStartupFailing) container.startupFailures += times
}

/** The highest instance that may be asked, of this pod or an earlier one of its name. */
const mostStarted = ({ started, earlierStarted }: ContainerRecord): number => Math.max(started, earlierStarted)
