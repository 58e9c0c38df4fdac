import type { WorkQueue } from '../../client/index.js'
import type { ResourceVersion } from '../../contract/index.js'
import type { ResourceController, ResourceControllerContext } from '../resource-controller.js'

/**
 * Gives each namespace its service account `default`, and makes it again where it was deleted.
 *
 * controllers: pkg/controller/serviceaccount/serviceaccounts_controller.go, v1.32.
 */
export class ServiceAccountController implements ResourceController {
  readonly queue: WorkQueue
  readonly #context: ResourceControllerContext

  constructor(context: ResourceControllerContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
  }

  resourceChanged(_change: number, version: ResourceVersion, cause: number): void {
    const { timing, symbols } = this.#context.environment
    const isDefault = version.kind === 'ServiceAccount' && version.name === 'default'
    if (version.kind !== 'Namespace' && !isDefault) return
    const namespace = isDefault ? version.namespace : version.name
    this.queue.addAfter(symbols.intern(`Namespace/${namespace}`), timing.watch, cause)
  }

  sync(key: number, cause: number): void {
    const { environment, client, defaultAccount } = this.#context
    const path = environment.symbols.text(key)
    const name = path.slice(path.indexOf('/') + 1)
    const namespace = client.resource('Namespace', '', name)
    if (namespace === null || namespace.deletionSeconds >= 0) return
    if (client.resource('ServiceAccount', name, 'default') === null) client.createResource(defaultAccount(name), cause)
  }
}
