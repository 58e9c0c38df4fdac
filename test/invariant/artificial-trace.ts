import { defaultPod } from '../../src/api/index.js'
import type { KubernetesObject, Pod, PodSpec, Taint } from '../../src/model/index.js'
import { createNode } from '../../src/scenario/index.js'
import {
  CONDITION_STATUS,
  type ColumnType,
  type Outcome,
  ROW_KINDS,
  type RowKind,
  RowStore,
  SymbolTable,
  TRACE_VERSION,
  type Trace,
  type TraceManifest,
  type TraceObject,
} from '../../src/trace/index.js'

/**
 * One row: time, kind, object, columns. The object is a container's name, `pod`, or a path; texts are interned, and a condition's
 * status and reason are written `True` or `False Reason`. A cause stands last; without one the row has none.
 */
export type ArtificialRow = readonly [
  time: number,
  kind: string,
  object: string,
  ...columns: readonly (string | number | Cause)[],
]

/** Which row caused one: the last step, or a row by its number. */
interface Cause {
  readonly cause: 'step' | number
}

/** Stands last in a row that the step before it caused. */
export const BY_STEP: Cause = { cause: 'step' }

/** Stands last in a row that the row of this number caused. */
export const byRow = (cause: number): Cause => ({ cause })

/** What an artificial trace is about, beside its rows. */
export interface ArtificialOptions {
  readonly kubernetes?: string
  /** The pod's spec; default: one container `app`. */
  readonly spec?: Partial<PodSpec>
  readonly metadata?: object
  /** Further manifests of the pod: what `specChanged` rows refer to, from index 2 on. */
  readonly patched?: readonly Partial<PodSpec>[]
  /** The manifests of the pod as they are, in place of `spec` and `patched`. */
  readonly manifests?: readonly Pod[]
  /** A second pod, `other`, of this spec; its manifest comes last, its containers are called `other/NAME`. */
  readonly other?: Partial<PodSpec>
  /** Manifests of whatever is no pod, which come after those of the pods. */
  readonly objects?: readonly KubernetesObject[]
  readonly node?: { readonly cpu?: string; readonly memory?: string; readonly taints?: Taint[] }
  readonly end?: number
  readonly outcome?: Outcome
}

const PLAIN: PodSpec = { containers: [{ name: 'app', image: 'app:1' }] }

/** A trace of rows that no engine wrote: what a law has to find, or to be silent about. */
export function artificialTrace(rows: readonly ArtificialRow[], options: ArtificialOptions = {}): Trace {
  const { kubernetes = '1.32', spec = {}, patched = [], other, metadata } = options
  const symbols = new SymbolTable()
  const objects = new Map<number, TraceObject>()
  const podOf = (name: string, changes: Partial<PodSpec>): Pod =>
    defaultPod({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', ...metadata },
      spec: { ...PLAIN, ...changes },
    } as Pod)
  const pods = [...(options.manifests ?? [spec, ...patched].map(each => podOf('web', each)))]
  if (other !== undefined) pods.push(podOf('other', other))
  const node = createNode({ name: 'node-1', ...options.node })
  const manifests: TraceManifest[] = [{ object: node as KubernetesObject }, ...pods.map(object => ({ object }))]
  for (const pod of pods) describe(pod, symbols, objects)
  for (const object of options.objects ?? []) {
    manifests.push({ object })
    const { kind, metadata } = object
    const path = `${kind}/default/${metadata.name}`
    const symbol = symbols.intern(path)
    const known = objects.get(symbol)
    if (known === undefined)
      objects.set(symbol, {
        symbol,
        path,
        kind: kind as TraceObject['kind'],
        name: metadata.name ?? '',
        namespace: 'default',
      })
  }
  const store = new RowStore()
  let step = -1
  for (const [time, name, object, ...columns] of rows) {
    const kind = ROW_KINDS.findIndex(info => info.name === name) as RowKind
    if (kind < 0) throw new Error(`no kind of row is called ${name}`)
    const last = columns.at(-1)
    const values = ROW_KINDS[kind].types.map((type, i) => column(type, columns[i], symbols))
    const [a = 0, b = 0, c = 0] = values
    if (name === 'step') step = store.length
    store.append(time, kind, symbols.intern(pathOf(object)), a, b, c, causeOf(last, step))
  }
  const end = options.end ?? rows.at(-1)?.[0] ?? 0
  return {
    header: { version: TRACE_VERSION, kubernetes, horizon: end, recipe: '', planDigest: '' },
    symbols,
    rows: store,
    objects,
    manifests,
    outcome: options.outcome ?? 'horizon',
    end,
    digest: '',
  }
}

function causeOf(last: ArtificialRow[3] | undefined, step: number): number {
  if (typeof last !== 'object') return -1
  return last.cause === 'step' ? step : last.cause
}

function pathOf(object: string): string {
  if (object === 'pod') return 'Pod/default/web'
  if (object === 'other') return 'Pod/default/other'
  if (/^[A-Z]/.test(object)) return object
  return object.startsWith('other/') ? `Pod/default/${object}` : `Pod/default/web/${object}`
}

function column(type: ColumnType, value: ArtificialRow[3] | undefined, symbols: SymbolTable): number {
  if (value === undefined || typeof value === 'object') return 0
  if (typeof value === 'number') return value
  if (type === 'symbol') return symbols.intern(value)
  const [status, reason = ''] = value.split(' ')
  return CONDITION_STATUS.indexOf(status as 'True') | (symbols.intern(reason) << 2)
}

function describe({ metadata, spec }: Pod, symbols: SymbolTable, objects: Map<number, TraceObject>): void {
  const path = `Pod/default/${metadata.name}`
  const pod = symbols.intern(path)
  const common = { namespace: 'default' }
  objects.set(pod, { symbol: pod, path, kind: 'Pod', name: metadata.name ?? '', ...common })
  const lists = [
    [spec.initContainers ?? [], 'init'],
    [spec.containers, 'container'],
    [spec.ephemeralContainers ?? [], 'ephemeral'],
  ] as const
  for (const [list, role] of lists) {
    list.forEach(({ name, restartPolicy }, index) => {
      const symbol = symbols.intern(`${path}/${name}`)
      const isSidecar = role === 'init' && restartPolicy === 'Always'
      objects.set(symbol, {
        symbol,
        path: `${path}/${name}`,
        kind: 'Container',
        name,
        pod,
        role: isSidecar ? 'sidecar' : role,
        index,
        ...common,
      })
    })
  }
}
