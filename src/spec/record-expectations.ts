import { type Clause, checkTrace, type Occurrence, resolveClauses, rosterOf, type SignalName } from '../expect/index.js'
import type { Milliseconds } from '../time/index.js'
import { ROW, type Row, signalName, type Trace, type TraceObject } from '../trace/index.js'
import { conditionsOf, conditionTypesOf, phasesOf, statesOf } from './observed.js'
import { objectClauses } from './record-objects.js'

/** Of a container's exits and signals the first few are told with their times; the sequence of states tells of all. */
const MOST_TIMES = 3
/** Longer sequences are a crash loop: its gaps say more. */
const MOST_STATES = 24
const MOST_GAPS = 8

/**
 * The expectations that a run satisfied, as exact as they can be: per pod its phases and conditions, per container its states,
 * starts, exits and signals with their times, and the gaps between exits and starts. A start for who writes them by hand.
 *
 * What is so of all pods of a workload is said once, of `deployment/web`, since their own names change with its template. Of
 * workloads, budgets and autoscalers themselves their conditions and numbers are told, and when they are complete; of nodes what
 * becomes of them.
 */
export function recordExpectations(trace: Trace): readonly Clause[] {
  const roster = rosterOf(trace)
  const owners = new Map(roster.pods.map(({ namespace, name, owner }) => [`${namespace}/${name}`, owner]))
  const ownerOf = ({ namespace, name }: TraceObject): string | undefined => owners.get(`${namespace}/${name}`)
  const pods = [...trace.objects.values()].filter(({ kind }) => kind === 'Pod')
  const clauses = pods.flatMap(pod => {
    const owner = ownerOf(pod)
    if (owner === undefined) return clausesOf(trace, pod, nameOf(pod))
    const siblings = pods.filter(each => ownerOf(each) === owner)
    return pod === siblings[0] ? ofWorkload(trace, owner, siblings) : []
  })
  return [...clauses, ...objectClauses(trace)].filter(clause =>
    checkTrace(resolveClauses([clause], roster, 'record'), trace).every(({ kind }) => kind === 'holds'),
  )
}

/** What its pods have in common, of the workload, and the rest of each of them. */
function ofWorkload(trace: Trace, owner: string, pods: readonly TraceObject[]): readonly Clause[] {
  const word = ownerWord(owner)
  const said = pods.map(pod => new Set(clausesOf(trace, pod, word).map(clause => JSON.stringify(clause))))
  const isCommon = (clause: Clause): boolean => said.every(each => each.has(JSON.stringify(clause)))
  const [first] = pods
  return [
    ...clausesOf(trace, first, word).filter(isCommon),
    ...pods.flatMap(pod => {
      const own = clausesOf(trace, pod, word)
      return clausesOf(trace, pod, nameOf(pod)).filter((_, index) => !isCommon(own[index]))
    }),
  ]
}

/** `deployment/web` for the path `Deployment/default/web`. */
function ownerWord(path: string): string {
  const [kind, namespace, name] = path.split('/')
  const word = `${kind.toLowerCase()}/${name}`
  return namespace === 'default' ? word : `${namespace}/${word}`
}

/** All that can be said of a pod, which is called by this name. */
const clausesOf = (trace: Trace, object: TraceObject, pod: string): readonly Clause[] => [
  ...podClauses(trace, object, pod),
  ...containersOf(trace, object).flatMap(it => containerClauses(trace, pod, it)),
]

const nameOf = ({ namespace, name }: TraceObject): string => (namespace === 'default' ? name : `${namespace}/${name}`)

const containersOf = (trace: Trace, pod: TraceObject): readonly TraceObject[] =>
  [...trace.objects.values()].filter(object => object.pod === pod.symbol)

function podClauses(trace: Trace, object: TraceObject, pod: string): Clause[] {
  const phases = phasesOf(trace, object)
  const conditions = conditionTypesOf(trace, object).flatMap((type): Clause[] => {
    const statuses = conditionsOf(trace, object, type)
    return statuses.length > MOST_STATES ? [] : [{ kind: 'conditions', pod, type, statuses }]
  })
  return [...(phases.length === 0 ? [] : [{ kind: 'phases', pod, phases } as const]), ...conditions]
}

function containerClauses(trace: Trace, pod: string, object: TraceObject): Clause[] {
  const container = { pod, container: object.name }
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
