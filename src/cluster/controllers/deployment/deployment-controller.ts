import { controllerUidOf, EventRecorder, type WorkQueue } from '../../client/index.js'
import { CHANGE, isTerminalPhase, type ObjectVersion, type PodVersion } from '../../contract/index.js'
import { apiTime } from '../active-pods.js'
import type { Controller, ControllerContext } from '../controller.js'
import { EVENT_SOURCE } from '../event-source.js'
import { objectsSelecting } from '../objects-selecting.js'
import { claimReplicaSets } from './claim-replica-sets.js'
import { DeploymentWork } from './deployment-work.js'
import { isAskedAgain, rollOut } from './roll-out.js'

/**
 * Rolls Deployments out through ReplicaSets.
 *
 * controllers: pkg/controller/deployment/deployment_controller.go, v1.32 (DP-1 … DP-19).
 */
export class DeploymentController implements Controller {
  readonly queue: WorkQueue
  readonly mostRetries = 15
  readonly #context: ControllerContext
  readonly #events: EventRecorder

  constructor(context: ControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    this.#events = new EventRecorder(context.environment, EVENT_SOURCE.Deployment, context.profile.sharesSpamBucket)
  }

  reset(): void {
    this.#events.reset()
  }

  objectChanged(_change: number, version: ObjectVersion, previous: ObjectVersion | null, cause: number): void {
    if (version.kind === 'Deployment') this.queue.add(version.path, cause)
    if (version.kind !== 'ReplicaSet') return
    const { objects } = this.#context
    const { metadata } = version.object
    const owner = objects.ownerOf('Deployment', metadata)
    if (owner !== undefined) this.queue.add(owner.path, cause)
    const before = previous === null || previous.object === version.object ? undefined : previous.object.metadata
    const former = before === undefined ? undefined : objects.ownerOf('Deployment', before)
    if (former !== undefined) this.queue.add(former.path, cause)
    if (owner !== undefined || metadata.ownerReferences !== undefined) return
    for (const { path } of objectsSelecting(objects, 'Deployment', version.namespace, metadata.labels))
      this.queue.add(path, cause)
  }

  /** DP-11: Recreate waits until the last pod is gone; one that has ended and stays is seen only by who asks again (DP-14). */
  podChanged(change: number, pod: PodVersion, previous: PodVersion | null, cause: number): void {
    const isRemoved = change === CHANGE.removed
    const hasEnded = isTerminalPhase(pod.status.phase) && previous !== null && !isTerminalPhase(previous.status.phase)
    if (!isRemoved && !hasEnded) return
    const { objects, pods } = this.#context
    const uid = controllerUidOf(pod)
    const set = uid === undefined ? undefined : objects.withUid(uid)
    const owner = set === undefined ? undefined : objects.ownerOf('Deployment', set.object.metadata)
    if (owner === undefined || owner.object.spec.strategy?.type !== 'Recreate') return
    let isLast = isRemoved
    for (const each of objects.ownedBy(owner.uid)) if (pods.countOwnedBy(each.uid) > 0) isLast = false
    if (isLast || isAskedAgain(owner, apiTime(this.#context.environment))) this.queue.add(owner.path, cause)
  }

  /** DP-1. */
  sync(key: number, cause: number): void {
    const seen = this.#context.objects.get(key, 'Deployment')
    if (seen === undefined) return
    const work = new DeploymentWork(this.#context, this.#events, seen, cause)
    rollOut(work, claimReplicaSets(work), this.queue)
  }
}
