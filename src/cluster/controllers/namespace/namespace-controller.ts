import type { Namespace } from '../../../model/index.js'
import { formatTimestamp } from '../../../time/index.js'
import type { WorkQueue } from '../../client/index.js'
import { apiSeconds, type ResourceVersion } from '../../contract/index.js'
import type { ResourceController, ResourceControllerContext } from '../resource-controller.js'
import { namespaceConditions } from './namespace-conditions.js'

/** How long a deletion is left to other controllers before the content goes. */
const DELETION_GRACE_MS = 5000
/** How long what has finalizers may take, in seconds. */
const FINALIZER_ESTIMATE = 15

/**
 * Empties a namespace that is being deleted, says what keeps it, and lets it go when nothing is left.
 *
 * controllers: pkg/controller/namespace/namespace_controller.go, deletion/namespaced_resources_deleter.go, v1.32. Upstream goes
 * through the resources in no order; here pods come first, then what makes them.
 */
export class NamespaceController implements ResourceController {
  readonly queue: WorkQueue
  readonly #context: ResourceControllerContext

  constructor(context: ResourceControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
  }

  resourceChanged(_change: number, version: ResourceVersion, cause: number): void {
    const { timing } = this.#context.environment
    if (version.kind === 'Namespace' && version.deletionSeconds >= 0)
      this.queue.addAfter(version.path, timing.watch + DELETION_GRACE_MS, cause)
  }

  sync(key: number, cause: number): void {
    const { environment, client, cleaner } = this.#context
    const path = environment.symbols.text(key)
    const version = client.resource('Namespace', '', path.slice(path.indexOf('/') + 1))
    if (version === null || version.deletionSeconds < 0) return
    const { object, name } = version
    cleaner.deleteContent(name, cause)
    const content = cleaner.content(name)
    const now = formatTimestamp(apiSeconds(environment, environment.kernel.now) * 1000)
    const conditions = namespaceConditions(content, object.status?.conditions ?? [], now)
    const isEmpty = content.counts.size === 0
    const finalizers = (object.spec?.finalizers ?? []).filter(each => !isEmpty || each !== 'kubernetes')
    const next: Namespace = {
      ...object,
      spec: { ...object.spec, finalizers },
      status: { phase: 'Terminating', conditions },
    }
    const written = client.updateResource(version, next, cause)
    if (finalizers.length === 0 && (object.metadata.finalizers ?? []).length === 0)
      client.removeResource(written as never, written.row)
    else if (!isEmpty) this.queue.addAfter(key, waitMs(content.graceSeconds, content.finalizers.size > 0), cause)
  }
}

/** Half of the estimate and a second more, in which pods may have ended. */
const waitMs = (graceSeconds: number, hasFinalizers: boolean): number =>
  (Math.floor(Math.max(graceSeconds, hasFinalizers ? FINALIZER_ESTIMATE : 0) / 2) + 1) * 1000
