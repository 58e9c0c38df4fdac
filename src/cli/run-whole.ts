import type { RunOptions } from '../cluster/index.js'
import type { Plan } from '../scenario/index.js'
import { beginRun } from '../spec/index.js'
import type { Trace } from '../trace/index.js'
import { RunProgress } from './progress.js'

/** A run to its end. */
export interface WholeRun {
  readonly trace: Trace
  /** The limit on entries ended it. */
  readonly isCut: boolean
}

/** Runs a plan to its horizon, steps that wait for something included, and says how far it is when that takes long. */
export function runWhole(plan: Plan, options: RunOptions): WholeRun {
  const { simulation, hub } = beginRun(plan, options)
  const progress = new RunProgress(plan.horizon)
  hub.add(progress)
  const outcome = simulation.runUntil(plan.horizon)
  progress.end()
  return { trace: simulation.trace(), isCut: outcome === 'entryLimit' }
}
