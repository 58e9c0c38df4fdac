import type { Milliseconds } from '../../../time/index.js'
import {
  claimsOf,
  type Environment,
  OP,
  type PodVersion,
  type ResourceClient,
  type ResourceVersion,
  type ResourceWatcher,
} from '../../contract/index.js'
import { isFullyBound, type KnownClaim, STORAGE_ANNOTATION } from '../../predicates/index.js'
import { type StorageChange, storageChanged } from '../cluster-change.js'
import type { NodeInfo } from '../node-info.js'
import { planVolumes, podVolumesOf, type StorageLister } from './pod-volumes.js'

/** The scheduler looks that often whether the claims of a pod are bound, the first time after as long. */
const POLL_MS = 1000
/** bindTimeoutSeconds: claims that are not bound by then free the pod's node again. */
const BIND_TIMEOUT_MS = 600_000

/** A pod whose node is chosen. */
interface Pending {
  readonly node: NodeInfo
  readonly since: Milliseconds
  readonly namespace: string
  readonly claims: readonly string[]
  /** The entry of its next look; it is the last one where nothing happens to the claims. */
  entry: number
  at: Milliseconds
  /** Row of what its claims went through last. */
  row: number
}

/** What has become of a pod's claims. */
export type VolumeOutcome =
  | { readonly kind: 'bound' | 'failed'; readonly node: NodeInfo; readonly row: number; readonly error: string }
  | { readonly kind: 'waiting' }

/**
 * Pods that have a node and wait there for their claims: volumes that exist are kept for them, and where one has to be made the claim
 * says for which node.
 *
 * scheduler: framework/plugins/volumebinding/binder.go BindPodVolumes, bindAPIUpdate, checkBindings, v1.32.
 */
export class PendingVolumes implements ResourceWatcher {
  readonly #environment: Environment
  readonly #client: () => ResourceClient
  readonly #lister: StorageLister
  #pending = new Map<number, Pending>()
  /** Writes of claims, volumes and classes that are on their way here. */
  #changes: { readonly change: StorageChange; readonly row: number }[] = []

  constructor(environment: Environment, client: () => ResourceClient, lister: StorageLister) {
    this.#environment = environment
    this.#client = client
    this.#lister = lister
  }

  reset(): void {
    if (this.#pending.size > 0) this.#pending = new Map()
    if (this.#changes.length > 0) this.#changes = []
  }

  /** Sees to the claims of a pod that gets a node; false: there is nothing to wait for. */
  begin({ identity, spec }: PodVersion, node: NodeInfo, cause: number): boolean {
    const uses = claimsOf(spec.object)
    if (uses.length === 0) return false
    const { index, namespace, name } = identity
    const volumes = podVolumesOf(uses, namespace, name, this.#lister)
    if ('refusal' in volumes || volumes.delayed.length === 0) return false
    const plan = planVolumes(volumes.delayed, node.record.object, this.#lister)
    let row = cause
    for (const { claim, volume } of plan?.bindings ?? []) row = this.#keepVolume(claim, volume.name, cause)
    for (const claim of plan?.provisions ?? []) row = this.#selectNode(claim, node.name, cause)
    const since = this.#environment.kernel.now
    const claims = volumes.delayed.map(each => each.name)
    this.#pending.set(index, {
      node,
      since,
      namespace,
      claims,
      row,
      ...this.#look(index, since + BIND_TIMEOUT_MS, row),
    })
    return true
  }

  /** The volume is kept for the claim; the binder does the rest. */
  #keepVolume({ namespace, name, uid }: KnownClaim, volumeName: string, cause: number): number {
    const client = this.#client()
    const volume = client.resource('PersistentVolume', '', volumeName)
    if (volume === null || volume.object.spec.claimRef?.uid === uid) return cause
    const { metadata, spec } = volume.object
    const claimRef = { ...spec.claimRef, apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid }
    const isReserved = spec.claimRef !== undefined
    const annotations = { ...metadata.annotations, [STORAGE_ANNOTATION.boundByController]: 'yes' }
    const next = { ...volume.object, metadata: isReserved ? metadata : { ...metadata, annotations } }
    return client.updateResource(volume, { ...next, spec: { ...spec, claimRef } }, cause).row
  }

  #selectNode({ namespace, name }: KnownClaim, node: string, cause: number): number {
    const client = this.#client()
    const claim = client.resource('PersistentVolumeClaim', namespace, name)
    if (claim === null) return cause
    const { metadata } = claim.object
    const annotations = { ...metadata.annotations, [STORAGE_ANNOTATION.selectedNode]: node }
    return client.updateResource(claim, { ...claim.object, metadata: { ...metadata, annotations } }, cause).row
  }

  resourceChanged(kindOfChange: number, version: ResourceVersion, cause: number): void {
    const change = storageChanged(kindOfChange, version)
    if (change === undefined) return
    const { kernel, timing } = this.#environment
    this.#changes.push({ change, row: cause })
    kernel.schedule(kernel.now + timing.watch, OP.watchStorage, 0, cause)
  }

  /** The next write that has come. */
  nextChange(): { readonly change: StorageChange; readonly row: number } | undefined {
    const next = this.#changes.shift()
    if (next?.change.resource === 'claim') this.#claimChanged(next.change.namespace, next.change.name, next.row)
    return next
  }

  /** Something happened to a claim: pods that wait for it look at their next turn. */
  #claimChanged(namespace: string, name: string, row: number): void {
    const { kernel } = this.#environment
    for (const [index, pending] of this.#pending) {
      if (pending.namespace !== namespace || !pending.claims.includes(name)) continue
      pending.row = row
      const turns = Math.max(1, Math.ceil((kernel.now - pending.since) / POLL_MS))
      const at = pending.since + turns * POLL_MS
      if (at >= pending.at) continue
      kernel.cancel(pending.entry)
      Object.assign(pending, this.#look(index, at, row))
    }
  }

  #look(index: number, at: Milliseconds, cause: number): { readonly entry: number; readonly at: Milliseconds } {
    return { entry: this.#environment.kernel.schedule(at, OP.bindVolumes, index, cause), at }
  }

  /** A pod's turn: it is bound to its node when all of its claims are bound. */
  look(index: number): VolumeOutcome {
    const pending = this.#pending.get(index)
    const { kernel } = this.#environment
    if (pending === undefined || kernel.now < pending.at) return { kind: 'waiting' }
    const { node, row, namespace, claims, since } = pending
    const states = claims.map(name => this.#lister.claim(namespace, name))
    const isOver = kernel.now - since >= BIND_TIMEOUT_MS
    const error = states.includes(null) ? 'binding volumes: pvc not found' : isOver ? TIMED_OUT : ''
    if (error === '' && !states.every(claim => claim !== null && isFullyBound(claim.object))) {
      Object.assign(pending, this.#look(index, since + BIND_TIMEOUT_MS, row))
      return { kind: 'waiting' }
    }
    this.#pending.delete(index)
    return { kind: error === '' ? 'bound' : 'failed', node, row, error }
  }

  /** The pod is gone; answers whether it waited. */
  drop(index: number): boolean {
    const pending = this.#pending.get(index)
    if (pending === undefined) return false
    this.#environment.kernel.cancel(pending.entry)
    return this.#pending.delete(index)
  }
}

const TIMED_OUT = 'binding volumes: context deadline exceeded'
