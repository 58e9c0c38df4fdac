import type { Node, Taint } from '../../model/index.js'
import type { NodeRecord } from '../contract/index.js'

const PREFIX = 'node.kubernetes.io/'
export const NOT_READY = `${PREFIX}not-ready`
export const UNREACHABLE = `${PREFIX}unreachable`
export const OUT_OF_SERVICE = `${PREFIX}out-of-service`
const UNSCHEDULABLE = `${PREFIX}unschedulable`

/** Which status of which condition makes which taint (TA-1). */
const BY_CONDITION: readonly (readonly [type: string, status: string, key: string])[] = [
  ['Ready', 'False', NOT_READY],
  ['Ready', 'Unknown', UNREACHABLE],
  ['MemoryPressure', 'True', `${PREFIX}memory-pressure`],
  ['DiskPressure', 'True', `${PREFIX}disk-pressure`],
  ['PIDPressure', 'True', `${PREFIX}pid-pressure`],
  ['NetworkUnavailable', 'True', `${PREFIX}network-unavailable`],
]

const OWN_KEYS: ReadonlySet<string> = new Set([...BY_CONDITION.map(([, , key]) => key), UNSCHEDULABLE])

/** Status of a node's condition Ready; without one it counts as Unknown. */
export const readyOf = ({ status }: Node): 'True' | 'False' | 'Unknown' =>
  status.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown'

/**
 * The taints that a node should have, with those of effect NoSchedule that follow from its conditions and its cordon.
 *
 * controllers: node_lifecycle_controller.go doNoScheduleTaintingPass, v1.26 and later (TA-1).
 */
export function withNoScheduleTaints({ object, isUnschedulable }: NodeRecord): readonly Taint[] {
  const { taints = [] } = object.spec
  const wanted = BY_CONDITION.filter(([type, status]) =>
    object.status.conditions?.some(each => each.type === type && each.status === status),
  ).map(([, , key]) => key)
  if (isUnschedulable) wanted.push(UNSCHEDULABLE)
  const isOwn = ({ key, effect }: Taint): boolean => effect === 'NoSchedule' && OWN_KEYS.has(key)
  const kept = taints.filter(taint => !isOwn(taint) || wanted.includes(taint.key))
  const missing = wanted.filter(key => !kept.some(taint => isOwn(taint) && taint.key === key))
  return [...kept, ...missing.map((key): Taint => ({ key, effect: 'NoSchedule' }))]
}

export const hasTaint = ({ spec: { taints = [] } }: Node, key: string, effect?: string): boolean =>
  taints.some(taint => taint.key === key && (effect === undefined || taint.effect === effect))

/** A node's taints with one NoExecute taint more and others away. */
export const withNoExecute = (
  { spec: { taints = [] } }: Node,
  added: string | null,
  removed: readonly string[],
): Taint[] => {
  const kept = taints.filter(({ key, effect }) => effect !== 'NoExecute' || !removed.includes(key))
  const isThere = added === null || kept.some(({ key, effect }) => effect === 'NoExecute' && key === added)
  return isThere ? kept : [...kept, { key: added, effect: 'NoExecute' }]
}

export const noExecuteTaints = ({ spec: { taints = [] } }: Node): Taint[] =>
  taints.filter(({ effect }) => effect === 'NoExecute')
