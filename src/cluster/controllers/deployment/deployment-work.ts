import type { Deployment } from '../../../model/index.js'
import type { EventRecorder } from '../../client/index.js'
import { apiSeconds, type DeploymentCounts, type ObjectVersion, type OwnerCondition } from '../../contract/index.js'
import type { ControllerContext } from '../controller.js'
import { REVISION } from './replica-sets.js'

/**
 * The working copy of one sync: the Deployment as the cache showed it, with what the sync means to write. Every write carries the
 * resource version of the cache, so a second one in the same sync is refused and the key is tried again, as upstream (C-10).
 */
export class DeploymentWork {
  readonly context: ControllerContext
  readonly events: EventRecorder
  readonly seen: ObjectVersion<'Deployment'>
  readonly cause: number
  counts: DeploymentCounts
  conditions: readonly OwnerCondition[]
  #object: Deployment

  constructor(context: ControllerContext, events: EventRecorder, seen: ObjectVersion<'Deployment'>, cause: number) {
    this.context = context
    this.events = events
    this.seen = seen
    this.cause = cause
    this.counts = seen.counts
    this.conditions = seen.conditions
    this.#object = seen.object
  }

  get object(): Deployment {
    return this.#object
  }

  get replicas(): number {
    return this.seen.object.spec.replicas ?? 1
  }

  /** The API's clock in whole seconds. */
  get nowSeconds(): number {
    const { environment } = this.context
    return apiSeconds(environment, environment.kernel.now)
  }

  /** Whether somebody asked for a deadline: the greatest number means that nobody did (DP-14). */
  get hasProgressDeadline(): boolean {
    const { progressDeadlineSeconds = 600 } = this.seen.object.spec
    return progressDeadlineSeconds !== NO_DEADLINE
  }

  /** Notes a revision; false: it is the one that the Deployment has. */
  setRevision(revision: string): boolean {
    const { metadata } = this.#object
    if (metadata.annotations?.[REVISION] === revision) return false
    const annotations = { ...metadata.annotations, [REVISION]: revision }
    this.#object = { ...this.#object, metadata: { ...metadata, annotations } }
    return true
  }

  /** Writes the status as it stands here, with the revision. */
  writeStatus(): void {
    const { counts, conditions, cause } = this
    this.context.client.updateObjectStatus(this.seen, { counts, conditions, object: this.#object }, cause)
  }

  /** An Event about the Deployment. */
  tell(isWarning: boolean, reason: string, message: string): void {
    const { symbols } = this.context.environment
    const { index, path } = this.seen
    this.events.record(index, path, isWarning, symbols.intern(reason), symbols.intern(message), this.cause)
  }
}

const NO_DEADLINE = 2_147_483_647
