import type { IntOrString, StatefulSet } from '../model/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import { isOver, sinceOf } from './owner-laws.js'
import { isActive, isReady, type OwnerRecord, ownerNamed } from './owner-record.js'
import { CONDITION, type PodRecord } from './pod-record.js'

/** Laws of StatefulSets. */
export const STATEFUL_SET_LAWS: readonly Law[] = [
  {
    name: 'statefulset-pods-have-their-ordinals',
    family: 'stateful sets',
    sentence:
      'A StatefulSet makes only pods that are called after it and an ordinal among its replicas, with the labels of that name and ordinal.',
    source: 'pkg/controller/statefulset/stateful_set_utils.go newStatefulSetPod, updateIdentity (SS-1)',
  },
  {
    name: 'statefulset-starts-in-order',
    family: 'stateful sets',
    sentence:
      'A StatefulSet that is not Parallel makes a pod only when each of a lower ordinal has been ready, and not on its way, within the last second.',
    source: 'pkg/controller/statefulset/stateful_set_control.go processReplica (SS-3)',
  },
  {
    name: 'statefulset-shrinks-from-the-end',
    family: 'stateful sets',
    sentence:
      'A StatefulSet that is not Parallel deletes a pod beyond its replicas only when none of a higher ordinal is stored, one that has just been made apart.',
    source: 'pkg/controller/statefulset/stateful_set_control.go processCondemned (SS-4)',
  },
  {
    name: 'statefulset-update-respects-its-partition',
    family: 'stateful sets',
    sentence:
      'A StatefulSet deletes a pod among its replicas that goes on only in a RollingUpdate, if its ordinal is not below the partition, and if the pod is of an old revision.',
    source: 'pkg/controller/statefulset/stateful_set_control.go updateStatefulSet (SS-5)',
  },
  {
    name: 'statefulset-update-waits',
    family: 'stateful sets',
    sentence:
      'In a rolling update a StatefulSet deletes a pod only when each of a higher ordinal has been ready, and not on its way, within the last second; where maxUnavailable counts (from 1.35 on), only as many are unavailable at a time.',
    source: 'pkg/controller/statefulset/stateful_set_control.go updateStatefulSet (SS-5, SS-7)',
  },
  {
    name: 'statefulset-comes-to-its-size',
    family: 'stateful sets',
    sentence:
      'When nothing more can happen, and each of its pods is ready, a StatefulSet that was refused nothing has a pod of each of its ordinals and no others.',
    source: 'pkg/controller/statefulset/stateful_set_control.go updateStatefulSet (SS-3, SS-4)',
  },
]

/** Looks at what StatefulSets make and delete. */
export class StatefulSetLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  makes(owner: OwnerRecord, pod: PodRecord): void {
    const since = sinceOf(this.#parts)
    const ordinal = ordinalOf(owner, pod)
    const { name = '', labels } = pod.facts.object.metadata
    const sets = setsOf(owner, since)
    const most = owner.replicas.most(since)
    const isWanted = sets.some(({ spec }) => ordinal >= startOf(spec) && ordinal < startOf(spec) + most)
    if (!isWanted || labels?.[POD_NAME] !== name || labels[POD_INDEX] !== String(ordinal)) {
      const what = `makes ${podNamed(pod)}, which is none of its ${most} replicas, or is not labelled so`
      this.#add('statefulset-pods-have-their-ordinals', owner, pod, what)
      return
    }
    if (sets.some(({ spec }) => spec.podManagementPolicy === 'Parallel')) return
    const start = Math.max(...sets.map(({ spec }) => startOf(spec)))
    for (let lower = start; lower < ordinal; lower++) {
      const other = podOf(owner, lower)
      if (other !== undefined && wasHealthy(other, since)) continue
      const what = `makes ${podNamed(pod)} while ${owner.name}-${lower} is not ready`
      this.#add('statefulset-starts-in-order', owner, pod, what)
      return
    }
  }

  deletes(owner: OwnerRecord, pod: PodRecord): void {
    if (pod.deletedAt !== this.#parts.row.time || isOver(pod)) return
    const since = sinceOf(this.#parts)
    const ordinal = ordinalOf(owner, pod)
    const sets = setsOf(owner, since)
    const least = owner.replicas.least(since)
    const isCondemned = sets.some(({ spec }) => ordinal < startOf(spec) || ordinal >= startOf(spec) + least)
    const isOrdered = sets.every(({ spec }) => spec.podManagementPolicy !== 'Parallel')
    if (isCondemned) {
      if (isOrdered) this.#shrinks(owner, pod, ordinal, since)
    } else if (pod.phaseAt < since) this.#updates(owner, pod, ordinal, since)
  }

  #shrinks(owner: OwnerRecord, pod: PodRecord, ordinal: number, since: number): void {
    const higher = owner.storedPods().find(each => ordinalOf(owner, each) > ordinal && each.ownedAt < since)
    if (higher !== undefined)
      this.#add(
        'statefulset-shrinks-from-the-end',
        owner,
        pod,
        `deletes ${podNamed(pod)} while ${podNamed(higher)} is there`,
      )
  }

