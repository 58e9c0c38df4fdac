import { printPod } from '../kubectl/index.js'
import type { ContainerStatus, Pod } from '../model/index.js'
import {
  HOOK_HANDLERS,
  HOOKS,
  PROBE_RESULTS,
  PROBE_TYPES,
  ROW,
  type Row,
  type Trace,
  type TraceObject,
  unpackResultAndDuration,
  unpackTypeAndCount,
  unpackTypeAndHandler,
  walkPods,
} from '../trace/index.js'
import { observeNodes } from './observe-nodes.js'
import { observeObjects } from './observe-objects.js'
import type { ContainerEntry, Observed, ObservedCall, ObservedEvent, ObservedPod, Recording } from './recording.js'
import { isControlledKind } from './recording-workloads.js'

/** Turns a trace into what the recorder would have observed. */
export function observe(trace: Trace, recording: Recording): Observed {
  const isCluster = recording.runs[0]?.pods !== undefined
  const all = observePods(trace, isCluster)
  const { events, runtime, endpoints } = readRows(trace)
  const dieAfter = recording.script.sandbox?.dieAfter
  const [created] = runtime.filter(call => call.call === 'RunPodSandbox' && call.err === undefined)
  // The recorder's script notes the death of a sandbox that was stopped before, too.
  if (dieAfter !== undefined && created?.end !== undefined && !runtime.some(call => call.call === 'sandbox-died')) {
    if (trace.end / 1000 >= created.end + dieAfter) runtime.push({ t: created.end + dieAfter, call: 'sandbox-died' })
  }
  const nodes = observeNodes(trace, recording)
  const service = { ...(endpoints.length > 0 ? { endpoints } : {}), ...(nodes === undefined ? {} : { nodes }) }
  if (!isCluster) return { ...(all[0] as ObservedPod), events, runtime, ...service }
  const sorted = all.sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0))
  if (recording.class !== 'L' && recording.runs[0]?.objects === undefined)
    return { pods: sorted, events, runtime, ...service }
  // Of a cluster the recorder kept the events of the workload objects alone.
  const told = events.filter(({ object }) => isControlledKind(object?.slice(0, object.indexOf('/'))))
  return { pods: sorted, objects: observeObjects(trace), events: told, ...service }
}

/** What became of each pod; where the recorder told pods of one name apart, a pod that came again is another one. */
function observePods(trace: Trace, tellsApart: boolean): (ObservedPod & { readonly name: string })[] {
  const observers: { readonly name: string; readonly observer: PodObserver }[] = []
  const current = new Map<number, PodObserver>()
  for (const change of walkPods(trace)) {
    let observer = current.get(change.pod)
    if (observer === undefined || (tellsApart && change.type === 'ADDED')) {
      observer = new PodObserver()
      current.set(change.pod, observer)
      observers.push({ name: trace.objects.get(change.pod)?.name ?? '', observer })
    }
    observer.see(change.time, change.object(), change.type === 'DELETED')
  }
  return observers.flatMap(({ name, observer }) => {
    const observed = observer.result()
    return observed === undefined ? [] : [{ name, ...observed }]
  })
}

const seconds = (ms: number): number => ms / 1000

/** Collects the changes of one pod. */
class PodObserver {
  readonly #phase: { t: number; phase: string; reason?: string | undefined; message?: string | undefined }[] = []
  readonly #conditions: Record<
    string,
    { t: number; status: string; reason?: string | undefined; message?: string | undefined }[]
  > = {}
  readonly #containers: Record<string, ContainerEntry[]> = {}
  readonly #printed: { t: number; ready: string; status: string; restarts: string }[] = []
  #createdAt: number | undefined
  #terminatingAt: number | null = null
  #deletedAt: number | null = null
  #node: string | undefined

