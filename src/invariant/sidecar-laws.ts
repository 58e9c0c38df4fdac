import { KILL } from './container-record.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts } from './law-parts.js'
import type { ContainerRecord } from './pod-record.js'

/** Laws of the order in which a pod's containers end. */
export const SIDECAR_LAWS: readonly Law[] = [
  {
    name: 'sidecars-stop-after-containers',
    family: 'sidecars',
    sentence:
      'Where a whole pod is stopped, no sidecar gets SIGTERM while a regular container runs, unless the sidecar’s own grace is over.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_termination_order.go (R-712)',
  },
  {
    name: 'sidecars-stop-in-reverse-order',
    family: 'sidecars',
    sentence:
      'Where a whole pod is stopped, no sidecar gets SIGTERM while a sidecar declared after it runs, unless its own grace is over.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_termination_order.go (R-712)',
  },
]

/** Looks at every SIGTERM of a sidecar. */
export class SidecarLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** A sidecar is about to get SIGTERM. A kill of it alone waits for nobody: only its Killing event tells that from the other. */
  sigterm(container: ContainerRecord): void {
    if (container.killKind !== KILL.stop) return
    const { facts, pod } = container
    const { row, toleranceMs } = this.#parts
    if (row.time + toleranceMs >= container.killAt + container.leastGrace * 1000) return
    for (const other of pod.containers) {
      if (!other.isAlive || other === container) continue
      const { role, index } = other.facts
      if (role === 'container') this.#early('sidecars-stop-after-containers', container, other)
      else if (role === 'sidecar' && index > facts.index)
        this.#early('sidecars-stop-in-reverse-order', container, other)
    }
  }

  #early(law: string, container: ContainerRecord, other: ContainerRecord): void {
    const grace = at(container.leastGrace * 1000)
    const since = at(container.killAt)
    this.#parts.findings.add(
      law,
      container.facts.path,
      `${containerNamed(container)} gets SIGTERM while ${other.facts.name} runs; its grace of ${grace} began at ${since}`,
      container.killRow,
    )
  }
}
