import type { Origin } from '../errors/index.js'
import {
  PROBE_TYPES,
  ROW,
  type Row,
  type RowKind,
  type SymbolTable,
  type Trace,
  type TraceManifest,
  unpackTypeAndHandler,
} from '../trace/index.js'

/** A field of a manifest that decided what a row says. */
export interface DecidingField {
  /** `terminationGracePeriodSeconds: 30`. */
  readonly text: string
  /** Where it is written; undefined: it is a default, or the manifest came without places. */
  readonly origin: Origin | undefined
  /** Nobody wrote it. */
  readonly isDefault: boolean
}

/** A field of the pod, or of the container concerned. */
interface FieldName {
  readonly of: 'pod' | 'container'
  readonly path: readonly string[]
  /** Only if it has this value: otherwise something else decided. */
  readonly is?: number | undefined
  /** The row whose object it is of; default: the row that is decided. */
  readonly ofRow?: number | undefined
}

const pod = (...path: readonly string[]): FieldName => ({ of: 'pod', path })
const container = (...path: readonly string[]): FieldName => ({ of: 'container', path })

/** What a row may be decided by: the first of the fields that the manifest has; none: what caused the row is asked. */
type Fields = (row: Row, symbols: SymbolTable, trace: Trace) => readonly FieldName[]

const SIGKILL = 9
const IMAGE_WAITS = /^(ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName)$/
const PROBES = PROBE_TYPES.map(type => `${type}Probe`)

const GRACE = pod('terminationGracePeriodSeconds')
const RESTART_POLICY = pod('restartPolicy')

/** Which field decides what each kind of row says. */
const FIELDS: Readonly<Partial<Record<RowKind, Fields>>> = {
  [ROW.deletionRequested]: ({ a }) => [{ ...GRACE, is: a }],
  // A SIGTERM is due to whatever asked for the stop, a SIGKILL to the grace.
  [ROW.signal]: (row, _, trace) => (row.b === SIGKILL ? graceFields(row, trace) : []),
  [ROW.probe]: ({ b, c }) => {
    const probe = PROBES[unpackTypeAndHandler(b).type]
    const isSuccess = (c & 3) === 0
    return [container(probe, isSuccess ? 'periodSeconds' : 'failureThreshold')]
  },
  [ROW.hookStart]: ({ b }) => [container('lifecycle', b === 0 ? 'postStart' : 'preStop')],
  [ROW.hookEnd]: ({ b }) => [container('lifecycle', b === 0 ? 'postStart' : 'preStop')],
  [ROW.exit]: ({ c }, symbols) => (symbols.text(c) === 'OOMKilled' ? [container('resources', 'limits', 'memory')] : []),
  [ROW.containerCreate]: ({ b }) => (b > 0 ? [RESTART_POLICY] : []),
  [ROW.containerStart]: ({ a }) => (a > 0 ? [RESTART_POLICY] : []),
  [ROW.containerWaiting]: ({ a }, symbols) => {
    const reason = symbols.text(a)
    if (reason === 'CrashLoopBackOff') return [RESTART_POLICY]
    return IMAGE_WAITS.test(reason) ? [container('image')] : []
  },
  // A pull ends at the pod; its beginning knows the container.
  [ROW.pullEnd]: ({ b, cause }) => (b === 0 ? [] : [{ ...container('image'), ofRow: cause }]),
  [ROW.phase]: ({ a, b }, symbols) => {
    if (symbols.text(b) === 'DeadlineExceeded') return [pod('activeDeadlineSeconds')]
    return /^(Succeeded|Failed)$/.test(symbols.text(a)) ? [RESTART_POLICY] : []
  },
  [ROW.bound]: () => [pod('nodeName'), pod('nodeSelector')],
}

/** A deletion states its grace; a failed probe may have one of its own; the pod's is the last. */
function graceFields(row: Row, { rows }: Trace): readonly FieldName[] {
  let stop: Row | undefined
  for (let at = row.cause; at >= 0; at = rows.causeOf(at)) {
    const cause = rows.at(at)
    if (cause.kind === ROW.deletionRequested) return [{ ...GRACE, is: cause.a }]
    if (cause.kind === ROW.containerStop) stop ??= cause
  }
  const is = stop?.b
  const ofProbes = ['livenessProbe', 'startupProbe'].map(probe => container(probe, 'terminationGracePeriodSeconds'))
  return [...ofProbes, GRACE].map(field => ({ ...field, is }))
}

/** So many causes are asked. */
const MOST_CAUSES = 8

/** Finds the field of a manifest that decided what a row says: that of the row itself, or of the nearest of its causes. */
export function decidingField(trace: Trace, number: number): DecidingField | undefined {
  let at = number
  for (let asked = 0; at >= 0 && at < trace.rows.length && asked < MOST_CAUSES; asked++) {
    const row = trace.rows.at(at)
    for (const name of FIELDS[row.kind]?.(row, trace.symbols, trace) ?? []) {
      const field = readField(trace, row, name)
      if (field !== undefined) return field
    }
    at = row.cause < at ? row.cause : -1
  }
  return undefined
}

function readField(trace: Trace, row: Row, { of, path, is, ofRow = row.number }: FieldName): DecidingField | undefined {
  if (ofRow < 0) return undefined
  const symbol = trace.rows.objectOf(ofRow)
  const object = trace.objects.get(symbol)
  const manifest = manifestOf(trace, object?.pod ?? symbol, row.number)
  if (object === undefined || manifest === undefined) return undefined
  const list = object.role === 'init' || object.role === 'sidecar' ? 'initContainers' : 'containers'
  if (of === 'container' && (object.index === undefined || object.role === 'ephemeral')) return undefined
  const whole = of === 'pod' ? ['spec', ...path] : ['spec', list, object.index ?? 0, ...path]
  const value = valueAt(manifest.object, whole)
  if (value === undefined || (is !== undefined && value !== is)) return undefined
  // What is an object itself is told by its name.
  const said = typeof value === 'object' ? '' : `: ${JSON.stringify(value).replace(/^"(.*)"$/, '$1')}`
  const origin = manifest.fieldOrigin?.(whole)
  const isDefault = manifest.fieldOrigin !== undefined && origin === undefined
  return { text: `${path.join('.')}${said}`, origin, isDefault }
}

/** The version of the pod's manifest that was in force at a row. */
function manifestOf({ rows, manifests }: Trace, pod: number, until: number): TraceManifest | undefined {
  for (let number = until; number >= 0; number--) {
    if (rows.objectOf(number) !== pod) continue
    const kind = rows.kindOf(number)
    if (kind === ROW.created || kind === ROW.specChanged) return manifests[rows.at(number).a]
  }
  return undefined
}

function valueAt(object: unknown, path: readonly (string | number)[]): unknown {
  let value = object
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Readonly<Record<string | number, unknown>>)[segment]
  }
  return value
}
