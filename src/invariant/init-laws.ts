import type { Clause } from '../expect/index.js'
import { and, completed, namesOf, never, notBefore, started } from './clauses.js'
import type { Law } from './law.js'
import { containerNamed, type LawParts } from './law-parts.js'
import type { ContainerRecord } from './pod-record.js'

/** Laws of the containers that come before the pod's own. */
export const INIT_LAWS: readonly Law[] = [
  {
    name: 'init-containers-one-at-a-time',
    family: 'init containers',
    sentence: 'No init container starts while another init container of its pod, sidecars apart, runs.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go findNextInitContainerToRun (R-211, R-213)',
    clausesFor: pod => {
      const { inits, level } = namesOf(pod)
      return inits.flatMap((first, i): Clause[] =>
        inits.slice(i + 1).map(second => never(and(level('alive', first), level('alive', second)))),
      )
    },
  },
  {
    name: 'init-containers-in-order',
    family: 'init containers',
    sentence:
      'An init container starts only after every plain init container before it has exited with 0 in the same sandbox.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go computeInitContainerActions (R-203, R-211, R-213)',
    clausesFor: pod => {
      const { initList, container } = namesOf(pod)
      return initList.flatMap(({ name, isSidecar }, i) =>
        isSidecar
          ? []
          : initList.slice(i + 1).map(later => notBefore(started(container(later.name)), completed(container(name)))),
      )
    },
  },
  {
    name: 'completed-init-stays-completed',
    family: 'init containers',
    sentence: 'An init container that exited with 0 does not start again in the same sandbox, whatever is patched.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go computeInitContainerActions (R-211, R-213, T-A5)',
  },
  {
    name: 'init-before-containers',
    family: 'init containers',
    sentence:
      'No regular container starts before every plain init container of the pod has exited with 0 in the same sandbox.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions (R-215)',
    clausesFor: pod => {
      const { inits, regular, container } = namesOf(pod)
      return inits.flatMap(init => regular.map(name => notBefore(started(container(name)), completed(container(init)))))
    },
  },
  {
    name: 'sidecar-before-what-follows',
    family: 'sidecars',
    sentence:
      'Nothing that is declared after a sidecar starts before the sidecar was started in the same sandbox and its startup probe, if it has one, has succeeded there.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go computeInitContainerActions (R-213, R-214, T-D4)',
    clausesFor: pod => {
      const { initList, regular, container } = namesOf(pod)
      return initList.flatMap(({ name, isSidecar }, i) =>
        isSidecar
          ? [...initList.slice(i + 1).map(later => later.name), ...regular].map(later =>
              notBefore(started(container(later)), started(container(name))),
            )
          : [],
      )
    },
  },
]

/** Looks at every start. */
export class InitLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** A container is about to count as started. */
  started(container: ContainerRecord): void {
    const { facts, pod } = container
    const { containers } = pod
    // Init containers stand first: a pod that begins with a regular one has none.
    if (facts.role === 'ephemeral' || containers[0].facts.role === 'container') return
    if (facts.role === 'init') {
      if (container.doneInSandbox === pod.sandboxes) this.#again(container)
      for (const other of containers) {
        if (other.isAlive && other !== container && other.facts.role === 'init') this.#together(container, other)
      }
    }
    for (const other of containers) {
      if (other === container || other.facts.role === 'container') break
      if (other.doneInSandbox !== pod.sandboxes) this.#early(container, other)
    }
  }

  #again(container: ContainerRecord): void {
    this.#parts.findings.add(
      'completed-init-stays-completed',
      container.facts.path,
      `${containerNamed(container)} starts again although it has exited with 0 in this sandbox`,
      container.exitRow,
    )
  }

  #together(container: ContainerRecord, other: ContainerRecord): void {
    this.#parts.findings.add(
      'init-containers-one-at-a-time',
      container.facts.path,
      `${containerNamed(container)} starts while ${other.facts.name} runs`,
      other.startRow,
    )
  }

  #early(container: ContainerRecord, other: ContainerRecord): void {
    const isRegular = container.facts.role === 'container'
    const isSidecar = other.facts.role === 'sidecar'
    const law = isSidecar
      ? 'sidecar-before-what-follows'
      : isRegular
        ? 'init-before-containers'
        : 'init-containers-in-order'
    const what = isSidecar ? 'is up' : 'has exited with 0'
    this.#parts.findings.add(
      law,
      container.facts.path,
      `${containerNamed(container)} starts before ${other.facts.role === 'sidecar' ? 'sidecar' : 'init container'} ${other.facts.name} ${what} in this sandbox`,
      other.startRow,
    )
  }
}
