import type { Milliseconds } from '../time/index.js'
import { HOOK, NEVER } from './container-record.js'
import { at, containerNamed, type LawParts, podNamed } from './law-parts.js'
import type { ContainerRecord, PodRecord } from './pod-record.js'
import { mayLackWorkers } from './probe-laws.js'

/** A relist, a sync, and what the worker's first tick waits for. */
const FIRST_PROBE_MS = 30_000

/** Looks for what should have been done, or have come to its end, by a run's end. */
export class ActivityRest {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** Nothing more can happen: what is under way for the pod never ends. */
  unended(pod: PodRecord, end: Milliseconds): void {
    const { symbol, sandboxRow, isSandboxComing } = pod
    // A machine that is off takes with it what was under way.
    if (isSandboxComing && pod.home?.isLost !== true)
      this.#add(pod, end, sandboxRow, symbol, `${podNamed(pod)} waits for its sandbox`)
    for (const container of pod.containers) {
      if (!container.isAlive) continue
      const { facts, postStart, postStartRow, killAt, stopAt, preStop, preStopRow } = container
      if (postStart === HOOK.running)
        this.#add(pod, end, postStartRow, facts.path, `${containerNamed(container)} runs its postStart hook`)
      else if (killAt !== NEVER || stopAt !== NEVER || preStop !== HOOK.none)
        this.#add(pod, end, preStopRow, facts.path, `${containerNamed(container)} is being stopped`)
    }
  }

  #add(pod: PodRecord, end: Milliseconds, row: number, object: number, what: string): void {
    const text = `${what}, and nothing more happens after ${at(end)}`
    this.#parts.findings.addAt('what-is-begun-ends', end, row, object, text, pod.createdRow)
  }

  /** The container runs, and nothing ends its pod: each of its probes that may be made was made. */
  probes(container: ContainerRecord, end: Milliseconds, isOver: boolean): void {
    const { facts, pod, startupSucceededAt, startedAt, probed } = container
    if (facts.role === 'init' || facts.role === 'ephemeral' || pod.kubeletRestarts > 0) return
    if (mayLackWorkers(container, this.#parts.profile)) return
    const isStarting = facts.probes[STARTUP] !== null && startupSucceededAt === NEVER
    for (let type = 0; type < facts.probes.length; type++) {
      const probe = facts.probes[type]
      if (probe === null || !probe.isAskable || (type === STARTUP) !== isStarting || (probed & (1 << type)) !== 0)
        continue
      const since = Math.max(startedAt, startupSucceededAt, pod.workedAt)
      const due = since + probe.initialDelayMs + 2 * probe.periodMs + probe.timeoutMs + FIRST_PROBE_MS
      if (!isOver && end <= due) continue
      this.#parts.findings.addAt(
        'probes-are-made',
        end,
        container.startRow,
        facts.path,
        `${containerNamed(container)} runs since ${at(startedAt)}, and its ${PROBE_NAMES[type]} probe was not made by ${at(end)}`,
        container.startRow,
      )
    }
  }
}

const STARTUP = 2
const PROBE_NAMES = ['liveness', 'readiness', 'startup']
