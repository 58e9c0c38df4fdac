import { PodwrightError } from '../errors/index.js'
import { digestText } from '../hash/index.js'
import type { Pod } from '../model/index.js'
import type { Plan, Step } from '../scenario/index.js'
import { formatDuration, type Milliseconds } from '../time/index.js'
import {
  type Outcome,
  podAt,
  type RowListener,
  RowStore,
  type SymbolTable,
  TRACE_VERSION,
  type Trace,
  type TraceObject,
} from '../trace/index.js'
import { Cluster } from './cluster.js'
import { podPath } from './pod-identity.js'
import { type PreparedPlan, prepare } from './prepared-plan.js'
import { type RunContext, runContextOf } from './run-context.js'

/** Choices and limits of a run. */
export interface RunOptions {
  /** Any whole number; absent: the canonical choices. */
  readonly seed?: number | undefined
  /** Replays the draws of an earlier run. */
  readonly recipe?: string | undefined
  /** Ends the run after this many entries of the queue; default 20 million. */
  readonly entryLimit?: number | undefined
  /** Sees every row as it is written; must not change anything. */
  readonly listener?: RowListener | undefined
}

/** The most entries that a run takes unless told otherwise. */
const DEFAULT_ENTRY_LIMIT = 20_000_000

/** Runs a plan to its end: a pure function of the plan and the choices. */
export function run(plan: Plan, options: RunOptions = {}): Trace {
  const simulation = start(plan, options)
  simulation.runUntil(plan.horizon)
  return simulation.trace()
}

/** What a run without its rows leaves: enough to compare. */
export interface DigestResult {
  readonly digest: string
  readonly outcome: Outcome
  readonly end: Milliseconds
  readonly entries: number
  readonly rows: number
}

/** Runs the same plan many times for its digest alone: compiles once, resets between runs, keeps no rows. */
export class Runner {
  readonly #cluster: Cluster
  readonly #plan: Plan

  constructor(plan: Plan) {
    this.#plan = plan
    this.#cluster = new Cluster(prepare(plan))
  }

  /** The texts that rows refer to, the same for every run. */
  get symbols(): SymbolTable {
    return this.#cluster.prepared.symbols
  }

