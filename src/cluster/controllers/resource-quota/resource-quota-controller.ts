import type { Pod, ResourceQuota } from '../../../model/index.js'
import type { WorkQueue } from '../../client/index.js'
import { CHANGE, type ResourceVersion } from '../../contract/index.js'
import type { ResourceController, ResourceControllerContext } from '../resource-controller.js'

/**
 * Counts what the quotas of a namespace are used for: at once where a quota is new or asks for something else, and again when
 * something goes. That something comes is counted by admission.
 *
 * controllers: pkg/controller/resourcequota/resource_quota_controller.go, v1.32; the full recount every five minutes finds nothing
 * that these do not.
 */
export class ResourceQuotaController implements ResourceController {
  readonly queue: WorkQueue
  readonly #context: ResourceControllerContext

  constructor(context: ResourceControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
  }

  resourceChanged(change: number, version: ResourceVersion, cause: number): void {
    if (version.kind === 'ResourceQuota' && change !== CHANGE.removed) {
      const { spec, status } = version.object as ResourceQuota
      if (JSON.stringify(spec?.hard ?? {}) !== JSON.stringify(status?.hard)) this.#add(version.path, cause)
    }
    if (change === CHANGE.removed && version.namespace !== '') this.#recount(version.namespace, cause)
  }

  podEnded(_pod: Pod, namespace: string, cause: number): void {
    this.#recount(namespace, cause)
  }

  #recount(namespace: string, cause: number): void {
    for (const { path } of this.#context.client.resources('ResourceQuota', namespace)) this.#add(path, cause)
  }

  #add(path: number, cause: number): void {
    this.queue.addAfter(path, this.#context.environment.timing.watch, cause)
  }

  sync(key: number, cause: number): void {
    const { environment, client, counted, usedOf } = this.#context
    const [, namespace, name] = environment.symbols.text(key).split('/')
    const version = client.resource('ResourceQuota', namespace, name)
    if (version === null) return
    const { object } = version
    const status = { hard: object.spec?.hard ?? {}, used: usedOf(object, counted(namespace)) }
    client.updateResource(version, { ...object, status }, cause)
  }
}
