import { controllerOf, type LabelSelector, matchesLabels, type TopologySpreadConstraint } from '../../../model/index.js'
import type { ObjectLister } from '../plugin.js'
import { type PodInfo, type SpreadConstraint, spreadConstraintOf } from '../pod-info.js'
import { mergeSelector } from '../selector.js'

/** What spreads the pods of a Service or owner that has no constraints of its own (PTS-6). */
const SYSTEM_DEFAULTS: readonly TopologySpreadConstraint[] = [
  { maxSkew: 3, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  { maxSkew: 5, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
]

/**
 * The default constraints of a pod: those of the system, over the pods of its Services and of its owner.
 *
 * scheduler: podtopologyspread/common.go buildDefaultConstraints, plugins/helper/spread.go DefaultSelector, v1.32 (PTS-6).
 */
export function defaultSpread(pod: PodInfo, objects: ObjectLister): readonly SpreadConstraint[] {
  const labels: Record<string, string> = {}
  for (const { metadata, spec } of objects.list('Service')) {
    const selector = spec?.selector
    if ((metadata.namespace ?? 'default') !== pod.namespace || selector === undefined) continue
    if (matchesLabels(selector, pod.labels)) Object.assign(labels, selector)
  }
  const selector = mergeSelector(ownerSelector(pod, objects, labels) ?? {}, labels)
  if (selector.isEverything) return []
  return SYSTEM_DEFAULTS.map(each => ({ ...spreadConstraintOf(each, pod.labels), selector }))
}

/** What the owner of a pod selects; of a ReplicationController the labels are added to `labels`. */
function ownerSelector(pod: PodInfo, objects: ObjectLister, labels: Record<string, string>): LabelSelector | undefined {
  const owner = controllerOf(pod.spec.object.metadata)
  if (owner === undefined) return undefined
  const object = objects.find(owner.kind, pod.namespace, owner.name)
  switch (object?.kind) {
    case 'ReplicationController':
      Object.assign(labels, object.spec.selector)
      return undefined
    case 'ReplicaSet':
    case 'StatefulSet':
      return object.spec.selector
    default:
      return undefined
  }
}