  /** For listeners: what there is to know of a run beside its rows. */
  get lawContext(): RunContext {
    return runContextOf(this.#cluster)
  }

  /** For listeners: what a reaction of the plan waits for has happened. */
  react(reaction: number): void {
    this.#cluster.steps.react(reaction)
  }

  /** One run from the beginning, with these choices. */
  run(options: RunOptions = {}): DigestResult {
    const cluster = this.#cluster
    cluster.reset({ seed: options.seed, recipe: options.recipe, retention: 'digest', listener: options.listener })
    const outcome = cluster.run(this.#plan.horizon, options.entryLimit ?? DEFAULT_ENTRY_LIMIT)
    // Requests that are under way at the end are rows of the run as any.
    cluster.finish()
    const { kernel, trace } = cluster
    return { digest: trace.digest(), outcome, end: kernel.now, entries: kernel.entries, rows: trace.count }
  }
}

/**
 * Begins a run that can be paused: run on, look, do something by hand, run on. What is done by hand becomes a step of the plan
 * that `plan()` answers, so the run can be replayed.
 */
export const start = (plan: Plan, options: RunOptions = {}): Simulation => new Simulation(plan, options)

/** A run in progress. */
export class Simulation {
  readonly #plan: Plan
  readonly #options: RunOptions
  readonly #prepared: PreparedPlan
  readonly #cluster: Cluster
  #outcome: Outcome = 'paused'
  #isFinished = false

  constructor(plan: Plan, options: RunOptions) {
    this.#plan = plan
    this.#options = options
    this.#prepared = prepare(plan)
    this.#cluster = new Cluster(this.#prepared)
    this.#cluster.reset({ seed: options.seed, recipe: options.recipe, retention: 'full', listener: options.listener })
  }

  /** The texts that rows refer to. */
  get symbols(): SymbolTable {
    return this.#prepared.symbols
  }

  /** For listeners: what there is to know of a run beside its rows. */
  get lawContext(): RunContext {
    return runContextOf(this.#cluster)
  }

  /** For listeners: what a reaction of the plan waits for has happened. */
  react(reaction: number): void {
    this.#cluster.steps.react(reaction)
  }

  /** For listeners: the run stops after the work in hand, in the middle of an instant perhaps. */
  pause(): void {
    this.#cluster.kernel.pause()
  }

  /** Virtual time. */
  get now(): Milliseconds {
    return this.#cluster.kernel.now
  }

  /** Runs up to and including an instant, at most to the plan's horizon; answers why it stopped. */
  runUntil(instant: Milliseconds): Outcome {
    const { kernel } = this.#cluster
    const left = (this.#options.entryLimit ?? DEFAULT_ENTRY_LIMIT) - kernel.entries
    const isBeyond = instant >= this.#plan.horizon
    const reason = this.#cluster.run(Math.min(instant, this.#plan.horizon), Math.max(0, left))
    this.#outcome = reason === 'horizon' && !isBeyond ? 'paused' : reason
    if (isBeyond && reason !== 'paused') this.#finish()
    // A quiet cluster waits until the instant asked for; only a run to its end is over as soon as nothing is left.
    if (this.#outcome === 'quiescent' && !isBeyond) kernel.advance(instant)
    return this.#outcome
  }

  #finish(): void {
    if (!this.#isFinished) this.#cluster.finish()
    this.#isFinished = true
  }

  /** A pod as the API server holds it now. */
  get(namespace: string, name: string): Pod | undefined {
    const symbol = this.#prepared.symbols.find(podPath(namespace, name))
    return symbol === undefined ? undefined : podAt(this.trace(), symbol, this.now)
  }

  /**
   * Does something by hand at the present instant, after all else that is due at it, and what follows at once; it becomes a step
   * of the plan.
   */
  apply(step: Step): void {
    this.#checkGoesOn()
    this.#cluster.steps.add(step)
    this.runUntil(this.now)
  }

  /** At the end of a run repetitions were told that would have gone on: nothing can follow. */
  #checkGoesOn(): void {
    if (!this.#isFinished) return
    throw new PodwrightError({
      code: 'USAGE',
      problem: `expected a run that goes on, got one that ended at ${formatDuration(this.now)}`,
      hint: `it was run to its horizon of ${formatDuration(this.#plan.horizon)}: run until an instant before it`,
    })
  }

  /** The plan with everything that was done by hand as steps: running it again gives the same trace. */
  plan(): Plan {
    const { added } = this.#cluster.steps
    if (added.length === 0) return this.#plan
    return { ...this.#plan, steps: [...this.#plan.steps, ...added] }
  }

  /** Draws of the recipe that the run has not asked for so far, by address: at its end, the recipe was made for another input. */
  unusedDraws(): string[] {
    return this.#cluster.choices.unusedAddresses()
  }

  /** The record of the run so far. */
  trace(): Trace {
    const { trace, choices, kernel, register } = this.#cluster
    const { plan, symbols, manifests, traceObjects } = this.#prepared
    const objects = new Map<number, TraceObject>([...traceObjects, ...register.objects])
    return {
      header: {
        version: TRACE_VERSION,
        kubernetes: plan.kubernetes,
        horizon: plan.horizon,
        seed: this.#options.seed,
        recipe: choices.recipe(),
        planDigest: planDigest(this.plan()),
        clockOffset: plan.timing.clockOffset,
      },
      symbols,
      rows: trace.rows ?? new RowStore(),
      objects,
      manifests: [...manifests, ...register.manifests],
      initialObjects: plan.objects.length === 0 ? undefined : plan.objects,
      outcome: this.#outcome,
      end: kernel.now,
      digest: trace.digest(),
    }
  }
}

/** Digests of plans that are frozen, and so cannot come to say something else. */
const digestOfPlan = new WeakMap<Plan, string>()

/** 64 bits over what a plan says; where it was written does not count. */
export function planDigest(plan: Plan): string {
  const known = digestOfPlan.get(plan)
  if (known !== undefined) return known
  const digest = digestText(
    JSON.stringify(plan, (key, value) =>
      key === 'origin' || key === 'fieldOrigin' || key === 'assumptions' ? undefined : value,
    ),
  )
  if (Object.isFrozen(plan)) digestOfPlan.set(plan, digest)
  return digest
}
