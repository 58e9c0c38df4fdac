import type { Milliseconds } from '../time/index.js'
import { HOOK, NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts } from './law-parts.js'
import type { ContainerRecord } from './pod-record.js'

/** Laws of what the kubelet makes of a hook's or a probe's answer. */
export const REACTION_LAWS: readonly Law[] = [
  {
    name: 'failed-poststart-stops',
    family: 'hooks',
    sentence: 'A container whose postStart hook has failed is stopped at once.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer (R-502)',
  },
  {
    name: 'startup-failure-stops',
    family: 'probes',
    sentence:
      'The only container of a pod, without a postStart hook, is stopped within ten seconds after its startup probe has failed failureThreshold times in a row.',
    source: 'pkg/kubelet/prober/worker.go doProbe; kuberuntime_manager.go computePodActions (R-221, R-604, R-620)',
  },
  {
    name: 'unready-needs-its-threshold',
    family: 'probes',
    sentence:
      'The first instance of a container stops being ready, while it runs, only after its readiness probe has failed as often in a row as failureThreshold says, a period apart each; a status under way may take a success back for a moment.',
    source: 'pkg/kubelet/prober/worker.go doProbe; prober_manager.go UpdatePodStatus (R-127a, R-604, R-621, R-622)',
  },
]

/** What is to be done at once may take so long to be seen. */
const AT_ONCE_MS = 1000
/** A sync after the result, a relist before it, and the ticks between. */
const REACTION_MS = 10_000

/** So long after a success a status that was made before it may still be written. */
const LOST_UPDATE_MS = 3000

/** Looks at what follows hooks and probes. */
export class ReactionLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** The instance has come to its end, or the run has. */
  postStartOver(container: ContainerRecord, now: Milliseconds): void {
    const { postStart, postStartEndAt, postStartRow, facts, killAt, stopAt, preStop } = container
    if (postStart !== HOOK.failed || killAt !== NEVER || stopAt !== NEVER || preStop !== HOOK.none) return
    const { toleranceMs, findings } = this.#parts
    if (now - postStartEndAt <= AT_ONCE_MS + toleranceMs) return
    findings.addAt(
      'failed-poststart-stops',
      postStartEndAt,
      postStartRow,
      facts.path,
      `${containerNamed(container)} is not stopped although its postStart hook failed at ${at(postStartEndAt)}`,
      postStartRow,
    )
  }

  /** Something ends a time of failing startup: was it acted upon in time? */
  startupOver(container: ContainerRecord, now: Milliseconds): void {
    const { facts, pod, startupFailingSince: since, startupFailureRow } = container
    const probe = facts.probes[STARTUP]
    if (since === NEVER || probe === null || pod.isHaunted) return
    if (pod.facts.containers.length !== 1 || facts.hasPostStart || pod.facts.activeDeadlineSeconds > 0) return
    if (container.preStop !== HOOK.none || container.stopAt !== NEVER) return
    const due = since + probe.failureThreshold * (probe.periodMs + probe.timeoutMs) + REACTION_MS
    if (now <= due) return
    this.#parts.findings.addAt(
      'startup-failure-stops',
      due,
      startupFailureRow,
      facts.path,
      `${containerNamed(container)} is not stopped although its startup probe has failed since ${at(since)}, and ${probe.failureThreshold} failures are enough`,
      startupFailureRow,
    )
  }

  /** The row in hand takes `ready` away. */
  unready(container: ContainerRecord): void {
    const { facts, pod, starts, isAlive, stateInstance, started, readyAt } = container
    const { row, findings } = this.#parts
    if (pod.isHaunted || pod.isGone || pod.kubeletRestarts > 0) return
    if (starts !== 1 || !isAlive || stateInstance !== started || facts.role === 'init') return
    const probe = facts.probes[READINESS]
    const { isReadinessFailing, readinessSince: since, readinessRow } = container
    // A status that was under way when the first success came takes it back for a moment (R-127a).
    if (probe !== null && !isReadinessFailing && since !== NEVER) {
      // Where that success itself was lost, the status heard of it later.
      if (row.time - since <= LOST_UPDATE_MS || row.time - readyAt <= AT_ONCE_MS) return
    }
    if (probe !== null && isReadinessFailing) {
      const least = since + (probe.failureThreshold - 1) * probe.periodMs - probe.timeoutMs
      if (row.time + this.#parts.toleranceMs >= least || probe.timeoutMs >= probe.periodMs) return
    }
    findings.add(
      'unready-needs-its-threshold',
      facts.path,
      `${containerNamed(container)} is not ready any more although it runs, and its readiness probe ${probe === null ? 'does not exist' : isReadinessFailing ? `has failed only since ${at(since)}` : 'has not failed'}`,
      readinessRow,
    )
  }
}

const READINESS = 1
const STARTUP = 2
