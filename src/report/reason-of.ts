import { formatOrigin } from '../errors/index.js'
import { ROW, type Row, type RowKind, type Trace, type TraceObject } from '../trace/index.js'
import { causeWords } from './cause-words.js'

/**
 * Why a row is there, in few words: `← readiness probe`, `← migrate exit 0`, `by step 1`; empty where the row says it itself.
 */
export function reasonOf(trace: Trace, row: Row): string {
  const cause = tellingCause(trace, row)
  if (cause === undefined) return row.kind === ROW.created ? originOf(trace, row) : ''
  if (cause.kind === ROW.step) return `by step ${cause.a}`
  if (row.kind === ROW.exit && cause.kind === ROW.containerStart) return 'by itself'
  if (row.kind === ROW.signal && KILLED_AFTER.has(cause.kind)) return '← grace period over'
  if (OWN_BEGINNINGS.get(row.kind) === cause.kind) return ''
  return `← ${nameInFront(trace, row, cause)}${causeWords(cause, trace.symbols)}`
}

/**
 * The nearest cause worth telling: of triggers that were coalesced the latest, and rows that only pass a trigger on are looked
 * through.
 */
export function tellingCause({ rows }: Trace, row: Row): Row | undefined {
  if (row.cause < 0) return undefined
  let cause = rows.at(Math.max(row.cause, ...rows.alsoCausedBy(row.number)))
  if (row.kind === ROW.signal && row.b === SIGKILL) return cause
  const isRelay = ({ kind }: Row): boolean =>
    RELAYS.has(kind) || (kind === ROW.containerCreate && row.kind === ROW.containerStart)
  while (isRelay(cause) && cause.cause >= 0) cause = rows.at(cause.cause)
  return cause
}

const SIGKILL = 9

/** A SIGKILL that follows from one of these comes because the grace is over. */
const KILLED_AFTER: ReadonlySet<RowKind> = new Set([ROW.containerStop, ROW.signal])

const RELAYS: ReadonlySet<RowKind> = new Set([ROW.sandboxCreate, ROW.containerStop, ROW.qosClass])

/** Ends and answers that follow from the beginning of the same thing. */
const OWN_BEGINNINGS: ReadonlyMap<RowKind, RowKind> = new Map<RowKind, RowKind>([
  [ROW.pullEnd, ROW.pullStart],
  [ROW.hookEnd, ROW.hookStart],
  [ROW.probe, ROW.containerStart],
  // The scheduler's Event says the same as its condition.
  [ROW.condition, ROW.event],
])

/** The name of the cause's container or pod, where it is another one than the row's and more than one is possible. */
function nameInFront({ objects }: Trace, row: Row, cause: Row): string {
  if (row.object === cause.object) return ''
  const object = objects.get(row.object)
  const other = objects.get(cause.object)
  if (object === undefined || other === undefined) return ''
  if (podOf(object) !== podOf(other)) return `${other.name} `
  if (other.kind !== 'Container') return ''
  // A pod with one container apart from its init containers needs no name for it.
  if (other.role === 'init') return `${other.name} `
  for (const { pod, symbol } of objects.values())
    if (pod === other.pod && symbol !== other.symbol) return `${other.name} `
  return ''
}

const podOf = ({ pod, symbol }: TraceObject): number => pod ?? symbol

function originOf({ manifests }: Trace, row: Row): string {
  const origin = manifests[row.a]?.origin
  return origin === undefined ? '' : `by ${formatOrigin(origin)}`
}
