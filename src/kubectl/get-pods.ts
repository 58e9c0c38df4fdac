import type { Pod } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { type Trace, walkPods } from '../trace/index.js'
import { printPod } from './print-pod.js'
import { Table } from './table.js'

/** What `kubectl get pods` is asked for. */
export interface GetPodsOptions {
  /** `-o wide`. */
  readonly wide?: boolean | undefined
  /** `-A`: a column with the namespace; by default when the pods are of several. */
  readonly allNamespaces?: boolean | undefined
}

/** The lines of `kubectl get pods` for these pods, in the order of the API server: by namespace, then by name. */
export function getPods(pods: readonly Pod[], now: Milliseconds, options: GetPodsOptions = {}): string[] {
  const namespaces = new Set(pods.map(({ metadata }) => metadata.namespace ?? 'default'))
  const allNamespaces = options.allNamespaces ?? namespaces.size > 1
  if (pods.length === 0) {
    return [
      allNamespaces ? 'No resources found' : `No resources found in ${[...namespaces][0] ?? 'default'} namespace.`,
    ]
  }
  const columns = { wide: options.wide ?? false, allNamespaces }
  const rows = [...pods].sort(byName).map(pod => cellsOf(pod, now, columns))
  return new Table(headerOf(columns)).lines(rows)
}

/** Which pods `watchPods` follows, and how it prints them. */
export interface WatchPodsOptions extends GetPodsOptions {
  /** Only pods of this namespace. */
  readonly namespace?: string | undefined
  /** Up to this instant; by default to the end. */
  readonly until?: Milliseconds | undefined
}

/**
 * The lines of `kubectl get pods --watch` from the first pod on: one for each change in the store, with the columns as they
 * were then. As kubectl does, it prints a line even where no column changed, and the last state of a pod that is removed.
 */
export function* watchPods(trace: Trace, options: WatchPodsOptions = {}): Generator<string, void, undefined> {
  const until = options.until ?? Number.POSITIVE_INFINITY
  const isWatched = (namespace: string): boolean => options.namespace === undefined || options.namespace === namespace
  const namespaces = new Set(
    [...trace.objects.values()]
      .filter(({ kind, namespace }) => kind === 'Pod' && isWatched(namespace))
      .map(pod => pod.namespace),
  )
  const columns = { wide: options.wide ?? false, allNamespaces: options.allNamespaces ?? namespaces.size > 1 }
  const table = new Table(headerOf(columns))
  for (const change of walkPods(trace)) {
    if (change.time > until) return
    if (!isWatched(trace.objects.get(change.pod)?.namespace ?? '')) continue
    const now = change.time + (trace.header.clockOffset ?? 0)
    yield* table.lines([cellsOf(change.object(), now, columns)])
  }
}

interface PodColumns {
  readonly wide: boolean
  readonly allNamespaces: boolean
}

const headerOf = ({ wide, allNamespaces }: PodColumns): string[] => [
  ...(allNamespaces ? ['NAMESPACE'] : []),
  ...['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
  ...(wide ? ['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'] : []),
]

function cellsOf(pod: Pod, now: Milliseconds, { wide, allNamespaces }: PodColumns): string[] {
  const { name, ready, status, restarts, age, ip, node, nominatedNode, readinessGates } = printPod(pod, now, wide)
  return [
    ...(allNamespaces ? [pod.metadata.namespace ?? 'default'] : []),
    ...[name, ready, status, restarts, age],
    ...(wide ? [ip ?? '', node ?? '', nominatedNode ?? '', readinessGates ?? ''] : []),
  ]
}

function byName({ metadata: a }: Pod, { metadata: b }: Pod): number {
  return compare(a.namespace ?? '', b.namespace ?? '') || compare(a.name ?? '', b.name ?? '')
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
