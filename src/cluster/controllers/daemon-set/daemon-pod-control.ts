import { daemonTolerations } from '../../../scenario/index.js'
import type { EventRecorder, Expectations } from '../../client/index.js'
import type { ObjectVersion, PodVersion } from '../../contract/index.js'
import type { ControllerContext } from '../controller.js'
import { CREATED_POD, DELETED_POD } from '../messages.js'
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

  /** Creates and deletes, at most so many at a time, and expects to see it. All batches of a slow start at once (C-3). */
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
    for (const node of needing) this.#createPod(set, revision, node, cause)
    const { symbols } = environment
    for (const pod of toDelete) {
      if (podControl.delete(pod, cause)) {
        const message = symbols.message(DELETED_POD, symbols.intern(pod.identity.name))
        this.#events.record(set.index, set.path, false, symbols.intern('SuccessfulDelete'), message, cause)
      } else this.#expectations.deletionObserved(set.path, pod.identity.index)
    }
  }

  #createPod(set: SetVersion, revision: RevisionVersion, node: string, cause: number): void {
    const { environment, podControl } = this.#context
    const { symbols } = environment
    const { object } = revision
    const tolerations = daemonTolerations(object.data.spec.template.spec)
    const template = podTemplateOf(revision, hashOf(revision), { tolerations })
    const shape = {
      labels: { 'pod-template-generation': String(object.revision) },
      spec: { affinity: affinityTo(node, template.spec) },
    }
    const { name } = podControl.createShaped(set, template, shape, cause)
    const message = symbols.message(CREATED_POD, symbols.intern(name))
    this.#events.record(set.index, set.path, false, symbols.intern('SuccessfulCreate'), message, cause)
  }
}

/** How many pods one sync creates or deletes at most (C-3). */
const BURST_REPLICAS = 250
