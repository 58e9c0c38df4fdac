import { QOS_CLASSES } from '../../src/expect/index.js'
import type { KubernetesObject } from '../../src/model/index.js'
import {
  CONDITION_STATUS,
  HOOKS,
  packInstanceAndExit,
  packResultAndDuration,
  packStatusAndReason,
  packTypeAndHandler,
  REQUEST_FAILURES,
  ROW,
  type RowKind,
  RowStore,
  type SymbolTable,
  TRACE_VERSION,
  type Trace,
  type TraceManifest,
} from '../../src/trace/index.js'
import type { RandomDraws } from './random-draws.js'

/** The first of each list is drawn most often, so that what formulas speak of happens in traces. */
export const PODS = ['default/a', 'shop/b']
export const CONTAINERS = ['x', 'y']
export const PHASES = ['Pending', 'Running', 'Succeeded'] as const
export const CONDITIONS = ['Ready', 'Initialized']
export const REASONS = ['Error', 'CrashLoopBackOff']
/** What the API server says: the shorter ones stand in the longer one. */
export const MESSAGES = ['not found', 'pods "a" not found', 'pods']
export const IMAGES = ['app:1', 'app:2']
export const EXIT_CODES = [0, 1]
export const NODES = ['node-1', 'node-2']
export const SERVICE = 'default/web'
export const IPS = ['10.0.0.1', '10.0.0.2']

/** Objects that are no pods, by their paths. */
export const OBJECTS = ['Deployment/default/d', 'DaemonSet/default/e', 'StatefulSet/default/s', 'CronJob/default/c']
export const NODE = 'node-1'
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['availableReplicas', 'updatedReplicas', 'replicas', 'spec.replicas', 'observedGeneration'],
  DaemonSet: ['numberAvailable', 'updatedNumberScheduled', 'desiredNumberScheduled', 'observedGeneration'],
  StatefulSet: ['readyReplicas', 'updatedReplicas', 'spec.replicas', 'observedGeneration'],
  CronJob: ['active'],
}
export const TAINTS = ['a=b:NoSchedule', 'a=b:NoSchedule c:NoExecute', 'c:NoExecute', '']
export const TYPES = ['Available', 'Progressing']
export const WHYS = ['ProgressDeadlineExceeded', 'Error']

/** The manifests that rows name by their index: of the node, and of each object two. */
export const MANIFESTS: readonly TraceManifest[] = [
  {
    kind: 'Node',
    metadata: { name: NODE },
    spec: { taints: [{ key: 'c', effect: 'NoExecute' }] },
    status: { conditions: [{ type: 'Ready', status: 'True', reason: 'Error', message: 'pods' }] },
  },
  ...OBJECTS.flatMap(path => {
    const [kind, namespace, name] = path.split('/')
    return [1, 0].map(replicas => {
      const updateStrategy = replicas === 1 ? { rollingUpdate: { partition: 1 } } : { type: 'OnDelete' }
      return { kind, metadata: { namespace, name }, spec: { replicas, updateStrategy } }
    })
  }),
].map(object => ({ object: object as unknown as KubernetesObject }))

/** One of the items, the first more often than the rest together. */
export const mostly = <Item>(draws: RandomDraws, items: readonly Item[]): Item =>
  draws.chance(65) ? items[0] : draws.of(items)

/** The columns of a row that is drawn. */
type Columns = readonly [kind: RowKind, a?: number, b?: number, c?: number]
type DrawRow = (draws: RandomDraws, symbols: SymbolTable) => Columns

const POD_ROWS: readonly DrawRow[] = [
  (draws, symbols) => [ROW.created, 0, draws.chance(70) ? 0 : symbols.intern(mostly(draws, NODES))],
  () => [ROW.removed],
  () => [ROW.deletionRequested, 30],
  (draws, symbols) => [ROW.bound, symbols.intern(draws.chance(50) ? mostly(draws, NODES) : `Node/${draws.of(NODES)}`)],
  (draws, symbols) => [ROW.phase, symbols.intern(draws.of(PHASES))],
  (draws, symbols) => [ROW.phase, symbols.intern(mostly(draws, PHASES))],
  drawCondition,
  drawCondition,
  drawCondition,
  (draws, symbols) => [ROW.conditionRemoved, symbols.intern(mostly(draws, CONDITIONS))],
  (draws, symbols) => [ROW.nominatedNode, draws.chance(30) ? 0 : symbols.intern(mostly(draws, NODES))],
  () => [ROW.statusReplaced],
  (draws, symbols) => [ROW.podIP, symbols.intern(mostly(draws, IPS))],
  (draws, symbols) => [ROW.qosClass, symbols.intern(mostly(draws, QOS_CLASSES))],
  (draws, symbols) => [ROW.event, symbols.intern(mostly(draws, REASONS))],
  (draws, symbols) => [ROW.pullStart, symbols.intern(mostly(draws, IMAGES))],
  (draws, symbols) => [ROW.pullEnd, symbols.intern(mostly(draws, IMAGES)), draws.chance(50) ? 0 : symbols.intern('no')],
  () => [ROW.sandboxReady],
  () => [ROW.sandboxDied],
  drawRefusal,
  () => [ROW.startTime, 1],
]

