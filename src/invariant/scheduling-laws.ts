import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import type { NodeRecord } from './node-record.js'
import type { PodRecord } from './pod-record.js'

/** Laws of nodes, requests and classes. */
export const SCHEDULING_LAWS: readonly Law[] = [
  {
    name: 'bound-once',
    family: 'scheduling',
    sentence: 'A pod is bound to a node once, and stays there.',
    source: 'pkg/registry/core/pod/storage/storage.go setPodHostAndAnnotations (BIND-1)',
  },
  {
    name: 'allocatable-never-exceeded',
    family: 'scheduling',
    sentence:
      'What the pods that a node’s kubelet has taken in request together, while they are stored and not finished, never exceeds the node’s allocatable.',
    source: 'pkg/kubelet/lifecycle/predicate.go; scheduler NodeResourcesFit (R-762, control-plane.md 2.6)',
  },
  {
    name: 'qos-class-never-changes',
    family: 'scheduling',
    sentence: 'A pod’s QoS class follows from its resources when it is created, and never changes.',
    source: 'pkg/apis/core/v1/helper/qos/qos.go ComputePodQOS (QOS-1, R-830)',
  },
  {
    name: 'start-time-is-set-once',
    family: 'scheduling',
    sentence: 'The startTime of a pod is set once.',
    source: 'pkg/kubelet/status/status_manager.go updateStatusInternal (R-163)',
  },
]

/** Looks at bindings, admissions and classes. */
export class SchedulingLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  bound(pod: PodRecord): void {
    if (pod.node === 0) return
    const { row, symbols } = this.#parts
    this.#add(
      'bound-once',
      pod,
      `is bound to ${symbols.text(row.a)} although it is bound to ${symbols.text(pod.node)}`,
      pod.boundRow,
    )
  }

  /** The pod has just been counted among those of its node. */
  counted(pod: PodRecord, node: NodeRecord): void {
    // One that is being deleted is not asked (kubelet.go HandlePodAdditions).
    if (pod.deletedAt !== NEVER) return
    const { milliCpu, memory, ephemeralStorage } = node.used
    const { allocatable } = node
    const short: string[] = []
    if (milliCpu > allocatable.milliCpu) short.push(`cpu: ${milliCpu}m of ${allocatable.milliCpu}m`)
    if (memory > allocatable.memory) short.push(`memory: ${memory} of ${allocatable.memory}`)
    if (ephemeralStorage > allocatable.ephemeralStorage)
      short.push(`ephemeral-storage: ${ephemeralStorage} of ${allocatable.ephemeralStorage}`)
    if (node.used.pods > node.podLimit) short.push(`pods: ${node.used.pods} of ${node.podLimit}`)
    if (short.length === 0) return
    this.#add(
      'allocatable-never-exceeded',
      pod,
      `is taken in by ${node.name}, whose pods then have more than its allocatable, ${short.join(', ')}`,
      pod.boundRow,
    )
  }

  qosClass(pod: PodRecord): void {
    const { row, symbols } = this.#parts
    if (!pod.isQosWritten && row.a === pod.facts.qosClass) return
    const what = pod.isQosWritten
      ? `changes its QoS class from ${symbols.text(pod.qosClass)} to ${symbols.text(row.a)}`
      : `has QoS class ${symbols.text(row.a)}; its resources make it ${symbols.text(pod.facts.qosClass)}`
    this.#add('qos-class-never-changes', pod, what, pod.createdRow)
  }

  startTime(pod: PodRecord): void {
    if (pod.startSeconds < 0) return
    const { row } = this.#parts
    this.#add(
      'start-time-is-set-once',
      pod,
      `changes its startTime from second ${pod.startSeconds} to ${row.a}`,
      pod.createdRow,
    )
  }

  #add(law: string, pod: PodRecord, what: string, trigger: number): void {
    this.#parts.findings.add(law, pod.symbol, `${podNamed(pod)} ${what}`, trigger)
  }
}
