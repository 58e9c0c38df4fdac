import { nearestWord, PodwrightError } from '../errors/index.js'
import type { Ending } from '../expect/index.js'
import { type Profile, profileOf } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { podAt, ROW, ROW_KINDS, type RowKind, type RowListener, type Trace } from '../trace/index.js'
import { Findings } from './findings.js'
import type { LawFinding } from './law.js'
import type { LawContext } from './law-context.js'
import { LAWS, LawFamilies } from './law-families.js'
import type { LawParts } from './law-parts.js'
import { LawState } from './law-state.js'
import { PodRows } from './pod-rows.js'
import { RowInHand } from './row-in-hand.js'
import { RuntimeRows } from './runtime-rows.js'
import { StatusRows } from './status-rows.js'
import { wordsOf } from './words.js'

/** Which laws are not to be checked. */
export interface LawOptions {
  /** Names of laws, as `LAWS` has them; default: none. */
  readonly off?: readonly string[] | undefined
}

/** Who takes a row; `none`: no law looks at it. */
const ROUTE = {
  none: 0,
  event: 1,
  pod: 2,
  status: 3,
  container: 4,
  sandbox: 5,
  pullStart: 6,
  endpoints: 7,
  step: 8,
  node: 9,
} as const

/** By kind of row. */
const ROUTES = routesOf([
  [ROUTE.event, [ROW.event]],
  [
    ROUTE.pod,
    [
      ...[ROW.created, ROW.bound, ROW.specChanged, ROW.deletionRequested, ROW.removed, ROW.phase, ROW.condition],
      ...[ROW.conditionRemoved, ROW.startTime, ROW.podIP, ROW.qosClass, ROW.statusReplaced],
    ],
  ],
  [
    ROUTE.status,
    [
      ...[ROW.containerWaiting, ROW.containerRunning, ROW.containerTerminated, ROW.containerRestarts],
      ...[ROW.containerReady, ROW.containerStarted],
    ],
  ],
  [
    ROUTE.container,
    [
      ...[ROW.containerCreate, ROW.containerStart, ROW.containerStartFailed, ROW.containerStop, ROW.signal, ROW.exit],
      ...[ROW.hookStart, ROW.hookEnd, ROW.probe, ROW.probeRepeated],
    ],
  ],
  [ROUTE.sandbox, [ROW.sandboxCreate, ROW.sandboxReady, ROW.sandboxStop, ROW.sandboxDied, ROW.pullEnd]],
  [ROUTE.pullStart, [ROW.pullStart]],
  [ROUTE.endpoints, [ROW.endpoints]],
  [ROUTE.step, [ROW.step]],
  [ROUTE.node, [ROW.nodeChanged]],
])

function routesOf(routes: readonly (readonly [number, readonly RowKind[]])[]): Uint8Array {
  const list = new Uint8Array(ROW_KINDS.length)
  for (const [route, kinds] of routes) for (const kind of kinds) list[kind] = route
  return list
}

const LONGEST_BACK_OFF_MS = 300_000
/** Transition times are compared for so many pods at a run's end. */
const MOST_PODS_COMPARED = 100

/**
 * Checks every law of `LAWS` while a run goes on, in one pass over its rows.
 *
 * It keeps a small record for each pod and container and looks at the few laws that a kind of row can break. What lasts is looked
 * at when an instant is over. At most 100 findings are kept, ten of one law.
 *
 * @throws PodwrightError `USAGE` for a law in `off` that does not exist.
 */
export class LawMonitor implements RowListener {
  readonly #row = new RowInHand()
  readonly #findings: Findings
  readonly #state: LawState
  readonly #laws: LawFamilies
  readonly #pods: PodRows
  readonly #statuses: StatusRows
  readonly #runtime: RuntimeRows
  #now: Milliseconds = 0

  constructor(context: LawContext, { off = [] }: LawOptions = {}) {
    for (const name of off) checkName(name)
    const { symbols } = context
    const profile: Profile = profileOf(context.kubernetes)
    this.#findings = new Findings(symbols, this.#row, new Set(off))
    const parts: LawParts = {
      row: this.#row,
      findings: this.#findings,
      symbols,
      words: wordsOf(symbols),
      profile,
      clockOffset: context.clockOffset ?? 0,
      longestBackOffMs: context.longestBackOffMs ?? LONGEST_BACK_OFF_MS,
      toleranceMs: context.toleranceMs ?? 0,
    }
    this.#state = new LawState(context, profile)
    this.#laws = new LawFamilies(parts)
    this.#pods = new PodRows(parts, this.#state, this.#laws, context)
    this.#statuses = new StatusRows(parts, this.#state, this.#laws)
    this.#runtime = new RuntimeRows(parts, this.#state, this.#laws)
  }

  /** Another run begins. */
  reset(): void {
    this.#findings.reset()
    this.#state.reset()
    this.#row.number = -1
    this.#now = 0
  }

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
    if (time !== this.#now) {
      this.#settle()
      this.#now = time
    }
    const row = this.#row
    row.number = number
    row.time = time
    row.kind = kind
    row.object = object
    row.a = a
    row.b = b
    row.c = c
    row.cause = cause
    switch (ROUTES[kind]) {
      case ROUTE.event:
        this.#pods.takeEvent()
        break
      case ROUTE.pod:
        this.#pods.take()
        break
      case ROUTE.status:
        this.#statuses.take()
        break
      case ROUTE.container:
        this.#runtime.takeOfContainer()
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
    }
  }

  /** The instant is over: what it has left has to be lawful. */
  #settle(): void {
    const { dirty } = this.#state
    if (dirty.length === 0) return
    const last = this.#row.number
    // Taking them out one by one is cheaper than cutting the list, which is mostly of one.
    for (let pod = dirty.pop(); pod !== undefined; pod = dirty.pop()) {
      pod.isDirty = false
      this.#laws.conditions.settled(pod, this.#now, last)
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
    this.#settle()
    for (const pod of this.#state.known) {
      if (pod.isHaunted) continue
      for (const container of pod.containers) {
        if (container.isAlive) {
          this.#laws.termination.finished(container, end)
          this.#laws.restarts.livenessOver(container, end)
        }
        // Where nothing more can happen, what was to come by an instant never comes.
        else if (pod.exists) this.#laws.backOff.over(container, ending === 'quiescent' ? Number.POSITIVE_INFINITY : end)
      }
    }
    for (const [name, { taints }] of this.#state.nodes)
      for (const known of taints) this.#laws.nodes.stayed(this.#state.known, name, known, end)
    if (trace !== undefined) this.#compareTransitions(trace, end)
    return this.#findings.all
  }

  #compareTransitions(trace: Trace, end: Milliseconds): void {
    const last = trace.rows.length - 1
    for (const pod of this.#state.known.slice(0, MOST_PODS_COMPARED)) {
      if (!pod.exists || pod.isHaunted) continue
      const { status } = podAt(trace, pod.symbol, end) ?? {}
      for (const { type, lastTransitionTime } of status?.conditions ?? [])
        if (typeof lastTransitionTime === 'string')
          this.#laws.conditions.transition(pod, type, lastTransitionTime, last)
    }
  }
}

function checkName(name: string): void {
  if (LAWS.some(law => law.name === name)) return
  const near = nearestWord(
    name,
    LAWS.map(law => law.name),
  )
  throw new PodwrightError({
    code: 'USAGE',
    where: 'laws',
    problem: `expected the name of a law, got ${JSON.stringify(name.slice(0, 80))}`,
    hint: near === undefined ? 'docs/laws.md lists them' : `did you mean ${near}?`,
  })
}