const CONTAINER_ROWS: readonly DrawRow[] = [
  (draws, symbols) => [ROW.containerWaiting, symbols.intern(mostly(draws, REASONS))],
  () => [ROW.containerRunning],
  drawTerminated,
  drawTerminated,
  (draws, symbols) => [ROW.containerLastTerminated, packInstanceAndExit(0, 1), symbols.intern(draws.of(REASONS))],
  draws => [ROW.containerRestarts, draws.below(3)],
  draws => [ROW.containerRestarts, draws.below(3)],
  draws => [ROW.containerReady, draws.below(2)],
  draws => [ROW.containerReady, draws.below(2)],
  draws => [ROW.containerStarted, draws.below(2)],
  () => [ROW.containerStart],
  () => [ROW.containerStart],
  draws => [ROW.exit, 0, mostly(draws, EXIT_CODES)],
  draws => [ROW.exit, 0, mostly(draws, EXIT_CODES)],
  draws => [ROW.signal, 0, draws.of([15, 9])],
  draws => [ROW.hookStart, 0, draws.below(HOOKS.length)],
  draws => [ROW.hookEnd, 0, draws.below(HOOKS.length), draws.below(2)],
  draws => [ROW.probe, 0, packTypeAndHandler(draws.below(3), 1), packResultAndDuration(draws.below(4), 5)],
  draws => [ROW.probe, 0, packTypeAndHandler(1, 1), packResultAndDuration(draws.below(2), 5)],
  (draws, symbols) => [ROW.event, symbols.intern(mostly(draws, REASONS))],
]

function drawCondition(draws: RandomDraws, symbols: SymbolTable): Columns {
  const packed = packStatusAndReason(draws.below(CONDITION_STATUS.length), symbols.intern(mostly(draws, REASONS)))
  const message = draws.chance(50) ? 0 : symbols.intern(mostly(draws, MESSAGES))
  return [ROW.condition, symbols.intern(mostly(draws, CONDITIONS)), packed, message]
}

function drawRefusal(draws: RandomDraws, symbols: SymbolTable): Columns {
  return [ROW.refused, symbols.intern(mostly(draws, MESSAGES))]
}

function drawTerminated(draws: RandomDraws, symbols: SymbolTable): Columns {
  const reason = symbols.intern(mostly(draws, REASONS))
  return [ROW.containerTerminated, packInstanceAndExit(0, mostly(draws, EXIT_CODES)), reason]
}

function drawEndpoints(draws: RandomDraws, symbols: SymbolTable): Columns {
  const entries = draws.list(0, 2, () => `${draws.of(IPS)}${draws.of(['', ' ready serving', ' serving terminating'])}`)
  return [ROW.endpoints, symbols.intern(entries.join(', '))]
}

function drawRequests(draws: RandomDraws): Columns {
  const kind = draws.of([ROW.requestFailed, ROW.requestFailed, ROW.requestRetried, ROW.requestsAnswered])
  return [kind, draws.below(REQUEST_FAILURES.length)]
}

function drawObjectRow(draws: RandomDraws, symbols: SymbolTable): readonly [path: string, row: Columns] {
  if (draws.chance(30)) return [`Node/${draws.chance(90) ? NODE : 'gone'}`, drawNodeRow(draws, symbols)]
  const path = mostly(draws, OBJECTS)
  const manifest = 1 + 2 * OBJECTS.indexOf(path) + draws.below(2)
  const [kind] = path.split('/')
  const field = symbols.intern(mostly(draws, FIELDS[kind]))
  const row = draws.of<() => Columns>([
    () => [ROW.created, manifest],
    () => [ROW.specChanged, manifest],
    () => [ROW.removed],
    () => [ROW.deletionRequested, 0, 1],
    () => [ROW.ownerStatus, field, draws.below(4) - 1],
    () => [ROW.ownerStatus, symbols.intern(draws.of(FIELDS[kind])), draws.below(3)],
    () => [ROW.ownerStatus, symbols.intern(draws.of(FIELDS[kind])), draws.below(3)],
    () => [ROW.ownerStatus, symbols.intern('metadata.generation'), 1 + draws.below(2)],
    () => [
      ROW.ownerText,
      symbols.intern('active'),
      draws.chance(30) ? 0 : symbols.intern(draws.of(['x=1', 'x=1,y=2'])),
    ],
    () => [ROW.ownerText, symbols.intern(draws.of(['updateRevision', 'currentRevision'])), symbols.intern('r')],
    () => [
      ROW.condition,
      symbols.intern(mostly(draws, TYPES)),
      drawStatus(draws, symbols),
      drawMessage(draws, symbols),
    ],
    () => [
      ROW.condition,
      symbols.intern(mostly(draws, TYPES)),
      drawStatus(draws, symbols),
      drawMessage(draws, symbols),
    ],
    () => [ROW.conditionRemoved, symbols.intern(mostly(draws, TYPES))],
    () => [ROW.event, symbols.intern(mostly(draws, REASONS))],
    () => drawRefusal(draws, symbols),
  ])
  return [path, row()]
}

