import type { SymbolTable } from '../../trace/index.js'
import type { Clause } from '../clause.js'
import { compileClause } from './compile-clause.js'
import type { Clock } from './monitor.js'
import { MonitorSet } from './monitor-set.js'
import { NO_OBJECTS, type RunObjects } from './run-objects.js'
import { SignalNetwork } from './signal-network.js'

/**
 * Compiles clauses to monitors that watch runs row by row. Compiling is done once; a row that no clause asks about then costs a
 * few nanoseconds.
 *
 * @param clauses - Clauses that `resolveClauses` has resolved.
 * @param symbols - The texts of the runs to come: those of a trace, or of the plan that is run again and again. It grows by
 * the texts of the clauses.
 * @param objects - What rows refer to, and the nodes that there are from the beginning; needed where clauses speak of nodes, of
 * desired replicas or of rollouts.
 * @throws PodwrightError `USAGE` where a clause is not resolved.
 */
export function compileMonitors(
  clauses: readonly Clause[],
  symbols: SymbolTable,
  objects: RunObjects = NO_OBJECTS,
): MonitorSet {
  const network = new SignalNetwork(symbols, objects)
  const clock: Clock = { nextDeadline: Number.POSITIVE_INFINITY }
  return new MonitorSet(
    network,
    clock,
    clauses.map(clause => compileClause(clause, network, clock)),
  )
}
