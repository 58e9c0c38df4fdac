import { ACTION } from '../cluster-change.js'
import type { NodeInfo, PlacedPod } from '../node-info.js'
import {
  type ChangeablePodFilter,
  type ClusterView,
  type Plugin,
  type PodFilter,
  type Refusal,
  refusal,
  SKIP,
} from '../plugin.js'
import type { PodInfo } from '../pod-info.js'
import { missingClaim } from '../volumes/pod-volumes.js'
import { namesClaim } from './volume-binding.js'

const NAME = 'VolumeRestrictions'
const IN_USE = refusal(
  NAME,
  'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
  true,
)

/**
 * Keeps a second pod from a claim that is for one pod only. Disks of providers that a pod names without a claim are left out.
 *
 * scheduler: framework/plugins/volumerestrictions/volume_restrictions.go, v1.32 (F-7).
 */
export const volumeRestrictions: Plugin = {
  name: NAME,
  preFilter: (pod, view) => {
    const named = pod.claims.filter(({ template }) => template === undefined)
    if (named.length === 0) return SKIP
    const exclusive = new Set<string>()
    for (const { claim: name } of named) {
      const claim = view.storage.claim(pod.namespace, name)
      if (claim === null) return { filter: NEVER, refusal: missingClaim(name) }
      if (claim.object.spec.accessModes?.includes('ReadWriteOncePod') === true) exclusive.add(name)
    }
    if (exclusive.size === 0) return SKIP
    const count = usersOf(exclusive, pod.namespace, view)
    return count === 0 ? SKIP : { filter: new ExclusiveClaims(exclusive, pod.namespace, count) }
  },
  hints: [
    {
      resource: 'pod',
      actions: ACTION.delete,
      isHelpful: (pod, _, change) =>
        change.resource === 'pod' && change.before !== null && sharesClaim(pod, change.before.info),
    },
    {
      resource: 'claim',
      actions: ACTION.add,
      isHelpful: (pod, _, change) => change.resource === 'claim' && namesClaim(pod, change),
    },
  ],
}

const NEVER: PodFilter = { plugin: NAME, filter: () => null }

const sharesClaim = (a: PodInfo, b: PodInfo): boolean =>
  b.claims.some(({ claim: name }) => namesClaim(a, { namespace: b.namespace, name }))

const countIn = (claims: ReadonlySet<string>, namespace: string, info: PodInfo): number =>
  info.namespace === namespace ? info.claims.filter(({ claim }) => claims.has(claim)).length : 0

function usersOf(claims: ReadonlySet<string>, namespace: string, { nodes }: ClusterView): number {
  let count = 0
  for (const { pods } of nodes) for (const { info } of pods.values()) count += countIn(claims, namespace, info)
  return count
}

/** Refuses every node as long as another pod has one of the claims. */
class ExclusiveClaims implements ChangeablePodFilter {
  readonly plugin = NAME
  readonly #claims: ReadonlySet<string>
  readonly #namespace: string
  #count: number

  constructor(claims: ReadonlySet<string>, namespace: string, count: number) {
    this.#claims = claims
    this.#namespace = namespace
    this.#count = count
  }

  filter(): Refusal | null {
    return this.#count > 0 ? IN_USE : null
  }

  fork(): ChangeablePodFilter {
    return new ExclusiveClaims(this.#claims, this.#namespace, this.#count)
  }

  change({ info }: PlacedPod, _node: NodeInfo, delta: 1 | -1): void {
    this.#count += delta * countIn(this.#claims, this.#namespace, info)
  }
}
