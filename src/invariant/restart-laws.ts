import { fromTo, inPhase, namesOf, never, or, started } from './clauses.js'
import { HOOK, KILL, NEVER, STATE } from './container-record.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts } from './law-parts.js'
import type { ProbeFacts } from './pod-facts.js'
import { type ContainerRecord, PHASE, type PodRecord } from './pod-record.js'

/** Laws of what is started again, and of what is not. */
export const RESTART_LAWS: readonly Law[] = [
  {
    name: 'restart-policy-obeyed',
    family: 'restarts',
    sentence:
      'A container starts again only if its restart policy wants that after its last exit, or its image was changed, or, unless the policy is Never, a failed liveness or startup probe or the end of its sandbox had it killed.',
    source: 'pkg/kubelet/container/helpers.go ShouldContainerBeRestarted (R-202, R-220, R-221)',
  },
  {
    name: 'ephemeral-starts-once',
    family: 'restarts',
    sentence: 'An ephemeral container is started at most once.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions (R-210)',
  },
  {
    name: 'no-start-after-terminal',
    family: 'restarts',
    sentence: 'No container starts once the phase of its pod is Succeeded or Failed.',
    source: 'pkg/kubelet/pod_workers.go UpdatePod (R-102, R-103, R-165)',
    clausesFor: pod => {
      const { pod: name, all, container } = namesOf(pod)
      const over = or(inPhase(name, 'Succeeded'), inPhase(name, 'Failed'))
      return all.map(each => fromTo(name, over, never(started(container(each)))))
    },
  },
  {
    name: 'no-start-once-stopping',
    family: 'restarts',
    sentence:
      'Once a pod that is being deleted has begun to stop its containers, none of them starts; before, a start under way goes on to its end.',
    source: 'pkg/kubelet/kubelet.go SyncTerminatingPod (R-101, R-109, R-150)',
  },
  {
    name: 'restart-count-never-falls',
    family: 'restarts',
    sentence:
      'The restartCount of a container never falls; but those of init containers and sidecars begin anew in another sandbox, for which they and their logs are removed.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer, purgeInitContainers (R-230, R-235)',
    clausesFor: pod => {
      const { regular, container } = namesOf(pod)
      return regular.map(name => ({ kind: 'monotonic', container: container(name) }))
    },
  },
  {
    name: 'restart-count-is-the-instances',
    family: 'restarts',
    sentence: 'The restartCount of a running container is the one that its instance was created with.',
    source: 'pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses (R-235, R-812)',
  },
  {
    name: 'readiness-never-restarts',
    family: 'restarts',
    sentence:
      'A container is stopped only because its pod ends, its sandbox is gone, its liveness or startup probe or its postStart hook failed, or its image was changed: never for its readiness; an init or ephemeral container only for the former two.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions (R-127, R-213, R-221, R-502)',
  },
  {
    name: 'liveness-needs-its-threshold',
    family: 'restarts',
    sentence:
      'The first instance of a container is stopped for its liveness probe only after as many failures in a row as failureThreshold says, a period apart each.',
    source: 'pkg/kubelet/prober/worker.go doProbe (R-604, R-605)',
  },
  {
    name: 'startup-needs-its-threshold',
    family: 'restarts',
    sentence:
      'The first instance of a container is stopped for its startup probe only after as many failures in a row as failureThreshold says, a period apart each.',
    source: 'pkg/kubelet/prober/worker.go doProbe (R-604, R-605)',
  },
  {
    name: 'liveness-failure-stops',
    family: 'restarts',
    sentence:
      'The only container of a pod, without a postStart hook, is stopped within ten seconds after its liveness probe has failed failureThreshold times in a row.',
    source: 'pkg/kubelet/prober/worker.go doProbe; kuberuntime_manager.go computePodActions (R-221, R-604, R-620)',
  },
]

/** The sync that follows a verdict waits for a relist at most, and for nothing else where there is one container. */
const REACTION_MS = 10_000

