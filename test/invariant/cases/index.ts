import { DEPLOYMENT_CASES } from './deployment-cases.js'
import { DISRUPTION_CASES } from './disruption-cases.js'
import { JOB_CASES } from './job-cases.js'
import type { LawCase } from './law-case.js'
import { NODE_CASES } from './node-cases.js'
import { ORDER_CASES } from './order-cases.js'
import { OWNER_CASES } from './owner-cases.js'
import { PLACEMENT_CASES } from './placement-cases.js'
import { POLICY_CASES } from './policy-cases.js'
import { PROBE_CASES } from './probe-cases.js'
import { REACTION_CASES } from './reaction-cases.js'
import { REQUEST_CASES } from './request-cases.js'
import { REST_CASES } from './rest-cases.js'
import { RESTART_CASES } from './restart-cases.js'
import { RUNTIME_CASES } from './runtime-cases.js'
import { SET_CASES } from './set-cases.js'
import { SETTLED_CASES } from './settled-cases.js'
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
  ...REACTION_CASES,
  ...SETTLED_CASES,
  ...PLACEMENT_CASES,
  ...REST_CASES,
  ...REQUEST_CASES,
  ...NODE_CASES,
  ...OWNER_CASES,
  ...DEPLOYMENT_CASES,
  ...SET_CASES,
  ...JOB_CASES,
  ...DISRUPTION_CASES,
  ...POLICY_CASES,
]
