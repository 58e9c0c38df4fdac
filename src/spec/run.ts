import {
  Runner as ClusterRunner,
  type DigestResult,
  type RunContext,
  type RunOptions,
  run as runInCluster,
  Simulation,
} from '../cluster/index.js'

import type { Plan } from '../scenario/index.js'
import type { RowListener, SymbolTable, Trace } from '../trace/index.js'
import { ReactionWatcher } from './reaction-watcher.js'
import { RowHub } from './row-hub.js'

/**
 * Runs a plan to its end: a pure function of the plan and the choices.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { planManifests, run } from 'podwright'
 *
 * const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const plan = planManifests([pod])
 * assert.equal(run(plan, { seed: 7 }).digest, run(plan, { seed: 7 }).digest)
 * ```
 */
export function run(plan: Plan, options: RunOptions = {}): Trace {
  if (!hasReactions(plan)) return runInCluster(plan, options)
  const { simulation } = beginRun(plan, options)
  simulation.runUntil(plan.horizon)
  return simulation.trace()
}

/** A run that has not begun yet, and where further listeners may be added. */
export interface BegunRun {
  readonly simulation: Simulation
  readonly hub: RowHub
}

/** Prepares a run whose reactions are watched for; listeners that are compiled for its symbols may be added to the hub. */
export function beginRun(plan: Plan, options: RunOptions = {}): BegunRun {
  const hub = new RowHub()
  const simulation = new Simulation(plan, { ...options, listener: hub })
  if (hasReactions(plan)) hub.add(new ReactionWatcher(plan, simulation.lawContext, index => simulation.react(index)))
  if (options.listener !== undefined) hub.add(options.listener)
  return { simulation, hub }
}

const hasReactions = ({ reactions }: Plan): boolean => reactions !== undefined && reactions.length > 0

/** Runs the same plan many times for its digest alone: compiles once, resets between runs, keeps no rows. */
export class Runner {
  readonly #runner: ClusterRunner
  readonly #reactions: ReactionWatcher | undefined

  constructor(plan: Plan) {
    this.#runner = new ClusterRunner(plan)
    const { lawContext } = this.#runner
    if (hasReactions(plan)) this.#reactions = new ReactionWatcher(plan, lawContext, index => this.#runner.react(index))
  }

  /** The texts that rows refer to, the same for every run: what a listener's monitors are compiled for. */
  get symbols(): SymbolTable {
    return this.#runner.symbols
  }

  /** What there is to know of a run beside its rows: what a monitor of the laws asks. */
  get lawContext(): RunContext {
    return this.#runner.lawContext
  }

  /** One run from the beginning, with these choices. */
  run(options: RunOptions = {}): DigestResult {
    const reactions = this.#reactions
    if (reactions === undefined) return this.#runner.run(options)
    reactions.reset()
    return this.#runner.run({ ...options, listener: both(reactions, options.listener) })
  }
}

function both(reactions: RowListener, other: RowListener | undefined): RowListener {
  if (other === undefined) return reactions
  const hub = new RowHub()
  hub.add(reactions)
  hub.add(other)
  return hub
}
