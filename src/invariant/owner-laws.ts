import {
  type KubernetesObject,
  type LabelSelector,
  matchesLabelSelector,
  matchesLabels,
  type Pod,
} from '../model/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, type LawParts, podNamed } from './law-parts.js'
import { type OwnerRecord, ownerNamed } from './owner-record.js'
import type { OwnerRecords } from './owner-records.js'
import { PHASE, type PodRecord } from './pod-record.js'

/** Laws of workloads, of whatever kind, and of whom they own. */
export const OWNER_LAWS: readonly Law[] = [
  {
    name: 'generation-only-grows',
    family: 'owners',
    sentence:
      'The generation of a workload, a budget or an autoscaler only grows, by one with each change of its spec.',
    source: 'apiserver registry/rest/update.go BeforeUpdate; strategies’ PrepareForUpdate (API-7)',
  },
  {
    name: 'observed-generation-is-a-generation',
    family: 'owners',
    sentence:
      'The observedGeneration of a workload is never ahead of its generation; that of a Deployment or a budget never falls.',
    source:
      'controllers’ status updates: pkg/controller/deployment/sync.go syncDeploymentStatus and the like (API-7, RS-3)',
  },
  {
    name: 'counts-fit-each-other',
    family: 'owners',
    sentence:
      'A status never shows more available pods than ready ones, nor more ready ones than there are; of a DaemonSet, none of them more than nodes that are to have one.',
    source:
      'pkg/controller/replicaset/replica_set_utils.go calculateStatus; daemon_controller.go updateDaemonSetStatus (RS-3, DS-6)',
  },
  {
    name: 'controller-selects-its-pods',
    family: 'owners',
    sentence:
      'A pod has at most one controller; a controller makes pods, and adopts pods, only that its selector has matched within the last second.',
    source: 'pkg/controller/controller_ref_manager.go ClaimObject (C-6)',
  },
  {
    name: 'nothing-made-for-a-deleted-owner',
    family: 'owners',
    sentence: 'No pod, ReplicaSet or Job is made for an owner that has been gone, or on its way, for a second.',
    source: 'pkg/controller/replicaset/replica_set.go syncReplicaSet and the like (RS-1, DP-1)',
  },
  {
    name: 'garbage-is-collected',
    family: 'owners',
    sentence:
      'When nothing more can happen, no pod or workload is left, unless it is being deleted, whose owners are all gone; orphaned ones name none.',
    source: 'pkg/controller/garbagecollector/garbagecollector.go attemptToDeleteItem (DEL-9, DEL-10)',
  },
  {
    name: 'foreground-owner-goes-last',
    family: 'owners',
    sentence:
      'An owner that is deleted in the foreground goes only when no dependent of it is stored that blocks its deletion and is older than a second; a Job that its CronJob has no room for goes at once.',
    source: 'pkg/controller/garbagecollector/garbagecollector.go processDeletingDependentsItem (DEL-9)',
  },
]

/** Controllers read what was so some moments ago. */
export const MARGIN_MS = 1000

/** From when on what a controller has read may have been so. */
export const sinceOf = ({ row, toleranceMs }: LawParts): number => Math.max(0, row.time - MARGIN_MS - toleranceMs)

