import { printPod } from '../../src/kubectl/index.js'
import type { Event, Pod } from '../../src/model/index.js'
import {
  eventsAt,
  findObject,
  HOOKS,
  podAt,
  ROW,
  type Row,
  stateAt,
  type Trace,
  unpackTypeAndHandler,
  walkPods,
} from '../../src/trace/index.js'

/** One run of a container, on the runtime's clock. */
export interface Lifetime {
  readonly instance: number
  readonly start: number
  /** Infinity: it still runs when the trace ends. */
  end: number
  exitCode: number | undefined
}

const rowsOf = ({ rows }: Trace): Row[] => Array.from({ length: rows.length }, (_, number) => rows.at(number))

const nameOf = (trace: Trace, symbol: number): string => trace.objects.get(symbol)?.name ?? ''

/** Every run of a container, by its name; the pods of a test have no two containers of one name. */
export function lifetimes(trace: Trace, container: string): Lifetime[] {
  const found: Lifetime[] = []
  for (const { kind, object, time, a, b } of rowsOf(trace)) {
    if (nameOf(trace, object) !== container) continue
    if (kind === ROW.containerStart) {
      found.push({ instance: a, start: time, end: Number.POSITIVE_INFINITY, exitCode: undefined })
    }
    const ended = kind === ROW.exit ? found.find(each => each.instance === a && each.exitCode === undefined) : undefined
    if (ended !== undefined) Object.assign(ended, { end: time, exitCode: b })
  }
  return found
}

const first = (trace: Trace, container: string): Lifetime => {
  const [lifetime] = lifetimes(trace, container)
  if (lifetime === undefined) throw new Error(`container ${container} never starts`)
  return lifetime
}

/** The first run of one container begins before that of another. */
export const startsBefore = (trace: Trace, one: string, other: string): boolean =>
  first(trace, one).start < first(trace, other).start

/** The first run of one container is over when that of another begins. */
export const exitsBefore = (trace: Trace, one: string, other: string): boolean =>
  first(trace, one).end <= first(trace, other).start

/** A run of one container and a run of another have time in common. */
export const runTogether = (trace: Trace, one: string, other: string): boolean =>
  lifetimes(trace, one).some(a => lifetimes(trace, other).some(b => a.start < b.end && b.start < a.end))

export const doesntStart = (trace: Trace, container: string): boolean => lifetimes(trace, container).length === 0
export const hasRestarted = (trace: Trace, container: string): boolean => lifetimes(trace, container).length > 1
export const runsOnce = (trace: Trace, container: string): boolean => lifetimes(trace, container).length === 1

/** The last run of a container. */
export function lastRun(trace: Trace, container: string): Lifetime {
  const last = lifetimes(trace, container).at(-1)
  if (last === undefined) throw new Error(`container ${container} never starts`)
  return last
}

/** One call of a hook. */
export interface HookCall {
  readonly start: number
  end: number
  exitCode: number | undefined
}

/** Every call of a container's hook. */
export function hookCalls(trace: Trace, container: string, hook: (typeof HOOKS)[number]): HookCall[] {
  const found: HookCall[] = []
  for (const { kind, object, time, b, c } of rowsOf(trace)) {
    if (nameOf(trace, object) !== container || HOOKS[b] !== hook) continue
    if (kind === ROW.hookStart) found.push({ start: time, end: Number.POSITIVE_INFINITY, exitCode: undefined })
    const ended = kind === ROW.hookEnd ? found.find(each => each.exitCode === undefined) : undefined
    if (ended !== undefined) Object.assign(ended, { end: time, exitCode: c })
  }
  return found
}

/** The times at which a container's probe gave another answer than before, with the answers in between counted. */
export function probeRows(trace: Trace, container: string, type: 0 | 1 | 2): { time: number; times: number }[] {
  const found: { time: number; times: number }[] = []
  for (const { kind, object, time, b, c } of rowsOf(trace)) {
    if (nameOf(trace, object) !== container) continue
    if (kind === ROW.probe && unpackTypeAndHandler(b).type === type) found.push({ time, times: 1 })
    if (kind === ROW.probeRepeated && b === type) found.push({ time, times: c })
  }
  return found
}

/** When SIGTERM or SIGKILL was sent to a container. */
export const signals = (trace: Trace, container: string, signal: 9 | 15): number[] =>
  rowsOf(trace).flatMap(({ kind, object, time, b }) =>
    kind === ROW.signal && b === signal && nameOf(trace, object) === container ? [time] : [],
  )

/** When the object of a pod is removed from the store; Infinity: it stays. */
export const goneAt = (trace: Trace): number =>
  rowsOf(trace).find(({ kind }) => kind === ROW.removed)?.time ?? Number.POSITIVE_INFINITY

/** The pod as it stands at the trace's end, or when it was removed, or at an instant. */
export function podOf(trace: Trace, name: string, time = trace.end): Pod {
  const { symbol } = findObject(trace, `Pod/default/${name}`)
  const pod = podAt(trace, symbol, time) ?? stateAt(trace, time).removedPod(symbol)
  if (pod === undefined) throw new Error(`there is no pod ${name} at ${time}`)
  return pod
}

/** The status of one container, init containers and ephemeral ones included. */
export function statusOf({ status }: Pod, container: string) {
  const all = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ]
  return all.find(({ name }) => name === container)
}

/** Every Event: its reason and message. */
export const eventTexts = (trace: Trace): string[] =>
  eventsAt(trace, trace.end).map(({ reason, message }: Event) => `${reason}: ${message}`)

/** The phases of a pod, in the order in which the API showed them. */
export function phases(trace: Trace): string[] {
  const found: string[] = []
  for (const change of walkPods(trace)) {
    const { phase = '' } = change.object().status ?? {}
    if (found.at(-1) !== phase) found.push(phase)
  }
  return found
}

/** What `kubectl get pods -w` shows of a pod's life, with the seconds, without repetitions. */
export function printed(trace: Trace): string[] {
  const lines: string[] = []
  for (const { time, type, object } of walkPods(trace)) {
    const { ready, status, restarts } = printPod(object(), time)
    const columns = type === 'DELETED' ? 'gone' : `${ready} ${status} ${restarts.replace(/ .*/, '')}`
    if (lines.at(-1)?.replace(/^\S+ /, '') !== columns) lines.push(`${time / 1000}s ${columns}`)
  }
  return lines
}
