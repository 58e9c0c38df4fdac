import type { Milliseconds } from '../../time/index.js'
import { type Environment, type NodeRecord, type NodeReporter, OP } from '../contract/index.js'
import { priorityOf } from './eviction/pod-usage.js'
import type { KillRequest, KubeletPod } from './kubelet-pod.js'

/** Pods from a priority on, and how long they get when their node shuts down. */
export interface ShutdownGroup {
  readonly priority: number
  readonly seconds: number
}

/** What a shutdown asks of its kubelet. */
export interface ShutdownHost {
  readonly node: NodeRecord
  activePods(): readonly KubeletPod[]
  kill(pod: KubeletPod, request: KillRequest, graceSeconds: number, cause: number): void
}

const MESSAGE = 'Pod was terminated in response to imminent node shutdown.'

/**
 * Ends the pods of a node that is about to go down, group by group from the lowest priority on, each within its time.
 *
 * kubelet: pkg/kubelet/nodeshutdown/nodeshutdown_manager_linux.go, v1.32. A group is over when the kills of its pods have
 * returned; their volumes are unmounted at once here.
 */
export class NodeShutdown {
  readonly #environment: Environment
  readonly #host: ShutdownHost
  readonly #reporter: NodeReporter
  /** Groups that are still to come. */
  #groups: { readonly seconds: number; readonly pods: KubeletPod[] }[] = []
  /** Pods of the group in hand that are being killed. */
  readonly #open = new Set<KubeletPod>()
  #entry = -1
  #onDone: ((cause: number) => void) | null = null

  constructor(environment: Environment, host: ShutdownHost, reporter: NodeReporter) {
    this.#environment = environment
    this.#host = host
    this.#reporter = reporter
  }

  /** The kubelet's process ends, and what it was about with it. */
  stop(): void {
    if (this.#entry >= 0) this.#environment.kernel.cancel(this.#entry)
    this.reset()
  }

  reset(): void {
    this.#entry = -1
    this.#onDone = null
    if (this.#groups.length > 0) this.#groups = []
    if (this.#open.size > 0) this.#open.clear()
  }

  get isUnderWay(): boolean {
    return this.#onDone !== null
  }

  /** `groups` by ascending priority. */
  begin(groups: readonly ShutdownGroup[], onDone: (cause: number) => void, cause: number): void {
    const { index } = this.#host.node
    const row = this.#reporter.nodeEvent(index, false, 'Shutdown', 'Shutdown manager detected shutdown event', cause)
    this.#onDone = onDone
    this.#reporter.shuttingDown(index, row >= 0 ? row : cause)
    const pods = this.#host.activePods()
    this.#groups = groups.map(({ seconds }, place) => {
      return { seconds, pods: pods.filter(pod => groupOf(groups, priorityOf(pod)) === place) }
    })
    this.#nextGroup(row >= 0 ? row : cause)
  }

  #nextGroup(cause: number): void {
    const { kernel, symbols } = this.#environment
    if (this.#entry >= 0) kernel.cancel(this.#entry)
    this.#entry = -1
    this.#open.clear()
    let group = this.#groups.shift()
    while (group !== undefined && group.pods.length === 0) group = this.#groups.shift()
    if (group === undefined) {
      this.#onDone?.(cause)
      return
    }
    const end: Milliseconds = kernel.now + group.seconds * 1000
    this.#entry = kernel.schedule(end, OP.shutdownGroup, this.#host.node.index, cause)
    for (const pod of group.pods) this.#open.add(pod)
    const message = symbols.intern(MESSAGE)
    const request = { reason: symbols.intern('Terminated'), message, disruption: message, keepsSuccess: true }
    for (const pod of group.pods) {
      this.#host.kill(pod, request, Math.min(group.seconds, pod.active.spec.graceSeconds), cause)
    }
  }

  killReturned(pod: KubeletPod, cause: number): void {
    if (this.#open.delete(pod) && this.#open.size === 0) this.#nextGroup(cause)
  }

  /** The time of the group in hand is over. */
  timeout(cause: number): void {
    this.#entry = -1
    this.#nextGroup(cause)
  }
}

/** The group with the highest priority that a pod's reaches; one below all belongs to the first. */
function groupOf(groups: readonly ShutdownGroup[], priority: number): number {
  const place = groups.findLastIndex(group => group.priority <= priority)
  return Math.max(0, place)
}
