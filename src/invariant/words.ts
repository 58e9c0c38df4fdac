import type { SymbolTable } from '../trace/index.js'
import { CONDITION, PHASE } from './pod-record.js'

/** Symbols of the words that the laws look for in rows. */
export interface Words {
  /** Numbers of the phases by symbol; a symbol beyond the list is none. */
  readonly phases: readonly (number | undefined)[]
  /** Numbers of the kubelet's conditions by symbol. */
  readonly conditions: readonly (number | undefined)[]
  readonly killing: number
  readonly crashLoopBackOff: number
  readonly imagePullBackOff: number
  readonly errImagePull: number
  readonly deadlineExceeded: number
  readonly containerStatusUnknown: number
  readonly backOff: number
  readonly started: number
  readonly completed: number
  readonly startError: number
  readonly containerCreating: number
  readonly sandboxChanged: number
  readonly podInitializing: number
  readonly evicted: number
  readonly shutdown: number
  readonly rebooted: number
  readonly terminatedByShutdown: number
}

/** Looks the words up once. */
export const wordsOf = (symbols: SymbolTable): Words => ({
  phases: bySymbol(symbols, PHASE),
  conditions: bySymbol(symbols, CONDITION),
  killing: symbols.intern('Killing'),
  crashLoopBackOff: symbols.intern('CrashLoopBackOff'),
  imagePullBackOff: symbols.intern('ImagePullBackOff'),
  errImagePull: symbols.intern('ErrImagePull'),
  deadlineExceeded: symbols.intern('DeadlineExceeded'),
  containerStatusUnknown: symbols.intern('ContainerStatusUnknown'),
  backOff: symbols.intern('BackOff'),
  started: symbols.intern('Started'),
  completed: symbols.intern('Completed'),
  startError: symbols.intern('StartError'),
  containerCreating: symbols.intern('ContainerCreating'),
  sandboxChanged: symbols.intern('SandboxChanged'),
  podInitializing: symbols.intern('PodInitializing'),
  evicted: symbols.intern('Evicted'),
  shutdown: symbols.intern('Shutdown'),
  rebooted: symbols.intern('Rebooted'),
  terminatedByShutdown: symbols.intern('Terminated'),
})

/** A list is quicker to ask than a map, and these words are among the first that a table has. */
function bySymbol(symbols: SymbolTable, numbers: Readonly<Record<string, number>>): (number | undefined)[] {
  const list: (number | undefined)[] = []
  for (const [name, number] of Object.entries(numbers)) {
    const symbol = symbols.intern(name)
    while (list.length <= symbol) list.push(undefined)
    list[symbol] = number
  }
  return list
}
