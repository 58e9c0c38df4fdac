import type { SymbolTable } from '../trace/index.js'
import { CONDITION, PHASE } from './pod-record.js'

/** Symbols of the words that the laws look for in rows. */
export interface Words {
  /** Phases by symbol. */
  readonly phases: ReadonlyMap<number, number>
  /** The kubelet's conditions by symbol. */
  readonly conditions: ReadonlyMap<number, number>
  readonly killing: number
  readonly crashLoopBackOff: number
  readonly imagePullBackOff: number
  readonly errImagePull: number
  readonly deadlineExceeded: number
  readonly containerStatusUnknown: number
}

/** Looks the words up once. */
export const wordsOf = (symbols: SymbolTable): Words => ({
  phases: new Map(Object.entries(PHASE).flatMap(([name, n]) => (n === PHASE.none ? [] : [[symbols.intern(name), n]]))),
  conditions: new Map(Object.entries(CONDITION).map(([name, n]) => [symbols.intern(name), n])),
  killing: symbols.intern('Killing'),
  crashLoopBackOff: symbols.intern('CrashLoopBackOff'),
  imagePullBackOff: symbols.intern('ImagePullBackOff'),
  errImagePull: symbols.intern('ErrImagePull'),
  deadlineExceeded: symbols.intern('DeadlineExceeded'),
  containerStatusUnknown: symbols.intern('ContainerStatusUnknown'),
})
