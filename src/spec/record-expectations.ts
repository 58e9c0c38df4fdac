import { type Clause, checkTrace, type Occurrence, resolveClauses, rosterOf, type SignalName } from '../expect/index.js'
import type { Milliseconds } from '../time/index.js'
import { ROW, type Row, signalName, type Trace, type TraceObject } from '../trace/index.js'
import { conditionsOf, conditionTypesOf, phasesOf, statesOf } from './observed.js'

/** Of a container's exits and signals the first few are told with their times; the sequence of states tells of all. */
const MOST_TIMES = 3
/** Longer sequences are a crash loop: its gaps say more. */
const MOST_STATES = 24
const MOST_GAPS = 8

/**
 * The expectations that a run satisfied, as exact as they can be: per pod its phases and conditions, per container its states,
 * starts, exits and signals with their times, and the gaps between exits and starts. A start for who writes them by hand.
 */
export function recordExpectations(trace: Trace): readonly Clause[] {
  const pods = [...trace.objects.values()].filter(({ kind }) => kind === 'Pod')
  const clauses = pods.flatMap(pod => [
    ...podClauses(trace, pod),
    ...containersOf(trace, pod).flatMap(it => containerClauses(trace, pod, it)),
  ])
  const roster = rosterOf(trace)
  return clauses.filter(clause =>
    checkTrace(resolveClauses([clause], roster, 'record'), trace).every(({ kind }) => kind === 'holds'),
  )
}

const nameOf = ({ namespace, name }: TraceObject): string => (namespace === 'default' ? name : `${namespace}/${name}`)

const containersOf = (trace: Trace, pod: TraceObject): readonly TraceObject[] =>
  [...trace.objects.values()].filter(object => object.pod === pod.symbol)

function podClauses(trace: Trace, object: TraceObject): Clause[] {
  const pod = nameOf(object)
  const phases = phasesOf(trace, object)
  const conditions = conditionTypesOf(trace, object).flatMap((type): Clause[] => {
    const statuses = conditionsOf(trace, object, type)
    return statuses.length > MOST_STATES ? [] : [{ kind: 'conditions', pod, type, statuses }]
  })
  return [...(phases.length === 0 ? [] : [{ kind: 'phases', pod, phases } as const]), ...conditions]
}

function containerClauses(trace: Trace, pod: TraceObject, object: TraceObject): Clause[] {
  const container = { pod: nameOf(pod), container: object.name }
  const states = statesOf(trace, object)
  const rows = rowsOf(trace, object)
  const starts = rows.filter(({ kind }) => kind === ROW.containerStart)
  const exits = rows.filter(({ kind }) => kind === ROW.exit)
  const signals = rows.filter(({ kind }) => kind === ROW.signal)
  const clauses: Clause[] = []
  if (states.length > 0 && states.length <= MOST_STATES) clauses.push({ kind: 'states', container, states })
  clauses.push({ kind: 'count', is: 'exactly', count: starts.length, what: { kind: 'started', container } })
  for (const { b, time } of exits.slice(0, MOST_TIMES)) clauses.push(at({ kind: 'exited', container, code: b }, time))
  for (const { b, time } of signals.slice(0, MOST_TIMES)) {
    const signal = signalName(b)
    if (isSignal(signal)) clauses.push(at({ kind: 'signalled', container, signal }, time))
  }
  const are = gapsOf(exits, starts).slice(0, MOST_GAPS)
  if (are.length > 1) {
    clauses.push({ kind: 'gaps', from: { kind: 'exited', container }, to: { kind: 'started', container }, are })
  }
  return clauses
}

const at = (what: Occurrence, ms: Milliseconds): Clause => ({ kind: 'eventually', what, bound: { kind: 'at', ms } })

const isSignal = (name: string): name is SignalName => name === 'SIGTERM' || name === 'SIGKILL'

function rowsOf({ rows }: Trace, { symbol }: TraceObject): readonly Row[] {
  const found: Row[] = []
  for (let number = 0; number < rows.length; number++) if (rows.objectOf(number) === symbol) found.push(rows.at(number))
  return found
}

/** From each exit to the next start. */
function gapsOf(exits: readonly Row[], starts: readonly Row[]): Milliseconds[] {
  return exits.flatMap(exit => {
    const start = starts.find(({ number }) => number > exit.number)
    return start === undefined ? [] : [start.time - exit.time]
  })
}
