import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import { isOver, sinceOf } from './owner-laws.js'
import { isReady, type OwnerRecord, ownerNamed } from './owner-record.js'
import { CONDITION, PHASE, type PodRecord } from './pod-record.js'

/** Laws of ReplicaSets and ReplicationControllers. */
export const REPLICA_SET_LAWS: readonly Law[] = [
  {
    name: 'replicaset-makes-only-what-is-missing',
    family: 'owners',
    sentence:
      'A ReplicaSet or ReplicationController makes no pod that leaves it more active pods than the most replicas that were asked of it within the last second, those that it has just adopted apart.',
    source: 'pkg/controller/replicaset/replica_set.go manageReplicas (RS-1, C-2)',
  },
  {
    name: 'replicaset-deletes-only-what-is-too-many',
    family: 'owners',
    sentence:
      'A ReplicaSet or ReplicationController deletes no pod that leaves it fewer active pods than the fewest replicas that were asked of it within the last second, where nobody else took one meanwhile.',
    source: 'pkg/controller/replicaset/replica_set.go manageReplicas (RS-1)',
  },
  {
    name: 'replicaset-deletes-the-least-first',
    family: 'owners',
    sentence:
      'A ReplicaSet or ReplicationController deletes no pod that is bound, runs or is ready while another of its pods has been less than that for a second, in this order; unless it deletes all of them.',
    source: 'pkg/controller/controller_utils.go ActivePodsWithRanks.Less (RS-2)',
  },
  {
    name: 'replicaset-comes-to-its-size',
    family: 'owners',
    sentence:
      'When nothing more can happen, a ReplicaSet or ReplicationController that was refused nothing has as many active pods as it asks for, and shows so.',
    source: 'pkg/controller/replicaset/replica_set.go syncReplicaSet (RS-1, RS-3)',
  },
]

/** Looks at what ReplicaSets make and delete. */
export class ReplicaSetLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  get #since(): number {
    return sinceOf(this.#parts)
  }

  makes(owner: OwnerRecord, pod: PodRecord): void {
    const counted = owner.activePods().filter(each => each.isMadeByOwner || each.ownedAt < this.#since)
    const most = owner.replicas.most(this.#since)
    if (counted.length <= most) return
    this.#add(
      'replicaset-makes-only-what-is-missing',
      owner,
      pod,
      `makes ${podNamed(pod)} and has ${counted.length} pods then; ${most} were asked for`,
    )
  }

  deletes(owner: OwnerRecord, pod: PodRecord): void {
    if (pod.deletedAt !== this.#parts.row.time) return
    const active = owner.activePods()
    const since = this.#since
    const isLost = (each: PodRecord): boolean =>
      !each.isDeletedByOwner &&
      (each.isGone
        ? each.removedAt >= since
        : each.deletedAt !== NEVER
          ? each.deletedAt >= since
          : isOver(each) && each.phaseAt >= since)
    const lost = owner.pods.filter(each => each !== pod && isLost(each))
    const least = owner.replicas.least(since)
    if (active.length + lost.length < least) {
      const what = `deletes ${podNamed(pod)} and has ${active.length} pods then; ${least} are asked for`
      this.#add('replicaset-deletes-only-what-is-too-many', owner, pod, what)
    }
    // Where all of them go nobody is ranked.
    if (least === 0) return
    const better = active.find(each => isStable(each, since) && isLess(each, pod, since))
    if (
      better === undefined ||
      pod.facts.object.metadata.annotations?.[COST] !== better.facts.object.metadata.annotations?.[COST]
    )
      return
    const what = `deletes ${podNamed(pod)} before ${podNamed(better)}, which is less than it`
    this.#add('replicaset-deletes-the-least-first', owner, pod, what)
  }

  /** The run is over, and nothing more can happen. */
  finished(owner: OwnerRecord, end: number): void {
    const { replicas } = owner
    const shown = owner.number('replicas')
    const active = owner.activePods().length
    if (active === replicas.value && shown === active) return
    const text = `${ownerNamed(owner)} is left with ${active} pods, and shows ${shown}; ${replicas.value} are asked for`
    const { findings } = this.#parts
    findings.addAt('replicaset-comes-to-its-size', end, owner.createdRow, owner.symbol, text, owner.createdRow)
  }

  #add(law: string, owner: OwnerRecord, pod: PodRecord, what: string): void {
    this.#parts.findings.add(law, pod.symbol, `${ownerNamed(owner)} ${what}`, owner.createdRow)
  }
}

const COST = 'controller.kubernetes.io/pod-deletion-cost'

/** What decides who goes has been as it is for long enough. */
const isStable = ({ ownedAt, boundAt, phaseAt, transitions }: PodRecord, since: number): boolean =>
  ownedAt < since && boundAt < since && phaseAt < since && transitions[CONDITION.Ready] < since

/** Whether the first is rather to go than the second, which was ready until it was deleted or just before. */
function isLess(first: PodRecord, second: PodRecord, since: number): boolean {
  if (second.transitions[CONDITION.Ready] >= since || second.phaseAt >= since || second.boundAt >= since) return false
  const [a, b] = [first, second].map(pod => [
    pod.node === 0 ? 0 : 1,
    pod.phase === PHASE.Running ? 1 : 0,
    isReady(pod) ? 1 : 0,
  ])
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] < b[i]
  return false
}
