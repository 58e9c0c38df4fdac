import type { Milliseconds } from '../time/index.js'
import { namesOf, notBefore, responds, signalled } from './clauses.js'
import { HOOK, KILL, NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts } from './law-parts.js'
import type { ContainerRecord } from './pod-record.js'

/** Laws of how a container is stopped. */
export const TERMINATION_LAWS: readonly Law[] = [
  {
    name: 'sigterm-before-sigkill',
    family: 'termination',
    sentence:
      'No instance gets SIGKILL before it got SIGTERM, not even with a grace of 0: every stop gives at least 2 s.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer; CRI StopContainer (R-505, R-713)',
    clausesFor: pod => {
      const { all, container } = namesOf(pod)
      return all.map(name => notBefore(signalled(container(name), 'SIGKILL'), signalled(container(name), 'SIGTERM')))
    },
  },
  {
    name: 'sigkill-not-before-grace',
    family: 'termination',
    sentence:
      'SIGKILL comes no sooner than the grace after the kill began, and no sooner than 2 s after SIGTERM; the grace is the pod’s, that of the deletion, that of the probe that failed, or 1 s after a forced deletion.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go setTerminationGracePeriod (R-107, R-505, R-706)',
    clausesFor: pod => {
      const { all, container } = namesOf(pod)
      return all.map(name =>
        responds(signalled(container(name), 'SIGTERM'), signalled(container(name), 'SIGKILL'), {
          kind: 'noSoonerThan',
          ms: MINIMUM_MS,
        }),
      )
    },
  },
  {
    name: 'sigkill-not-after-grace',
    family: 'termination',
    sentence:
      'SIGKILL comes no later than 2 s after the grace that began with the kill; 3 s for a sidecar, whose preStop and turn are cut to whole seconds each.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer (R-503, R-505, R-712)',
  },
  {
    name: 'stopped-container-exits',
    family: 'termination',
    sentence: 'A container that is being stopped has exited when the timeout of its StopContainer is over.',
    source: 'CRI StopContainer (R-713)',
  },
  {
    name: 'sigkill-exits-137',
    family: 'termination',
    sentence: 'An instance that gets SIGKILL exits at once, with 137.',
    source: 'CRI StopContainer (R-713)',
    clausesFor: pod => {
      const { all, container } = namesOf(pod)
      return all.map(name =>
        responds(
          signalled(container(name), 'SIGKILL'),
          { kind: 'exited', container: container(name), code: 137 },
          { kind: 'immediately' },
        ),
      )
    },
  },
]

/** Every SIGTERM gets this window at least. */
const MINIMUM_MS = 2000
/** More than any grace; a small integer, which a record keeps without a box. */
const MOST_GRACE_SECONDS = 0x3fff_ffff
/** How much later than the store's a kubelet's knowledge of a deletion may be. */
const WATCH_MS = 1000