  #updates(owner: OwnerRecord, pod: PodRecord, ordinal: number, since: number): void {
    const sets = setsOf(owner, since)
    const isAllowed = sets.some(({ spec }) => {
      const { type = 'RollingUpdate', rollingUpdate } = spec.updateStrategy ?? {}
      return type === 'RollingUpdate' && ordinal - startOf(spec) >= (rollingUpdate?.partition ?? 0)
    })
    const isNew = pod.facts.object.metadata.labels?.[REVISION_HASH] === owner.texts.get('updateRevision')
    if (!isAllowed || (isNew && owner.changedAt < since)) {
      const why = isAllowed ? 'which is of the latest revision' : 'which its update strategy leaves alone'
      this.#add('statefulset-update-respects-its-partition', owner, pod, `deletes ${podNamed(pod)}, ${why}`)
    }
    this.#waits(owner, pod, ordinal, since)
  }

  #waits(owner: OwnerRecord, pod: PodRecord, ordinal: number, since: number): void {
    const [{ spec }] = setsOf(owner, since)
    const end = startOf(spec) + owner.replicas.least(since)
    const isGated = this.#parts.profile.statefulSetMaxUnavailable
    const most = isGated ? Math.max(...setsOf(owner, since).map(mostUnavailable)) : 1
    let unavailable = 1
    for (let other = isGated ? startOf(spec) : ordinal + 1; other < end; other++) {
      const one = other === ordinal ? undefined : podOf(owner, other)
      if (one === undefined ? other !== ordinal && !wasThere(owner, other, since) : isAway(one, since)) unavailable++
    }
    if (unavailable <= most) return
    const what = `deletes ${podNamed(pod)}, which makes ${unavailable} unavailable pods of at most ${most}`
    this.#add('statefulset-update-waits', owner, pod, what)
  }

  /** The run is over, and nothing more can happen. */
  finished(owner: OwnerRecord, end: number): void {
    const pods = owner.storedPods()
    if (pods.some(pod => !isActive(pod) || !isReady(pod))) return
    const start = startOf((owner.object as StatefulSet).spec)
    const ordinals = pods.map(pod => ordinalOf(owner, pod) - start).sort((a, b) => a - b)
    const isComplete = ordinals.length === owner.replicas.value && ordinals.every((ordinal, i) => ordinal === i)
    if (isComplete) return
    const text = `${ownerNamed(owner)} is left with the ordinals [${ordinals.join(', ')}] of ${owner.replicas.value}`
    const { findings } = this.#parts
    findings.addAt('statefulset-comes-to-its-size', end, owner.createdRow, owner.symbol, text, owner.createdRow)
  }

  #add(law: string, owner: OwnerRecord, pod: PodRecord, what: string): void {
    this.#parts.findings.add(law, pod.symbol, `${ownerNamed(owner)} ${what}`, owner.createdRow)
  }
}

const POD_NAME = 'statefulset.kubernetes.io/pod-name'
const POD_INDEX = 'apps.kubernetes.io/pod-index'
const REVISION_HASH = 'controller-revision-hash'

const setsOf = (owner: OwnerRecord, since: number): readonly StatefulSet[] =>
  owner.manifests(since) as readonly StatefulSet[]

const startOf = ({ ordinals }: StatefulSet['spec']): number => ordinals?.start ?? 0

/** −1: its name is none of the set's. */
function ordinalOf({ name }: OwnerRecord, { facts }: PodRecord): number {
  const own = facts.object.metadata.name ?? ''
  const digits = own.startsWith(`${name}-`) ? own.slice(name.length + 1) : ''
  return /^\d+$/.test(digits) ? Number(digits) : -1
}

const podOf = (owner: OwnerRecord, ordinal: number): PodRecord | undefined =>
  owner.pods.find(pod => pod.owner === owner && ordinalOf(owner, pod) === ordinal)

/** Whether it was running, ready and not on its way at some time from then on. */
function wasHealthy(pod: PodRecord, since: number): boolean {
  if (pod.isGone ? pod.removedAt < since : pod.deletedAt !== NEVER && pod.deletedAt < since) return false
  if (isOver(pod) && pod.phaseAt < since) return false
  return isReady(pod) || pod.transitions[CONDITION.Ready] >= since
}

/** Whether it is surely seen as unavailable: that is so for long enough, or by its owner's own doing. */
const isAway = (pod: PodRecord, since: number): boolean =>
  pod.isGone ? pod.removedAt < since : (pod.deletedAt !== NEVER && pod.isDeletedByOwner) || !wasHealthy(pod, since)

/** Whether a pod of that ordinal need not be missed yet. */
const wasThere = (owner: OwnerRecord, _ordinal: number, since: number): boolean => owner.replicas.since >= since

/** ctl/statefulset getStatefulSetMaxUnavailable: rounded down, and at least one (SS-7). */
function mostUnavailable({ spec }: StatefulSet): number {
  const share: IntOrString = spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1
  if (typeof share === 'number') return share
  return Math.max(1, Math.floor((Number.parseInt(share, 10) * (spec.replicas ?? 1)) / 100))
}
