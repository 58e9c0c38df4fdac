import type { LawCase } from './law-case.js'
import { ORDER_CASES } from './order-cases.js'
import { PROBE_CASES } from './probe-cases.js'
import { RESTART_CASES } from './restart-cases.js'
import { RUNTIME_CASES } from './runtime-cases.js'
import { STATUS_CASES } from './status-cases.js'
import { TERMINATION_CASES } from './termination-cases.js'

/** Every law's case. */
export const CASES: readonly LawCase[] = [
  ...ORDER_CASES,
  ...RESTART_CASES,
  ...TERMINATION_CASES,
  ...PROBE_CASES,
  ...STATUS_CASES,
  ...RUNTIME_CASES,
]
