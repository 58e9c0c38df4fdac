import { uidOf } from '../hash/index.js'
import { isOwnerKind, type KubernetesObject, type ObjectMeta, type WorkloadCondition } from '../model/index.js'
import { formatTimestamp } from '../time/index.js'
import { addNumber, addText } from './owner-status.js'
import { unpackStatusAndReason } from './packed-columns.js'
import { ROW } from './row-kind.js'
import type { Row } from './row-store.js'
import type { SymbolTable } from './symbol-table.js'
import type { TraceObject } from './trace.js'

/** A workload object of the store as the rows so far leave it. */
export interface OwnerRecord {
  readonly object: TraceObject
  /** How many objects of this path there were before. */
  readonly incarnation: number
  readonly creationSeconds: number
  manifest: number
  /** By field, as `ownerStatus` rows name it. */
  readonly numbers: Map<string, number>
  /** By field, as `ownerText` rows name it. */
  readonly texts: Map<string, string>
  /** In the API's order: what changes goes to the end. */
  readonly conditions: Map<number, OwnerConditionRecord>
  /** 0: the manifest says it, or there is none. */
  revision: number
  deletion: Row | undefined
  lastRow: number
}

interface OwnerConditionRecord {
  readonly row: Row
  readonly transitionSeconds: number
  readonly updateSeconds: number
}

/** Whether an object of the trace is a workload with a controller. */
export const isOwnerObject = ({ kind }: TraceObject): boolean => isOwnerKind(kind)

export const createOwnerRecord = (
  object: TraceObject,
  row: Row,
  creationSeconds: number,
  incarnation: number,
): OwnerRecord => ({
  object,
  incarnation,
  creationSeconds,
  manifest: row.a,
  numbers: new Map(),
  texts: new Map(),
  conditions: new Map(),
  revision: 0,
  deletion: undefined,
  lastRow: row.number,
})

/** The UID of a workload object: made of its path, and of how many objects of this path there were before. */
export const ownerUidOf = ({ object, incarnation }: Pick<OwnerRecord, 'object' | 'incarnation'>): string =>
  uidOf(object.path, incarnation)

/** Applies a row of the API's clock. `seconds` is the row's time on the API's clock. */
export function applyToOwner(record: OwnerRecord, row: Row, seconds: number, symbols: SymbolTable): void {
  record.lastRow = row.number
  switch (row.kind) {
    case ROW.specChanged:
      record.manifest = row.a
      break
    case ROW.deletionRequested:
      record.deletion = row
      break
    case ROW.ownerStatus:
      record.numbers.set(symbols.text(row.a), row.b)
      break
    case ROW.ownerText:
      record.texts.set(symbols.text(row.a), symbols.text(row.b))
      break
    case ROW.ownerRevision:
      record.revision = row.a
      break
    case ROW.condition:
      applyCondition(record, row, seconds)
      break
    case ROW.conditionRemoved:
      record.conditions.delete(row.a)
      break
  }
}

/**
 * controllers: a condition that is set anew goes to the end of the list (ctl/deployment/util SetDeploymentCondition), but for those of
 * an autoscaler (ctl/podautoscaler setConditionInList).
 */
function applyCondition({ object, conditions }: OwnerRecord, row: Row, seconds: number): void {
  const known = conditions.get(row.a)
  const isSameStatus = known !== undefined && (known.row.b & 3) === (row.b & 3)
  if (object.kind !== 'HorizontalPodAutoscaler') conditions.delete(row.a)
  conditions.set(row.a, {
    row,
    transitionSeconds: isSameStatus ? known.transitionSeconds : seconds,
    updateSeconds: seconds,
  })
}

/** Builds the API object of a workload from the manifest that its rows name last. */
export function buildOwner(record: OwnerRecord, manifest: KubernetesObject, symbols: SymbolTable): KubernetesObject {
  const { object, numbers, texts, revision } = record
  const annotations: Record<string, string> = { ...manifest.metadata.annotations }
  const status: Record<string, unknown> = {}
  for (const [field, value] of numbers) {
    if (field.startsWith(ANNOTATION)) annotations[field.slice(ANNOTATION.length)] = String(value)
    else if (!field.includes('.')) addNumber(status, field, value)
  }
  for (const [field, text] of texts) addText(status, field, text, object.namespace)
  if (manifest.kind === 'ControllerRevision')
    return { ...manifest, metadata: metadataOf(record, manifest, annotations), revision: revision || manifest.revision }
  if (revision > 0) annotations[REVISION] = String(revision)
  for (const field of ALWAYS_SHOWN[object.kind] ?? []) status[field] ??= 0
  const conditions = [...record.conditions.values()].map(each => conditionOf(each, object, symbols))
  if (conditions.length > 0) status.conditions = conditions
  const replicas = numbers.get('spec.replicas')
  const { spec } = manifest as { readonly spec: object }
  return {
    ...manifest,
    metadata: metadataOf(record, manifest, annotations),
    spec: replicas === undefined ? spec : { ...spec, replicas },
    status,
  } as KubernetesObject
}

function metadataOf(
  record: OwnerRecord,
  { metadata }: KubernetesObject,
  annotations: Readonly<Record<string, string>>,
): ObjectMeta {
  const { numbers, creationSeconds, lastRow, deletion } = record
  return {
    ...metadata,
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    uid: ownerUidOf(record),
    resourceVersion: `${lastRow + 1}`,
    generation: numbers.get('metadata.generation') ?? 1,
    creationTimestamp: formatTimestamp(creationSeconds * 1000),
    ...(deletion === undefined
      ? {}
      : { deletionTimestamp: formatTimestamp(deletion.b * 1000), deletionGracePeriodSeconds: deletion.a }),
  }
}

const ANNOTATION = 'metadata.annotations.'
const REVISION = 'deployment.kubernetes.io/revision'

/** Numbers that are shown even when they are 0; every other one is left out then. */
const ALWAYS_SHOWN: Readonly<Partial<Record<TraceObject['kind'], readonly string[]>>> = {
  ReplicaSet: ['replicas'],
  ReplicationController: ['replicas'],
  StatefulSet: ['replicas', 'availableReplicas'],
  DaemonSet: ['currentNumberScheduled', 'numberMisscheduled', 'desiredNumberScheduled', 'numberReady'],
  HorizontalPodAutoscaler: ['desiredReplicas'],
  PodDisruptionBudget: ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'],
}

function conditionOf(
  { row, transitionSeconds, updateSeconds }: OwnerConditionRecord,
  { kind }: TraceObject,
  symbols: SymbolTable,
): WorkloadCondition {
  const { status, reason } = unpackStatusAndReason(row.b)
  return {
    type: symbols.text(row.a),
    status,
    ...(kind === 'Deployment' ? { lastUpdateTime: formatTimestamp(updateSeconds * 1000) } : {}),
    lastTransitionTime: formatTimestamp(transitionSeconds * 1000),
    reason: symbols.text(reason),
    message: symbols.text(row.c),
  }
}
