import type { Ending } from '../expect/index.js'
import { type Profile, profileOf } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ROW, ROW_KINDS, type RowKind, type RowListener, stateAt, type Trace } from '../trace/index.js'
import { NEVER } from './container-record.js'
import { EventRows } from './event-rows.js'
import type { LawFinding } from './law.js'
import type { LawContext } from './law-context.js'
import { LawFamilies } from './law-families.js'
import { lawNamed } from './law-named.js'
import { LawParts } from './law-parts.js'
import { LawState } from './law-state.js'
import { OwnerRecords } from './owner-records.js'
import { OwnerRows } from './owner-rows.js'
import { PodRows } from './pod-rows.js'
import { PolicyRecords } from './policy-records.js'
import { RowInHand } from './row-in-hand.js'
import { RuntimeRows } from './runtime-rows.js'
import { StatusRows } from './status-rows.js'

/** Which laws are not to be checked. */
export interface LawOptions {
  /** Names of laws, as `LAWS` has them; default: none. */
  readonly off?: readonly string[] | undefined
}

/** Who takes a row; `none`: no law looks at it. */
const ROUTE = {
  none: 0,
  status: 1,
  event: 2,
  container: 3,
  runtime: 4,
  pod: 5,
  sandbox: 6,
  pullStart: 7,
  endpoints: 8,
  step: 9,
  node: 10,
  requests: 11,
  owner: 12,
} as const

/** By kind of row. */
const ROUTES = routesOf([
  [ROUTE.status, [ROW.condition, ROW.phase, ROW.bound, ROW.conditionRemoved, ROW.statusReplaced]],
  [ROUTE.event, [ROW.event]],
  [
    ROUTE.container,
    [
      ...[ROW.containerWaiting, ROW.containerRunning, ROW.containerTerminated, ROW.containerLastTerminated],
      ...[ROW.containerRestarts, ROW.containerReady, ROW.containerStarted],
    ],
  ],
  [
    ROUTE.runtime,
    [
      ...[ROW.containerCreate, ROW.containerStart, ROW.containerStartFailed, ROW.containerStop, ROW.signal, ROW.exit],
      ...[ROW.hookStart, ROW.hookEnd, ROW.probe, ROW.probeRepeated],
    ],
  ],
  [
    ROUTE.pod,
    [
      ...[ROW.created, ROW.specChanged, ROW.deletionRequested, ROW.removed],
      ...[ROW.startTime, ROW.podIP, ROW.qosClass, ROW.nominatedNode],
    ],
  ],
  [
    ROUTE.sandbox,
    [ROW.sandboxCreate, ROW.sandboxReady, ROW.sandboxFailed, ROW.sandboxStop, ROW.sandboxDied, ROW.pullEnd],
  ],
  [ROUTE.pullStart, [ROW.pullStart]],
  [ROUTE.endpoints, [ROW.endpoints]],
  [ROUTE.step, [ROW.step]],
  [ROUTE.node, [ROW.nodeChanged, ROW.nodeCondition]],
  [ROUTE.requests, [ROW.requestsAnswered, ROW.requestFailed, ROW.requestRetried]],
  [ROUTE.owner, [ROW.ownerStatus, ROW.ownerText, ROW.ownerRevision]],
])

function routesOf(routes: readonly (readonly [number, readonly RowKind[]])[]): Uint8Array {
  const list = new Uint8Array(ROW_KINDS.length)
  for (const [route, kinds] of routes) for (const kind of kinds) list[kind] = route
  return list
}

/** So many rows are looked at in one go. */
const BATCH = 64
/** Transition times are compared for so many pods at a run's end. */
const MOST_PODS_COMPARED = 100

/**
 * Checks every law of `LAWS` while a run goes on, in one pass over its rows.
 *
 * It keeps a small record for each pod, container and workload and looks at the few laws that a kind of row can break. What lasts is looked
 * at when an instant is over. At most 100 findings are kept, ten of one law.
 *
 * @throws PodwrightError `USAGE` for a law in `off` that does not exist.
 */
export class LawMonitor implements RowListener {
  readonly #parts: LawParts
  readonly #state: LawState
  readonly #laws: LawFamilies
  readonly #pods: PodRows
  readonly #statuses: StatusRows
  readonly #events: EventRows
  readonly #runtime: RuntimeRows
  readonly #owners: OwnerRecords
  readonly #policies: PolicyRecords
  readonly #ownerRows: OwnerRows
  /** Rows that nobody has looked at yet, so many of them. */
  readonly #waiting: RowInHand[] = Array.from({ length: BATCH }, () => new RowInHand())
  #spare = new RowInHand()
  #count = 0
  #now: Milliseconds = 0

  constructor(context: LawContext, { off = [] }: LawOptions = {}) {
    for (const name of off) lawNamed(name, 'laws', () => 'docs/laws.md lists them')
    const profile: Profile = profileOf(context.kubernetes)
    const parts = new LawParts(context, profile, new Set(off))
    this.#parts = parts
    this.#state = new LawState(context, profile)
    this.#owners = new OwnerRecords(context)
    this.#policies = new PolicyRecords(context)
    this.#laws = new LawFamilies(parts, context, this.#state, this.#owners, this.#policies)
    this.#ownerRows = new OwnerRows(parts, this.#state, this.#laws, this.#owners, this.#policies)
    this.#pods = new PodRows(parts, this.#state, this.#laws, context, this.#ownerRows)
    this.#events = new EventRows(parts, this.#state, this.#laws, this.#ownerRows)
    this.#statuses = new StatusRows(parts, this.#state, this.#laws)
    this.#runtime = new RuntimeRows(parts, this.#state, this.#laws)
  }

