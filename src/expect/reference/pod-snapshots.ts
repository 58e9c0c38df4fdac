import { CONDITION_STATUS, ROW, type Row, type Trace } from '../../trace/index.js'

/** A container's status in the store. */
export interface ContainerSnapshot {
  readonly state?: {
    readonly kind: 'running' | 'waiting' | 'terminated'
    readonly reason: string
    readonly exitCode?: number
  }
  readonly isReady: boolean
  readonly isStarted: boolean
  readonly restartCount: number
}

/** A pod as the store holds it. */
export interface PodSnapshot {
  readonly exists: boolean
  readonly isTerminating: boolean
  readonly phase?: string
  readonly node?: string
  readonly nominated?: string
  readonly qosClass?: string
  readonly podIP?: string
  /** Kept when the pod goes, until there is another of its name. */
  readonly ip?: string
  readonly conditions: Readonly<
    Record<string, { readonly status: string; readonly reason: string; readonly message: string }>
  >
  readonly containers: Readonly<Record<string, ContainerSnapshot>>
}

const NOBODY: PodSnapshot = { exists: false, isTerminating: false, conditions: {}, containers: {} }
const NEW_CONTAINER: ContainerSnapshot = { isReady: false, isStarted: false, restartCount: 0 }

/** The pod before the first row, and after each: one more than there are rows. */
export function podSnapshots(trace: Trace, rows: readonly Row[], pod: string): readonly PodSnapshot[] {
  const path = `Pod/${pod}`
  const snapshots = [NOBODY]
  for (const row of rows) {
    const before = snapshots[snapshots.length - 1]
    const object = trace.symbols.text(row.object)
    if (object === path) snapshots.push(afterPodRow(before, row, trace))
    else if (object.startsWith(`${path}/`)) {
      snapshots.push(afterContainerRow(before, object.slice(path.length + 1), row, trace))
    } else snapshots.push(before)
  }
  return snapshots
}

function afterPodRow(pod: PodSnapshot, { kind, a, b, c }: Row, { symbols }: Trace): PodSnapshot {
  switch (kind) {
    case ROW.created:
      return { ...NOBODY, exists: true, ...(b === 0 ? {} : { node: symbols.text(b) }) }
    case ROW.removed:
      return pod.ip === undefined ? NOBODY : { ...NOBODY, ip: pod.ip }
    case ROW.deletionRequested:
      return { ...pod, isTerminating: true }
    case ROW.bound:
      return { ...pod, node: symbols.text(a) }
    case ROW.podIP:
      return { ...pod, ip: symbols.text(a), podIP: symbols.text(a) }
    case ROW.nominatedNode:
      return { ...pod, nominated: symbols.text(a) }
    case ROW.qosClass:
      return { ...pod, qosClass: symbols.text(a) }
    case ROW.phase:
      return { ...pod, phase: symbols.text(a) }
    case ROW.statusReplaced:
      return { ...pod, conditions: {}, containers: {} }
    case ROW.condition: {
      const condition = { status: CONDITION_STATUS[b & 3], reason: symbols.text(b >> 2), message: symbols.text(c) }
      return { ...pod, conditions: { ...pod.conditions, [symbols.text(a)]: condition } }
    }
    case ROW.conditionRemoved: {
      const { [symbols.text(a)]: _, ...conditions } = pod.conditions
      return { ...pod, conditions }
    }
    default:
      return pod
  }
}

function afterContainerRow(pod: PodSnapshot, name: string, row: Row, trace: Trace): PodSnapshot {
  const change = changeOf(row, trace)
  if (change === undefined) return pod
  const container = { ...(pod.containers[name] ?? NEW_CONTAINER), ...change }
  return { ...pod, containers: { ...pod.containers, [name]: container } }
}

function changeOf({ kind, a, b }: Row, { symbols }: Trace): Partial<ContainerSnapshot> | undefined {
  switch (kind) {
    case ROW.containerWaiting:
      return { state: { kind: 'waiting', reason: symbols.text(a) } }
    case ROW.containerRunning:
      return { state: { kind: 'running', reason: '' } }
    case ROW.containerTerminated:
      return { state: { kind: 'terminated', reason: symbols.text(b), exitCode: a & 0xff } }
    case ROW.containerRestarts:
      return { restartCount: a }
    case ROW.containerReady:
      return { isReady: a === 1 }
    case ROW.containerStarted:
      return { isStarted: a === 1 }
    case ROW.containerLastTerminated:
      return {}
    default:
      return undefined
  }
}