  /** The last version that a watch shows of a removed object still counts: a deletion without grace shows its timestamp there. */
  see(time: number, pod: Pod, isRemoved: boolean): void {
    const t = seconds(time)
    this.#createdAt ??= t
    this.#deletedAt = isRemoved ? t : null
    this.#node = pod.spec.nodeName
    if (pod.metadata.deletionTimestamp !== undefined) this.#terminatingAt ??= t
    const { status } = pod
    if (status === undefined) return
    this.#push(this.#phase, { t, phase: status.phase ?? '', reason: status.reason, message: status.message })
    for (const { type, status: truth, reason, message } of status.conditions ?? []) {
      this.#conditions[type] ??= []
      this.#push(this.#conditions[type], { t, status: truth, reason, message })
    }
    for (const each of status.initContainerStatuses ?? []) this.#container(t, `init:${each.name}`, each)
    for (const each of status.containerStatuses ?? []) this.#container(t, each.name, each)
    for (const each of status.ephemeralContainerStatuses ?? []) this.#container(t, `ephemeral:${each.name}`, each)
    const { ready, status: printed, restarts } = printPod(pod, time)
    this.#push(this.#printed, { t, ready, status: printed, restarts })
  }

  #container(t: number, name: string, status: ContainerStatus): void {
    const { running, terminated, waiting } = status.state ?? {}
    const last = status.lastState?.terminated
    this.#containers[name] ??= []
    this.#push(this.#containers[name], {
      t,
      state: running ? 'running' : terminated ? 'terminated' : 'waiting',
      reason: terminated?.reason ?? waiting?.reason,
      exitCode: terminated?.exitCode,
      message: terminated?.message ?? waiting?.message,
      restarts: status.restartCount,
      ready: status.ready,
      started: status.started === true,
      last: last === undefined ? undefined : { reason: last.reason, exitCode: last.exitCode, message: last.message },
    })
  }

  /** A change list: an entry that says the same as the one before is none. */
  #push<Entry extends { readonly t: number }>(list: Entry[], entry: Entry): void {
    const before = list.at(-1)
    if (before === undefined || JSON.stringify({ ...before, t: 0 }) !== JSON.stringify({ ...entry, t: 0 }))
      list.push(entry)
  }

  result(): ObservedPod | undefined {
    if (this.#createdAt === undefined) return undefined
    return {
      node: this.#node,
      createdAt: this.#createdAt,
      phase: this.#phase,
      conditions: this.#conditions,
      containers: this.#containers,
      terminatingAt: this.#terminatingAt,
      deletedAt: this.#deletedAt,
      printed: this.#printed,
    }
  }
}

/** Events and runtime calls, in the recorder's words. */
function readRows(trace: Trace): { events: ObservedEvent[]; runtime: ObservedCall[]; endpoints: ObservedEndpoints[] } {
  const events: ObservedEvent[] = []
  const runtime: ObservedCall[] = []
  const endpoints: ObservedEndpoints[] = []
  const runs = new Map<string, number>()
  for (let number = 0; number < trace.rows.length; number++) {
    const row = trace.rows.at(number)
    const object = trace.objects.get(row.object)
    if (row.kind === ROW.event) {
      const event = eventOf(trace, row, object)
      if (isRecorded(event, object)) events.push(event)
    } else if (row.kind === ROW.endpoints)
      endpoints.push({ t: seconds(row.time), addresses: addressesOf(trace.symbols.text(row.a)) })
    else {
      const call = callOf(trace, row, object, runs)
      if (call !== null) runtime.push(call)
    }
  }
  return { events, runtime, endpoints }
}

/** The recorder watched no Events of nodes, and lost those of the taint eviction controller (recordings.md, J). */
const isRecorded = ({ reason }: ObservedEvent, object: TraceObject | undefined): boolean =>
  object?.kind !== 'Node' && reason !== 'TaintManagerEviction'

type ObservedEndpoints = NonNullable<Observed['endpoints']>[number]

/** `10.244.0.5 ready serving, …`: each endpoint's conditions by name. */
const addressesOf = (text: string): ObservedEndpoints['addresses'] =>
  (text === '' ? [] : text.split(', ')).map(each => ({
    ready: each.includes(' ready'),
    serving: each.includes(' serving'),
    terminating: each.includes(' terminating'),
  }))

