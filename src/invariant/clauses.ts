import type { Bound, Clause, ContainerName, Level, Occurrence } from '../expect/index.js'
import type { Pod } from '../model/index.js'

/** The names that the clauses about a pod use. */
export interface PodNames {
  /** `namespace/name`. */
  readonly pod: string
  /** Plain init containers. */
  readonly inits: readonly string[]
  /** All of the init list, in order. */
  readonly initList: readonly { readonly name: string; readonly isSidecar: boolean }[]
  readonly sidecars: readonly string[]
  readonly regular: readonly string[]
  /** Regular containers and sidecars: those whose readiness counts. */
  readonly lasting: readonly string[]
  /** All but ephemeral ones. */
  readonly all: readonly string[]
  container(name: string): ContainerName
  level(kind: 'alive' | 'running' | 'ready' | 'startedUp', name: string): Level
}

export function namesOf({ metadata, spec }: Pod): PodNames {
  const pod = `${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`
  const initList = (spec.initContainers ?? []).map(({ name, restartPolicy }) => ({
    name,
    isSidecar: restartPolicy === 'Always',
  }))
  const sidecars = initList.filter(({ isSidecar }) => isSidecar).map(({ name }) => name)
  const regular = spec.containers.map(({ name }) => name)
  const container = (name: string): ContainerName => ({ pod, container: name })
  return {
    pod,
    inits: initList.filter(({ isSidecar }) => !isSidecar).map(({ name }) => name),
    initList,
    sidecars,
    regular,
    lasting: [...sidecars, ...regular],
    all: [...initList.map(({ name }) => name), ...regular],
    container,
    level: (kind, name) => ({ kind, container: container(name) }),
  }
}

export const and = (...levels: Level[]): Level => ({ kind: 'and', levels })
export const or = (...levels: Level[]): Level => ({ kind: 'or', levels })
export const not = (level: Level): Level => ({ kind: 'not', level })

/** Whenever the first holds, the second does. */
export const implies = (first: Level, second: Level): Clause => ({ kind: 'always', level: or(not(first), second) })
export const never = (what: Level | Occurrence): Clause => ({ kind: 'never', what })
export const notBefore = (what: Occurrence, before: Occurrence): Clause => ({ kind: 'notBefore', what, before })
export const becomes = (level: Level): Occurrence => ({ kind: 'becomes', level })

export const started = (container: ContainerName): Occurrence => ({ kind: 'started', container })
export const completed = (container: ContainerName): Occurrence => ({ kind: 'exited', container, code: 0 })
export const signalled = (container: ContainerName, signal: 'SIGTERM' | 'SIGKILL'): Occurrence => ({
  kind: 'signalled',
  container,
  signal,
})
export const isTrue = (pod: string, type: string): Level => ({ kind: 'condition', pod, type, status: 'True' })
export const inPhase = (pod: string, phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'): Level => ({
  kind: 'phase',
  pod,
  phase,
})
/** From where a level begins to hold until the pod is gone. */
export const fromTo = (pod: string, from: Level, clause: Clause): Clause => ({
  kind: 'scoped',
  scope: { kind: 'between', from: becomes(from), to: { kind: 'gone', pod } },
  clause,
})

/** Whenever the trigger happens, `answer` follows within the bound. */
export const responds = (trigger: Occurrence, answer: Occurrence, bound: Bound): Clause => ({
  kind: 'response',
  trigger,
  // biome-ignore lint/suspicious/noThenProperty: a clause has this field; nobody awaits it.
  then: answer,
  bound,
})
