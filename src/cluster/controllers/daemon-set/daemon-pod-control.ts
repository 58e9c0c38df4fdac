import { daemonTolerations } from '../../../scenario/index.js'
import type { EventRecorder, Expectations } from '../../client/index.js'
import { ApiError, type ObjectVersion, type PodVersion } from '../../contract/index.js'
import type { ControllerContext } from '../controller.js'
import { createInBatches } from '../create-in-batches.js'
import { CREATED_POD, DELETED_POD, FAILED_CREATE } from '../messages.js'
import { podTemplateOf, type RevisionVersion } from '../revisions.js'
import { affinityTo, hashOf } from './daemon-pods.js'

type SetVersion = ObjectVersion<'DaemonSet'>

/**
 * Makes and deletes the pods of DaemonSets.
 *
 * controllers: pkg/controller/daemon/daemon_controller.go syncNodes, v1.32.
 */
export class DaemonPodControl {
  readonly #context: ControllerContext
  readonly #events: EventRecorder
  readonly #expectations: Expectations

  constructor(context: ControllerContext, events: EventRecorder, expectations: Expectations) {
    this.#context = context
    this.#events = events
    this.#expectations = expectations
  }

  /**
   * Creates and deletes, at most so many at a time, and expects to see it (C-3).
   *
   * @throws ApiError why a pod was refused, after everything else was done.
   */
  syncNodes(
    set: SetVersion,
    revision: RevisionVersion,
    pods: readonly PodVersion[],
    nodeNames: readonly string[],
    cause: number,
  ): void {
    const { environment, podControl } = this.#context
    const toDelete = pods.slice(0, BURST_REPLICAS)
    const needing = nodeNames.slice(0, BURST_REPLICAS)
    const indices = toDelete.map(({ identity }) => identity.index)
    this.#expectations.expect(set.path, needing.length, indices, environment.kernel.now)
    const failure = createInBatches(
      needing,
      node => this.#createPod(set, revision, node, cause),
      () => this.#expectations.creationObserved(set.path),
    )
    const { symbols } = environment
    for (const pod of toDelete) {
      if (podControl.delete(pod, cause)) {
        const message = symbols.message(DELETED_POD, symbols.intern(pod.identity.name))
        this.#events.record(set.index, set.path, false, symbols.intern('SuccessfulDelete'), message, cause)
      } else this.#expectations.deletionObserved(set.path, pod.identity.index)
    }
    if (failure !== undefined) throw failure
  }

  /** Answers why the pod was refused. */
  #createPod(set: SetVersion, revision: RevisionVersion, node: string, cause: number): ApiError | undefined {
    const { environment, podControl } = this.#context
    const { symbols } = environment
    const { object } = revision
    const tolerations = daemonTolerations(object.data.spec.template.spec)
    const template = podTemplateOf(revision, hashOf(revision), { tolerations })
    const shape = {
      labels: { 'pod-template-generation': String(object.revision) },
      spec: { affinity: affinityTo(node, template.spec) },
      revision: object.revision,
    }
    try {
      const { name } = podControl.createShaped(set, template, shape, cause)
      const message = symbols.message(CREATED_POD, symbols.intern(name))
      this.#events.record(set.index, set.path, false, symbols.intern('SuccessfulCreate'), message, cause)
      return undefined
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.#expectations.creationObserved(set.path)
      // A namespace that is on its way out takes no pods any more: nobody is told, and nothing is tried again.
      if (error.causeType === 'NamespaceTerminating') return undefined
      const message = symbols.message(FAILED_CREATE, symbols.intern(error.message))
      this.#events.record(set.index, set.path, true, symbols.intern('FailedCreate'), message, cause)
      return error
    }
  }
}

/** How many pods one sync creates or deletes at most (C-3). */
const BURST_REPLICAS = 250
