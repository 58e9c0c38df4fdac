import { formatDuration } from '../time/index.js'
import { ROW, type Trace, unpackTypeAndCount } from '../trace/index.js'
import { drainLines } from './drain-lines.js'
import { formatInstant } from './format-instant.js'
import { requestLines } from './request-lines.js'
import { unwellPodLines } from './unwell-pods.js'

/** Counts of a run, for its last lines. */
export interface RunCounts {
  readonly pods: number
  readonly removedPods: number
  /** Starts of a container after its first. */
  readonly restarts: number
  readonly warnings: number
  readonly rows: number
}

/** Counts what a run held. */
export function countRun({ rows, symbols }: Trace): RunCounts {
  const counts = { pods: 0, removedPods: 0, restarts: 0, warnings: 0, rows: rows.length }
  for (let number = 0; number < rows.length; number++) {
    const kind = rows.kindOf(number)
    if (kind === ROW.created && symbols.text(rows.objectOf(number)).startsWith('Pod/')) counts.pods++
    else if (kind === ROW.removed && symbols.text(rows.objectOf(number)).startsWith('Pod/')) counts.removedPods++
    else if (kind === ROW.containerCreate && rows.at(number).b > 0) counts.restarts++
    else if (kind === ROW.event && unpackTypeAndCount(rows.at(number).b).type === 'Warning') counts.warnings++
  }
  return counts
}

/** Says how a run ended, what it held, and what is not as it should be then: drains, pods, requests. */
export function summary(trace: Trace): string[] {
  const { pods, removedPods, restarts, warnings, rows } = countRun(trace)
  const parts = [
    counted(pods, 'pod'),
    ...(removedPods > 0 ? [`${removedPods} of them removed`] : []),
    counted(restarts, 'restart'),
    counted(warnings, 'warning event'),
    counted(rows, 'row'),
  ]
  return [outcomeWords(trace), parts.join(', '), ...drainLines(trace), ...unwellPodLines(trace), ...requestLines(trace)]
}

function outcomeWords({ outcome, end, header, rows }: Trace): string {
  const at = formatInstant(end)
  const last = formatInstant(rows.length === 0 ? 0 : rows.timeOf(rows.length - 1))
  const horizon = formatDuration(header.horizon)
  switch (outcome) {
    case 'quiescent':
      return `Quiet since ${last}: nothing more can happen until the horizon of ${horizon}.`
    case 'horizon':
      return `Cut at the horizon of ${horizon}: more would happen after it.`
    case 'entryLimit':
      return `Stopped at ${at}: the limit of entries was reached, so something keeps the cluster busy without end.`
    case 'paused':
      return `Paused at ${at}.`
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
