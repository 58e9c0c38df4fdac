import { ACTION } from '../cluster-change.js'
import { type Plugin, type PodFilter, SKIP } from '../plugin.js'
import type { PodInfo } from '../pod-info.js'
import { podVolumesOf, volumeConflicts } from '../volumes/pod-volumes.js'

const NAME = 'VolumeBinding'

/** Whether a claim of this name is among those of a pod. */
export const namesClaim = ({ namespace, claims }: PodInfo, change: { namespace: string; name: string }): boolean =>
  namespace === change.namespace && claims.some(({ claim }) => claim === change.name)

/**
 * Keeps a pod back until its claims can be bound, and off nodes that cannot reach their volumes.
 *
 * scheduler: framework/plugins/volumebinding/volume_binding.go, v1.32 (F-9). Capacities of storage and scores by them are left out.
 */
export const volumeBinding: Plugin = {
  name: NAME,
  preFilter: (pod, { storage }) => {
    if (pod.claims.length === 0) return SKIP
    const volumes = podVolumesOf(pod.claims, pod.namespace, pod.name, storage)
    const filter: PodFilter = {
      plugin: NAME,
      filter: (_, { record }) => {
        if ('refusal' in volumes) return null
        const reasons = volumeConflicts(volumes, record.object, storage)
        return reasons.length === 0 ? null : { plugin: NAME, reasons, isResolvable: false }
      },
    }
    return 'refusal' in volumes ? { filter, refusal: volumes.refusal } : { filter }
  },
  hints: [
    {
      resource: 'claim',
      actions: ACTION.add | ACTION.other,
      isHelpful: (pod, _, change) => change.resource === 'claim' && namesClaim(pod, change),
    },
    { resource: 'volume', actions: ACTION.add | ACTION.other },
    { resource: 'storageClass', actions: ACTION.add },
    { resource: 'node', actions: ACTION.add | ACTION.nodeLabel },
  ],
}
