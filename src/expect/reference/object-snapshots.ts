import type { KubernetesObject, Node, Taint } from '../../model/index.js'
import { CONDITION_STATUS, changedNode, ROW, type Row, type Trace } from '../../trace/index.js'

/** An object that is no pod, as the store holds it. */
export interface ObjectSnapshot {
  readonly exists: boolean
  readonly isTerminating: boolean
  readonly manifest?: KubernetesObject | undefined
  /** By the API's names; those that no row has told are 0. */
  readonly numbers: Readonly<Record<string, number>>
  readonly texts: Readonly<Record<string, string>>
  readonly conditions: Readonly<
    Record<string, { readonly status: string; readonly reason: string; readonly message: string }>
  >
  readonly isUnschedulable: boolean
  readonly taints: readonly Taint[]
}

const NOTHING: ObjectSnapshot = {
  exists: false,
  isTerminating: false,
  numbers: {},
  texts: {},
  conditions: {},
  isUnschedulable: false,
  taints: [],
}

/** The object of a path before the first row, and after each: one more than there are rows. */
export function objectSnapshots(trace: Trace, rows: readonly Row[], path: string): readonly ObjectSnapshot[] {
  const node = trace.manifests.find(({ object }) => object.kind === 'Node' && path === `Node/${object.metadata.name}`)
  const snapshots = [node === undefined ? NOTHING : created(node.object)]
  for (const row of rows) {
    const before = snapshots[snapshots.length - 1]
    snapshots.push(trace.symbols.text(row.object) === path ? afterRow(before, row, trace) : before)
  }
  return snapshots
}

function created(manifest: KubernetesObject | undefined): ObjectSnapshot {
  const it = { ...NOTHING, exists: true, manifest }
  if (manifest?.kind === 'Node') {
    const conditions = (manifest.status?.conditions ?? []).map(({ type, status, reason = '', message = '' }) => {
      return [type, { status, reason, message }]
    })
    return { ...it, conditions: Object.fromEntries(conditions), ...nodeFacts(manifest) }
  }
  const { replicas = 1 } = (manifest as { spec?: { replicas?: number } } | undefined)?.spec ?? {}
  return { ...it, numbers: { 'spec.replicas': replicas, 'metadata.generation': 1 } }
}

const nodeFacts = ({ spec }: Node) => ({ isUnschedulable: spec.unschedulable === true, taints: spec.taints ?? [] })

function afterRow(it: ObjectSnapshot, { kind, a, b, c }: Row, { symbols, manifests }: Trace): ObjectSnapshot {
  switch (kind) {
    case ROW.created:
      return created(manifests[a]?.object)
    case ROW.removed:
      return NOTHING
    case ROW.deletionRequested:
      return { ...it, isTerminating: true }
    case ROW.specChanged:
      return { ...it, manifest: manifests[a]?.object }
    case ROW.ownerStatus:
      return { ...it, numbers: { ...it.numbers, [symbols.text(a)]: b } }
    case ROW.ownerText:
      return { ...it, texts: { ...it.texts, [symbols.text(a)]: symbols.text(b) } }
    case ROW.condition:
    case ROW.nodeCondition: {
      const condition = { status: CONDITION_STATUS[b & 3], reason: symbols.text(b >> 2), message: symbols.text(c) }
      return { ...it, conditions: { ...it.conditions, [symbols.text(a)]: condition } }
    }
    case ROW.conditionRemoved: {
      const { [symbols.text(a)]: _, ...conditions } = it.conditions
      return { ...it, conditions }
    }
    case ROW.nodeChanged: {
      const bare = { kind: 'Node', metadata: {}, spec: {} } as Node
      const changed = nodeFacts(changedNode(bare, symbols.text(a), symbols.text(b)))
      return symbols.text(a) === 'taints'
        ? { ...it, taints: changed.taints }
        : symbols.text(a) === 'unschedulable'
          ? { ...it, isUnschedulable: changed.isUnschedulable }
          : it
    }
    default:
      return it
  }
}

/** A number of an object by the API's name, where there is one; of a CronJob it is the length of a list. */
export function numberIn({ exists, numbers, texts }: ObjectSnapshot, path: string, field: string): number | undefined {
  const isList = path.startsWith('CronJob/')
  if (!exists && (isList ? texts : numbers)[field] === undefined) return undefined
  if (isList) return (texts[field] ?? '').split(',').filter(each => each !== '').length
  return Math.max(0, numbers[field] ?? 0)
}

/** Whether a rollout is over, as `kubectl rollout status` says it. */
export function isComplete(it: ObjectSnapshot, path: string): boolean {
  const of = (field: string): number => it.numbers[field] ?? 0
  if (!it.exists || of('metadata.generation') > of('observedGeneration')) return false
  if (path.startsWith('DaemonSet/')) {
    return [of('updatedNumberScheduled'), of('numberAvailable')].every(count => count >= of('desiredNumberScheduled'))
  }
  if (path.startsWith('Deployment/')) {
    const isLate = it.conditions.Progressing?.reason === 'ProgressDeadlineExceeded'
    const updated = of('updatedReplicas')
    return !isLate && updated >= of('spec.replicas') && of('replicas') <= updated && of('availableReplicas') >= updated
  }
  const { spec } = (it.manifest ?? {}) as { spec?: { updateStrategy?: { rollingUpdate?: { partition?: number } } } }
  const rolling = spec?.updateStrategy?.rollingUpdate
  if (of('readyReplicas') < of('spec.replicas')) return false
  if (rolling === undefined) return it.texts.updateRevision === it.texts.currentRevision
  return of('updatedReplicas') >= of('spec.replicas') - (rolling.partition ?? 0)
}
