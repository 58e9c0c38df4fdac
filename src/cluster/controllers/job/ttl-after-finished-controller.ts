import type { WorkQueue } from '../../client/index.js'
import { CHANGE, type ObjectVersion } from '../../contract/index.js'
import { apiTime } from '../active-pods.js'
import type { Controller, ControllerContext } from '../controller.js'

/**
 * Deletes Jobs some time after they ended.
 *
 * controllers: pkg/controller/ttlafterfinished/ttlafterfinished_controller.go, v1.32 (J-11).
 */
export class TtlAfterFinishedController implements Controller {
  readonly queue: WorkQueue
  readonly mostRetries = Number.POSITIVE_INFINITY
  readonly #context: ControllerContext

  constructor(context: ControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
  }

  reset(): void {}

  podChanged(): void {}

  objectChanged(change: number, version: ObjectVersion, _previous: ObjectVersion | null, cause: number): void {
    if (version.kind !== 'Job' || change === CHANGE.removed) return
    if (expiryOf(version as ObjectVersion<'Job'>) !== undefined) this.queue.add(version.path, cause)
  }

  sync(key: number, cause: number): void {
    const { client, environment, objects } = this.#context
    const seen = objects.get(key, 'Job')
    if (seen === undefined) return
    const { namespace, name, uid } = seen
    const stored = client.object('Job', namespace, name)
    const expiry = stored === null || stored.uid !== uid ? undefined : expiryOf(stored)
    if (expiry === undefined) return
    const remaining = expiry - apiTime(environment)
    if (remaining > 0) this.queue.addAfter(key, remaining, cause)
    else client.deleteObject('Job', namespace, name, { propagationPolicy: 'Foreground', uid }, cause)
  }
}

/** When a Job is to go, on the API's clock in milliseconds; undefined: it stays. */
export function expiryOf({ object, conditions, deletionSeconds }: ObjectVersion<'Job'>): number | undefined {
  const { ttlSecondsAfterFinished } = object.spec
  if (ttlSecondsAfterFinished === undefined || deletionSeconds >= 0) return undefined
  const end = conditions.find(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'))
  return end === undefined ? undefined : (end.transitionSeconds + ttlSecondsAfterFinished) * 1000
}
