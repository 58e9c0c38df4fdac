import type { ConditionStatus, PodQOSClass } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { RequestRace } from '../trace/index.js'
import type { ObjectClause, ObjectLevel, ObjectOccurrence } from './object-clause.js'

export type { ConditionStatus } from '../model/index.js'

/**
 * Whom a clause speaks of, as plain data.
 *
 * A pod is named `web`, `namespace/web`, or by its workload, `deployment/web`: the clause then holds for each of the
 * workload's pods. `resolveClauses` turns every form into `namespace/name` before a run.
 */
export type PodName = string

/** A container of a pod; without a pod, the one pod that has a container of this name. */
export interface ContainerName {
  readonly pod?: PodName | undefined
  /** The container's name; `*` is any of the pod's containers. */
  readonly container: string
}

/** The phases of a pod, as `status.phase` spells them. */
export const POD_PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] as const

/** A phase of a pod. */
export type PodPhase = (typeof POD_PHASES)[number]

/** The classes of quality of service, as `status.qosClass` spells them. */
export const QOS_CLASSES = ['Guaranteed', 'Burstable', 'BestEffort'] as const satisfies readonly PodQOSClass[]

/** The kinds of probes. */
export type ProbeType = 'liveness' | 'readiness' | 'startup'

/** What a probe's call came to. */
export type ProbeResult = 'success' | 'failure' | 'hang' | 'error'

/** The lifecycle hooks. */
export type HookName = 'postStart' | 'preStop'

/** The races that a request can lose. */
export const REQUEST_RACES = ['refused', 'reset', 'timed out', 'no endpoint'] as const satisfies readonly RequestRace[]

/** Signals that the kubelet's stop sends. */
export type SignalName = 'SIGTERM' | 'SIGKILL'

/**
 * Something that is so for a while. A level is read after an instant's last row and is right-continuous; before the first
 * row that speaks of it, it is not so. But for `alive`, levels are what the API server's store says: of a pod that is removed it
 * says nothing any more, nor of its containers, and of a status that is replaced neither conditions nor containers.
 *
 * `and` of no levels is always so, `or` of none never.
 */
export type Level =
  | { readonly kind: 'phase'; readonly pod: PodName; readonly phase: PodPhase }
  | {
      readonly kind: 'condition'
      readonly pod: PodName
      readonly type: string
      readonly status: ConditionStatus
      readonly reason?: string | undefined
      /** A part of its message. */
      readonly message?: string | undefined
    }
  /** The object is in the store. */
  | { readonly kind: 'exists'; readonly pod: PodName }
  /** It is in the store and has a deletionTimestamp. */
  | { readonly kind: 'terminating'; readonly pod: PodName }
  /** It is bound to a node, or to this one. */
  | { readonly kind: 'scheduled'; readonly pod: PodName; readonly node?: string | undefined }
  /** The scheduler keeps room for it, which it has made by preemption, on some node or on this one: `status.nominatedNodeName`. */
  | { readonly kind: 'nominated'; readonly pod: PodName; readonly node?: string | undefined }
  /** Its class of quality of service is this one. */
  | { readonly kind: 'qosClass'; readonly pod: PodName; readonly qosClass: PodQOSClass }
  /** `status.podIP` is set, or is this address. */
  | { readonly kind: 'podIP'; readonly pod: PodName; readonly ip?: string | undefined }
  /** The container's state is running; its `ready` is true; its `started` is true. */
  | { readonly kind: 'running' | 'ready' | 'startedUp'; readonly container: ContainerName }
  | { readonly kind: 'waiting'; readonly container: ContainerName; readonly reason?: string | undefined }
  | {
      readonly kind: 'terminated'
      readonly container: ContainerName
      readonly reason?: string | undefined
      readonly exitCode?: number | undefined
    }
  /** 0 from the first row about the container's status on, until a row says otherwise. */
  | {
      readonly kind: 'restartCount'
      readonly container: ContainerName
      readonly is: 'exactly' | 'atLeast' | 'atMost'
      readonly count: number
    }
  /**
   * The pod's address is in the Service's EndpointSlice with this condition. That of a pod which is gone still counts, until there
   * is another pod of its name.
   */
  | {
      readonly kind: 'endpoint'
      /** `name` or `namespace/name`. */
      readonly service: string
      readonly pod: PodName
      readonly condition: 'ready' | 'serving' | 'terminating'
    }
  | ObjectLevel
  /** The runtime's clock: a process of the container runs, from its start until its exit. */
  | { readonly kind: 'alive'; readonly container: ContainerName }
  | { readonly kind: 'not'; readonly level: Level }
  | { readonly kind: 'and' | 'or'; readonly levels: readonly Level[] }
  /** It has been so, or has happened, at this instant or before. */
  | { readonly kind: 'once'; readonly what: Level | Occurrence }
  /** `what` has been so, or has happened, and `level` has held at every instant since (that of `what` included). */
  | { readonly kind: 'since'; readonly level: Level; readonly what: Level | Occurrence }