function eventOf(trace: Trace, row: Row, object: TraceObject | undefined): ObservedEvent {
  const { type, source, count } = unpackTypeAndCount(row.b)
  const list =
    object?.role === 'container'
      ? 'containers'
      : object?.role === 'ephemeral'
        ? 'ephemeralContainers'
        : 'initContainers'
  return {
    t: seconds(row.time),
    type,
    reason: trace.symbols.text(row.a),
    message: trace.symbols.text(row.c),
    count,
    fieldPath: object?.kind === 'Container' ? `spec.${list}{${object.name}}` : undefined,
    source,
    ...(isControlledKind(object?.kind) ? { object: `${object?.kind}/${object?.name}` } : {}),
  }
}

/** Instances are numbered per CreateContainer, the recorder's runs per StartContainer: a map from one to the other. */
const instanceKey = (row: Row): string => `${row.object}/${row.a}`

function callOf(
  trace: Trace,
  row: Row,
  object: TraceObject | undefined,
  runs: Map<string, number>,
): ObservedCall | null {
  const t = seconds(row.time)
  const container = object?.kind === 'Container' ? object.name : undefined
  const text = (symbol: number): string => trace.symbols.text(symbol)
  switch (row.kind) {
    case ROW.sandboxReady:
      return { t: seconds(trace.rows.timeOf(row.cause)), end: t, call: 'RunPodSandbox', attempt: row.a }
    case ROW.sandboxFailed:
      return {
        t: seconds(trace.rows.timeOf(row.cause)),
        end: t,
        call: 'RunPodSandbox',
        attempt: row.a,
        err: text(row.b),
      }
    case ROW.sandboxStop:
      return { t, call: 'StopPodSandbox', attempt: row.a }
    case ROW.sandboxDied:
      return { t, call: 'sandbox-died' }
    case ROW.pullEnd: {
      const start = trace.rows.at(row.cause)
      const image = withTag(text(row.a))
      return { t: seconds(start.time), end: t, call: 'PullImage', image, ...(row.b === 0 ? {} : { err: text(row.b) }) }
    }
    case ROW.containerCreate:
      return { t, call: 'CreateContainer', container, attempt: row.b }
    case ROW.containerStart:
      runs.set(instanceKey(row), row.b)
      return { t, call: 'StartContainer', container, run: row.b }
    case ROW.containerStartFailed:
      return { t, call: 'StartContainer', container, run: row.b, err: text(row.c) }
    case ROW.containerStop:
      return { t, call: 'StopContainer', container, timeout: row.b }
    case ROW.signal:
      return row.b === 15 ? { t, call: 'SIGTERM', container } : null
    case ROW.exit:
      return { t, call: 'exit', container, exitCode: row.b }
    case ROW.hookEnd:
      return hookOf(trace, row, container)
    case ROW.probe: {
      const { type, handler } = unpackTypeAndHandler(row.b)
      const { result, durationMs } = unpackResultAndDuration(row.c)
      // Only exec probes are seen at the runtime's boundary, and only those that found a running container.
      if (handler !== 0 || PROBE_RESULTS[result] === 'error') return null
      const cmd = ['probe', PROBE_TYPES[type]]
      return {
        t: t - durationMs / 1000,
        end: t,
        call: 'ExecSync',
        container,
        cmd,
        result: PROBE_RESULTS[result],
        run: runs.get(instanceKey(row)),
      }
    }
    default:
      return null
  }
}

function hookOf(trace: Trace, row: Row, container: string | undefined): ObservedCall | null {
  const start = trace.rows.at(row.cause)
  const handler = start.kind === ROW.hookStart ? HOOK_HANDLERS[start.c] : undefined
  const t = seconds(start.time)
  // The recorder sees no call into a container that has exited.
  if (handler === 'exec' && row.c === EXEC_IMPOSSIBLE) return null
  if (handler === 'exec') return { t, call: 'ExecSync', container, cmd: ['hook', HOOKS[row.b]], exitCode: row.c }
  // A refused connection never reaches the recorder.
  return handler === 'httpGet' && row.c === 0 ? { t, call: 'httpHook', container, hook: HOOKS[row.b] } : null
}

/** Exit code of an exec hook whose container had gone before. */
const EXEC_IMPOSSIBLE = 126

const withTag = (image: string): string => (/[:@][^/]*$/.test(image) ? image : `${image}:latest`)
