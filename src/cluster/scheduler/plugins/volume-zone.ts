import type { PersistentVolume } from '../../../model/index.js'
import { ACTION } from '../cluster-change.js'
import { type Plugin, type PodFilter, refusal, SKIP } from '../plugin.js'
import { namesClaim } from './volume-binding.js'

const NAME = 'VolumeZone'
const WRONG_ZONE = refusal(NAME, 'node(s) had no available volume zone', false)

/** Labels of volumes that nodes have to share. */
const TOPOLOGY_KEYS = [
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
]

/** The zones and regions in which a volume is; several stand in one label. */
const placesOf = ({ metadata }: PersistentVolume): readonly (readonly [string, readonly string[]])[] =>
  TOPOLOGY_KEYS.flatMap(key => {
    const value = metadata.labels?.[key]
    return value === undefined ? [] : [[key, value.split('__')] as const]
  })

/**
 * Keeps a pod off nodes in other zones than the labels of its volumes say.
 *
 * scheduler: framework/plugins/volumezone/volume_zone.go, v1.32 (F-10).
 */
export const volumeZone: Plugin = {
  name: NAME,
  preFilter: (pod, { storage }) => {
    const places = pod.claims.flatMap(({ claim }) => {
      const { volumeName = '' } = storage.claim(pod.namespace, claim)?.object.spec ?? {}
      const volume = volumeName === '' ? null : storage.volume(volumeName)
      return volume === null ? [] : placesOf(volume.object)
    })
    if (places.length === 0) return SKIP
    const filter: PodFilter = {
      plugin: NAME,
      filter: (_, { labels = {} }) => {
        // A node that says nothing of zones has no limits.
        if (!TOPOLOGY_KEYS.some(key => Object.hasOwn(labels, key))) return null
        return places.every(([key, values]) => values.includes(labels[key] ?? '')) ? null : WRONG_ZONE
      },
    }
    return { filter }
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