/**
 * Something that happens: a row. Those of the runtime (`started` to `pullFailed`) stand where the runtime did it, the others
 * where the store said it, up to a relist later.
 */
export type Occurrence =
  | { readonly kind: 'started'; readonly container: ContainerName }
  | { readonly kind: 'exited'; readonly container: ContainerName; readonly code?: number | undefined }
  | { readonly kind: 'signalled'; readonly container: ContainerName; readonly signal: SignalName }
  /** A probe's call has ended; of equal answers in a row only the first is an occurrence. */
  | {
      readonly kind: 'probed'
      readonly container: ContainerName
      readonly probe: ProbeType
      readonly result?: ProbeResult | undefined
    }
  /** `hookEnded` says nothing of how; `hookFailed` is an end with another exit code than 0. */
  | {
      readonly kind: 'hookStarted' | 'hookEnded' | 'hookFailed'
      readonly container: ContainerName
      readonly hook: HookName
    }
  /** Pulls of an image for a pod; without an image, of any. */
  | {
      readonly kind: 'pullStarted' | 'pulled' | 'pullFailed'
      readonly pod: PodName
      readonly image?: string | undefined
    }
  /** The sandbox is up; it has died. */
  | { readonly kind: 'sandboxCreated' | 'sandboxDied'; readonly pod: PodName }
  | { readonly kind: 'created' | 'gone'; readonly pod: PodName }
  /** The deletion was asked for, the first time. */
  | { readonly kind: 'deleted'; readonly pod: PodName }
  /** An Event object about the pod or one of its containers, new or counted up. */
  | {
      readonly kind: 'event'
      /** Absent: that of the one pod that has a container of this name. */
      readonly pod?: PodName | undefined
      readonly reason: string
      readonly container?: string | undefined
    }
  /** The API server refused a step about the pod, or what would have created it; `message` is a part of what it says. */
  | { readonly kind: 'refused'; readonly pod: PodName; readonly message?: string | undefined }
  /**
   * The API server, or kubectl, refused the step of this number, or a part of it. Steps count from 1 as the timeline counts them: in order
   * of time.
   */
  | { readonly kind: 'stepRefused'; readonly step: number; readonly message?: string | undefined }
  /** The step of this number is carried out, whether or not the API server refuses it. */
  | { readonly kind: 'stepDone'; readonly step: number }
  | ObjectOccurrence
  /** A request to the Service, `name` or `namespace/name`, is lost: in whatever race, or in this one. One that is sent again is not. */
  | { readonly kind: 'requestFailed'; readonly service: string; readonly race?: RequestRace | undefined }
  /** Requests to the Service have been answered: told of each pod when it stops, and at the end of the run. */
  | { readonly kind: 'requestAnswered'; readonly service: string }
  /** A level turns from not so to so: the row that does it. */
  | { readonly kind: 'becomes'; readonly level: Level }
  | { readonly kind: 'anyOf'; readonly occurrences: readonly Occurrence[] }
  /** The occurrence, where the level holds right after its row. */
  | { readonly kind: 'when'; readonly occurrence: Occurrence; readonly level: Level }

/**
 * How long after, in whole milliseconds. Closed at both ends but for `after`: `within` [t, t + ms], `at` t + ms ± tolerance, `noSoonerThan` never in
 * [t, t + ms), `after` later than t + ms, `for` throughout [t, t + ms] (levels only).
 *
 * A deadline is decided when its instant is over. Beyond the horizon it is open; at the end of a scope, what must come has not
 * come, and what must last (`for`, `stays`) or be spared (`noSoonerThan`) is kept.
 */
export type Bound =
  | { readonly kind: 'within'; readonly ms: Milliseconds }
  | { readonly kind: 'at'; readonly ms: Milliseconds; readonly toleranceMs?: Milliseconds | undefined }
  | { readonly kind: 'noSoonerThan'; readonly ms: Milliseconds }
  | { readonly kind: 'after'; readonly ms: Milliseconds }
  | { readonly kind: 'for'; readonly ms: Milliseconds }
  | { readonly kind: 'immediately' }

/**
 * A part of the run that a clause is about. Levels keep their values when a part begins, and are not read in the instant in whose
 * midst it ends. A sequence (`phases`, `conditions`, `states`) begins with the value right after the row that opens the part.
 * What does not come until the end of a part is violated with the part's opening row as its row.
 */
export type Scope =
  /** From the first such row to the end. */
  | { readonly kind: 'after'; readonly what: Occurrence }
  /** From the beginning up to, and without, the first such row; a run without one has no such part. */
  | { readonly kind: 'before'; readonly what: Occurrence }
  /** From each `from` to, and without, the next `to` at a later row, or to the end; that row may open the next part. */
  | { readonly kind: 'between'; readonly from: Occurrence; readonly to: Occurrence }
  /** Each stretch of instants during which the level holds, all rows of these instants. Its opening row is the last of the first instant. */
  | { readonly kind: 'while'; readonly level: Level }
  /** The state that is left when nothing more can happen: one instant, without rows. A run that the horizon cut leaves it open. */
  | { readonly kind: 'afterQuiescence' }