const drawStatus = (draws: RandomDraws, symbols: SymbolTable): number =>
  packStatusAndReason(draws.below(CONDITION_STATUS.length), symbols.intern(mostly(draws, WHYS)))

const drawMessage = (draws: RandomDraws, symbols: SymbolTable): number =>
  draws.chance(50) ? 0 : symbols.intern(mostly(draws, MESSAGES))

const drawNodeRow = (draws: RandomDraws, symbols: SymbolTable): Columns =>
  draws.of<() => Columns>([
    () => [ROW.created, 0],
    () => [ROW.removed],
    () => [ROW.nodeChanged, symbols.intern('taints'), symbols.intern(draws.of(TAINTS))],
    () => [ROW.nodeChanged, symbols.intern('unschedulable'), draws.chance(50) ? 0 : symbols.intern('true')],
    () => [ROW.nodeChanged, symbols.intern('labels'), symbols.intern('a=b')],
    () => [ROW.nodeCondition, symbols.intern(mostly(draws, CONDITIONS)), drawStatus(draws, symbols)],
    () => [ROW.nodeCondition, symbols.intern(mostly(draws, CONDITIONS)), drawStatus(draws, symbols)],
  ])()

/** A trace that no cluster could have made: rows of all kinds in any order, at few instants. */
export function drawTrace(draws: RandomDraws, symbols: SymbolTable): Trace {
  const rows = new RowStore()
  const length = draws.below(41)
  // Of most traces a few rows are about objects that are no pods, of some most of them.
  const share = draws.chance(75) ? 8 : 90
  let time = draws.chance(70) ? 0 : draws.below(4)
  for (let i = 0; i < length; i++) {
    if (draws.chance(35)) time += 1 + draws.below(3)
    const pod = `Pod/${mostly(draws, PODS)}`
    if (draws.chance(5)) {
      const step = 1 + draws.below(2)
      rows.append(time, ROW.step, symbols.intern(`Step/${step}`), step, 0, 0, -1)
      if (draws.chance(30)) continue
      const [kind, a] = drawRefusal(draws, symbols)
      rows.append(time, kind, symbols.intern(draws.chance(80) ? pod : 'Node/a'), a ?? 0, 0, 0, i)
      continue
    }
    if (draws.chance(share)) {
      const [object, [kind, a = 0, b = 0, c = 0]] = drawObjectRow(draws, symbols)
      rows.append(time, kind, symbols.intern(object), a, b, c, -1)
      continue
    }
    const [object, row] = draws.chance(9)
      ? [`Service/${SERVICE}`, draws.of([drawEndpoints, drawEndpoints, drawRequests])]
      : draws.chance(40)
        ? [pod, draws.of(POD_ROWS)]
        : [`${pod}/${mostly(draws, CONTAINERS)}`, draws.of(CONTAINER_ROWS)]
    const [kind, a = 0, b = 0, c = 0] = row(draws, symbols)
    rows.append(time, kind, symbols.intern(object), a, b, c, -1)
  }
  const outcome = draws.of(['quiescent', 'horizon', 'entryLimit', 'paused'] as const)
  return artificialTrace(rows, symbols, draws.chance(50) ? 'quiescent' : outcome, time + draws.below(5))
}

/** A trace of rows alone. */
export const artificialTrace = (
  rows: RowStore,
  symbols: SymbolTable,
  outcome: Trace['outcome'],
  end: number,
): Trace => ({
  header: { version: TRACE_VERSION, kubernetes: '1.32', horizon: end, recipe: 'pw1:', planDigest: '' },
  symbols,
  rows,
  objects: new Map(),
  manifests: MANIFESTS,
  outcome,
  end,
  digest: '',
})
