import { namesOf, notBefore, signalled, started } from './clauses.js'
import { HOOK, NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts } from './law-parts.js'
import type { ContainerRecord } from './pod-record.js'

/** Laws of postStart and preStop. */
export const HOOK_LAWS: readonly Law[] = [
  {
    name: 'prestop-before-sigterm',
    family: 'hooks',
    sentence: 'A container that declares preStop gets SIGTERM only after the hook has begun, unless its grace is 0.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer (R-503, R-504)',
    clausesFor: pod => {
      const { container } = namesOf(pod)
      if (pod.spec.terminationGracePeriodSeconds === 0) return []
      return [...(pod.spec.initContainers ?? []), ...pod.spec.containers].flatMap(({ name, lifecycle }) =>
        lifecycle?.preStop === undefined
          ? []
          : notBefore(signalled(container(name), 'SIGTERM'), {
              kind: 'hookStarted',
              container: container(name),
              hook: 'preStop',
            }),
      )
    },
  },
  {
    name: 'prestop-within-grace',
    family: 'hooks',
    sentence:
      'SIGTERM waits for the end of preStop, and no longer than that or the grace: a hook that takes more is left to itself; a sidecar then waits for its turn.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go executePreStopHook (R-504, R-505)',
  },
  {
    name: 'hooks-of-a-started-instance',
    family: 'hooks',
    sentence: 'A hook runs only where it is declared and in an instance that was started, postStart once in each.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer (R-501, R-506, R-511)',
    clausesFor: pod => {
      const { all, container } = namesOf(pod)
      return all.map(name =>
        notBefore(
          {
            kind: 'anyOf',
            occurrences: [
              { kind: 'hookStarted', container: container(name), hook: 'postStart' },
              { kind: 'hookStarted', container: container(name), hook: 'preStop' },
            ],
          },
          started(container(name)),
        ),
      )
    },
  },
  {
    name: 'poststart-blocks-the-next-start',
    family: 'hooks',
    sentence: 'While a postStart hook of a pod runs, no container of the pod is created.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer (R-110, R-501, T-B3)',
  },
]

const POST_START = 0
/** So long a kubelet may take from a hook's end to StopContainer. */
const AT_ONCE_MS = 1000

/** Looks at hooks, and at what waits for them. */
export class HookLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** A container is about to get SIGTERM. */
  sigterm(container: ContainerRecord): void {
    const { facts, preStop, preStopAt, preStopEndAt, preStopRow } = container
    if (!facts.hasPreStop) return
    const { row, findings, toleranceMs } = this.#parts
    const waited = row.time - preStopAt
    if (preStop === HOOK.none) {
      if (container.leastGrace === 0) return
      findings.add(
        'prestop-before-sigterm',
        facts.path,
        `${containerNamed(container)} gets SIGTERM although its preStop hook has not run`,
        container.killRow,
      )
    } else if (preStop === HOOK.running && waited < container.leastGrace * 1000 - toleranceMs) {
      findings.add(
        'prestop-within-grace',
        facts.path,
        `${containerNamed(container)} gets SIGTERM while its preStop hook runs, ${at(waited)} into a grace of ${at(container.leastGrace * 1000)}`,
        preStopRow,
      )
    } else if (
      facts.role !== 'sidecar' &&
      preStopEndAt !== NEVER &&
      row.time - preStopEndAt > AT_ONCE_MS + toleranceMs
    ) {
      findings.add(
        'prestop-within-grace',
        facts.path,
        `${containerNamed(container)} gets SIGTERM only ${at(row.time - preStopEndAt)} after its preStop hook has ended`,
        preStopRow,
      )
    } else if (facts.role !== 'sidecar' && waited > container.mostGrace * 1000 + toleranceMs) {
      findings.add(
        'prestop-within-grace',
        facts.path,
        `${containerNamed(container)} gets SIGTERM ${at(waited)} after its preStop hook began; its grace is ${at(container.mostGrace * 1000)}`,
        preStopRow,
      )
    }
  }

  /** A hook begins. */
  begins(container: ContainerRecord): void {
    const { row, findings } = this.#parts
    const { facts } = container
    const isPostStart = row.b === POST_START
    const isDeclared = isPostStart ? facts.hasPostStart : facts.hasPreStop
    const isRepeated = isPostStart && container.postStartInstance === row.a
    if (isDeclared && container.started === row.a && !isRepeated) return
    const hook = isPostStart ? 'postStart' : 'preStop'
    const why = !isDeclared
      ? 'is not declared'
      : isRepeated
        ? 'has run in this instance before'
        : 'belongs to an instance that was not started'
    findings.add(
      'hooks-of-a-started-instance',
      facts.path,
      `${hook} runs in ${containerNamed(container)} although it ${why}`,
      container.startRow,
    )
  }

  /** A container is about to be created. */
  created(container: ContainerRecord): void {
    const { pod, facts } = container
    if (pod.postStarts === 0) return
    const other = pod.containers.find(({ postStart }) => postStart === HOOK.running)
    if (other === undefined) return
    this.#parts.findings.add(
      'poststart-blocks-the-next-start',
      facts.path,
      `${containerNamed(container)} is created while postStart of ${other.facts.name} runs`,
      other.startRow,
    )
  }
}