/** Looks at starts, stops and restart counts. */
export class RestartLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** A container is about to count as started. */
  started(container: ContainerRecord): void {
    const { facts, pod } = container
    const { findings } = this.#parts
    // What is taken away by force is over without its kubelet's knowledge.
    if (pod.phase >= PHASE.Succeeded && pod.phase !== PHASE.Unknown && !pod.isForced) {
      findings.add(
        'no-start-after-terminal',
        facts.path,
        `${containerNamed(container)} starts although its pod has been finished since ${at(pod.phaseAt)}`,
        pod.phaseRow,
      )
    }
    if (pod.stoppingRow >= 0) {
      findings.add(
        'no-start-once-stopping',
        facts.path,
        `${containerNamed(container)} starts although its pod, deleted at ${at(pod.deletedAt)}, is being stopped`,
        pod.stoppingRow,
      )
    }
    if (container.starts > 0) this.#again(container)
  }

  #again(container: ContainerRecord): void {
    const { facts, pod, exitCode } = container
    const { findings } = this.#parts
    if (facts.role === 'ephemeral') {
      findings.add('ephemeral-starts-once', facts.path, `${containerNamed(container)} starts again`, container.startRow)
      return
    }
    if (facts.isRestartedAfter(exitCode) || container.image !== container.startedImage) return
    // What was running in the eyes of the round that killed it is started again; for another sandbox the pod's policy alone counts.
    if (container.hasFailedProbe && facts.isRestartedAfter(ANY_FAILURE)) return
    if (container.startSandbox !== pod.sandboxes && pod.facts.restartPolicy !== 'Never') return
    findings.add(
      'restart-policy-obeyed',
      facts.path,
      `${containerNamed(container)} starts again after it exited with ${exitCode} at ${at(container.exitedAt)}, under restartPolicy ${pod.facts.restartPolicy}`,
      container.exitRow,
    )
  }

  /** The row in hand sets a restartCount. */
  restarts(container: ContainerRecord): void {
    const { row, findings } = this.#parts
    const { facts, pod } = container
    const isPurged = facts.role !== 'container' && pod.sandboxes > 1
    if (row.a >= container.restarts || isPurged || pod.isHaunted) return
    findings.add(
      'restart-count-never-falls',
      facts.path,
      `the restartCount of ${containerNamed(container)} falls from ${container.restarts} to ${row.a}`,
    )
  }

  /** What the instant that is over has left of a running container's count. */
  settled(container: ContainerRecord): void {
    if (container.state !== STATE.running || container.pod.isHaunted) return
    const { stateInstance } = container
    if (stateInstance < 0 || stateInstance > container.created) return
    const attempt = container.attempts[stateInstance]
    if (attempt === container.restarts) return
    this.#parts.findings.add(
      'restart-count-is-the-instances',
      container.facts.path,
      `${containerNamed(container)} runs with restartCount ${container.restarts}; its instance was created as number ${attempt}`,
      container.stateRow,
    )
  }

  /** StopContainer is called for a container. */
  stopped(container: ContainerRecord): void {
    const { facts, pod } = container
    this.#afterThreshold(container)
    const { row, clockOffset } = this.#parts
    const isReplaced = facts.role === 'container' || facts.role === 'sidecar'
    const isMeant =
      isReplaced && (container.hasFailedProbe || container.postStart === HOOK.failed || container.oldImages.length > 0)
    if (isMeant || !pod.isSandboxReady || pod.mayBeEnding(row.time, clockOffset) || isSpent(pod)) return
    this.#parts.findings.add(
      'readiness-never-restarts',
      facts.path,
      `${containerNamed(container)} is stopped although its pod goes on, no liveness or startup probe of it failed, and its image is the same`,
      container.startRow,
    )
  }

  /**
   * The repetitions of a failure are told too late to be counted: their least time is. Later instances go on counting where the
   * first has left off, and a call that outlasts the period is followed by the next at once.
   */
  #afterThreshold(container: ContainerRecord): void {
    const { facts, starts, killKind, killAt } = container
    if (starts > 1 || container.pod.kubeletRestarts > 0) return
    if (killKind === KILL.liveness)
      this.#afterFailures(container, 'liveness', facts.probes[0], container.livenessFailingSince)
    else if (killKind === KILL.startup && killAt !== NEVER)
      this.#afterFailures(container, 'startup', facts.probes[2], container.startupFailingSince)
  }

  #afterFailures(container: ContainerRecord, type: string, probe: ProbeFacts | null, since: number): void {
    if (probe === null || since === NEVER || probe.timeoutMs >= probe.periodMs) return
    const { facts, killAt } = container
    const least = since + (probe.failureThreshold - 1) * probe.periodMs - probe.timeoutMs
    if (killAt >= least) return
    this.#parts.findings.add(
      `${type}-needs-its-threshold`,
      facts.path,
      `${containerNamed(container)} is stopped ${at(killAt - since)} after its ${type} probe began to fail; ${probe.failureThreshold} failures take ${at(least - since)} at least`,
      type === 'liveness' ? container.livenessFailureRow : container.startupFailureRow,
    )
  }

  /** Something ends a time of failing liveness: was it acted upon in time? Answers nothing; finds. */
  livenessOver(container: ContainerRecord, now: number): void {
    const { facts, pod, livenessFailingSince } = container
    const probe = facts.probes[0]
    if (livenessFailingSince === NEVER || probe === null) return
    if (pod.facts.containers.length !== 1 || facts.hasPostStart || pod.facts.activeDeadlineSeconds > 0) return
    if (pod.isHaunted || container.preStop !== HOOK.none || container.stopAt !== NEVER) return
    const due = livenessFailingSince + probe.failureThreshold * (probe.periodMs + probe.timeoutMs) + REACTION_MS
    if (now <= due) return
    this.#parts.findings.addAt(
      'liveness-failure-stops',
      due,
      container.livenessFailureRow,
      facts.path,
      `${containerNamed(container)} is not stopped although its liveness probe has failed since ${at(livenessFailingSince)}, and ${probe.failureThreshold} failures are enough`,
      container.livenessFailureRow,
    )
  }

  /** The pod is marked for deletion, or gone: its probes stop. */
  ending(pod: PodRecord): void {
    for (const container of pod.containers) {
      if (container.livenessFailingSince === NEVER) continue
      this.livenessOver(container, this.#parts.row.time)
      container.livenessFailingSince = NEVER
    }
  }
}

/** The round that kills the last regular container that goes on, for a probe and without starting it again, ends the pod. */
const isSpent = ({ containers }: PodRecord): boolean =>
  containers.every(
    ({ facts, hasFailedProbe, isAlive, starts, exitCode }) =>
      facts.role !== 'container' || hasFailedProbe || (!isAlive && starts > 0 && !facts.isRestartedAfter(exitCode)),
  )

/** An exit code after which only Never leaves a container alone. */
const ANY_FAILURE = 1
