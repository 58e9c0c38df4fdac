import { printPod } from '../../src/kubectl/index.js'
import type { Event, Pod } from '../../src/model/index.js'
import { eventsAt, findObject, podAt, ROW, type Row, stateAt, type Trace, walkPods } from '../../src/trace/index.js'

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

export const runsOnce = (trace: Trace, container: string): boolean => lifetimes(trace, container).length === 1

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
