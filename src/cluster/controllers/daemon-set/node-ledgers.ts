import { controllerUidOf } from '../../client/index.js'
import { CHANGE, isDeleting, type ObjectVersion, type PodVersion } from '../../contract/index.js'
import type { ControllerContext } from '../controller.js'
import { hasEnded, targetNodeOf } from './daemon-pods.js'
import { type DaemonViews, isSurging } from './decide.js'
import { NodeLedger } from './node-ledger.js'
import type { Placements } from './placements.js'

type SetVersion = ObjectVersion<'DaemonSet'>

/** A ledger, and what it was made for. */
interface KeptLedger {
  readonly ledger: NodeLedger
  readonly spec: SetVersion['object']['spec']
  readonly hash: string
  /** Of the set's placements. */
  readonly revision: number
}

/** The ledgers of DaemonSets, each kept while its set asks for the same and its nodes stay as they are. */
export class NodeLedgers {
  readonly #context: ControllerContext
  readonly #placements: Placements
  /** By the set's UID. */
  #ledgers = new Map<string, KeptLedger>()

  constructor(context: ControllerContext, placements: Placements) {
    this.#context = context
    this.#placements = placements
  }

  reset(): void {
    if (this.#ledgers.size > 0) this.#ledgers = new Map()
  }

  forget(uid: string): void {
    this.#ledgers.delete(uid)
  }

  /** Told of every pod, after the cache. */
  podChanged(change: number, pod: PodVersion, previous: PodVersion | null): void {
    if (this.#ledgers.size === 0) return
    const { index } = pod.identity
    const owner = controllerUidOf(pod)
    const former = previous === null ? owner : controllerUidOf(previous)
    if (former !== undefined && former !== owner) this.#ledgers.get(former)?.ledger.remove(index)
    const ledger = owner === undefined ? undefined : this.#ledgers.get(owner)?.ledger
    if (change === CHANGE.removed) ledger?.remove(index)
    else ledger?.put(pod)
  }

  /**
   * The ledger of a set, up to date; undefined: its sync has to look at all pods and nodes. Availability that comes with time alone is
   * told by no change, and pods that are to be adopted, let go, or have lost their node are for the sync that claims them.
   */
  of(set: SetVersion, matches: (pod: PodVersion) => boolean, views: DaemonViews): NodeLedger | undefined {
    const { spec } = set.object
    if ((spec.minReadySeconds ?? 0) > 0 || this.#hasAdoptable(set, matches)) return undefined
    const placed = this.#placements.of(set)
    const revision = this.#placements.revisionOf(set)
    const known = this.#ledgers.get(set.uid)
    const isSame = known?.spec === spec && known.hash === views.hash && known.revision === revision
    if (known !== undefined && isSame) return known.ledger.refresh(set) ? known.ledger : undefined
    const nodes = Array.from(placed, ([name, placement]) => ({ name, placement, pods: [] }))
    const { pods, profile, store } = this.#context
    const ledger = new NodeLedger(nodes, {
      pods: () => pods.ownedBy(set.uid),
      views,
      isSurging: isSurging(set.object),
      countsOldUnavailable: profile.countsOldUnavailable,
      matches,
      isOver: pod => profile.freesNodeAtEnd && hasEnded(pod) && isDeleting(pod),
      nodeOf: pod => targetNodeOf(pod, store.nodes),
    })
    this.#ledgers.set(set.uid, { ledger, spec, hash: views.hash, revision })
    return ledger.refresh(set) ? ledger : undefined
  }

  #hasAdoptable({ namespace }: SetVersion, matches: (pod: PodVersion) => boolean): boolean {
    for (const pod of this.#context.pods.orphansOf(namespace)) if (!isDeleting(pod) && matches(pod)) return true
    return false
  }
}