/**
 * An expectation over one run, as plain data: what a builder's words make, what a Scenario file says under `expect`, and what
 * `formatClause` writes as one line.
 */
export type Clause =
  | { readonly kind: 'always'; readonly level: Level }
  | { readonly kind: 'never'; readonly what: Level | Occurrence }
  /** Whenever it becomes so it stays so for at least as long. */
  | { readonly kind: 'stays'; readonly level: Level; readonly ms: Milliseconds }
  | {
      readonly kind: 'count'
      readonly is: 'exactly' | 'atLeast' | 'atMost'
      readonly count: number
      readonly what: Occurrence
    }
  /** The container's restartCount never falls, as long as the pod is the same one. */
  | { readonly kind: 'monotonic'; readonly container: ContainerName }
  /** Bounds count from the beginning of the run, or of the scope. */
  | { readonly kind: 'eventually'; readonly what: Level | Occurrence; readonly bound?: Bound | undefined }
  | {
      readonly kind: 'response'
      readonly trigger: Occurrence
      readonly then: Level | Occurrence
      readonly bound?: Bound | undefined
    }
  /** No `second` before the first `first`. */
  | { readonly kind: 'precedes'; readonly first: Occurrence; readonly second: Occurrence }
  /** The same said of what must be absent: holds, too, where neither happens. */
  | { readonly kind: 'notBefore'; readonly what: Occurrence; readonly before: Occurrence }
  /** The first of each happen in this order; strictly: no two at one instant. */
  | { readonly kind: 'inOrder'; readonly occurrences: readonly Occurrence[]; readonly isStrict?: boolean | undefined }
  /** These phases, no others, in this order. */
  | { readonly kind: 'phases'; readonly pod: PodName; readonly phases: readonly PodPhase[] }
  /** The statuses that a condition goes through, no others, in this order. */
  | {
      readonly kind: 'conditions'
      readonly pod: PodName
      readonly type: string
      readonly statuses: readonly ConditionStatus[]
    }
  | ObjectClause
  /** The states that a container goes through: `running`, or `waiting` or `terminated` with or without a reason. */
  | { readonly kind: 'states'; readonly container: ContainerName; readonly states: readonly StateWord[] }
  /**
   * From each `from` to the next `to` at a later row, which may be the next `from`: the first gaps are these, each shorter by at most
   * `toleranceMs` (default 0) and longer by at most `lateMs` (default: the tolerance).
   */
  | {
      readonly kind: 'gaps'
      readonly from: Occurrence
      readonly to: Occurrence
      readonly are: readonly Milliseconds[]
      readonly toleranceMs?: Milliseconds | undefined
      readonly lateMs?: Milliseconds | undefined
    }
  /** The level holds at every instant before `until`; `unless` (weak): which need not come. */
  | {
      readonly kind: 'until'
      readonly level: Level
      readonly until: Level | Occurrence
      readonly isWeak?: boolean | undefined
    }
  | { readonly kind: 'scoped'; readonly scope: Scope; readonly clause: Clause }
  /** The clause for every container of the pod, or of one role: in it the container is called `@each`. */
  | {
      readonly kind: 'eachContainer'
      readonly pod: PodName
      readonly role?: 'container' | 'init' | 'sidecar' | undefined
      readonly clause: Clause
    }
  | { readonly kind: 'allOf'; readonly clauses: readonly Clause[] }
  /** A vacuous verdict counts as holding. */
  | { readonly kind: 'orVacuous'; readonly clause: Clause }

/** One state of a container: `running`, `waiting`, `waiting CrashLoopBackOff`, `terminated`, `terminated Error`. */
export type StateWord = 'running' | 'waiting' | 'terminated' | `waiting ${string}` | `terminated ${string}`

/** The kinds of `Level`: what tells a level from an occurrence. */
export const LEVEL_KINDS: ReadonlySet<string> = new Set<Level['kind']>([
  ...(['phase', 'condition', 'exists', 'terminating', 'scheduled', 'nominated', 'qosClass', 'podIP'] as const),
  ...(['running', 'ready', 'startedUp', 'waiting', 'terminated', 'restartCount', 'endpoint', 'alive'] as const),
  ...(['objectExists', 'objectTerminating', 'objectCondition', 'objectCount', 'complete'] as const),
  ...(['unschedulable', 'tainted'] as const),
  ...(['not', 'and', 'or', 'once', 'since'] as const),
])

/** Whether something is a level, which lasts, and not an occurrence. */
export const isLevel = (what: Level | Occurrence): what is Level => LEVEL_KINDS.has(what.kind)
