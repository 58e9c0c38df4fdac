import type { Trace } from '../trace/index.js'
import type { LawFinding } from './law.js'
import { lawContextOf } from './law-context.js'
import { LawMonitor, type LawOptions } from './law-monitor.js'

/**
 * Checks every law over a kept trace; answers what was broken, in the order in which it was.
 *
 * @throws PodwrightError `USAGE` for a law in `off` that does not exist.
 */
export function checkLaws(trace: Trace, options: LawOptions = {}): readonly LawFinding[] {
  const monitor = new LawMonitor(lawContextOf(trace), options)
  const { rows } = trace
  for (let number = 0; number < rows.length; number++) {
    const { time, kind, object, a, b, c, cause } = rows.at(number)
    monitor.row(number, time, kind, object, a, b, c, cause)
  }
  return monitor.finish(trace.end, trace.outcome === 'quiescent' ? 'quiescent' : 'horizon', trace)
}