/** Looks at stops, signals and exits. */
export class TerminationLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** A kill begins, by whatever row tells it first: which graces may it have been given? (R-107, R-706.) */
  killBegins(container: ContainerRecord): void {
    const { pod, facts, killKind } = container
    const { time } = this.#parts.row
    const graceOfPod = pod.facts.graceSeconds
    container.leastGrace = MOST_GRACE_SECONDS
    container.mostGrace = 0
    const isStop = killKind === KILL.stop
    // The worker that ends a pod goes by the deletion alone; a round that was under way, or hears late, by the pod's own.
    const own = ownGraceOf(container)
    if (own >= 0 && !pod.isGone && pod.deletedAt === NEVER && !pod.isPastDeadline(time, this.#parts.clockOffset)) {
      allow(container, own)
      return
    }
    const isSure = isStop && pod.deletedAt !== NEVER && time - pod.deletedAt > WATCH_MS
    if (!isSure || pod.isPastDeadline(time, this.#parts.clockOffset)) allow(container, graceOfPod)
    if (pod.deletedAt !== NEVER) {
      allow(container, Math.max(1, pod.graceSeconds))
      if (pod.previousGraceSeconds >= 0) allow(container, Math.max(1, pod.previousGraceSeconds))
      if (!isSure) allow(container, Math.max(0, pod.graceSeconds))
    }
    // What a restarted kubelet has no worker for, as the pod is gone or rejected, housekeeping ends with 1 s.
    if (pod.isGone || pod.isForced || pod.isRejectedLate() || pod.mayBeEndedByKubelet) allow(container, 1)
    // A soft threshold's grace is configured, and may be longer than the pod's own.
    if (pod.isEvicted) allow(container, MOST_GRACE_SECONDS)
    if (isStop) return
    const [liveness, , startup] = facts.probes
    if (killKind !== KILL.startup && liveness !== null && liveness.graceSeconds >= 0)
      allow(container, liveness.graceSeconds)
    if (killKind !== KILL.liveness && startup !== null && startup.graceSeconds >= 0)
      allow(container, startup.graceSeconds)
  }

  /** StopContainer is called: its timeout is what is left of the grace, 2 s at least. */
  stopped(container: ContainerRecord): void {
    const { row, findings } = this.#parts
    if (row.b * 1000 >= MINIMUM_MS) return
    findings.add(
      'sigkill-not-before-grace',
      container.facts.path,
      `${containerNamed(container)} is stopped with a timeout of ${row.b} s; 2 s is the least`,
      container.killRow,
    )
  }

  sigkill(container: ContainerRecord): void {
    const { row, findings, toleranceMs } = this.#parts
    const { facts, stopAt, sigtermAt } = container
    if (sigtermAt === NEVER) {
      findings.add(
        'sigterm-before-sigkill',
        facts.path,
        `${containerNamed(container)} gets SIGKILL without a SIGTERM before`,
        container.startRow,
      )
      return
    }
    const end = stopAt === NEVER ? sigtermAt + MINIMUM_MS : stopAt + container.stopTimeoutMs
    if (row.time + toleranceMs < Math.max(end, sigtermAt + MINIMUM_MS)) this.#tooSoon(container, sigtermAt)
    else this.#withinGrace(container)
  }

  #withinGrace(container: ContainerRecord): void {
    const { row, findings, toleranceMs } = this.#parts
    const { facts, leastGrace, mostGrace } = container
    const began = beginOf(container)
    if (began === NEVER) return
    if (row.time + toleranceMs < began + leastGrace * 1000) {
      this.#tooSoon(container, began)
      return
    }
    const extra = facts.role === 'sidecar' ? MINIMUM_MS + 1000 : MINIMUM_MS
    const latest = began + mostGrace * 1000 + extra + toleranceMs
    if (row.time <= latest) return
    findings.add(
      'sigkill-not-after-grace',
      facts.path,
      `${containerNamed(container)} gets SIGKILL ${at(row.time - began)} after its kill began at ${at(began)}; its grace is ${at(mostGrace * 1000)}`,
      container.killRow,
    )
  }

  #tooSoon(container: ContainerRecord, since: Milliseconds): void {
    const { row, findings } = this.#parts
    const grace = at(Math.max(container.leastGrace * 1000, MINIMUM_MS))
    findings.add(
      'sigkill-not-before-grace',
      container.facts.path,
      `${containerNamed(container)} gets SIGKILL ${at(row.time - since)} after ${at(since)}, before its grace of ${grace} is over`,
      container.killRow,
    )
  }

  exited(container: ContainerRecord): void {
    const { row, findings } = this.#parts
    const { facts, sigkillAt } = container
    if (sigkillAt !== NEVER && (row.b !== 137 || row.time !== sigkillAt)) {
      findings.add(
        'sigkill-exits-137',
        facts.path,
        `${containerNamed(container)} exits with ${row.b} at ${at(row.time)} after SIGKILL at ${at(sigkillAt)}`,
        container.sigkillRow,
      )
    }
    this.#outlived(container, row.time)
  }

  /** The run is over at `end`, and the instance still runs. */
  finished(container: ContainerRecord, end: Milliseconds): void {
    const { sigkillAt } = container
    if (sigkillAt !== NEVER) {
      this.#parts.findings.addAt(
        'sigkill-exits-137',
        sigkillAt,
        container.sigkillRow,
        container.facts.path,
        `${containerNamed(container)} runs on after SIGKILL at ${at(sigkillAt)}`,
        container.sigkillRow,
      )
    }
    this.#outlived(container, end)
  }

  #outlived(container: ContainerRecord, now: Milliseconds): void {
    const { stopAt, stopTimeoutMs } = container
    if (stopAt === NEVER || now <= stopAt + stopTimeoutMs + this.#parts.toleranceMs) return
    this.#parts.findings.addAt(
      'stopped-container-exits',
      stopAt + stopTimeoutMs,
      container.stopRow,
      container.facts.path,
      `${containerNamed(container)} outlives its StopContainer of ${at(stopAt)}, whose timeout was ${at(stopTimeoutMs)}`,
      container.stopRow,
    )
  }
}

/** Where a Killing event says that a probe failed: the grace that the probe has of its own; −1: none. */
function ownGraceOf({ killKind, facts }: ContainerRecord): number {
  const [liveness, , startup] = facts.probes
  if (killKind === KILL.liveness) return liveness?.graceSeconds ?? -1
  return killKind === KILL.startup ? (startup?.graceSeconds ?? -1) : -1
}

function allow(container: ContainerRecord, seconds: number): void {
  container.leastGrace = Math.min(container.leastGrace, seconds)
  container.mostGrace = Math.max(container.mostGrace, seconds)
}

/** When the kill began, where a row told: an Event may have been filtered out, and a sidecar waits for its turn without a row. */
function beginOf({ killAt, preStop, preStopAt, stopAt, facts }: ContainerRecord): Milliseconds {
  if (killAt !== NEVER) return killAt
  if (preStop !== HOOK.none) return preStopAt
  return facts.role === 'sidecar' ? NEVER : stopAt
}
