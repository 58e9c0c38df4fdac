import { controllerOf } from '../model/index.js'
import type { DrainFlags } from '../scenario/index.js'
import type { Milliseconds } from '../time/index.js'
import { ROW } from '../trace/index.js'
import { type EvictionParts, evictPod, OWN_GRACE, type Store } from './api-server/index.js'
import {
  type Environment,
  isTerminalPhase,
  type NodeRecord,
  type ObjectVersion,
  type ObjectWatcher,
  OP,
  type PodVersion,
  type PodWatcher,
} from './contract/index.js'

/** kubectl tries again so much later. */
const RETRY_MS = 5000

/** kubectl: pkg/drain/drain.go evictPods. */
const GAVE_UP = 'global timeout reached'

/** A pod that a drain could not evict so far. */
interface Pending {
  readonly refusedAt: Milliseconds
  readonly graceSeconds: number
  /** When kubectl gives up. */
  readonly until: Milliseconds
  readonly cause: number
  /** −1: no retry is queued, since it would be refused again. */
  entry: number
}

/** Which pods a drain leaves, and why it does not begin. */
type Filtered = { readonly pods: readonly PodVersion[] } | { readonly problems: readonly string[] }

/**
 * `kubectl drain` after its cordon: evicts a node's pods, and tries again where a budget forbids it.
 *
 * kubectl: pkg/drain/{drain,filters}.go, v1.32 (ND-3, EV-6). Retries that are sure to be refused again are not queued: the next one
 * comes, in kubectl's rhythm, after some pod has changed.
 */
export class Drains implements PodWatcher, ObjectWatcher {
  readonly #environment: Environment
  readonly #store: Store
  readonly #evictions: EvictionParts
  #pending = new Map<number, Pending>()

  constructor(evictions: EvictionParts) {
    this.#environment = evictions.environment
    this.#store = evictions.store
    this.#evictions = evictions
  }

  reset(): void {
    if (this.#pending.size > 0) this.#pending = new Map()
  }

  begin(node: NodeRecord, flags: DrainFlags, cause: number): void {
    const filtered = filterPods(this.#store.podsOfNode(node.index), flags)
    if ('problems' in filtered) {
      for (const problem of filtered.problems) this.#tell(node.path, `cannot delete ${problem}`, cause)
      return
    }
    const grace = flags.gracePeriodSeconds ?? OWN_GRACE
    const { kernel } = this.#environment
    const until = kernel.now + (flags.timeout ?? Number.POSITIVE_INFINITY)
    for (const { identity } of filtered.pods) this.#evict(identity.index, { graceSeconds: grace, until, cause })
    if (flags.timeout === undefined || ![...this.#pending.values()].some(each => each.cause === cause)) return
    kernel.schedule(until, OP.drainTimeout, 0, cause)
  }

  retry(index: number): void {
    const pending = this.#pending.get(index)
    this.#pending.delete(index)
    if (pending !== undefined) this.#evict(index, pending)
  }

  /** The time that a drain was given is over; kubectl says so of each pod that it could not evict. */
  giveUp(cause: number): void {
    for (const [index, pending] of this.#pending) {
      if (pending.cause !== cause) continue
      this.#pending.delete(index)
      const pod = this.#store.pod(index)
      if (pod === null) continue
      const { path, name, namespace } = pod.identity
      this.#tell(path, `error when evicting pods/"${name}" -n "${namespace}": ${GAVE_UP}`, cause)
    }
  }

  /** What was refused may be allowed now. */
  podChanged(): void {
    if (this.#pending.size > 0) this.wake()
  }

  /** A budget that allows something was written. */
  objectChanged(_change: number, { kind, counts }: ObjectVersion): void {
    if (this.#pending.size === 0 || kind !== 'PodDisruptionBudget') return
    if ((counts as ObjectVersion<'PodDisruptionBudget'>['counts']).disruptionsAllowed > 0) this.wake()
  }

  /** Queues the retries, each at its next turn. */
  wake(): void {
    const { kernel } = this.#environment
    for (const [index, pending] of this.#pending) {
      if (pending.entry >= 0) continue
      const turns = Math.floor((kernel.now - pending.refusedAt) / RETRY_MS) + 1
      const at = pending.refusedAt + turns * RETRY_MS
      if (at < pending.until) pending.entry = kernel.schedule(at, OP.drainRetry, index, pending.cause)
    }
  }

  #evict(index: number, { graceSeconds, until, cause }: Pick<Pending, 'graceSeconds' | 'until' | 'cause'>): void {
    const pod = this.#store.pod(index)
    if (pod === null) return
    const refusal = evictPod(this.#evictions, pod, cause, graceSeconds)
    if (refusal === null) return
    this.#tell(pod.identity.path, refusal.message, cause)
    if (refusal.code !== 429) return
    this.#pending.set(index, { refusedAt: this.#environment.kernel.now, graceSeconds, until, cause, entry: -1 })
  }

  #tell(object: number, message: string, cause: number): void {
    const { kernel, trace, symbols } = this.#environment
    trace.append(kernel.now, ROW.refused, object, symbols.intern(message), 0, 0, cause)
  }
}

/** ND-3: kubectl begins only when it may take every pod away, or leave it. */
function filterPods(
  pods: readonly PodVersion[],
  { ignoreDaemonSets, deleteEmptyDirData, force }: DrainFlags,
): Filtered {
  const left: PodVersion[] = []
  const refused: readonly (readonly [reason: string, names: string[]])[] = [
    ['DaemonSet-managed Pods (use --ignore-daemonsets to ignore)', []],
    ['Pods with local storage (use --delete-emptydir-data to override)', []],
    ['Pods declare no controller (use --force to override)', []],
  ]
  const [daemons, storages, unmanaged] = refused.map(([, names]) => names)
  for (const pod of pods) {
    const { metadata, spec } = pod.spec.object
    const name = `${pod.identity.namespace}/${pod.identity.name}`
    const isOver = isTerminalPhase(pod.status.phase)
    const owner = controllerOf(metadata)
    if (owner?.kind === 'DaemonSet' && !isOver) {
      if (ignoreDaemonSets !== true) daemons.push(name)
      continue
    }
    const hasStorage = (spec.volumes ?? []).some(volume => volume.emptyDir !== undefined)
    if (hasStorage && !isOver && deleteEmptyDirData !== true) storages.push(name)
    if (owner === undefined && !isOver && force !== true) unmanaged.push(name)
    left.push(pod)
  }
  const problems = refused.filter(([, names]) => names.length > 0)
  if (problems.length === 0) return { pods: left }
  return { problems: problems.map(([reason, names]) => `${reason}: ${names.join(', ')}`) }
}
