import { type ContainerSpec, type PodVersion, RUNTIME_STATE, type RuntimePod } from '../../cluster/index.js'
import { parseApiTime } from '../../kubectl/index.js'
import type { SymbolTable } from '../../trace/index.js'

/** A pod as the tables write what the runtime shows of it: newest first. */
export interface RuntimeStatusObject {
  readonly sandboxes?: readonly SandboxObject[] | null
  readonly containers?: readonly ContainerObject[] | null
}

export interface SandboxObject {
  readonly id?: string
  readonly state?: string
  readonly attempt?: number
  readonly ip?: string
  /** Whether it shares the node's network; the zero value is a network of its own. */
  readonly hostNetwork?: boolean
}

interface ContainerObject {
  readonly id?: string
  readonly name?: string
  readonly state?: string
  readonly exitCode?: number
  readonly reason?: string
  readonly message?: string
  readonly restartCount?: number
  readonly hashMatchesSpec?: boolean
  readonly createdAt?: string
  readonly startedAt?: string
  readonly finishedAt?: string
}

/** What the runtime shows, as the engine has it; a container's instance is its index in the table's list. */
export function runtimePodOf(
  symbols: SymbolTable,
  { spec }: PodVersion,
  { sandboxes, containers }: RuntimeStatusObject,
): RuntimePod {
  return {
    sandboxes: (sandboxes ?? []).map(sandbox => runtimeSandboxOf(symbols, sandbox)),
    containers: (containers ?? []).flatMap((each, instance) => {
      const container = spec.bySlot.find(({ name }) => name === (each.name ?? ''))
      return container === undefined ? [] : [runtimeContainerOf(symbols, container, each, instance)]
    }),
  }
}

export const runtimeSandboxOf = (
  symbols: SymbolTable,
  { state, attempt, ip, hostNetwork }: SandboxObject,
): RuntimePod['sandboxes'][number] => ({
  attempt: attempt ?? 0,
  isReady: isWord(state, 'ready'),
  hostNetwork: hostNetwork === true,
  ip: symbols.intern(ip ?? ''),
  createdAt: 0,
})

function runtimeContainerOf(
  symbols: SymbolTable,
  container: ContainerSpec,
  each: ContainerObject,
  instance: number,
): RuntimePod['containers'][number] {
  const isOfSpec = each.hashMatchesSpec !== false
  return {
    container,
    instance,
    attempt: each.restartCount ?? 0,
    // The engine tells another definition by its image.
    image: isOfSpec ? container.image : symbols.intern(`${symbols.text(container.image)} before`),
    state: STATES.find(([word]) => isWord(each.state, word))?.[1] ?? RUNTIME_STATE.unknown,
    createdAt: parseApiTime(each.createdAt) ?? 0,
    startedAt: parseApiTime(each.startedAt) ?? 0,
    finishedAt: parseApiTime(each.finishedAt) ?? 0,
    exitCode: each.exitCode ?? 0,
    reason: symbols.intern(each.reason ?? ''),
    message: symbols.intern(each.message ?? ''),
  }
}

const STATES = Object.entries(RUNTIME_STATE)

const isWord = (text: string | undefined, word: string): boolean => text?.toLowerCase() === word
