import type { Milliseconds } from '../../time/index.js'
import type { HookSpec, ProbeSpec } from '../contract/index.js'
import type { Process } from './process.js'

/** A hook's or probe's call in flight. Calls are kept in a pool, so that a probe allocates nothing. */
export class Call {
  process!: Process
  hook: HookSpec | null = null
  probe: ProbeSpec | null = null
  startedAt: Milliseconds = 0
  operation = 0
  argument = 0
  cause = -1
  /** Sequence number of the entry that ends it. */
  entry = 0
  isHanging = false
  isDone = false
  result = 0
  output = 0
}