  /** Another run begins. */
  reset(): void {
    this.#parts.findings.reset()
    this.#laws.storage.reset()
    this.#state.reset()
    this.#owners.reset()
    this.#policies.reset()
    this.#count = 0
    this.#now = 0
  }

  /** Keeps the row for the next look: what the engine and the laws need of the processor's caches they need by turns then. */
  row(
    number: number,
    time: Milliseconds,
    kind: RowKind,
    object: number,
    a: number,
    b: number,
    c: number,
    cause: number,
  ): void {
    if (this.#count === BATCH) this.#lookAtRows()
    const row = this.#waiting[this.#count++]
    row.number = number
    row.time = time
    row.kind = kind
    row.object = object
    row.a = a
    row.b = b
    row.c = c
    row.cause = cause
  }

  #lookAtRows(): void {
    const count = this.#count
    this.#count = 0
    for (let i = 0; i < count; i++) {
      const row = this.#waiting[i]
      if (row.time !== this.#now) {
        this.#settle()
        this.#now = row.time
      }
      this.#parts.row = row
      switch (ROUTES[row.kind]) {
        case ROUTE.status:
          this.#pods.takeStatus()
          break
        case ROUTE.event:
          this.#events.take()
          break
        case ROUTE.container:
          this.#statuses.take()
          break
        case ROUTE.runtime:
          this.#runtime.takeOfContainer()
          break
        case ROUTE.pod:
          this.#pods.take()
          break
        case ROUTE.sandbox:
          this.#runtime.takeOfPod()
          break
        case ROUTE.pullStart:
          this.#runtime.takePullStart()
          break
        case ROUTE.endpoints:
          this.#pods.takeEndpoints()
          break
        case ROUTE.step:
          this.#pods.takeStep()
          break
        case ROUTE.node:
          this.#pods.takeNode()
          break
        case ROUTE.requests:
          this.#pods.takeRequests()
          break
        case ROUTE.owner:
          this.#ownerRows.take()
          break
      }
    }
    if (count === 0) return
    // The last one stays in hand until its instant is over.
    this.#waiting[count - 1] = this.#spare
    this.#spare = this.#parts.row
  }

  /** The instant is over: what it has left has to be lawful. */
  #settle(): void {
    const { dirty } = this.#state
    if (this.#owners.dirty.length > 0) this.#ownerRows.settle(this.#now)
    if (dirty.length === 0) return
    const last = this.#parts.row.number
    // Taking them out one by one is cheaper than cutting the list, which is mostly of one.
    for (let pod = dirty.pop(); pod !== undefined; pod = dirty.pop()) {
      pod.isDirty = false
      this.#laws.conditions.settled(pod, this.#now, last)
      this.#laws.settled.settled(pod, this.#now, last)
      const { containers } = pod
      for (let j = 0; j < containers.length; j++) this.#laws.restarts.settled(containers[j])
    }
  }

  /**
   * The run is over: answers what was found, in the order in which it was.
   *
   * With the run's trace the transition times of the conditions that are left are compared, too.
   */
  finish(end: Milliseconds, ending: Ending, trace?: Trace): readonly LawFinding[] {
    this.#lookAtRows()
    this.#settle()
    for (const pod of this.#state.known) {
      if (pod.isHaunted) continue
      for (const container of pod.containers) {
        if (container.backOffToldAt !== NEVER) this.#laws.backOff.toldOver(container, end)
        if (container.isAlive) {
          this.#laws.termination.finished(container, end)
          this.#laws.restarts.livenessOver(container, end)
          this.#laws.reactions.startupOver(container, end)
          this.#laws.reactions.postStartOver(container, end)
        }
        // Where nothing more can happen, what was to come by an instant never comes.
        else if (!pod.isGone)
          this.#laws.backOff.over(container, ending === 'quiescent' ? Number.POSITIVE_INFINITY : end)
      }
    }
    for (const { symbol, taints, soleTaint } of this.#state.nodes)
      for (const known of taints) this.#laws.nodes.stayed(this.#state.known, symbol, known, end, known === soleTaint)
    this.#laws.rest.finished(this.#state, end, ending)
    this.#ownerRows.finish(end, ending === 'quiescent')
    if (trace !== undefined) this.#compareTransitions(trace, end)
    return this.#parts.findings.all
  }

  #compareTransitions(trace: Trace, end: Milliseconds): void {
    const last = trace.rows.length - 1
    const left = stateAt(trace, end)
    for (const pod of this.#state.known.slice(0, MOST_PODS_COMPARED)) {
      if (pod.isGone || pod.isHaunted) continue
      const { status } = left.pod(pod.symbol) ?? {}
      for (const { type, lastTransitionTime } of status?.conditions ?? [])
        if (typeof lastTransitionTime === 'string')
          this.#laws.conditions.transition(pod, type, lastTransitionTime, last)
    }
  }
}