/** Looks at whatever is said of owners. */
export class OwnerLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  generation(owner: OwnerRecord, generation: number): void {
    if (generation === owner.generation + 1) return
    this.#add('generation-only-grows', owner, `has generation ${generation} after ${owner.generation}`)
  }

  observed(owner: OwnerRecord, generation: number): void {
    const law = 'observed-generation-is-a-generation'
    if (generation > owner.generation)
      this.#add(law, owner, `shows generation ${generation} as observed, and has ${owner.generation}`)
    // The others write again what their cache showed when another's write came between (updateStatus' retries).
    else if (generation < owner.observedGeneration && WRITE_ONCE.has(owner.kind))
      this.#add(law, owner, `shows generation ${generation} as observed after ${owner.observedGeneration}`)
  }

  /** The instant is over. */
  settled(owner: OwnerRecord, time: number, row: number): void {
    for (const [fewer, more] of ORDERS[owner.kind] ?? []) {
      const [less, most] = [owner.number(fewer), owner.number(more)]
      if (less <= most) continue
      const text = `${ownerNamed(owner)} shows ${fewer} ${less} and ${more} ${most}`
      this.#parts.findings.addAt('counts-fit-each-other', time, row, owner.symbol, text, owner.createdRow)
    }
  }

  /** A pod has another controller than before, one of its own making or by adoption. */
  controls(pod: PodRecord, owner: OwnerRecord): void {
    const { row, findings } = this.#parts
    const law = 'controller-selects-its-pods'
    const { ownerReferences = [], labels } = pod.facts.object.metadata
    if (ownerReferences.filter(({ controller }) => controller === true).length > 1)
      findings.add(law, pod.symbol, `${podNamed(pod)} has more than one controller`, owner.createdRow)
    // A pod whose labels were just changed is what they were to a controller that has not heard.
    if (pod.hasOldManifest && pod.ownedAt !== row.time) return
    const selects = owner.manifests(sinceOf(this.#parts)).some(each => selectsLabels(each, labels))
    const isRelabelled = !pod.isMadeByOwner && pod.relabelledAt >= sinceOf(this.#parts)
    if (selects || isRelabelled) return
    const text = `${podNamed(pod)} is ${pod.isMadeByOwner ? 'made' : 'adopted'} by ${ownerNamed(owner)}, which does not select it`
    findings.add(law, pod.symbol, text, owner.createdRow)
  }

  /** Something is made in the owner's name. */
  makes(owner: OwnerRecord, symbol: number, what: string): void {
    const { row, findings, toleranceMs } = this.#parts
    const since = owner.isGone
      ? Math.min(owner.removedAt, owner.deletedAt === NEVER ? owner.removedAt : owner.deletedAt)
      : owner.deletedAt
    if (since === NEVER || since + MARGIN_MS + toleranceMs >= row.time) return
    const text = `${what} is made for ${ownerNamed(owner)}, which was deleted at ${at(since)}`
    findings.add('nothing-made-for-a-deleted-owner', symbol, text, owner.createdRow)
  }

  /** An owner that its dependents keep is let go. */
  released(owner: OwnerRecord, owners: OwnerRecords): void {
    // Its history deletes in the background, which takes the wait back.
    if (owner.controller?.kind === 'CronJob' && !owner.controller.isGone) return
    const oldest = sinceOf(this.#parts)
    const pods = owner.pods.filter(pod => !pod.isGone && pod.ownedAt < oldest && blocks(pod.facts.object, owner))
    const others = owners.all.filter(each => !each.isGone && each.createdAt < oldest && blocks(each.object, owner))
    if (pods.length + others.length === 0) return
    const who = pods.length > 0 ? podNamed(pods[0]) : ownerNamed(others[0])
    this.#add('foreground-owner-goes-last', owner, `goes before ${who}, which it waits for`)
  }

  /** The run is over, and nothing more can happen. */
  finished(owners: OwnerRecords, pods: readonly PodRecord[], end: number): void {
    for (const pod of pods) {
      if (pod.isGone || pod.deletedAt !== NEVER) continue
      const lost = this.#lostOwner(pod.facts.object, owners)
      if (lost !== undefined) this.#left(pod.symbol, podNamed(pod), pod.createdRow, lost, end)
    }
    for (const owner of owners.all) {
      if (owner.isGone || owner.deletedAt !== NEVER) continue
      const lost = this.#lostOwner(owner.object, owners)
      if (lost !== undefined) this.#left(owner.symbol, ownerNamed(owner), owner.createdRow, lost, end)
    }
  }

  /** One of an object's owners where all of them have gone. */
  #lostOwner({ metadata }: KubernetesObject, owners: OwnerRecords): OwnerRecord | undefined {
    const { ownerReferences = [] } = metadata
    const known = ownerReferences.map(({ uid }) => owners.withUid(uid))
    return known.every(each => each?.isGone === true) ? known[0] : undefined
  }

  #left(symbol: number, who: string, row: number, owner: OwnerRecord, end: number): void {
    const text = `${who} is left although ${ownerNamed(owner)} is gone since ${at(owner.removedAt)}`
    this.#parts.findings.addAt('garbage-is-collected', end, row, symbol, text, row)
  }

  #add(law: string, owner: OwnerRecord, what: string): void {
    this.#parts.findings.add(law, owner.symbol, `${ownerNamed(owner)} ${what}`, owner.createdRow)
  }
}

/** Whether the object keeps an owner from going that waits for its dependents. */
const blocks = ({ metadata }: KubernetesObject, owner: OwnerRecord): boolean =>
  (metadata.ownerReferences ?? []).some(
    ({ uid, blockOwnerDeletion }) => uid === owner.uid && blockOwnerDeletion === true,
  )

/** Whether a workload's selector matches; a ReplicationController's is a map. */
function selectsLabels(
  { kind, spec }: KubernetesObject & { spec?: object },
  labels: Pod['metadata']['labels'],
): boolean {
  const { selector } = spec as { readonly selector?: LabelSelector }
  if (kind !== 'ReplicationController') return matchesLabelSelector(selector, labels)
  return matchesLabels(selector as Readonly<Record<string, string>> | undefined, labels)
}

/** By kind: pairs of counts of which the first is never more than the second. */
const ORDERS: Readonly<Partial<Record<OwnerRecord['kind'], readonly (readonly [string, string])[]>>> = {
  ReplicaSet: [
    ['readyReplicas', 'replicas'],
    ['availableReplicas', 'readyReplicas'],
    ['fullyLabeledReplicas', 'replicas'],
  ],
  ReplicationController: [
    ['readyReplicas', 'replicas'],
    ['availableReplicas', 'readyReplicas'],
  ],
  Deployment: [
    ['readyReplicas', 'replicas'],
    ['availableReplicas', 'readyReplicas'],
    ['updatedReplicas', 'replicas'],
  ],
  StatefulSet: [
    ['readyReplicas', 'replicas'],
    ['availableReplicas', 'readyReplicas'],
    ['updatedReplicas', 'replicas'],
  ],
  DaemonSet: [
    ['currentNumberScheduled', 'desiredNumberScheduled'],
    ['numberReady', 'currentNumberScheduled'],
    ['numberAvailable', 'numberReady'],
    ['updatedNumberScheduled', 'currentNumberScheduled'],
  ],
}

/** Kinds whose controllers write a status once, or not at all where it is stale. */
const WRITE_ONCE: ReadonlySet<string> = new Set(['Deployment', 'PodDisruptionBudget'])

/** Whether a pod ended. */
export const isOver = ({ phase }: PodRecord): boolean => phase === PHASE.Succeeded || phase === PHASE.Failed
